"""What browsers are forbidden hinders nobody: neither visitors nor those who write."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.images import get_image_model
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from editorial import roles
from home.models import FormPage, MeetingPage
from news.models import NewsIndexPage, NewsPage
from tests.browser.signing_in import make_person, sign_in
from tests.browser.test_live_preview import open_preview
from tests.factories import NewsPageFactory

pytestmark = pytest.mark.once

# Chromium says in the console what it refuses; this adds by which directive and where.
LISTENER = """document.addEventListener("securitypolicyviolation", (event) => console.error(
  "VIOLATION", event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber))"""
PLAYER = re.compile(r"^https://www\.youtube-nocookie\.com/")
SOON = 20_000  # milliseconds

HOSTILE = """<p onclick="window.hacked = 1">Teksts</p><script>window.hacked = 2</script>
<img src="/none.png" onerror="window.hacked = 3"><style>main { display: none }</style>
<a class="trap" href="javascript:window.hacked = 4">saite</a><base href="https://evil.example/">
<iframe srcdoc="<script>parent.hacked = 5</script>"></iframe>
<meta http-equiv="refresh" content="0;url=https://evil.example/">"""


def watch(page):
    """Return a list that fills with what the page's browser complains about."""
    said = []
    page.context.add_init_script(LISTENER)
    page.on("pageerror", lambda error: said.append((page.url, str(error))))
    page.on("console", lambda line: line.type == "error" and said.append((page.url, line.text)))
    return said


def refused(said):
    """What of it is about policies, or broke: Wagtail's scripts write there what they find, too."""
    harmless = "axe.run results", "Language with code", "Failed to load resource"
    return [line for line in said if not line[1].startswith(harmless)]


@pytest.fixture
def article(site):
    """An article of the test's own, so that what is written in it harms no other test."""
    index = NewsIndexPage.objects.get(locale__language_code="lv")
    image = get_image_model().objects.first()
    body = [("text", "<p>Pirmais teikums.</p>"), ("heading", "Starpvirsraksts")]
    page = NewsPageFactory(parent=index, date=datetime.date.today(), image=image, body=body)
    page.save_revision().publish()
    yield page
    page.delete()


@pytest.fixture
def chief(browser, site):
    user = make_person(get_user_model(), "Anna", roles.CHIEF_EDITOR)
    page = sign_in(browser, site, user, viewport={"width": 1600, "height": 1000})
    yield page
    page.context.close()
    user.delete()


def first(model, language="lv"):
    return model.objects.live().filter(locale__language_code=language).first()


def test_the_browser_s_complaints_are_heard(page, site):
    said = watch(page)
    page.goto(f"{site}/lv/")
    assert said == []
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('iframe'),"
        "{src: 'https://elsewhere.example/'}))"
    )
    page.wait_for_timeout(200)
    assert any("VIOLATION frame-src https://elsewhere.example" in text for _url, text in said)
    assert (
        page.evaluate(
            "() => { try { document.body.innerHTML = '<b>x</b>' }"
            " catch (error) { return error.name } }"
        )
        == "TypeError"
    )


@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_recording_plays_after_a_click_and_has_what_a_player_needs(page, site, language):
    said = watch(page)
    page.route(PLAYER, lambda route: route.fulfill(body="<p>Player</p>", content_type="text/html"))
    meeting = MeetingPage.objects.live().filter(locale__language_code=language)
    page.goto(site + meeting.exclude(recording="").first().url)
    page.locator(".video-start").first.click()
    player = page.frame_locator(".video iframe")
    expect(player.locator("p")).to_have_text("Player")
    allowed = player.locator("html").evaluate("() => document.featurePolicy.allowedFeatures()")
    needed = {"autoplay", "encrypted-media", "fullscreen", "picture-in-picture"}
    assert needed <= set(allowed)
    assert not {"camera", "geolocation", "microphone", "payment"} & set(allowed)
    page.locator("footer [data-dialog='video-settings']").click()
    page.locator("[data-always-play]").check()
    page.locator("#video-settings button").click()
    page.reload()
    expect(page.frame_locator(".video iframe").first.locator("p")).to_have_text("Player")
    assert said == []


def test_suggestions_and_forms_work(page, site):
    said = watch(page)
    page.goto(site + "/lv/meklet/")
    page.get_by_role("combobox", name="Ko meklēt").press_sequentially("pasvald")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**q=pasvald*")
    form = first(FormPage)
    page.goto(site + form.url)
    page.locator("main form").evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    page.wait_for_load_state()
    expect(page.locator("main .error, main [aria-invalid]").first).to_be_visible()
    assert refused(said) == []  # but for the answer 422: the form was not complete


def test_hostile_rich_text_does_nothing(page, site, article, foreign_requests):
    raw = [{"type": "text", "value": HOSTILE, "id": "1" * 8 + "-1111-4111-8111-" + "1" * 12}]
    article.body = raw
    NewsPage.objects.filter(pk=article.pk).update(body=article.body)
    page.goto(site + article.url, wait_until="networkidle")
    expect(page.get_by_text("Teksts", exact=True)).to_be_visible()
    page.get_by_text("Teksts", exact=True).click()
    page.locator("main").get_by_text("saite", exact=True).click()
    assert page.url == site + article.url
    assert page.evaluate("window.hacked") is None
    assert foreign_requests == []


def test_an_editor_works_without_hindrance(chief, site, article):
    said = watch(chief)
    chief.goto(site + reverse("wagtailadmin_home"), wait_until="networkidle")
    chief.goto(site + reverse("wagtailadmin_explore", args=[article.get_parent().pk]))
    chief.goto(site + reverse("wagtailadmin_pages:edit", args=[article.pk]))

    # Rich text, a link in it, a table.
    text = chief.locator("[contenteditable=true]").first
    text.click()
    text.press_sequentially("Jauns ")
    chief.keyboard.press("Control+k")
    expect(chief.locator(".modal.in a.choose-page, .modal.in table").first).to_be_visible()
    chief.locator(".modal.in [data-dismiss='modal']").click()
    expect(chief.locator(".modal.in")).to_have_count(0)
    chief.locator(".c-sf-add-button").last.click()
    chief.get_by_role("option", name="Tabula").last.click()
    expect(chief.locator(".handsontable").first).to_be_visible()
    chief.get_by_role("button", name="Dzēst").last.click()

    # A picture in its chooser.
    chief.locator("[data-chooser] .w-dropdown__toggle, .chooser .w-dropdown__toggle").first.click()
    chief.locator("[data-chooser-action-choose]:visible").first.click()
    expect(chief.locator(".modal.in a[data-chooser-modal-choice]").first).to_be_visible()
    chief.locator(".modal.in [data-dismiss='modal']").click()

    # The preview follows.
    preview = open_preview(chief)
    expect(preview.locator("h1")).to_have_text(article.title, timeout=SOON)
    chief.fill("#id_title", "Pavisam jauns virsraksts")
    expect(preview.locator("h1")).to_have_text("Pavisam jauns virsraksts", timeout=SOON)

    for name, args in (
        ("wagtailimages:edit", [article.image_id]),
        ("wagtailimages:add_multiple", []),
        ("wagtailadmin_pages:history", [article.pk]),
        ("wagtailadmin_reports:site_history", []),
        ("translations:index", []),
        ("wagtailsnippets_news_topic:list", []),
    ):
        response = chief.goto(site + reverse(name, args=args), wait_until="networkidle")
        assert response.status == 200, name

    assert refused(said) == []


def test_the_bar_of_editors_works_on_the_site(chief, site, article):
    said = watch(chief)
    chief.goto(site + article.url)
    chief.get_by_role("button", name=re.compile("Wagtail")).click()
    expect(chief.get_by_role("menuitem").first).to_be_visible()
    assert refused(said) == []


def test_a_translator_works_without_hindrance(chief, site, article):
    source, _created = TranslationSource.get_or_create_from_instance(article)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    said = watch(chief)
    chief.goto(site + reverse("wagtailadmin_pages:edit", args=[target.pk]))
    chief.get_by_role("button", name="Tulkot", exact=True).first.click(timeout=SOON)
    expect(chief.locator("textarea").first).to_be_visible()
    chief.goto(site + reverse("wagtail_localize:update_translations", args=[source.pk]))
    target.delete()
    assert refused(said) == []
