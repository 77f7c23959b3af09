"""What the check of new migrations catches, and what it lets through (scripts/migrations.py)."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    TrigramExtension,
    ValidateConstraint,
)
from django.db import models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    AlterModelTable,
    AlterOrderWithRespectTo,
    AlterUniqueTogether,
    CreateModel,
    DeleteModel,
    Migration,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
    RenameField,
    RenameIndex,
    RenameModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from config.operations import AddIndexConcurrently, RemoveIndexConcurrently
from scripts import migrations

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]

ADDRESS = models.UniqueConstraint(fields=["title"], name="one_title")
BOOK = CreateModel(
    "Book",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField(max_length=100)),
        ("note", models.CharField(max_length=50, null=True)),
        ("kind", models.CharField(max_length=9, db_default="novel")),
        ("pages", models.IntegerField(default=0)),
        ("author", models.ForeignKey("library.Author", models.CASCADE)),
        ("readers", models.ManyToManyField("library.Author", related_name="+")),
    ],
    options={
        "indexes": [models.Index(fields=["title"], name="book_title")],
        "constraints": [ADDRESS],
    },
)
AUTHOR = CreateModel("Author", [("id", models.BigAutoField(primary_key=True))])
TITLE = models.Index(fields=["title"], name="again")
POSITIVE = models.CheckConstraint(condition=models.Q(pages__gte=0), name="positive")


def fill(state_apps, schema_editor):
    """Stands for what a migration writes."""


UNSAFE = [
    (DeleteModel("Book"), "DeleteModel book"),
    (RenameModel("Book", "Volume"), "RenameModel book"),
    (AlterModelTable("Book", "volumes"), "AlterModelTable book"),
    (RemoveField("book", "pages"), "RemoveField book.pages"),
    (RemoveField("book", "readers"), "RemoveField book.readers"),
    (RenameField("book", "pages", "length"), "RenameField book.pages"),
    (AddField("book", "year", models.IntegerField(default=1)), "AddField book.year"),
    (AddField("book", "slug", models.SlugField(null=True)), "AddField book.slug"),
    (AddField("book", "isbn", models.TextField(null=True, unique=True)), "AddField book.isbn"),
    (
        AddField("book", "heir", models.ForeignKey("library.Author", models.CASCADE, null=True)),
        "AddField book.heir",
    ),
    (
        AddField(
            "book",
            "double",
            models.GeneratedField(
                expression=models.F("pages") * 2,
                output_field=models.IntegerField(),
                db_persist=True,
            ),
        ),
        "AddField book.double",
    ),
    (AlterField("book", "note", models.CharField(max_length=50)), "AlterField book.note"),
    (AlterField("book", "note", models.CharField(max_length=9, null=True)), "AlterField book.note"),
    (AlterField("book", "pages", models.TextField()), "AlterField book.pages"),
    (AlterField("book", "pages", models.BigIntegerField()), "AlterField book.pages"),
    (AlterField("book", "pages", models.PositiveIntegerField()), "AlterField book.pages"),
    (
        AlterField("book", "pages", models.IntegerField(db_column="length")),
        "AlterField book.pages",
    ),
    (AlterField("book", "pages", models.IntegerField(db_index=True)), "AlterField book.pages"),
    (AlterField("book", "kind", models.CharField(max_length=9)), "AlterField book.kind"),
    (
        AlterField("book", "title", models.CharField(max_length=100, db_collation="C")),
        "AlterField book.title",
    ),
    (
        AlterField("book", "author", models.ForeignKey("library.Book", models.CASCADE)),
        "AlterField book.author",
    ),
    (
        AlterField("book", "readers", models.ManyToManyField("library.Book")),
        "AlterField book.readers",
    ),
    (AddIndex("book", TITLE), "AddIndex book.again"),
    (RemoveIndex("book", "book_title"), "RemoveIndex book.book_title"),
    (RemoveIndexConcurrently("book", "book_title"), "RemoveIndexConcurrently book.book_title"),
    (AddConstraint("book", POSITIVE), "AddConstraint book.positive"),
    (AddConstraintNotValid("book", POSITIVE), "AddConstraintNotValid book.positive"),
    (RemoveConstraint("book", "one_title"), "RemoveConstraint book.one_title"),
    (AlterUniqueTogether("book", {("title", "pages")}), "AlterUniqueTogether book"),
    (AlterOrderWithRespectTo("book", "author"), "AlterOrderWithRespectTo book"),
    (RunPython(fill), "RunPython fill"),
    (RunSQL("DROP TABLE library_book"), "RunSQL"),
    (
        SeparateDatabaseAndState(database_operations=[RemoveField("book", "pages")]),
        "RemoveField book.pages",
    ),
]
SAFE = [
    CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))]),
    AddField("book", "year", models.IntegerField(null=True)),
    AddField("book", "year", models.IntegerField(db_default=0)),
    AddField("book", "added", models.DateTimeField(db_default=Now())),
    AddField("book", "friends", models.ManyToManyField("library.Author", related_name="+")),
    AddField(
        "book",
        "heir",
        models.ForeignKey("library.Author", models.CASCADE, null=True, db_index=False),
    ),
    AlterField("book", "title", models.CharField(max_length=200, help_text="In full.")),
    AlterField("book", "title", models.TextField()),
    AlterField("book", "pages", models.IntegerField(null=True)),
    AlterField("book", "author", models.ForeignKey("library.author", models.PROTECT)),
    AlterField(
        "book", "readers", models.ManyToManyField("library.Author", related_name="+", blank=True)
    ),
    AddIndexConcurrently("book", TITLE),
    RenameIndex("book", new_name="title", old_name="book_title"),
    AlterModelOptions("book", {"ordering": ["title"]}),
    TrigramExtension(),
    RunPython(RunPython.noop),
    RunSQL(RunSQL.noop),
    SeparateDatabaseAndState(
        state_operations=[RemoveField("book", "pages")],
        database_operations=[AlterField("book", "pages", models.IntegerField(null=True))],
    ),
]


def look_at(*operations, **attributes):
    """Return what the check says of a migration with these operations, after that of BOOK."""
    state = ProjectState()
    for operation in (AUTHOR, BOOK):
        operation.state_forwards("library", state)
    migration = type("Made", (Migration,), attributes | {"operations": list(operations)})
    return list(migrations.findings(migration("0002_made", "library"), state))


def name_of(value) -> str:
    """Name a test; not by repr(), in which addresses of functions differ between processes."""
    return value if isinstance(value, str) else type(value).__name__


@pytest.mark.parametrize(("operation", "subject"), UNSAFE, ids=name_of)
def test_what_the_old_code_does_not_bear_is_named(operation, subject):
    [finding] = look_at(operation)
    assert finding.subject == subject
    assert str(finding).startswith(f"library.0002_made: {subject}: ")


@pytest.mark.parametrize("operation", SAFE, ids=name_of)
def test_what_only_adds_passes(operation):
    assert look_at(operation) == []


def test_a_table_made_in_the_same_migration_is_nobody_elses_yet():
    made = CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))])
    more = AddField("shelf", "place", models.IntegerField(default=0, unique=True))
    index = AddIndex("shelf", models.Index(fields=["place"], name="place"))
    assert look_at(made, more, index) == []


def test_a_constraint_is_validated_freely_once_it_is_there():
    [finding] = look_at(
        AddConstraintNotValid("book", POSITIVE), ValidateConstraint("book", "positive")
    )
    assert finding.subject == "AddConstraintNotValid book.positive"


def test_an_operation_that_nobody_thought_of_is_named():
    class Surprise(RunSQL):
        pass

    assert "does not know" in look_at(Surprise("SELECT 1"))[0].reason


def test_a_reason_in_the_migration_answers_for_that_operation_alone():
    removed, deleted = RemoveField("book", "pages"), RemoveField("book", "note")
    reason = {"RemoveField book.pages": "Nothing has read it since v1.3."}
    assert look_at(removed, safe_because=reason) == []
    assert [found.subject for found in look_at(removed, deleted, safe_because=reason)] == [
        "RemoveField book.note"
    ]


def test_an_empty_reason_is_none():
    removed = RemoveField("book", "pages")
    assert len(look_at(removed, safe_because={"RemoveField book.pages": " "})) == 1


def test_a_reason_for_nothing_is_named():
    [finding] = look_at(safe_because={"RemoveField book.pages": "It was meant once."})
    assert finding.subject == "RemoveField book.pages" and "nothing is wrong" in finding.reason


def test_the_tree_passes():
    done = subprocess.run(
        [sys.executable, "scripts/migrations.py"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db  # wagtail-localize's first migration asks the database while it is imported
def test_before_the_baseline_nothing_is_looked_at_and_after_it_everything(monkeypatch):
    monkeypatch.setitem(migrations.BASELINE, "search", "0004_attachment_texts")
    looked_at = list(migrations.new_migrations())
    names = {migration.name for migration, _state in looked_at}
    assert {"0005_word_beginnings", "0006_facets_index"} <= names
    assert "0004_attachment_texts" not in names
    found = [str(finding) for pair in looked_at for finding in migrations.findings(*pair)]
    assert any("search.0006_facets_index: AddIndex searchdocument" in line for line in found)
