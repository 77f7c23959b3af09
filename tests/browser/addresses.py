"""Addresses of pages of every kind."""

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from home.models import MeetingPage
from news.models import InsightLibraryPage, NewsIndexPage
from people.models import BoardPage


def addresses(language):
    """Return the path of one page of every type in a language, and of the search: empty, with
    results in both languages, and with none.
    """
    pages = Page.objects.live().public().filter(locale__language_code=language, depth__gt=1)
    by_type = {page.content_type_id: page for page in pages.order_by("-path").specific()}
    with override(language):
        search = reverse("search")
    queries = ["", "?q=LPIA&languages=all&kind=article", "?q=xyzqwerty"]
    return [page.url for page in by_type.values()] + [search + query for query in queries]


def further_addresses(language):
    """Return addresses of what is no page of its own: parts of pages, searches, errors."""

    def only(model):
        return model.objects.live().get(locale__language_code=language)

    news, library, board = only(NewsIndexPage), only(InsightLibraryPage), only(BoardPage)
    day = news.get_children().live().specific().order_by("newspage__date").last().specific.date
    insight = library.insights.first()
    with override(language):
        search = reverse("search")
    recorded = MeetingPage.objects.live().filter(locale__language_code=language)
    recorded = recorded.exclude(recording="").exclude(transcript="").first()
    return [
        f"{news.url}{day:%Y/}",
        f"{news.url}{day:%Y/%m/}",
        f"{news.url}{day:%Y/%m/%d/}",
        f"{news.url}1999/",
        f"{library.url}{insight.reference}/",
        f"{library.url}?year=1999",
        f"{board.url}?date=2019-01-01",
        f"{board.url}?date=nav",
        f"{search}?q=pasvaldiba&kind=article&languages=all",
        f"/{language}/nav-tadas-lapas/",
        *([recorded.url] if recorded else []),
    ]
