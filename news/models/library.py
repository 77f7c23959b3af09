"""The insights library: every insight with its reference, filtered, linked to and exported."""

from itertools import groupby
from operator import attrgetter

from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.addresses import absolute
from home.metadata import listing, shorten
from home.models import BasePage
from home.pagination import paginate
from home.sitemaps import SitemapPart
from news import related, structured_data
from news.citations import cite
from news.exports import EXPORTS, Export
from news.selection import FILTERS, Selection

from .articles import NewsPage
from .conferences import ConferencePage
from .insights import Insight
from .references import InsightReference


class InsightLibraryPage(RoutablePageMixin, BasePage):
    """The library: every insight with its reference, to read, filter, link to and cite."""

    INSIGHTS_PER_PAGE = 50
    RELATED = 4

    lead = models.TextField(_("lead"), blank=True)
    reference_prefix = models.SlugField(
        _("prefix of references"),
        max_length=20,
        default="A",
        help_text=_("Begins every reference: with LPIA-A the first is LPIA-A-2022-01."),
    )

    licence = models.CharField(
        _("licence"),
        max_length=100,
        blank=True,
        help_text=_("Under which the insights may be used as data, for example CC BY 4.0."),
    )
    licence_url = models.URLField(
        _("address of the licence"),
        blank=True,
        help_text=_("For example https://creativecommons.org/licenses/by/4.0/."),
    )

    override_translatable_fields = [SynchronizedField("reference_prefix", overridable=False)]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("reference_prefix"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("licence"), FieldPanel("licence_url")])],
            heading=_("Open data"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]

    chrome_name = "insights"
    cached_parameters = ("page", "format", *FILTERS)
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
        selection = Selection(self, request.GET)
        if request.GET.get("format"):
            insights = self.insights.filter(pk__in=selection.keys)
            source = self.get_full_url(request) + selection.query()
            return self._export(request, insights, source, filters=selection.filters)
        keys = paginate(request, selection.keys, self.INSIGHTS_PER_PAGE)
        insights = self.insights.filter(pk__in=keys.object_list)
        context = {
            "selection": selection,
            "pages": keys,
            "groups": [
                (selection.conferences[conference], list(group))
                for conference, group in groupby(insights, key=attrgetter("page_id"))
            ],
            "choices": {name: selection.choices(name) for name in FILTERS},
            "api_url": absolute(request, reverse("api:root")),
            "formats": {kind: selection.query(format=kind) for kind in EXPORTS},
        }
        return self._render_selection(request, selection, keys.number, context)

    def _render_selection(self, request, selection, number, context):
        """Render with the filters in the addresses of the page in every language."""
        context = self.get_context(request) | context
        chrome = context["chrome"]
        chrome.queries = selection.queries() if selection.filters else {}
        complete = len(selection.filters)
        chrome.alternate_languages = {
            code for code, query in chrome.queries.items() if query.count("=") == complete
        }
        if number > 1:  # another language may divide its insights otherwise
            chrome.queries[get_language()] = selection.query(page=str(number))
            chrome.alternate_languages = {get_language()}
        return self.render(request, context_overrides=context)

    def _export(self, request, insights, source, **details):
        """Answer with a file of the format that is asked for; ``Http404`` if it is unknown."""
        make = EXPORTS.get(request.GET["format"])
        if make is None:
            raise Http404
        return make(Export(request, self, list(insights), source, **details))

    @re_path(r"^(?P<reference>[A-Z][A-Z0-9-]*-\d{4}-\d{2,4})/$")
    def insight(self, request, reference):
        insight = self.insights.filter(reference=reference).first()
        if insight is None:
            return self._answer_without_insight(request, reference)
        if request.GET.get("format"):
            source = self.get_full_url(request) + f"{reference}/"
            return self._export(request, [insight], source, reference=reference)
        siblings = list(self.insights.filter(page=insight.page_id))
        place = siblings.index(insight)
        translations = list(insight.get_public_translations())
        topics = insight.topics
        context = self.get_context(request) | {
            "insight": insight,
            "conference": insight.page,
            "topics": topics,
            "tone": insight.tone,
            "citation": cite(request, [insight], get_language())[0],
            "translations": translations,
            "siblings": siblings,
            "previous": siblings[place - 1] if place else None,
            "next": siblings[place + 1] if place + 1 < len(siblings) else None,
            "related": list(self.insights.sharing_topics(insight)[: self.RELATED]),
            "articles": self._articles_near(insight, topics),
            "recordings": insight.get_recordings(),
        }
        languages = {other.locale.language_code for other in translations}
        context["chrome"].subpath_languages = languages | {get_language()}
        return self.render(request, context_overrides=context, template="news/insight.html")

    def _articles_near(self, insight, topics) -> list[NewsPage]:
        """Return articles about its conference, then those on most of its topics."""
        articles = NewsPage.objects.filter(locale_id=self.locale_id).visible()
        conference = insight.page.translation_key
        return related.nearest(articles, self.locale_id, topics, self.RELATED, conference)

    def _answer_without_insight(self, request, reference):
        """Say why there is no insight of that reference here, where there was one or is elsewhere.

        410 for one that was public and is deleted, unless a redirect of the editors leads on; 404
        for one in another language only, which the page names. ``Http404`` for all others.
        """
        others = Insight.objects.public().filter(reference=reference)
        others = list(others.select_related("locale"))
        is_gone = not others and InsightReference.objects.is_gone(reference, self.reference_prefix)
        path = Redirect.normalise_path(request.path)
        if not others and not is_gone or get_redirect(request, path):
            raise Http404
        context = self.get_context(request) | {"reference": reference, "others": others}
        context["chrome"].subpath_languages = {other.locale.language_code for other in others}
        template = "news/insight_absent.html"
        response = self.render(request, context_overrides=context, template=template)
        response.status_code = 410 if is_gone else 404
        return response

    def get_metadata(self, request, context):
        metadata = super().get_metadata(request, context)
        if context.get("insight"):
            self._describe_insight(metadata, context["insight"])
        elif context.get("selection"):
            self._describe_selection(metadata, context)
        return metadata

    def _describe_insight(self, metadata, insight):
        metadata.title = f"{insight.reference}: {Truncator(insight.text).chars(70)}"
        metadata.description = shorten(insight.text)
        metadata.kind = "article"
        metadata.published = insight.given_on
        metadata.modified = insight.page.last_published_at
        metadata.tags = [topic.name for topic in insight.topics]

    def _describe_selection(self, metadata, context):
        selection, number = context["selection"], context["pages"].number
        if selection.words:
            metadata.title = f"{self.title}: {selection.words}"
            metadata.description = selection.description
        if number > 1:
            metadata.page_number = number
            insights = [insight for _conference, group in context["groups"] for insight in group]
            metadata.description = shorten(listing(metadata.title, insights))

    def structured_data(self, request, context):
        if context.get("insight"):
            return [structured_data.insight(context["insight"], request, context)]
        if context.get("selection"):
            return structured_data.library(self, request, context)
        return []  # says that there is no such insight

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
