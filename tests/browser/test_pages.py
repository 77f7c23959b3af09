"""One page of every kind, in both languages, as a visitor's browser sees it.

Whether they are accessible asks test_accessibility.py.
"""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page


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


@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_page_asks_no_other_host_sets_no_cookie_and_runs_without_errors(
    page, site, language, foreign_requests
):
    errors = []
    page.on("pageerror", lambda error: errors.append((page.url, str(error))))
    page.on("console", lambda said: said.type == "error" and errors.append((page.url, said.text)))
    for path in addresses(language):
        response = page.goto(site + path, wait_until="networkidle")
        assert response.status == 200, path
        assert page.locator("html").get_attribute("lang") == language
        assert page.context.cookies() == [], path
    assert foreign_requests == []
    assert errors == []
