"""The preview beside the editor follows what is written, on a phone's width and a desktop's."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Page

from editorial import roles
from home.models import FormPage, MeetingPage
from news.models import ConferencePage, NewsIndexPage, NewsPage
from people.models import PersonPage
from tests.browser.signing_in import make_person, sign_in

pytestmark = pytest.mark.once

SOON = 40_000  # milliseconds: several pings of a busy machine
SETTLED = 2_500  # Wagtail takes for unchanged what the form holds two seconds after it came
# Without the marks that Wagtail's checker puts beside what it finds fault with.
TOO_WIDE = """page => {
  for (const mark of page.querySelectorAll("wagtail-inline-userbar")) mark.remove();
  return page.scrollWidth - page.clientWidth;
}"""
TYPES = [NewsPage, ConferencePage, PersonPage, MeetingPage, FormPage]


@pytest.fixture
def writer(browser, site):
    """A chief editor's browser, of a desktop's size."""
    user = make_person(get_user_model(), "Anna", roles.CHIEF_EDITOR)
    page = sign_in(browser, site, user, viewport={"width": 1600, "height": 1000})
    yield page
    page.context.close()
    user.delete()


@pytest.fixture
def article(site):
    """A page that is put back as it was: autosave keeps what a test writes."""
    kept = []

    def take(model):
        page = model.objects.live().filter(locale__language_code="lv").first()
        kept.append((page, page.latest_revision_id))
        return page

    yield take
    for page, revision in kept:
        page.revisions.filter(pk__gt=revision or 0).delete()
        changes = {"latest_revision": revision, "draft_title": page.title}
        Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False, **changes)


def open_preview(page):
    toggle = page.locator("[data-side-panel-toggle='preview']")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    preview = page.frame_locator(".w-preview__iframe >> nth=-1")
    preview.locator("body").wait_for()
    page.wait_for_timeout(SETTLED)
    return preview


def choose_size(page, name):
    page.locator(f"[name='preview-size'][value='{name}']").check(force=True)


def inner_width(preview):
    return preview.locator("html").evaluate(
        "element => element.ownerDocument.defaultView.innerWidth"
    )


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_the_preview_follows_the_text_on_phone_and_desktop(writer, site, article, model):
    writer.goto(site + reverse("wagtailadmin_pages:edit", args=[article(model).pk]))
    preview = open_preview(writer)
    errors = []
    writer.on("pageerror", lambda error: errors.append(str(error)))
    writer.fill("#id_title", "Pavisam jauns virsraksts")
    expect(preview.locator("h1")).to_have_text(re.compile("Pavisam jauns virsraksts"), timeout=SOON)
    assert preview.locator(".notice").count() == 0  # it would cover the text
    for size, width in (("mobile", 375), ("desktop", 1280)):
        choose_size(writer, size)
        assert inner_width(preview) == pytest.approx(width, abs=20)
        assert preview.locator("html").evaluate(TOO_WIDE) <= 0
    assert errors == []


def test_the_labels_of_the_devices_are_latvian(writer, site, article):
    writer.goto(site + reverse("wagtailadmin_pages:edit", args=[article(NewsPage).pk]))
    open_preview(writer)
    sizes = writer.locator("[name='preview-size']")
    labels = [sizes.nth(number).get_attribute("aria-label") for number in range(sizes.count())]
    assert len(labels) == 3 and not re.search("preview|size", " ".join(labels), re.IGNORECASE)


def test_the_answer_of_a_form_can_be_seen_too(writer, site, article):
    page = article(FormPage)
    writer.goto(site + reverse("wagtailadmin_pages:edit", args=[page.pk]))
    preview = open_preview(writer)
    writer.locator("#id_preview_mode").select_option("landing")
    first_words = re.sub("<[^>]+>", " ", page.thank_you).split(".")[0].strip()
    expect(preview.locator("main")).to_contain_text(first_words, timeout=SOON)


def test_a_new_page_is_seen_before_it_is_saved_and_says_when_it_cannot_be(writer, site):
    index = NewsIndexPage.objects.get(locale__language_code="lv")
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    writer.route("**/edit/", lambda route: route.abort())
    writer.goto(site + address)
    preview = open_preview(writer)
    writer.fill("#id_title", "Vēl nesaglabāta ziņa")
    expect(preview.locator("h1")).to_have_text("Vēl nesaglabāta ziņa", timeout=SOON)
    writer.fill("#id_date", "rīt")
    banner = writer.locator("#w-preview-error-banner")
    expect(banner).to_be_visible(timeout=SOON)
    NewsPage.objects.filter(title="Vēl nesaglabāta ziņa").delete()


def test_the_panel_fits_a_phone(browser, site, article):
    user = make_person(get_user_model(), "Anna", roles.CHIEF_EDITOR)
    page = sign_in(browser, site, user, viewport={"width": 390, "height": 844})
    page.goto(site + reverse("wagtailadmin_pages:edit", args=[article(NewsPage).pk]))
    preview = open_preview(page)
    expect(preview.locator("h1")).to_be_visible(timeout=SOON)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()
    user.delete()
