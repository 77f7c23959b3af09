"""Conferences: when and where, the report, and the insights brought home."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.models import BasePage, MeetingPage
from home.querysets import BasePageQuerySet
from home.rows import InlinePanel
from news import countries, related, structured_data
from news.forms import ConferenceForm

from .references import REFERENCE, InsightReference


class ConferenceQuerySet(BasePageQuerySet):
    def newest_first(self):
        return self.order_by("-starts_on", "-pk")


class ConferencePage(BasePage):
    """A conference, its report and the insights brought home from it."""

    NEWS = 30  # articles named beside the report, the newest; the others are in the archive

    base_form_class = ConferenceForm

    starts_on = models.DateField(_("first day"), db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2, choices=countries.choices)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    theme = models.TextField(
        _("theme"), blank=True, help_text=_("What it was about, in one or two sentences.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("report"), blank=True)

    override_translatable_fields = [SynchronizedField("country", overridable=False)]

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
        index.SearchField("country_in_own_language"),
        index.SearchField("organiser"),
        index.RelatedFields(
            "insights", [index.SearchField("reference"), index.SearchField("text")]
        ),
        index.FilterField("starts_on"),
    ]

    parent_page_types = ["news.InsightLibraryPage"]
    subpage_types = []

    objects = PageManager.from_queryset(ConferenceQuerySet)()

    search_kind = "conference"

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    @property
    def description(self) -> str:
        return super().description or self.theme

    @property
    def country_name(self) -> str:
        """The country in the active language, as a visitor reads it."""
        return countries.name(self.country)

    @property
    def country_in_own_language(self) -> str:
        """The country in the language of the page, by which it is found."""
        return countries.name(self.country, self.locale.language_code)

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
                "topics": {topic.slug: topic.name for topic in insight.topics},
            }
            for insight in self.insights.all()
        ]

    def structured_data(self, request, context):
        return structured_data.conference(self, request, context)

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
        """What the library, the page above, puts before every reference."""
        return self.get_parent().specific.reference_prefix

    def get_context(self, request, *args, **kwargs):
        from .insights import Insight

        context = super().get_context(request, *args, **kwargs)
        insights = self.insights.all()
        if self.pk and not getattr(request, "is_preview", False):
            insights = Insight.objects.filter(page=self).order_by("sort_order", "pk").with_clauses()
        recorded = [
            recording.meeting.translation_key
            for recording in self.recordings.select_related("meeting")
        ]
        news = self._news(self.NEWS + 1)
        return context | {
            "insights": insights,
            "recordings": MeetingPage.objects.localized(recorded, self.locale_id).with_cards(),
            "news": news[: self.NEWS],
            "has_more_news": len(news) > self.NEWS,
        }

    def _news(self, number):
        """Return the newest articles of this language that name the conference, in whichever."""
        from .articles import NewsPage

        articles = NewsPage.objects.filter(locale_id=self.locale_id).visible()
        newest = related.newest_about(articles, self.locale_id, self.translation_key)
        return related.with_links(articles, newest[:number])


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
