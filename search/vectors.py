"""The words of the search documents in a narrow table of their own: on PostgreSQL alone.

Wagtail's index holds them as well, with the words of all that the admin searches, in rows so wide
that finding, counting and ordering what holds a frequent word would read all of it, and join it to
the documents. Here a row is some 60 bytes; the vector is kept outside it.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models

from .analysis import EXACT

# Alike in all that facets ask for (see ``search.found.Group``) means the same number.
FACETS = """
hashtextextended(concat(document.language, '|', document.kind, '|',
    extract(year FROM document.date), '|',
    (SELECT string_agg(slug, ',') FROM jsonb_object_keys(document.topics) AS slug)), 0)
"""
# Each term of the title once more, with a mark: which documents have a word there is asked often.
TITLE = f"{EXACT}title"
TITLE_TERMS = f"""
array_to_tsvector(ARRAY(SELECT '{TITLE}' || lexeme FROM unnest(entry.title)))
"""  # noqa: S608 (nothing in it comes from outside)
COPY = f"""
INSERT INTO search_documentvector AS known (document_id, language, date, facets, body)
SELECT document.id, document.language, document.date, {FACETS},
    entry.body || {TITLE_TERMS}
FROM search_searchdocument document
JOIN wagtailsearch_indexentry entry ON entry.object_id = document.id::varchar
JOIN django_content_type type ON type.id = entry.content_type_id
WHERE type.app_label = 'search' AND type.model = 'searchdocument' AND {{chosen}}
ORDER BY document.id
ON CONFLICT (document_id) DO UPDATE SET language = EXCLUDED.language, date = EXCLUDED.date,
    facets = EXCLUDED.facets, body = EXCLUDED.body
WHERE (known.language, known.date, known.facets, known.body) IS DISTINCT FROM
    (EXCLUDED.language, EXCLUDED.date, EXCLUDED.facets, EXCLUDED.body)
"""  # noqa: S608 (nothing in it comes from outside)


class VectorField(models.TextField):
    """A ``tsvector``; on other databases a text that stays empty."""

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)


class DocumentVectorManager(models.Manager):
    def refresh(self, keys: list[int] | None = None):
        """Copy the words of some documents from Wagtail's index, or of all."""
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            if keys is None:
                cursor.execute(COPY.format(chosen="TRUE"))
            else:
                cursor.execute(COPY.format(chosen="document.id = ANY(%s)"), [keys])


class DocumentVector(models.Model):
    """The words of a search document as they are looked up, and what is counted and sorted by."""

    # PostgreSQL deletes it with the document (see the migration): nobody has to ask for it.
    document = models.OneToOneField(
        "search.SearchDocument",
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    language = models.CharField(max_length=10)
    date = models.DateField(null=True)
    facets = models.BigIntegerField()
    body = VectorField()

    objects = DocumentVectorManager()

    # Not a use of the document: it goes with it.
    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [GinIndex(fields=["body"], name="search_document_words")]

    def __str__(self):
        return str(self.pk)
