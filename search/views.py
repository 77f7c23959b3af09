"""The search page."""

from django.views.generic import TemplateView
from wagtail.models import Locale, Page

from home.pagination import paginate


class SearchView(TemplateView):
    """Finds published, public pages in the active language by ``?q=``."""

    template_name = "search/search.html"
    RESULTS_PER_PAGE = 10
    MAXIMUM_LENGTH = 200

    def get_context_data(self, **kwargs):
        query = self.request.GET.get("q", "").replace("\x00", "").strip()[: self.MAXIMUM_LENGTH]
        pages = Page.objects.none()
        if query:
            pages = Page.objects.live().public().filter(locale=Locale.get_active()).specific()
            # Stock SQLite takes an unbalanced quote for a syntax error.
            pages = pages.search(query.replace('"', " "))
        return super().get_context_data(**kwargs) | {
            "query": query,
            "results": paginate(self.request, pages, self.RESULTS_PER_PAGE),
        }
