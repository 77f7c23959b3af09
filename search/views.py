"""The search page, as HTML and as JSON."""

from urllib.parse import urljoin

from django.http import JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from home.pagination import paginate

from . import promotions, unanswered
from .query import Query, clean
from .results import Results

PER_PAGE = 10


class SearchView(TemplateView):
    """Finds what is published in the active language by ``?q=``.

    ``kind``, ``topic`` and ``year`` filter, ``order=date`` puts the newest first, ``exact=1`` takes
    the words as typed, ``format=json`` gives the same as data. What editors promote for the query
    stands above the first page without filters; there the ranking does not repeat it, as data it
    stays complete.
    """

    template_name = "search/search.html"

    def get(self, request, *args, **kwargs):
        if request.GET.get("format") == "json":
            return JsonResponse(self.as_data(), json_dumps_params={"ensure_ascii": False})
        if self.is_unanswered:
            unanswered.record(request, self.typed, self.query.language)
        return super().get(request, *args, **kwargs)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.typed = clean(request.GET.get("q", ""))
        self.query = Query(self.typed, get_language(), is_exact="exact" in request.GET)
        self.order = "date" if request.GET.get("order") == "date" else "relevance"
        year = request.GET.get("year", "")
        self.filters = {
            "kind": request.GET.get("kind", ""),
            "topic": request.GET.get("topic", ""),
            "year": int(year) if year.isascii() and year.isdigit() and len(year) <= 4 else None,
        }
        self.results = Results(self.query, self.filters, newest_first=self.order == "date")
        self.page = paginate(request, self.results.keys, PER_PAGE)

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
        again = {"page", "exact", *self.filters}.intersection(self.request.GET)
        return bool(
            self.query and not again and not self.page.paginator.count and not self.promoted
        )

    def get_hits(self) -> list[dict]:
        """Return the hits of the page asked for, ready to be shown."""
        return [
            {
                "title": self.results.marked_title(document),
                "plain_title": document.title,
                "url": urljoin(document.page.get_url(self.request) or "", document.suffix),
                "kind": document.kind,
                "date": document.date,
                "snippet": self.results.snippet(document),
            }
            for document in self.results.documents(list(self.page.object_list))
        ]

    def get_context_data(self, **kwargs):
        shown = {hit["url"] for hit in self.promoted}
        return super().get_context_data(**kwargs) | {
            "typed": self.typed,
            "query": self.query,
            "promoted": self.promoted,
            "hits": [hit for hit in self.get_hits() if hit["url"] not in shown],
            "results": self.page,
            "facets": self.results.facets,
            "filters": self.filters,
            "order": self.order,
        }

    def as_data(self) -> dict:
        """Return the page as data: the query as understood, total, facets and results."""
        return {
            "query": self.typed,
            "understood": self.query.understood,
            "corrections": self.query.corrections,
            "language": self.query.language,
            "total": self.page.paginator.count,
            "page": self.page.number,
            "pages": self.page.paginator.num_pages,
            "facets": {
                name: [{"value": value, "count": count} for value, count in values]
                for name, values in self.results.facets.items()
            },
            "promoted": [self._as_result(hit) for hit in self.promoted],
            "results": [self._as_result(hit) for hit in self.get_hits()],
        }

    def _as_result(self, hit) -> dict:
        return {
            "title": hit["plain_title"],
            "url": self.request.build_absolute_uri(hit["url"]),
            "type": hit["kind"],
            "date": hit["date"].isoformat() if hit["date"] else None,
            "snippet": hit["snippet"],
        }
