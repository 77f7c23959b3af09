"""Migration operations that a site in service bears, on each database that it runs on."""

from django.contrib.postgres import operations


class _Concurrently:
    """Does on PostgreSQL as Django's operation does; elsewhere as the plain one it is made from."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        way = self._way(schema_editor)
        way.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        way = self._way(schema_editor)
        way.database_backwards(app_label, schema_editor, from_state, to_state)

    def _way(self, schema_editor):
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        # Behind this mixin of Django's stands AddIndex or RemoveIndex itself.
        return super(_Concurrently if is_postgresql else operations.NotInTransactionMixin, self)


class AddIndexConcurrently(_Concurrently, operations.AddIndexConcurrently):
    """Add an index while the site writes; on SQLite, which has one writer, as ever.

    Alone in its migration, with ``atomic = False``: PostgreSQL does it outside of transactions. If
    it was broken off, an index marked invalid is left: remove it (DROP INDEX) and migrate again.
    """


class RemoveIndexConcurrently(_Concurrently, operations.RemoveIndexConcurrently):
    """Remove an index while the site writes, as AddIndexConcurrently adds one."""


class AddIndexUpstream(AddIndexConcurrently):
    """Add an index, while the site writes, to a table that another app's migrations made.

    Those know nothing of it, and keep it when they change the table. On PostgreSQL alone: SQLite
    makes such tables anew without it, and is not for sites so large that it matters.
    """

    def __init__(self, upstream, model_name, index):
        super().__init__(model_name, index)
        self.upstream = upstream

    def deconstruct(self):
        kind, args, kwargs = super().deconstruct()
        return kind, args, kwargs | {"upstream": self.upstream}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(self.upstream, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(self.upstream, schema_editor, from_state, to_state)
