"""Migration operations that a site in service bears, on each database that it runs on."""

from django.contrib.postgres import operations
from django.db.migrations import AddIndex, RemoveIndex


class AddIndexConcurrently(operations.AddIndexConcurrently):
    """Add an index while the site writes; on SQLite, which has one writer, as ever.

    Alone in its migration, with ``atomic = False``: PostgreSQL does it outside of transactions. If
    it was broken off, an index marked invalid is left: remove it (DROP INDEX) and migrate again.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        kind = _kind(schema_editor, AddIndex, operations.AddIndexConcurrently)
        kind.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        kind = _kind(schema_editor, AddIndex, operations.AddIndexConcurrently)
        kind.database_backwards(self, app_label, schema_editor, from_state, to_state)


class RemoveIndexConcurrently(operations.RemoveIndexConcurrently):
    """Remove an index while the site writes, as AddIndexConcurrently adds one."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        kind = _kind(schema_editor, RemoveIndex, operations.RemoveIndexConcurrently)
        kind.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        kind = _kind(schema_editor, RemoveIndex, operations.RemoveIndexConcurrently)
        kind.database_backwards(self, app_label, schema_editor, from_state, to_state)


def _kind(schema_editor, plain, concurrent):
    return concurrent if schema_editor.connection.vendor == "postgresql" else plain
