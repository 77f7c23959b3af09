"""What an import knows of the old site: each item with what became of it, and each run."""

import functools
import operator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import Locale, Page

from news.models import Topic

from .items import Item, load_item


class ImportedItemQuerySet(models.QuerySet):
    def of(self, source):
        return self.filter(source=source)

    def doubtful(self):
        """What waits for a person to decide, the most doubtful first."""
        return self.filter(state=ImportedItem.State.DOUBTFUL).order_by("-score", "-pk")

    def being_imported(self):
        """What was accepted and is not a page yet."""
        decisions = (ImportedItem.Decision.ACCEPTED, ImportedItem.Decision.ACCEPTED_AS_DRAFT)
        return self.filter(state=ImportedItem.State.READ, decision__in=decisions)

    def with_address(self):
        """Rows with the ``address`` of their items, and without the items themselves."""
        return self.annotate(address=KT("data__link")).defer("data")

    def containing(self, text):
        """Those with a text in their titles; all for none."""
        return self.filter(title__icontains=text) if text else self

    def with_reasons(self, codes):
        """Those that are doubtful for one of several reasons, whatever else is stored of it."""
        stored = self.annotate(_reasons=Cast("reasons", models.TextField()))
        return stored.filter(
            functools.reduce(operator.or_, (Q(_reasons__contains=f'"{code}"') for code in codes))
        )


class ImportedItem(models.Model):
    """One item of an old site, known by its site and number, with what became of it."""

    class State(models.TextChoices):
        READ = "read", _("read")
        DOUBTFUL = "doubtful", _("doubtful")
        REJECTED = "rejected", _("rejected")
        IMPORTED = "imported", _("imported")
        COUNTED = "counted", _("not imported, only counted")
        FAILED = "failed", _("failed")

    class Decision(models.TextChoices):
        NONE = "", _("not decided")
        ACCEPTED = "accepted", _("accepted")
        ACCEPTED_AS_DRAFT = "draft", _("accepted as a draft")
        REJECTED = "rejected", _("rejected")

    source = models.CharField(_("old site"), max_length=200)
    post_id = models.BigIntegerField(_("number"))
    type = models.CharField(_("type"), max_length=40)
    title = models.CharField(_("title"), max_length=500, blank=True)
    date = models.DateTimeField(_("date"), null=True, blank=True)
    data = models.JSONField(help_text="The Item as it was read.")
    checksum = models.CharField(max_length=64)
    # Of the data that the page was last made from; another one is an update to bring.
    imported_checksum = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.READ, db_index=True
    )
    score = models.FloatField(_("doubt"), default=0, help_text="0 to 1 (see judge).")
    reasons = models.JSONField(_("reasons"), default=list)
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision.choices, default=Decision.NONE, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The page's latest revision when the import last wrote it: another one is an editor's.
    revision = models.BigIntegerField(null=True, blank=True)
    image = models.ForeignKey(
        get_image_model_string(), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    document = models.ForeignKey(
        get_document_model_string(), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Whether search, references and the rest know what was written last.
    is_indexed = models.BooleanField(default=True)
    # What the report says of it: characters in and out, what was kept as HTML, what is missing.
    account = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ImportedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the old site")
        verbose_name_plural = _("items of the old site")
        constraints = [
            models.UniqueConstraint(fields=["source", "post_id"], name="wordpress_item_once")
        ]
        indexes = [
            models.Index(fields=["source", "type", "state"], name="wordpress_item_state"),
            models.Index(
                fields=["source"], condition=Q(is_indexed=False), name="wordpress_item_unindexed"
            ),
        ]
        permissions = [("decide_importeditem", _("Can decide on items of the old site"))]

    def __str__(self):
        return self.title or f"{self.type} {self.post_id}"

    @property
    def item(self) -> Item:
        return load_item(self.data)

    @property
    def is_being_imported(self) -> bool:
        accepted = (self.Decision.ACCEPTED, self.Decision.ACCEPTED_AS_DRAFT)
        return self.state == self.State.READ and self.decision in accepted


class OldAddress(models.Model):
    """An address that the old site had for an item, of whatever host (see ``gone``).

    Items may share one: exports hold posts with equal slugs.
    """

    LONGEST = 500  # characters; WordPress itself writes slugs of 200 bytes

    path = models.CharField(_("address"), max_length=LONGEST)
    item = models.ForeignKey(ImportedItem, on_delete=models.CASCADE, related_name="addresses")

    class Meta:
        constraints = [
            # Also the index by which an address that leads nowhere is looked up.
            models.UniqueConstraint(fields=["path", "item"], name="wordpress_address_once")
        ]

    def __str__(self):
        return self.path


def key_of(term) -> tuple[str, str]:
    """Return by what a category or tag is known: its kind and its slug, as far as they fit."""
    return term.taxonomy[:40], term.slug[:200]


class TermMappingQuerySet(models.QuerySet):
    def remember(self, source, terms):
        """Add the terms that are not known yet, each with the topic of the same name or slug."""
        terms = {key_of(term): term for term in terms}
        known = self.filter(source=source, slug__in={slug for _taxonomy, slug in terms})
        if any(term.number for term in terms.values()):  # others were met in items alone
            for row in known.filter(number=None):
                if number := terms.get((row.taxonomy, row.slug), row).number:
                    known.filter(pk=row.pk).update(number=number)
        missing = terms.keys() - set(known.values_list("taxonomy", "slug"))
        if not missing:
            return
        topics = Topic.objects.filter(locale=Locale.get_default())
        by_name = {key: topic for topic in topics for key in (topic.slug, topic.name.casefold())}
        self.bulk_create(
            TermMapping(
                source=source,
                taxonomy=key[0],
                slug=key[1],
                name=terms[key].name[:200],
                parent=terms[key].parent[:200],
                number=terms[key].number or None,
                topic=by_name.get(key[1]) or by_name.get(terms[key].name.casefold()),
            )
            for key in sorted(missing)
        )


def of_source_language() -> dict:
    return {"locale__language_code": settings.LANGUAGE_CODE}


class TermMapping(models.Model):
    """What a category or tag of the old site becomes: a topic, nothing, or not decided yet."""

    source = models.CharField(_("old site"), max_length=200)
    taxonomy = models.CharField(_("kind"), max_length=40)
    slug = models.CharField(_("slug"), max_length=200)
    name = models.CharField(_("name"), max_length=200)
    parent = models.CharField(max_length=200, blank=True, help_text="The slug of the one above.")
    number = models.BigIntegerField(null=True, editable=False)  # there, as in ?cat=3
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to=of_source_language,
        help_text=_("Articles of this category get this topic at the next run of the import."),
    )
    is_ignored = models.BooleanField(
        _("becomes nothing"),
        default=False,
        help_text=_("For categories such as “Uncategorised”: no topic, and no word in the report."),
    )

    objects = TermMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("category of the old site")
        verbose_name_plural = _("categories of the old site")
        ordering = ["taxonomy", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "taxonomy", "slug"], name="wordpress_term_once"
            )
        ]

    def __str__(self):
        return self.name


class ImportedFile(models.Model):
    """A file of an old site that was taken in, known by its path there.

    ``path`` is below the uploads folder; where it lies elsewhere, it begins with a slash and is
    below the root of the site. Several paths with one content have one image or document; a row
    without either says that somebody has deleted it here.
    """

    source = models.CharField(_("old site"), max_length=200)
    path = models.CharField(_("path"), max_length=1000)
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file there.")
    image = models.ForeignKey(
        get_image_model_string(), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    document = models.ForeignKey(
        get_document_model_string(), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("file of the old site")
        verbose_name_plural = _("files of the old site")
        constraints = [
            models.UniqueConstraint(fields=["source", "path"], name="wordpress_file_once")
        ]

    def __str__(self):
        return self.path


class ImportRun(models.Model):
    """One run of the import: what it was asked to do, and its report."""

    source = models.CharField(_("old site"), max_length=200)
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    is_dry = models.BooleanField(_("tried out only"), default=False)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-begun_at", "-pk"]

    def __str__(self):
        return f"{self.source} {self.begun_at:%Y-%m-%d %H:%M}"
