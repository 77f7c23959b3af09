"""The editor's desk in a browser: the checks beside the text, and a dashboard that fits a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page

from home.models import EasyReadPage
from news.models import NewsIndexPage, NewsPage

FAULTS = [
    "Apakšvirsraksta vietā izmantota parasta rindkopa",
    "Attēls bez alternatīvā teksta",
    "Izlaists apakšvirsraksta līmenis",
    "Nekonkrēts saites teksts",
]


@pytest.fixture
def admin_page(page, site):
    """A browser in which an administrator is signed in."""
    user = get_user_model().objects.create_superuser("desk", "desk@example.com", "desk-password")
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", "desk")
    page.fill("[name=password]", "desk-password")
    page.click("button[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    yield page
    user.delete()


@pytest.fixture
def write(db):
    """Write an article that is gone after the test."""
    written = []

    def make(*body, **fields):
        index = NewsIndexPage.objects.get(locale__language_code="lv")
        article = NewsPage(title="Pārbaudāms raksts", lead="Kas notika.", live=False, **fields)
        article.body = list(body)
        index.add_child(instance=article)
        written.append(article.pk)
        return article

    yield make
    for page in Page.objects.filter(pk__in=written):
        page.delete()


def findings(page, site, article) -> list[str]:
    """Open the checks beside an article's text; return what they found once they have run."""
    page.goto(site + reverse("wagtailadmin_pages:edit", args=[article.pk]))
    page.locator("[data-side-panel-toggle=checks]").click()
    panel = page.locator("[data-side-panel=checks]")
    # The number of words comes last, when the checks have run on the preview.
    page.wait_for_function(
        "() => /[1-9]/.test(document.querySelector('[data-content-word-count]').textContent)"
    )
    # Their texts, seen or not: on a busy machine the panel may still be sliding in.
    return [
        text.strip() for text in panel.locator("[data-content-checker-name]").all_text_contents()
    ]


def test_the_checks_name_the_faults_of_an_article(admin_page, site, write):
    image = NewsPage.objects.exclude(image=None).first().image
    html = (
        '<h3>Rīts</h3><p>Programma: <a href="https://example.org/">spiediet šeit</a>.</p>'
        "<p><b><i>Kā tas notika</i></b></p><p>Teksts, kas seko it kā apakšvirsrakstam.</p>"
    )
    article = write(("text", html), image=image)
    assert sorted(findings(admin_page, site, article)) == FAULTS
    hint = admin_page.locator("[data-checks-panel]").inner_text()
    assert "Jāpasaka, kas atrodas aiz saites" in hint


def test_the_checks_find_nothing_in_a_good_article(admin_page, site, write):
    image = NewsPage.objects.exclude(image=None).first().image
    html = '<h3>Rīts</h3><p><a href="https://example.org/">Sanāksmes programma</a></p>'
    article = write(
        ("heading", "Darba kārtība"), ("text", html), image=image, image_is_decorative=True
    )
    assert findings(admin_page, site, article) == []


def test_the_checks_count_the_words_of_easy_sentences_and_miss_the_summary(admin_page, site):
    page = EasyReadPage.objects.filter(locale__language_code="lv").first()
    published, easy = page.summary, page.body
    assert findings(admin_page, site, page) == []
    long = "Asociācija " + "ļoti " * 20 + "palīdz. Tā ir īsa doma."
    draft = page.specific
    draft.summary, draft.search_description = "", ""
    draft.body = [("text", f"<p>{long}</p><p>Īsi.</p>")]
    try:
        draft.save_revision()
        found = findings(admin_page, site, page)
    finally:
        page.summary, page.body = published, easy
        page.save_revision().publish()
    assert sorted(found) == ["Nav kopsavilkuma", "Vieglajai valodai pārāk garš teikums"]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_dashboard_and_guide_are_accessible_and_fit(admin_page, site, width, colours):
    admin_page.emulate_media(color_scheme=colours)
    admin_page.set_viewport_size({"width": width, "height": 900})
    for address in ("/admin/", reverse("guides:guide", args=["editors"])):
        admin_page.goto(site + address, wait_until="networkidle")
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert admin_page.evaluate(overflow) == 0
        ours = ".desk-tiles, .desk-empty, .desk-greeting, .desk-guide"
        context = {"include": [[part.strip()] for part in ours.split(",")]}
        present = [part for part in context["include"] if admin_page.locator(part[0]).count()]
        results = Axe().run(admin_page, context={"include": present})
        assert results.violations_count == 0, results.generate_report()


def test_the_guide_is_put_away_for_good(admin_page, site):
    admin_page.goto(f"{site}/admin/")
    greeting = admin_page.locator(".desk-greeting")
    with admin_page.expect_response(lambda response: "dismissibles" in response.url):
        greeting.get_by_role("button", name="Aizvērt").click()
    admin_page.goto(f"{site}/admin/", wait_until="networkidle")
    assert greeting.count() == 0
