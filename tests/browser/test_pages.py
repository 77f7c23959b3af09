"""One page of every kind, in both languages, as a visitor's browser sees it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_page_is_accessible(page, site, language, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    reports = []
    for path in addresses(language):
        page.goto(site + path)
        results = Axe().run(page, options=WCAG)
        if results.violations_count:
            reports.append(f"{path}\n{results.generate_report()}")
    assert not reports, "\n".join(reports)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["lv", "en"])
def test_no_page_is_wider_than_the_window(page, site, language, size):
    page.set_viewport_size(size)
    too_wide = []
    for path in addresses(language):
        page.goto(site + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            too_wide.append((path, width))
    assert too_wide == []
