"""What visitors can find, and the words in which they can ask."""

from collections import Counter

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from . import analysis

CHUNK = 400  # rows a statement: SQLite takes 999 parameters


class SearchDocumentQuerySet(SearchableQuerySetMixin, models.QuerySet):
    pass


class SearchDocument(index.Indexed, models.Model):
    """One thing that a visitor can find: a page, an insight, a moment of a recording.

    Written anew when its page is published (see ``search.documents``); all kinds stand in one
    ranking, and what facets, snippets and results need stands in the row.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="search_documents")
    suffix = models.CharField(max_length=60, blank=True)  # follows the page's address
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)  # the name of a model, in lower case
    title = models.TextField()
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    date = models.DateField(null=True)
    topics = models.JSONField(default=list)  # slugs

    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("summary", boost=3),
        index.SearchField("text"),
        index.AutocompleteField("title"),
        index.FilterField("language"),
        index.FilterField("kind"),
        index.FilterField("date"),
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

    def __str__(self):
        return self.title

    @property
    def words(self) -> set[str]:
        """The different words of the document, in lower case."""
        text = f"{self.title} {self.summary} {self.text}"
        return {token.word for token in analysis.tokenise(text)}


class WordFormManager(models.Manager):
    def apply(self, changes: dict[str, Counter]):
        """Add to the numbers of documents: ``changes`` holds a Counter of forms a language.

        Two publications at the same instant may miscount a word; the next full build mends it.
        """
        for language, counter in changes.items():
            forms = sorted(form for form, change in counter.items() if change)
            for start in range(0, len(forms), CHUNK):
                self._count(language, forms[start : start + CHUNK], counter)

    def _count(self, language, forms, counter):
        known = dict(
            self.filter(language=language, form__in=forms).values_list("form", "documents")
        )
        rows = [
            WordForm(
                language=language,
                form=form,
                folded=analysis.fold(form),
                stem=analysis.terms(form, language)[0],
                documents=max(known.get(form, 0) + counter[form], 0),
            )
            for form in forms
        ]
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["language", "form"],
            update_fields=["documents"],
        )


class WordForm(models.Model):
    """A word in a form that stands on the site, and in how many documents."""

    language = models.CharField(max_length=10)
    form = models.CharField(max_length=analysis.LONGEST_WORD)
    folded = models.CharField(max_length=analysis.LONGEST_WORD)
    stem = models.CharField(max_length=analysis.LONGEST_WORD + 5)  # its first term
    documents = models.PositiveIntegerField()

    objects = WordFormManager()

    class Meta:
        verbose_name = _("word form")
        verbose_name_plural = _("word forms")
        constraints = [
            models.UniqueConstraint(fields=["language", "form"], name="search_form_once_a_language")
        ]
        indexes = [models.Index(fields=["language", "folded"], name="search_form_folded")]

    def __str__(self):
        return self.form


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
