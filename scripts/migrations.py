"""Do new migrations leave the site in service, while the version before still runs?

    .venv/bin/python scripts/migrations.py

A release migrates under the feet of the old code, and after `deploy/release --back` the old code
stays on the new tables (docs/install.md, Upgrades). So a migration only adds. This names each
operation that does more, or that locks a table while it works, and exits with 1. Who has thought of
it says so in the migration, in the words that are printed first:

    class Migration(migrations.Migration):
        safe_because = {"RemoveField newspage.subtitle": "Nothing has read it since v1.3."}

Looks at operations as PostgreSQL carries them out, without a database. Migrations of packages are
not ours to change: what an upgrade of Wagtail does stands in its notes.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
# In service before the rule was: what comes after these is looked at.
BASELINE = {
    "accounts": "0001_initial",
    "editorial": "0004_job_outcome",
    "home": "0004_statement_form_and_checks",
    "news": "0005_references_once_public",
    "pagecache": "0001_initial",
    "people": "0001_initial",
    "recovery": "0001_initial",
    "search": "0006_facets_index",
    "sight": "0001_initial",
    "translation": "0004_translation_status",
}
# Operations that change no table, add one, or only put names into the database.
HARMLESS = {
    "AddIndexConcurrently",
    "AddIndexUpstream",
    "AlterConstraint",
    "AlterModelManagers",
    "AlterModelOptions",
    "AlterModelTableComment",
    "CreateCollation",
    "CreateModel",
    "RenameIndex",
    "ValidateConstraint",
}
GONE = "the old code still asks for it; take it out of the models first, out of the database later"
RULES = {
    "AddConstraint": "the old code may write what it forbids, and the table is locked meanwhile",
    "AddConstraintNotValid": "the old code may write what it forbids",
    "AddIndex": "nobody writes while it is made: AddIndexConcurrently of config.operations",
    "AlterIndexTogether": "nobody writes while it is made: AddIndexConcurrently",
    "AlterModelTable": GONE,
    "AlterOrderWithRespectTo": "adds a column that the old code leaves empty",
    "AlterUniqueTogether": "the old code may write what it forbids or count on what it allows",
    "DeleteModel": GONE,
    "RemoveCollation": GONE,
    "RemoveConstraint": "the old code may count on it (ON CONFLICT)",
    "RemoveField": GONE,
    "RemoveIndex": "the old code is slow without it",
    "RemoveIndexConcurrently": "the old code is slow without it",
    "RenameField": GONE,
    "RenameModel": GONE,
    "RunPython": "what it writes the old code must bear, and the release waits for it: a command?",
    "RunSQL": "nobody but you knows what it does",
}


class Finding(NamedTuple):
    """``subject`` names an operation as ``safe_because`` does; ``reason`` says what is wrong."""

    migration: str
    subject: str
    reason: str

    def __str__(self):
        return f"{self.migration}: {self.subject}: {self.reason}"


def findings(migration, state) -> Iterator[Finding]:
    """Yield what is unsafe about a migration and not answered for, and answers to nothing.

    ``state`` is Django's state of the project before it, and is taken forward.
    """
    label = f"{migration.app_label}.{migration.name}"
    answers = dict(getattr(migration, "safe_because", {}))
    answered = set()
    for subject, reason in of_operations(migration.operations, migration.app_label, state, set()):
        if answers.get(subject, "").strip():
            answered.add(subject)
        else:
            yield Finding(label, subject, reason)
    for subject in sorted(answers.keys() - answered):
        if answers[subject].strip():
            yield Finding(label, subject, "safe_because names it, but nothing is wrong with it")


def of_operations(operations, app: str, state, new: set) -> Iterator[tuple[str, str]]:
    """Yield subject and reason of each unsafe operation; ``new`` are tables made just before."""
    for operation in operations:
        if hasattr(operation, "database_operations"):
            yield from of_operations(operation.database_operations, app, state.clone(), new)
        else:
            if reason := judge(operation, app, state, new):
                yield subject_of(operation), reason
            if type(operation).__name__ == "CreateModel":
                new.add(operation.name_lower)
        operation.state_forwards(app, state)


def subject_of(operation) -> str:
    """Return an operation's kind and what it is about: "RemoveField newspage.subtitle"."""
    kind = type(operation).__name__
    if kind == "RunPython":
        return f"{kind} {operation.code.__name__}"
    model = getattr(operation, "model_name_lower", "")
    names = ("name", "old_name", "constraint", "index")
    name = next((found for key in names if (found := getattr(operation, key, ""))), "")
    name = str(getattr(name, "name", name)).lower()
    return f"{kind} {'.'.join(filter(None, [model, name]))}".strip()


def judge(operation, app: str, state, new: set) -> str:
    """Return why the site in service does not bear an operation; "" if it does."""
    kind = type(operation).__name__
    if getattr(operation, "model_name_lower", "") in new or is_noop(operation):
        return ""
    if kind == "AddField":
        return of_new_field(named(operation.field, operation.name))
    if kind == "AlterField":
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        return of_changed_field(
            named(before, operation.name), named(operation.field, operation.name)
        )
    if kind in HARMLESS or kind.endswith("Extension"):
        return ""
    return RULES.get(kind, "scripts/migrations.py does not know this operation")


def is_noop(operation) -> bool:
    from django.db.migrations import RunPython, RunSQL

    return getattr(operation, "code", None) is RunPython.noop or (
        isinstance(operation, RunSQL) and operation.sql == RunSQL.noop
    )


def named(field, name):
    """Return a copy of a field of a state that knows its column."""
    field = field.clone()
    field.set_attributes_from_name(name)
    return field


def of_new_field(field) -> str:
    if field.many_to_many or not hasattr(field, "db_parameters") or field.column is None:
        return ""  # a table of its own, or none
    if field.generated:
        return "the table is locked while each row is written anew"
    if not field.null and not field.has_db_default():
        return "the old code leaves it empty: null=True or db_default"
    if field.unique or field.db_index:
        return "nobody writes while its index is made: db_index=False, then AddIndexConcurrently"
    return ""


def of_changed_field(before, after) -> str:
    if before.many_to_many or after.many_to_many:
        return GONE if tables_of(before) != tables_of(after) else ""
    if before.column != after.column:
        return GONE
    if before.null and not after.null:
        return "the old code may leave it empty, and the table is locked while each row is read"
    if before.has_db_default() and not (after.has_db_default() or after.null):
        return "the old code leaves it to the database to fill"
    if reason := of_type(before, after):
        return reason
    if (after.unique and not before.unique) or (after.db_index and not before.db_index):
        return "nobody writes while its index is made: AddIndexConcurrently"
    return ""


def of_type(before, after) -> str:
    """Return what is wrong with the change of a column's type, checks or reference."""
    if bool(before.remote_field) != bool(after.remote_field) or before.generated or after.generated:
        return "its type changes: a new column, filled by a command"
    if after.remote_field:
        same = target(before) == target(after) and before.db_constraint >= after.db_constraint
        return "" if same else "the old code may write what the new reference forbids"
    connection = postgresql()
    old, new = (field.db_parameters(connection) for field in (before, after))
    if new["check"] != old["check"] and new["check"]:
        return RULES["AddConstraint"]
    if new.get("collation") != old.get("collation") or not is_wider(old["type"], new["type"]):
        return "its type changes: a new column, filled by a command"
    return ""


def target(field) -> str:
    model = field.remote_field.model
    return model.lower() if isinstance(model, str) else model._meta.label_lower


def tables_of(field) -> tuple:
    """Return what decides about the table of a many-to-many field; () of another."""
    if not field.many_to_many:
        return ()
    through = field.remote_field.through
    return target(field), str(through).lower(), field.db_table


def is_wider(old: str, new: str) -> bool:
    """Say whether PostgreSQL changes a type without a look at the rows, as both codes bear it."""
    if old == new:
        return True
    lengths = [re.fullmatch(r"varchar(?:\((\d+)\))?|text", kind or "") for kind in (old, new)]
    if not all(lengths):
        return False
    before, after = (int(match[1] or sys.maxsize) for match in lengths)
    return before <= after


def postgresql():
    """Return Django's PostgreSQL, which is never connected to: its types are asked for."""
    from django.db.backends.postgresql.base import DatabaseWrapper

    return DatabaseWrapper({"NAME": "", "OPTIONS": {}, "TIME_ZONE": None, "USE_TZ": True})


def new_migrations() -> Iterator[tuple]:
    """Yield each migration of the project's own apps after the baseline, with the state before."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    known = {node for label in BASELINE.items() for node in loader.graph.forwards_plan(label)}
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        path = Path(apps.get_app_config(label).path)
        own = path.is_relative_to(ROOT) and "site-packages" not in path.parts
        if own and (label, name) not in known and not migration.replaces:
            yield migration, loader.project_state((label, name), at_end=False)


def main():
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    number, found = 0, []
    for migration, state in new_migrations():
        number += 1
        found += findings(migration, state)
    print(*found, sep="\n", end="\n" if found else "")
    if found:
        sys.exit("The site in service does not bear that. In two steps: docs/install.md, Upgrades.")
    print(f"Migrations: {number} new, all safe while the version before runs.")


if __name__ == "__main__":
    main()
