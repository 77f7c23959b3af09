"""The search page, as HTML and as JSON."""

from urllib.parse import urlencode, urljoin

from django.http import JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from home.addresses import absolute, url_of
from home.feeds import respond
from home.pagination import paginate
from pagecache.marks import allow, cacheable

from . import promotions, unanswered
from .backend import LANGUAGES, by_index
from .feeds import SearchFeed
from .query import Query, clean
from .results import Results
from .suggestions import suggest
from .templatetags.search_tags import kind_name

PER_PAGE = 10
FACETS = {"kind": _("Kind"), "topic": _("Topic"), "year": _("Year")}
SHORT = 6  # values of a facet; further ones are folded
# What an address of the search consists of.
PARAMETERS = ("q", "page", "format", "languages", "order", "exact", *FACETS)
FEW = 5  # results: with no more than these another spelling is offered


class SearchView(TemplateView):
    """Finds what is published by ``?q=``, in the active language.

    ``languages=all`` takes both languages, ``kind``, ``topic`` and ``year`` filter, ``order=date``
    puts the newest first, ``exact=1`` takes the words as typed, ``format=json`` gives the same as
    data, ``format=atom`` the newest of it as a feed. What editors promote for the query stands
    above the first page without filters; there the ranking does not repeat it, as data it stays
    complete.
    """

    template_name = "search/search.html"

    def get(self, request, *args, **kwargs):
        if self.format == "json":
            data = JsonResponse(self.as_data(), json_dumps_params={"ensure_ascii": False})
            return allow(data, PARAMETERS)
        if self.format == "atom":
            return allow(respond(SearchFeed(self.results), request), PARAMETERS)
        if self.is_unanswered:  # each time it is asked counts
            unanswered.record(request, self.typed, self.query.language)
            return super().get(request, *args, **kwargs)
        return allow(super().get(request, *args, **kwargs), PARAMETERS)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.typed = clean(request.GET.get("q", ""))
        self.format = request.GET.get("format")
        self.everywhere = request.GET.get("languages") == "all"
        by_date = request.GET.get("order") == "date" or self.format == "atom"
        self.order = "date" if by_date else "relevance"
        year = request.GET.get("year", "")
        self.filters = {
            "kind": request.GET.get("kind", ""),
            "topic": request.GET.get("topic", ""),
            "year": int(year) if year.isascii() and year.isdigit() and len(year) <= 4 else None,
        }
        active = get_language()
        others = [code for code in LANGUAGES if code != active] if self.everywhere else []
        self.query = Query(self.typed, (active, *others), is_exact="exact" in request.GET)
        self.results = Results(self.query, self.filters, newest_first=self.order == "date")
        with by_index():
            self.page = paginate(request, self.results, PER_PAGE)

    @cached_property
    def promoted(self) -> list[dict]:
        """What editors promote for the query, as hits; nothing on later pages or with filters."""
        is_first = self.request.GET.get("page", "1") == "1"
        if not is_first or any(self.filters.values()):
            return []
        return promotions.find(self.query, self.request)

    @property
    def is_unanswered(self) -> bool:
        """Whether a visitor got nothing at all; a second look at the same words does not count."""
        again = {"page", "exact", "languages", *self.filters}.intersection(self.request.GET)
        return bool(self.query and not again and not self.results.total and not self.promoted)

    @cached_property
    def hits(self) -> list[dict]:
        """The hits of the page asked for, ready to be shown."""
        return [
            {
                "title": self.results.marked_title(document),
                "plain_title": document.heading,
                "url": urljoin(url_of(document.page, self.request) or "", document.suffix),
                "kind": document.kind,
                "language": document.language,
                "date": document.date,
                "snippet": self.results.snippet(document),
            }
            for document in self.page.object_list
        ]

    @cached_property
    def did_you_mean(self) -> str:
        """Another spelling of the query, when this one finds little."""
        is_enough = not self.query or self.results.total > FEW
        return "" if is_enough else self.query.alternative

    def get_facets(self) -> list[dict]:
        """Return the facets among which there is a choice, their values as links."""
        facets = []
        for name, title in FACETS.items():
            parameters = self.request.GET.copy()
            for key in ("page", name):
                parameters.pop(key, None)
            others = parameters.urlencode()
            values = [
                self._facet_value(name, others, *value) for value in self.results.facets[name]
            ]
            if len(values) > 1 or self.filters[name]:
                # A chosen value stays in sight.
                first = [v for v in values[SHORT:] if v["is_chosen"]] + values[:SHORT]
                rest = [v for v in values[SHORT:] if not v["is_chosen"]]
                facets.append({"title": title, "first": first, "rest": rest})
        return facets

    def _facet_value(self, name, others, value, *label_and_number) -> dict:
        """Return a value as a link; ``others`` are the parameters that stay, encoded."""
        *label, number = label_and_number
        is_chosen = value == self.filters[name]
        own = [] if is_chosen else [urlencode({name: value})]
        return {
            "label": label[0] if label else kind_name(value) if name == "kind" else value,
            "number": number,
            "url": f"?{'&'.join([others, *own])}",
            "is_chosen": is_chosen,
        }

    def get_context_data(self, **kwargs):
        shown = {hit["url"] for hit in self.promoted}
        return super().get_context_data(**kwargs) | {
            "typed": self.typed,
            "query": self.query,
            "did_you_mean": self.did_you_mean,
            "promoted": self.promoted,
            "hits": [hit for hit in self.hits if hit["url"] not in shown],
            "results": self.page,
            "total": self.results.total,
            "is_capped": self.results.is_capped,
            "facets": self.get_facets(),
            "filters": self.filters,
            "order": self.order,
            "everywhere": self.everywhere,
        }

    def as_data(self) -> dict:
        """Return the page as data: the query as understood, total, facets and results."""
        facets = self.results.facets
        return {
            "query": self.typed,
            "understood": self.query.understood,
            "corrections": self.query.corrections,
            "did_you_mean": self.did_you_mean,
            "languages": self.query.languages,
            "total": self.results.total,
            "page": self.page.number,
            "pages": self.page.paginator.num_pages,
            "facets": {
                "kind": [{"value": value, "count": count} for value, count in facets["kind"]],
                "topic": [
                    {"value": slug, "name": name, "count": count}
                    for slug, name, count in facets["topic"]
                ],
                "year": [{"value": value, "count": count} for value, count in facets["year"]],
            },
            "promoted": [self._as_result(hit) for hit in self.promoted],
            "results": [self._as_result(hit) for hit in self.hits],
        }

    def _as_result(self, hit) -> dict:
        return {
            "title": hit["plain_title"],
            "url": absolute(self.request, hit["url"]),
            "type": hit["kind"],
            "language": hit["language"],
            "date": hit["date"].isoformat() if hit["date"] else None,
            "snippet": hit["snippet"],
        }


@cacheable(["q"])
@require_safe
@cache_control(public=True, max_age=300)
def suggestions(request):
    """Return as data how ``?q=`` may go on, in the active language, for js/suggestions.js.

    ``message`` says to those who don't see the list how long it is.
    """
    found = suggest(request.GET.get("q", ""), get_language())
    message = ngettext("%(number)d suggestion", "%(number)d suggestions", len(found))
    data = {"suggestions": found, "message": message % {"number": len(found)} if found else ""}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
