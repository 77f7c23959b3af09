"""The insights library: every insight with its reference, filtered, linked to and exported."""

from django.db import models
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.metadata import shorten
from home.models import BasePage
from home.sitemaps import SitemapPart
from news import structured_data
from news.archive import valid_year
from news.exports import EXPORTS

from .conferences import ConferencePage
from .insights import Insight
from .topics import Topic


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
    schema_type = "CollectionPage"
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

    def get_metadata(self, request, context):
        metadata = super().get_metadata(request, context)
        insight = context.get("insight")
        if insight:
            metadata.title = f"{insight.reference} · {metadata.title}"
            metadata.description = shorten(insight.text)
            metadata.kind = "article"
            metadata.published = insight.given_on
            metadata.modified = insight.page.last_published_at
            metadata.tags = [topic.name for topic in insight.topics]
        return metadata

    def structured_data(self, request, context):
        if context.get("insight"):
            return [structured_data.insight(context["insight"], request, context)]
        return structured_data.library(self, request, context)

    def get_route_paths(self):
        """The addresses that lead on when the library moves: permalinks are cited for good."""
        insights = Insight.objects.filter(page__in=ConferencePage.objects.child_of(self).order_by())
        return ["/", *(f"/{insight.reference}/" for insight in insights)]

    def get_sitemap_parts(self):
        """The permalinks of the insights."""
        insights = Insight.objects.visible(self.locale_id).values_list(
            "reference", "translation_key", "page__last_published_at"
        )
        return [SitemapPart(f"{reference}/", key, when) for reference, key, when in insights]
