"""Dates that mean something, and translations that admit that they are older."""

import datetime

import pytest
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation

from home.models import Goal
from tests.factories import (
    ConferencePageFactory,
    ContentPageFactory,
    CorrectionFactory,
    GoalsPageFactory,
    InsightLibraryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=400)
NOTE = "newer-source"


def backdate(*pages):
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        first_published_at=LONG_AGO, last_published_at=LONG_AGO
    )


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def publish(page):
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return fresh(page)


# "Updated"


def test_publishing_the_same_again_is_no_update(home_lv):
    page = GoalsPageFactory(parent=home_lv, body=[("text", RichText("<p>A</p>"))])
    page.goals = [Goal(number="1.1", text="attīstītu", locale=page.locale)]
    page = publish(page)
    backdate(page)
    page = fresh(page)
    page.review_by = datetime.date(2030, 1, 1)  # visitors don't see it
    page.search_description = "Citiem"
    page = publish(page)
    assert page.last_published_at == LONG_AGO
    assert page.live_revision is not None


@pytest.mark.parametrize("change", ["title", "responsible", "body", "goal", "further goal"])
def test_whatever_visitors_read_anew_is_an_update(home_lv, change):
    page = GoalsPageFactory(parent=home_lv, body=[("text", RichText("<p>A</p>"))])
    page.goals = [Goal(number="1.1", text="attīstītu", locale=page.locale)]
    page = publish(page)
    backdate(page)
    page = fresh(page)
    match change:
        case "title" | "responsible":
            setattr(page, change, "Cits")
        case "body":
            page.body = [("text", RichText("<p>B</p>"))]
        case "goal":
            (goal,) = page.goals.all()
            goal.text = "sekmētu"
            page.goals = [goal]
        case _:
            page.goals.add(Goal(number="1.2", text="sekmētu", locale=page.locale))
    assert publish(page).last_published_at > LONG_AGO


def test_an_article_is_updated_when_its_text_changes_and_not_before(client, home_lv):
    page = publish(NewsPageFactory(parent=NewsIndexPageFactory(parent=home_lv), title="Ziņa"))
    backdate(page)
    Page.objects.filter(pk=page.pk)
    page = fresh(page)
    page.date = timezone.localdate(LONG_AGO)
    page.save()
    assert not publish(fresh(page)).is_updated
    page = fresh(page)
    page.lead = "Cits ievads."
    assert publish(page).is_updated


def test_a_correction_stands_at_the_top_and_is_pointed_to_at_the_end(client, home_lv):
    page = NewsPageFactory(
        parent=NewsIndexPageFactory(parent=home_lv), body=[("text", RichText("<p>Teksts</p>"))]
    )
    CorrectionFactory(page=page, text="<p>Labots gads.</p>")
    before, after = client.get(page.url).content.decode().split("<p>Teksts</p>")
    assert "Labots gads." in before
    assert 'href="#corrections-title"' in after
    assert "2022-11-20" in after


# A translation whose original is newer


@pytest.fixture
def pair(home_lv):
    page = publish(ContentPageFactory(parent=home_lv, title="Par mums", lead="Viens."))
    english = translate(page, {"Par mums": "About", "Viens.": "One.", "par-mums": "about"})
    return page, english


def shows_note(client, page):
    content = client.get(page.url).content.decode()
    return NOTE in content


def test_a_translation_says_with_the_day_that_its_original_is_newer(client, pair):
    page, english = pair
    assert not shows_note(client, english)
    page.lead = "Divi."
    page = publish(page)
    content = client.get(english.url).content.decode()
    assert NOTE in content
    day = timezone.localtime(page.last_published_at)
    assert f"{day.day}\N{NO-BREAK SPACE}{day:%B %Y}" in content
    assert f'href="{page.url}" hreflang="lv"' in content
    assert not shows_note(client, page)  # the original itself is never older


def test_until_the_new_text_is_translated_and_published(client, pair):
    page, english = pair
    page.lead = "Divi."
    page = publish(page)
    translation = Translation.objects.get()
    with TestCase.captureOnCommitCallbacks(execute=True):
        translation.source.update_from_db()
    assert shows_note(client, english)  # the translators know of it, visitors see the old text
    translate(page, {"Par mums": "About", "Divi.": "Two.", "par-mums": "about"})
    assert not shows_note(client, english)


def test_a_draft_or_the_same_text_again_makes_nothing_newer(client, pair):
    page, english = pair
    page.lead = "Divi."
    page.save_revision()
    assert not shows_note(client, english)
    publish(fresh(page))
    assert not shows_note(client, english)


def test_a_translation_kept_by_hand_goes_by_the_dates(client, pair):
    page, english = pair
    Translation.objects.update(enabled=False)
    backdate(english)
    assert shows_note(client, english)
    backdate(page)
    assert not shows_note(client, english)


def test_a_page_in_english_only_has_no_original(client, home_en):
    assert not shows_note(client, ContentPageFactory(parent=home_en))
    home_en.get_translations().update(live=False)
    assert not shows_note(client, home_en)


# No translation


def test_the_switcher_never_leads_to_an_archive_that_is_not_there(client, home_lv):
    news = NewsIndexPageFactory(parent=home_lv, slug="aktualitates", title="Aktualitātes")
    page = NewsPageFactory(parent=news, date=datetime.date(2022, 11, 16))
    english = translate(news, {"Aktualitātes": "News", "aktualitates": "news"})
    chrome = client.get(f"{news.url}2022/11/").context["chrome"]
    (link,) = [link for link in chrome.languages if link.code == "en"]
    assert client.get(link.url).status_code == 200
    assert english.url in link.url
    chrome = client.get(page.url).context["chrome"]
    assert [(link.url, link.is_translation) for link in chrome.languages if link.code == "en"] == [
        (english.url, False)
    ]


def test_an_insight_without_translation_switches_to_the_library_and_says_so(client, home_lv):
    library = InsightLibraryPageFactory(parent=home_lv, slug="atzinas", title="Atziņas")
    ConferencePageFactory(parent=library, insights=["Dati"])
    translate(library, {"Atziņas": "Insights", "atzinas": "insights"})
    content = client.get(f"{library.url}LPIA-A-2022-01/").content.decode()
    assert 'class="is-elsewhere"' in content
    assert 'href="/en/insights/"' in content
