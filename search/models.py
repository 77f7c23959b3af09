"""What visitors can find, and the words in which they can ask."""

import datetime
from collections import Counter
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.lookups import StartsWith
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backends
from wagtail.search.queryset import SearchableQuerySetMixin

from . import analysis
from .vectors import DocumentVector

__all__ = [
    "AttachmentText",
    "DocumentVector",
    "SearchDocument",
    "UnansweredQuery",
    "WordForm",
]

CHUNK = 400  # rows a statement: SQLite takes 999 parameters


class SearchDocumentQuerySet(SearchableQuerySetMixin, models.QuerySet):
    def write(self, documents: list["SearchDocument"]):
        """Save documents, those that exist (same page, same suffix) as well, and index them."""
        for start in range(0, len(documents), CHUNK):
            chunk = documents[start : start + CHUNK]
            self.bulk_create(
                chunk,
                update_conflicts=True,
                unique_fields=["page", "suffix"],
                update_fields=SearchDocument.CONTENT,
            )
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(SearchDocument, chunk)


class SearchDocument(index.Indexed, models.Model):
    """One thing that a visitor can find: a page, an insight, a moment of a recording.

    Written anew when its page is published (see ``search.documents``); all kinds stand in one
    ranking, and what facets, snippets and results need stands in the row.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="search_documents")
    suffix = models.CharField(max_length=60, blank=True)  # follows the page's address
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)  # such as "article" (see search_tags)
    title = models.TextField()
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    date = models.DateField(null=True)
    topics = models.JSONField(default=dict)  # slug: name

    MOMENT = "recording"  # the kind of those whose title is the time alone

    CONTENT = ("language", "kind", "title", "summary", "text", "date", "topics")

    SHOWN = ("page", "suffix", "language", "kind", "title", "summary", "text", "date")  # of a hit

    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("summary", boost=3),
        index.SearchField("text"),
        index.AutocompleteField("title"),
        index.FilterField("language"),
        index.FilterField("kind"),
        index.FilterField("date"),
        index.FilterField("topics"),
        index.FilterField("id"),
    ]

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "suffix"], name="search_one_document_an_address"
            )
        ]
        indexes = [
            # PostgreSQL counts for the facets without reading the rows, which hold long texts.
            models.Index(
                fields=["language"],
                include=["id", "kind", "date", "topics"],
                name="search_document_facets",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def heading(self) -> str:
        """What visitors read as the title.

        The title of a recording is no part of that of its moments: where it names what was asked
        for, each of them would stand above all other documents.
        """
        return f"{self.page.title}, {self.title}" if self.kind == self.MOMENT else self.title

    @property
    def content(self) -> tuple:
        """What makes two documents the same, wherever they stand."""
        return tuple(getattr(self, name) for name in self.CONTENT)

    @property
    def words(self) -> set[str]:
        """The different words of the document, in lower case: what a visitor may mistype."""
        text = f"{self.title} {self.summary} {self.text}"
        words = set(analysis.words_of(text))
        return {
            word
            for word in words
            if word.isalpha() and len(analysis.fold(word)) <= analysis.LONGEST_WORD
        }


class BeginsWith(StartsWith):
    """A beginning of letters alone, looked up in an index by both databases.

    PostgreSQL does so for LIKE where the index is made for it (``varchar_pattern_ops``), SQLite for
    GLOB, as its LIKE does not heed case.
    """

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} GLOB %s", [*params, f"{self.rhs}*"]


# Numbers are added by the database, so that of two publications at once both count.
ADD = """
INSERT INTO search_wordform AS known (language, form, folded, stem, documents) {rows}
ON CONFLICT (language, form) DO UPDATE SET documents = known.documents + excluded.documents
"""
# One statement for many rows: for PostgreSQL a fifth of the work.
ARRAYS = "SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::integer[])"


class WordFormManager(models.Manager):
    def beginning_with(self, folded: str, language: str):
        """The forms that begin with some letters, in lower case and without diacritics."""
        return self.filter(BeginsWith(models.F("folded"), folded), language=language)

    def documents_with(self, words: list[str], language: str) -> Counter:
        """Return, for each word, in how many documents at most one of its forms stands."""
        stems = {word: analysis.terms(word, language)[0] for word in words}
        # Forms have no index by stem, but nearly all begin with it.
        beginnings = (
            models.Q(BeginsWith(models.F("folded"), stem)) & models.Q(stem=stem)
            for stem in set(stems.values())
        )
        forms = self.filter(reduce(or_, beginnings, models.Q(pk=None)), language=language)
        numbers = dict(forms.values_list("stem").annotate(models.Sum("documents")))
        return Counter({word: numbers.get(stem, 0) for word, stem in stems.items()})

    def apply(self, changes: dict[str, Counter]):
        """Add to the numbers of documents: ``changes`` holds a Counter of forms a language.

        Forms that are in no document any more go.
        """
        for language, counter in changes.items():
            # In one order everywhere: two publications wait for each other, neither for ever.
            forms = sorted(form for form, change in counter.items() if change)
            for start in range(0, len(forms), CHUNK):
                chunk = forms[start : start + CHUNK]
                self._add(language, {form: counter[form] for form in chunk})

    def _add(self, language, changes):
        rows = [
            (language, form, analysis.fold(form), analysis.terms(form, language)[0], change)
            for form, change in changes.items()
        ]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(ADD.format(rows=ARRAYS), list(map(list, zip(*rows, strict=True))))
            else:
                cursor.executemany(ADD.format(rows="VALUES (%s, %s, %s, %s, %s)"), rows)
        fewer = [form for form, change in changes.items() if change < 0]
        if fewer:
            self.filter(language=language, form__in=fewer, documents__lte=0).delete()

    @transaction.atomic
    def rebuild(self, words: dict[str, Counter]):
        """Make ``words`` (a Counter of forms a language) the vocabulary."""
        self.all().delete()
        self.apply(words)


class WordForm(models.Model):
    """A word in a form that stands on the site, and in how many documents."""

    language = models.CharField(max_length=10)
    form = models.CharField(max_length=analysis.LONGEST_WORD)
    folded = models.CharField(max_length=analysis.LONGEST_WORD)
    stem = models.CharField(max_length=analysis.LONGEST_WORD + 5)  # its first term
    documents = models.IntegerField()  # below 1 only until the end of a statement that counts

    objects = WordFormManager()

    class Meta:
        verbose_name = _("word form")
        verbose_name_plural = _("word forms")
        constraints = [
            models.UniqueConstraint(fields=["language", "form"], name="search_form_once_a_language")
        ]
        indexes = [
            models.Index(
                fields=["language", "folded"],
                name="search_form_beginning",
                opclasses=["varchar_pattern_ops"] * 2,  # PostgreSQL: for LIKE as well as for =
            )
        ]

    def __str__(self):
        return self.form


class UnansweredQueryQuerySet(models.QuerySet):
    def of_last_days(self, days: int):
        """Those of today and of the days before, so many in all."""
        return self.filter(day__gt=_days_ago(days))

    def kept(self):
        """Those whose time is not over."""
        return self.of_last_days(settings.SEARCH_UNANSWERED_DAYS)

    def purge(self) -> int:
        """Delete those whose time is over; return how many."""
        return self.filter(day__lte=_days_ago(settings.SEARCH_UNANSWERED_DAYS)).delete()[0]


def _days_ago(days) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


class UnansweredQuery(models.Model):
    """How often a query found nothing on a day; about who asked nothing is known."""

    LONGEST = 60  # characters

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=10)
    text = models.CharField(_("query"), max_length=LONGEST)
    count = models.PositiveIntegerField(_("times"), default=1)

    objects = UnansweredQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("query without results")
        verbose_name_plural = _("queries without results")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "text"], name="search_unanswered_once_a_day"
            )
        ]

    def __str__(self):
        return self.text


class AttachmentText(models.Model):
    """The text of a document's file, or why there is none."""

    class Status(models.TextChoices):
        """What became of the file: each an ``Outcome`` of ``search.reader``."""

        READ = "read", _("Read")
        PARTLY = "partly", _("Only partly read")
        TOO_LARGE = "too_large", _("Too large")
        ENCRYPTED = "encrypted", _("Encrypted")
        BROKEN = "broken", _("Damaged")
        TOO_COSTLY = "too_costly", _("Takes too long or too much memory")
        NO_TEXT = "no_text", _("Without text")
        UNKNOWN = "unknown", _("A format that is not read")

    HINTS = {
        Status.PARTLY: _(
            "Visitors find what stands in the first part. Divide a long file into several; if it "
            "is short, it is damaged: save it anew."
        ),
        Status.TOO_LARGE: _("Upload it in parts, or with smaller pictures."),
        Status.ENCRYPTED: _("Upload it without a password."),
        Status.BROKEN: _("Open it in its program, save it anew and upload that."),
        Status.TOO_COSTLY: _("Save it anew from its program, or upload it in parts."),
        Status.NO_TEXT: _(
            "A scanned picture? Upload a file made from the text itself, or recognise the text "
            "first."
        ),
        Status.UNKNOWN: _(
            "Visitors find it by its title alone. Texts are read from PDF, DOCX and ODT files."
        ),
    }

    document = models.OneToOneField(
        get_document_model_string(),
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="attachment_text",
    )
    file_hash = models.CharField(max_length=40)  # the document's when it was read
    text = models.TextField(blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, db_index=True)
    read_at = models.DateTimeField(_("read at"), auto_now=True)

    # Not a use of the document: it goes with it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of an attachment")
        verbose_name_plural = _("texts of attachments")

    def __str__(self):
        return str(self.document)

    @property
    def hint(self) -> str:
        """What an editor can do about it; empty when nothing is wrong."""
        return self.HINTS.get(self.status, "")
