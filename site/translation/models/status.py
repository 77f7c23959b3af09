"""What is kept of the state of translations, so that the report need not read every page."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail_localize.models import Translation

from home.collation import latvian_order
from home.permissions import languages_of
from search.analysis import fold

RECORD_DEPTH = 3  # records count as near to the home page as its children: many pages show them


class State(models.TextChoices):
    """What is to be done, the most urgent first."""

    FAILED = "failed", _("Could not be compared")
    CHANGED = "changed", _("Source changed")
    PARTIAL = "partial", _("Partly translated")
    NEVER = "never", _("Never submitted")
    # The translation was made without wagtail-localize, or its synchronisation was stopped.
    BY_HAND = "by_hand", _("Not synchronised")
    CURRENT = "current", pgettext_lazy("of a translation", "Up to date")


class Publication(models.TextChoices):
    """What visitors see of a translation."""

    NONE = "none", pgettext_lazy("translation", "None")
    DRAFT = "draft", pgettext_lazy("of a translation", "Draft")
    PENDING = "pending", _("Published, with unpublished changes")
    LIVE = "live", pgettext_lazy("of a translation", "Published")


HAS_TARGET = Q(target_id__isnull=False) | Q(target_page__alias_of__isnull=True) & Q(
    target_page__isnull=False
)
IS_MANAGED = Q(translation__enabled=True)
IS_CHANGED = Q(changed_at__isnull=False)
IS_PARTIAL = Q(translated_count__lt=F("unit_count"))
IS_PENDING = Q(target_page__has_unpublished_changes=True) | IS_MANAGED & ~Q(written=F("current"))


class TranslationStatusQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that a person may know of.

        Who works in the source language sees all; who works in another sees what is published for
        them to translate, and no title of a draft.
        """
        languages = languages_of(user)
        if Locale.get_default().pk in languages:
            return self
        return self.of_published_sources().filter(target_locale__in=languages)

    def of_published_sources(self):
        return self.filter(Q(page__isnull=True) | Q(page__live=True))

    def with_state(self):
        """Add what is to be done, what visitors see, and since when it is so.

        ``state``, its ``urgency`` (0 is the most), ``publication``, ``since``, and
        ``is_published``, which is said of the source.
        """
        return self.annotate(
            is_published=Coalesce(F("page__live"), True),
            state=Case(
                When(has_failed=True, then=Value(State.FAILED)),
                When(IS_MANAGED & IS_CHANGED, then=Value(State.CHANGED)),
                When(IS_MANAGED & IS_PARTIAL, then=Value(State.PARTIAL)),
                When(IS_MANAGED, then=Value(State.CURRENT)),
                When(HAS_TARGET, then=Value(State.BY_HAND)),
                default=Value(State.NEVER),
                output_field=models.CharField(),
            ),
            publication=Case(
                When(~HAS_TARGET, then=Value(Publication.NONE)),
                When(target_page__live=False, then=Value(Publication.DRAFT)),
                When(IS_PENDING, then=Value(Publication.PENDING)),
                default=Value(Publication.LIVE),
                output_field=models.CharField(),
            ),
        ).annotate(
            urgency=Case(
                *[When(state=state, then=Value(place)) for place, state in enumerate(State)],
                output_field=models.IntegerField(),
            ),
            since=Case(
                When(state=State.CHANGED, then=F("changed_at")),
                When(state=State.PARTIAL, then=F("translation__source__last_updated_at")),
                When(state=State.NEVER, then=F("page__first_published_at")),
                output_field=models.DateTimeField(),
            ),
        )

    def with_importance(self):
        """Add ``in_menu``, ``depth`` and ``references``: how many objects link to the source."""
        pages = ContentType.objects.get_for_model(Page)
        target = Case(
            When(page__isnull=False, then=Value(pages.pk)),
            default=F("content_type"),
            output_field=models.IntegerField(),
        )
        self = self.alias(reference_type=target, reference_id=Cast("object_id", models.CharField()))
        references = (
            ReferenceIndex.objects.filter(
                to_content_type=OuterRef("reference_type"), to_object_id=OuterRef("reference_id")
            )
            .order_by()
            .values("to_object_id")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(
            in_menu=Coalesce(F("page__show_in_menus"), False),
            depth=Coalesce(F("page__depth"), RECORD_DEPTH),
            references=Coalesce(Subquery(references, models.IntegerField()), 0),
        )

    def most_important_first(self):
        """In a menu first, then the nearest to the home page, then those with most links to it."""
        return self.order_by("-in_menu", "depth", "-references", "title", "pk")

    def most_urgent_first(self):
        """By state, within a state as ``most_important_first``, the oldest before others."""
        return self.order_by("urgency", "-in_menu", "depth", F("since").asc(nulls_last=True), "pk")

    def alphabetical(self):
        """By title in Latvian alphabetical order."""
        return self.order_by(latvian_order("title"), "pk")

    def containing(self, text: str):
        """Those with the text in their title, with or without diacritics and capitals."""
        return self.filter(folded_title__contains=folded(text))

    def of_target(self, target):
        """Those of which the object, in another language, is the translation."""
        return self.filter(translation_key=target.translation_key, target_locale=target.locale_id)

    def outdate(self) -> int:
        """Have them compared anew before they are shown; return how many there are.

        Written even where that was asked already: who compares at the same time (see
        ``status.settle``) holds the row, and is followed by another comparison.
        """
        return self.update(is_compared=False, is_counted=False)

    def outdate_count(self) -> int:
        """Have their translated units counted anew before they are shown."""
        return self.update(is_counted=False)


def folded(text: str) -> str:
    """Return a text as titles are compared: in lower case, without diacritics."""
    return fold(text.lower())


class TranslationStatus(models.Model):
    """A page or record of the source language, and how its translation into one language stands.

    What is published in the source is compared with what was last brought to the translators when
    either of them is saved (see ``translation.status``); what can be asked of pages and
    translations in one query is not kept here.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    translation_key = models.UUIDField()
    title = models.TextField()
    folded_title = models.TextField()
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")

    target_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    target_page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    target_id = models.PositiveBigIntegerField(null=True)  # of a record
    translation = models.ForeignKey(
        Translation, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    # How the published source differs from what was last brought to the translators.
    is_compared = models.BooleanField(default=False)
    compared_at = models.DateTimeField(null=True)
    has_failed = models.BooleanField(default=False)  # an error, which is in the log
    changed_at = models.DateTimeField(null=True)
    changed_fields = models.JSONField(default=list)  # their names
    synced_digest = models.CharField(max_length=64, blank=True)  # of what translators have

    # Its text units, and how many of them have a translation without error.
    is_counted = models.BooleanField(default=False)
    unit_count = models.PositiveIntegerField(default=0)
    translated_count = models.PositiveIntegerField(default=0)
    words_left = models.PositiveIntegerField(default=0)  # in units without a translation
    changed_words = models.PositiveIntegerField(default=0)  # of these, in units translators lack
    current = models.CharField(max_length=64, blank=True)  # digest of the texts of the translation
    written = models.CharField(max_length=64, blank=True)  # the same, of what it was last made of

    # [id of the path, hash of the text, number of words, whether translators lack it]
    units = models.JSONField(default=list)

    objects = TranslationStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status of a translation")
        verbose_name_plural = _("statuses of translations")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "target_locale"], name="translation_one_status_each"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="translation_not_settled",
                condition=Q(is_counted=False),  # so is whatever is not compared
            )
        ]

    def __str__(self):
        return self.title

    def get_state(self) -> str:
        """Return the label of the state of a row that was read ``with_state``."""
        return State(self.state).label

    def get_publication(self) -> str:
        """Return what visitors see, in words, of a row that was read ``with_state``."""
        return Publication(self.publication).label

    @cached_property
    def model(self):
        return ContentType.objects.get_for_id(self.content_type_id).model_class()

    @property
    def type_name(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def has_older_gaps(self) -> bool:
        """Whether something lacks a translation that is not of the newest changes."""
        return self.words_left > self.changed_words

    @property
    def changed_field_names(self) -> list[str]:
        """The names of the changed fields as editors read them."""
        return [_field_name(self.model, name) for name in self.changed_fields]


def _field_name(model, name) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:  # removed since; the next comparison forgets it
        return name
    if field.is_relation and field.auto_created:  # child rows
        return str(field.related_model._meta.verbose_name_plural)
    return str(field.verbose_name)
