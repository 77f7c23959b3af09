"""The insights library: conferences and what was learned at them."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Max, Prefetch
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.models import BasePage, MeetingPage
from home.querysets import BasePageQuerySet
from home.tones import Tone
from news.archive import valid_year
from news.exports import EXPORTS
from news.forms import ConferenceForm

from .topics import Topic

REFERENCE = re.compile(r"(?P<prefix>[A-Z][A-Z0-9-]*)-(?P<year>\d{4})-(?P<number>\d{2,4})")


class InsightReferenceManager(models.Manager):
    def claim_next(self, year: int, translation_key) -> "InsightReference":
        """Give the insight with that key the year's next free number.

        Safe when two editors save at once: the loser of the race takes the number after.
        """
        while True:
            last = self.filter(year=year).aggregate(last=Max("number"))["last"] or 0
            try:
                with transaction.atomic():
                    return self.create(year=year, number=last + 1, translation_key=translation_key)
            except IntegrityError:
                taken = self.filter(translation_key=translation_key).first()
                if taken:
                    return taken


class InsightReference(models.Model):
    """The register of references: who got which number, for ever.

    Kept apart from the insights, because those live in drafts, in two languages and may be
    deleted, while a number that was given once is never given again.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    translation_key = models.UUIDField(unique=True, editable=False)

    objects = InsightReferenceManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="news_reference_given_once")
        ]

    def __str__(self):
        return f"{self.year}-{self.number:02}"


class InsightQuerySet(models.QuerySet):
    def visible(self, locale_id):
        """The insights of public conferences in one language: newest conference first."""
        conferences = ConferencePage.objects.filter(locale_id=locale_id).visible()
        return self.filter(page__in=conferences.order_by()).order_by(
            "-page__starts_on", "-page__pk", "sort_order", "pk"
        )

    def with_clauses(self):
        """Everything that a clause shows, in a constant number of queries."""
        return self.select_related("page").prefetch_related(
            Prefetch("topic_links", InsightTopic.objects.select_related("topic"))
        )


class InsightLibraryPage(RoutablePageMixin, BasePage):
    """The library: every insight with its reference, to read, filter, link to and cite."""

    lead = models.TextField(_("lead"), blank=True)
    reference_prefix = models.SlugField(
        _("prefix of references"),
        max_length=20,
        default="A",
        help_text=_("Begins every reference: with LPIA-A the first is LPIA-A-2022-01."),
    )

    override_translatable_fields = [SynchronizedField("reference_prefix", overridable=False)]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("reference_prefix"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]

    chrome_name = "insights"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ConferencePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("insights library")
        verbose_name_plural = _("insights libraries")

    @property
    def insights(self):
        return Insight.objects.visible(self.locale_id).with_clauses()

    @path("")
    def list_insights(self, request):
        filters = self._filters(request)
        insights = self.insights
        if filters["topic"]:
            insights = insights.filter(topic_links__topic=filters["topic"])
        if filters["conference"]:
            insights = insights.filter(page=filters["conference"])
        if filters["year"]:
            insights = insights.filter(page__starts_on__year=filters["year"])
        insights = list(insights)
        if request.GET.get("format") in EXPORTS:
            return EXPORTS[request.GET["format"]](request, insights)
        return self.render(request, context_overrides=filters | self._choices(insights))

    def _filters(self, request):
        """The topic, conference and year that the address asks for; 404 when unknown."""
        topic, conference, year = map(request.GET.get, ("topic", "conference", "year"))
        conferences = ConferencePage.objects.child_of(self).visible()
        return {
            "topic": get_object_or_404(Topic, locale_id=self.locale_id, slug=topic)
            if topic
            else None,
            "conference": get_object_or_404(conferences, slug=conference) if conference else None,
            "year": valid_year(year) if year else None,
        }

    def _choices(self, insights):
        """What the filter's sentence offers, and the insights grouped by conference."""
        conferences = list(
            ConferencePage.objects.child_of(self)
            .visible()
            .newest_first()
            .defer("body")
            .annotate(insight_count=Count("insights"))
        )
        groups = [
            (conference, [insight for insight in insights if insight.page_id == conference.pk])
            for conference in conferences
        ]
        return {
            "conferences": conferences,
            "years": sorted({page.starts_on.year for page in conferences}, reverse=True),
            "topics": Topic.objects.filter(
                locale_id=self.locale_id, insight_links__isnull=False
            ).distinct(),
            "groups": [(conference, group) for conference, group in groups if group],
            "found": len(insights),
            "total": sum(page.insight_count for page in conferences),
        }

    @re_path(r"^(?P<reference>[A-Z][A-Z0-9-]*-\d{4}-\d{2,4})/$")
    def insight(self, request, reference):
        insight = self.insights.filter(reference=reference).first()
        if insight is None:
            raise Http404
        languages = set(
            Insight.objects.filter(
                translation_key=insight.translation_key,
                page__in=ConferencePage.objects.visible().order_by(),
            ).values_list("locale__language_code", flat=True)
        )
        context = self.get_context(request) | {
            "insight": insight,
            "conference": insight.page,
            "topics": insight.topics,
            "tone": insight.tone,
            "neighbours": [
                other for other in self.insights.filter(page=insight.page) if other.pk != insight.pk
            ],
        }
        context["chrome"].subpath_languages = languages
        return self.render(request, context_overrides=context, template="news/insight.html")

    def get_sitemap_urls(self, request=None):
        """The library and every permalink of its insights."""
        own_url = self.get_full_url(request)
        permalinks = [
            {
                "location": f"{own_url}{insight.reference}/",
                "lastmod": insight.page.last_published_at,
            }
            for insight in Insight.objects.visible(self.locale_id).select_related("page")
        ]
        return [*super().get_sitemap_urls(request), *permalinks]


class ConferenceQuerySet(BasePageQuerySet):
    def newest_first(self):
        return self.order_by("-starts_on", "-pk")


class ConferencePage(BasePage):
    """A conference, its report and the insights brought home from it."""

    base_form_class = ConferenceForm

    starts_on = models.DateField(_("first day"), db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=100)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    theme = models.TextField(
        _("theme"), blank=True, help_text=_("What it was about, in one or two sentences.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("report"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
                FieldPanel("organiser"),
                FieldPanel("theme"),
            ],
            heading=_("Conference"),
        ),
        InlinePanel(
            "insights",
            heading=_("Insights"),
            label=_("Insight"),
            help_text=_(
                "Each gets its reference when it is saved first. The reference stays, however "
                "the insights are arranged, and is the same in every language."
            ),
        ),
        FieldPanel("body"),
        InlinePanel("recordings", heading=_("Recordings"), label=_("Recording")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("theme"),
        index.SearchField("body"),
        index.SearchField("city"),
        index.SearchField("country"),
        index.SearchField("organiser"),
        index.RelatedFields(
            "insights", [index.SearchField("reference"), index.SearchField("text")]
        ),
        index.FilterField("starts_on"),
    ]

    parent_page_types = ["news.InsightLibraryPage"]
    subpage_types = []

    objects = PageManager.from_queryset(ConferenceQuerySet)()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    @property
    def description(self) -> str:
        return super().description or self.theme

    @property
    def search_date(self):
        return self.starts_on

    def get_parts_to_find(self) -> list[dict]:
        """The insights, each under its permalink."""
        return [
            {
                "suffix": f"../{insight.reference}/",
                "kind": "insight",
                "title": insight.text,
                "text": f"{insight.reference} {insight.explanation}".strip(),
                "topics": [topic.slug for topic in insight.topics],
            }
            for insight in self.insights.all()
        ]

    def get_library_url(self, request=None) -> str:
        """Return the address of the library, whose children conferences always are."""
        return (self.get_url(request) or "").removesuffix(f"{self.slug}/")

    def clean(self):
        super().clean()
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})

    def save(self, *args, **kwargs):
        self.assign_references()
        return super().save(*args, **kwargs)

    def save_revision(self, *args, **kwargs):
        self.assign_references()
        return super().save_revision(*args, **kwargs)

    def assign_references(self):
        """Give every insight without a reference its own, and hold those that were typed.

        An insight whose reference belongs to another one (a copied page) gets a new one.
        """
        for insight in self.insights.all():
            registered = InsightReference.objects.filter(
                translation_key=insight.translation_key
            ).first()
            if registered is None:
                registered = self._register(insight)
            insight.reference = self._format(insight.reference, registered)

    def _register(self, insight) -> InsightReference:
        match = REFERENCE.fullmatch(insight.reference)
        if match:
            registered, created = InsightReference.objects.get_or_create(
                year=int(match["year"]),
                number=int(match["number"]),
                defaults={"translation_key": insight.translation_key},
            )
            if created:
                return registered
        insight.reference = ""
        return InsightReference.objects.claim_next(self.starts_on.year, insight.translation_key)

    def _format(self, reference, registered) -> str:
        if reference and reference.endswith(f"-{registered}"):
            return reference
        return f"{self.reference_prefix}-{registered}"

    @property
    def reference_prefix(self) -> str:
        parent = self.get_parent() if self.path else None
        library = InsightLibraryPage.objects.filter(pk=parent.pk).first() if parent else None
        return (
            library or InsightLibraryPage.objects.first() or InsightLibraryPage()
        ).reference_prefix

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        insights = self.insights.all()
        if self.pk and not getattr(request, "is_preview", False):
            insights = Insight.objects.filter(page=self).order_by("sort_order", "pk").with_clauses()
        recorded = [
            recording.meeting.translation_key
            for recording in self.recordings.select_related("meeting")
        ]
        source_keys = ConferencePage.objects.filter(translation_key=self.translation_key)
        return context | {
            "insights": insights,
            "recordings": MeetingPage.objects.localized(recorded, self.locale_id).with_cards(),
            "news": self._related_news(source_keys),
        }

    def _related_news(self, translations):
        """Articles of this language that name the conference, in whichever language."""
        from .articles import NewsPage

        return (
            NewsPage.objects.filter(
                conference__in=translations.order_by(), locale_id=self.locale_id
            )
            .visible()
            .defer("body")
            .newest_first()
        )


class ConferenceRecording(Orderable):
    page = ParentalKey(ConferencePage, on_delete=models.CASCADE, related_name="recordings")
    meeting = models.ForeignKey(
        MeetingPage, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("meeting")]

    class Meta(Orderable.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    def __str__(self):
        return str(self.meeting)


class Insight(TranslatableMixin, ClusterableModel, Orderable, index.Indexed):
    """One thing learned, with a reference by which it is cited for good."""

    page = ParentalKey(ConferencePage, on_delete=models.CASCADE, related_name="insights")
    reference = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        db_index=True,
        help_text=_("Leave empty: the next number is given. Once given it never changes."),
    )
    text = models.TextField(_("text"), help_text=_("The insight in one or two sentences."))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Where it comes from and how to use it.")
    )
    meeting = models.ForeignKey(
        MeetingPage,
        verbose_name=_("discussed at the meeting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="insights",
    )

    override_translatable_fields = [SynchronizedField("reference", overridable=False)]

    objects = InsightQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        FieldPanel("explanation"),
        InlinePanel("topic_links", heading=_("Topics"), label=_("Topic"), max_num=3),
        FieldRowPanel([FieldPanel("reference"), FieldPanel("meeting")]),
    ]
    search_fields = [
        index.SearchField("reference"),
        index.SearchField("text"),
        index.SearchField("explanation"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("insight")
        verbose_name_plural = _("insights")

    def __str__(self):
        return f"{self.reference} {self.text}".strip()

    def copy_cluster(self, exclude_fields=None):
        """Copy without the entries of the search index, as pages are (modelcluster would not)."""
        return super().copy_cluster([*(exclude_fields or ()), "index_entries"])

    def get_indexed_instance(self):
        """Only insights of published conferences are found."""
        return self if self.page.live else None

    def get_url(self, request=None) -> str:
        """Return the permalink."""
        return f"{self.page.get_library_url(request)}{self.reference}/"

    @property
    def topics(self) -> list[Topic]:
        """The topics in the insight's language; one that is not translated is left out."""
        topics = (link.topic for link in self.topic_links.all())
        return [topic for topic in topics if topic.locale_id == self.locale_id]

    @property
    def tone(self) -> str:
        topics = self.topics
        return topics[0].tone if topics else Tone.CARMINE

    @property
    def given_on(self) -> datetime.date:
        """The day of the insight: the last day of the conference."""
        return self.page.ends_on or self.page.starts_on


class InsightTopic(Orderable):
    """A topic of an insight, always in the insight's language.

    Not a TranslatableMixin: Wagtail copies children of children with their translation keys
    (its issue 14425), so copies and translations would collide. The language is set on saving.
    """

    insight = ParentalKey(Insight, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="insight_links"
    )

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        verbose_name = _("topic of an insight")
        verbose_name_plural = _("topics of insights")

    def __str__(self):
        return str(self.topic)

    def save(self, *args, **kwargs):
        if self.topic.locale_id != self.insight.locale_id:
            self.topic = self.topic.get_translation_or_none(self.insight.locale) or self.topic
        return super().save(*args, **kwargs)


@receiver(post_save, sender=Topic)
def follow_translated_topic(instance, created, raw=False, **kwargs):
    """Point insights that waited for the translation of their topic to it."""
    if created and not raw:
        InsightTopic.objects.filter(
            topic__translation_key=instance.translation_key,
            insight__locale_id=instance.locale_id,
        ).update(topic=instance)
