"""The words of the search documents in a narrow table, filled from Wagtail's index.

Takes some minutes for 50,000 articles; the site goes on meanwhile. What is published between this
and the start of the new version has its words there once ``build_search`` ran.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import search.vectors

# Rows stay narrow: a vector is kept outside, a short one too.
NARROW = "ALTER TABLE search_documentvector SET (toast_tuple_target = 128)"
# With its document it goes, whoever deletes that: the version of the site before this one as well.
# That the document is there is seen to at the end of a transaction, as by all keys of Django's.
WITH_DOCUMENT = """
ALTER TABLE search_documentvector ADD CONSTRAINT search_documentvector_document
    FOREIGN KEY (document_id) REFERENCES search_searchdocument (id) ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED
"""


def fill(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(NARROW)
        cursor.execute(search.vectors.COPY.format(chosen="TRUE"))
        cursor.execute(WITH_DOCUMENT)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_facets_index"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    safe_because = {
        "RunPython fill": "It writes a table that the old code does not know, from one that it "
        "goes on writing; the release waits some minutes, the site does not.",
    }

    operations = [
        migrations.CreateModel(
            name="DocumentVector",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="search.searchdocument",
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("date", models.DateField(null=True)),
                ("facets", models.BigIntegerField()),
                ("body", search.vectors.VectorField()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        migrations.AddIndex(
            "documentvector",
            django.contrib.postgres.indexes.GinIndex(fields=["body"], name="search_document_words"),
        ),
    ]
