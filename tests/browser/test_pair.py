"""Publishing in both languages, and rows that stay themselves, in a real page editor."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Page

from home.models import HomePage
from news.models import ConferencePage, InsightReference, NewsIndexPage
from tests.factories import ConferencePageFactory, NewsPageFactory
from tests.translating import translate


@pytest.fixture
def admin_page(page, site):
    user, _created = get_user_model().objects.get_or_create(
        username="pair", is_superuser=True, defaults={"email": "pair@example.org"}
    )
    user.set_password("pair-pair-pair")
    user.save()
    page.goto(site + reverse("wagtailadmin_login"))
    page.fill("[name=username]", "pair")
    page.fill("[name=password]", "pair-pair-pair")
    page.click("button[type=submit]")
    page.wait_for_url(site + reverse("wagtailadmin_home"))
    return page


@pytest.fixture
def article(db):
    """A draft and its draft translation; both are gone after the test."""
    index = NewsIndexPage.objects.get(locale__language_code="lv")
    article = NewsPageFactory(parent=index, title="Pāris", slug="paris", lead="Kas notika")
    article.save_revision().publish()
    translate(article, {"Pāris": "A pair", "paris": "pair", "Kas notika": "What happened"})
    article.unpublish()
    yield article
    for translation in Page.objects.filter(translation_key=article.translation_key):
        translation.delete()


def open_menu(page):
    page.locator("footer .w-dropdown button").first.click()


def wait_for_automatic_save(page, conference, text):
    for _attempt in range(100):
        latest = ConferencePage.objects.get(pk=conference.pk).get_latest_revision_as_object()
        if text in [insight.text for insight in latest.insights.all()]:
            break
        page.wait_for_timeout(300)
    expect(page.locator("[name=insights-1-reference]")).not_to_have_value("")


def test_a_page_and_its_translation_are_published_with_one_button(admin_page, site, article):
    admin_page.goto(site + reverse("wagtailadmin_pages:edit", args=[article.pk]))
    open_menu(admin_page)
    admin_page.locator("button[value=both]").click()
    admin_page.locator(".messages .success").nth(1).wait_for()
    for path, text in {
        article.url: "Kas notika",
        article.get_translations().get().url: "What happened",
    }.items():
        admin_page.goto(site + path)
        assert text in admin_page.locator("main").inner_text()


def test_unpublishing_says_what_goes_down_too(admin_page, site, article):
    article.get_latest_revision().publish()
    english = article.get_translations().get()
    english.get_latest_revision().publish()
    admin_page.goto(site + reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    assert "A pair" in admin_page.locator(".help-warning").inner_text()
    admin_page.locator("main form button[type=submit]").click()
    admin_page.locator(".messages .success").wait_for()
    english.refresh_from_db()
    assert not english.live


@pytest.fixture
def conference(db):
    library = HomePage.objects.get(locale__language_code="lv").get_children()
    library = library.get(content_type__model="insightlibrarypage").specific
    conference = ConferencePageFactory(parent=library, insights=["Pirmā"])
    conference = ConferencePage.objects.get(pk=conference.pk)
    conference.save_revision().publish()
    yield conference
    conference.delete()


def test_a_new_insight_of_a_live_page_keeps_its_number_through_automatic_saves(
    admin_page, site, conference
):
    registered = InsightReference.objects.count()
    admin_page.goto(site + reverse("wagtailadmin_pages:edit", args=[conference.pk]))
    admin_page.wait_for_timeout(3000)  # until then the editor takes changes for its own
    admin_page.locator("#id_insights-ADD").click()
    references = set()
    for text in ("Otrā", "Otrā atziņa", "Otrā atziņa, pilnībā"):
        admin_page.fill("[name=insights-1-text]", text)
        wait_for_automatic_save(admin_page, conference, text)
        references.add(admin_page.input_value("[name=insights-1-reference]"))
    assert len(references) == 1
    open_menu(admin_page)
    admin_page.locator("button[name=action-publish]").first.click()
    admin_page.locator(".messages .success").first.wait_for()
    insights = ConferencePage.objects.get(pk=conference.pk).insights.all()
    assert [insight.text for insight in insights] == ["Pirmā", "Otrā atziņa, pilnībā"]
    assert insights[1].reference in references
    assert InsightReference.objects.count() == registered + 1
