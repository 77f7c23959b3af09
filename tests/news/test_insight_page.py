"""The page of an insight: its pair, what is related to it, and what becomes of its address."""

import datetime
import html
import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Revision
from wagtail_localize.models import StringSegment, TranslationSource

from news.models import ConferencePage, Insight, InsightTopic
from tests.factories import (
    ConferencePageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(home_lv):
    return InsightLibraryPageFactory(parent=home_lv, slug="atzinas")


def conference(library, year, *texts, topics=()):
    page = ConferencePageFactory(
        parent=library,
        title=f"Konference {year}",
        starts_on=datetime.date(year, 5, 1),
        ends_on=None,
        insights=list(texts),
    )
    for insight in page.insights.all():
        for topic in topics:
            InsightTopic.objects.create(insight=insight, topic=topic)
    page.refresh_from_db()
    page.save_revision().publish()
    return page


def get(client, library, reference, status=200):
    response = client.get(f"{library.url}LPIA-A-{reference}/")
    assert response.status_code == status
    return html.unescape(response.content.decode())


def section(page, name):
    """Return what stands under the heading of that id; nothing where there is none."""
    found = re.search(rf'aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_the_one_before_and_the_one_after_follow_the_order_of_the_conference(client, library):
    conference(library, 2022, "Pirmā", "Otrā", "Trešā")
    conference(library, 2023, "Cita")
    page = get(client, library, "2022-02")
    assert re.search(r'rel="prev" href="[^"]*LPIA-A-2022-01/">Pirmā', page)
    assert re.search(r'rel="next" href="[^"]*LPIA-A-2022-03/">Trešā', page)
    assert 'rel="prev"' not in get(client, library, "2022-01")
    assert 'rel="next"' not in get(client, library, "2022-03")
    assert 'class="neighbours"' not in get(client, library, "2023-01")


def test_related_insights_share_topics_and_come_from_other_conferences(client, library):
    data, people = TopicFactory(slug="dati"), TopicFactory(slug="cilveki")
    conference(library, 2022, "Šī", "Tās pašas konferences", topics=[data, people])
    conference(library, 2021, "Divas kopīgas", topics=[data, people])
    conference(library, 2024, "Viena kopīga", topics=[people])
    conference(library, 2023, "Neviena", topics=[TopicFactory(slug="cits")])
    related = section(get(client, library, "2022-01"), "related-title")
    assert re.findall(r'class="clause">([^<]+)<', related) == ["Divas kopīgas", "Viena kopīga"]


def test_related_articles_name_the_conference_first_then_share_its_topics(client, library, home_lv):
    data = TopicFactory(slug="dati")
    page = conference(library, 2022, "Šī", topics=[data])
    index = NewsIndexPageFactory(parent=home_lv)
    for title, fields in {
        "Par konferenci": {"conference": page, "date": datetime.date(2020, 1, 1)},
        "Par datiem": {"topics": [data], "date": datetime.date(2024, 1, 1)},
        "Par ko citu": {},
        "Melnraksts": {"conference": page, "live": False},
    }.items():
        NewsPageFactory(parent=index, title=title, **fields)
    articles = section(get(client, library, "2022-01"), "articles-title")
    assert re.findall(r'class="headline"[^>]*>([^<]+)<', articles) == [
        "Par konferenci",
        "Par datiem",
    ]


def test_the_recording_at_which_it_was_discussed_is_shown_while_it_is_public(
    client, library, home_lv
):
    conference(library, 2022, "Šī")
    meeting = MeetingPageFactory(parent=MeetingsPageFactory(parent=home_lv), title="Saruna")
    Insight.objects.update(meeting=meeting)
    assert "Saruna" in section(get(client, library, "2022-01"), "recordings-title")
    PageViewRestriction.objects.create(page=meeting, restriction_type="login")
    assert "Saruna" not in get(client, library, "2022-01")


def test_its_pair_stands_in_the_language_that_it_is_written_in(client, library):
    page = conference(library, 2022, "Latviski")
    translate(library.get_parent().specific, {})
    english = translate(library, {})
    translated = translate(page, {"Latviski": "In English"})
    link = r'<a href="(/en/[^"]*)" lang="en" hreflang="en">In English</a>'
    address = re.search(link, get(client, library, "2022-01"))[1]
    assert address == f"{english.url}LPIA-A-2022-01/"
    assert 'lang="lv" hreflang="lv">Latviski</a>' in client.get(address).content.decode()
    translated.unpublish()
    assert "In English" not in get(client, library, "2022-01")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Jādara kopā", "Jādara kopā. Konference"),
        ("Vai jādara kopā?", "Vai jādara kopā? Konference"),
        ("Viņš teica: „Darīsim kopā.“", "Viņš teica: „Darīsim kopā.“ Konference"),
        ("Tas ir „kopdarbs“", "Tas ir „kopdarbs“. Konference"),
    ],
)
def test_the_cited_text_ends_with_one_mark(client, library, text, cited):
    conference(library, 2022, text)
    assert f": {cited} 2022, " in get(client, library, "2022-01")


def test_an_insight_without_translation_says_so_and_leads_to_the_original(client, library):
    conference(library, 2022, "Tikai latviski")
    translate(library.get_parent().specific, {})
    english = translate(library, {})
    page = get(client, english, "2022-01", status=404)
    assert f'<a href="{library.url}LPIA-A-2022-01/" lang="lv" hreflang="lv">' in page


def test_the_address_of_a_removed_insight_says_that_it_is_gone(client, library):
    page = conference(library, 2022, "Paliek", "Pazūd")
    page.insights = list(page.insights.all())[:1]
    page.save_revision().publish()
    gone = get(client, library, "2022-02", status=410)
    assert f'href="{library.url}"' in gone
    assert "Pazūd" not in gone
    get(client, library, "2022-09", status=404)  # never given
    page.insights.add(Insight(text="Jauna", locale=page.locale))
    page.save_revision().publish()
    assert "Jauna" in get(client, library, "2022-03")


def test_the_insights_of_a_deleted_conference_are_gone(client, library):
    conference(library, 2022, "Pazūd").delete()
    get(client, library, "2022-01", status=410)


def test_a_redirect_of_the_editors_leads_on_from_a_removed_insight(client, library):
    conference(library, 2022, "Pazūd").delete()
    path = f"{library.url}LPIA-A-2022-01"
    Redirect.objects.create(old_path=path, redirect_link="/lv/citur/")
    response = client.get(f"{path}/")
    assert (response.status_code, response["Location"]) == (301, "/lv/citur/")


def test_what_was_never_public_and_what_is_hidden_now_is_not_found(client, library):
    draft = ConferencePageFactory(parent=library, live=False, insights=["Melnraksts"])
    get(client, library, "2022-01", status=404)
    draft.delete()
    get(client, library, "2022-01", status=404)
    hidden = conference(library, 2023, "Paslēpta")
    hidden.unpublish()
    get(client, library, "2023-01", status=404)
    hidden.save_revision().publish()
    assert "Paslēpta" in get(client, library, "2023-01")


def test_moving_and_copying_the_library_keeps_permalinks(client, library):
    page = conference(library, 2022, "Šī")
    page.slug = "cita-adrese"
    page.save_revision().publish()
    assert "Šī" in get(client, library, "2022-01")


def test_the_page_costs_the_same_with_many_insights_and_articles(client, library, home_lv):
    topic = TopicFactory(slug="dati")
    page = conference(library, 2022, "Šī", "Otrā", topics=[topic])
    conference(library, 2021, "Cita", topics=[topic])
    index = NewsIndexPageFactory(parent=home_lv)
    NewsPageFactory(parent=index, topics=[topic])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            get(client, library, "2022-01")
        return len(captured)

    queries()
    few = queries()
    NewsPageFactory.create_batch(5, parent=index, topics=[topic], conference=page)
    for number in range(20):
        insight = Insight.objects.create(page=page, text="Vēl", reference=f"X-{number}")
        InsightTopic.objects.create(insight=insight, topic=topic)
    assert queries() == few


def test_names_of_countries_become_codes_in_pages_drafts_and_sources(library):
    """What the migration does, on all places that keep a conference page."""
    migration = import_module("news.migrations.0003_country_codes")
    page = conference(library, 2022, "Šī")
    translate(library.get_parent().specific, {})
    translate(library, {})
    translate(page, {})
    if connection.vendor == "sqlite":  # there alone a column of two letters takes names
        migration.codes_to_names(apps, None)
        names = set(ConferencePage.objects.values_list("country", flat=True))
        assert names == {"Čehija", "Czechia"}
        migration.names_to_codes(apps, None)
    assert set(ConferencePage.objects.values_list("country", flat=True)) == {"CZ"}
    revisions = Revision.objects.for_instance(page)
    assert {revision.content["country"] for revision in revisions} == {"CZ"}
    source = TranslationSource.objects.get_for_instance(page)
    assert source.as_instance().country == "CZ"
    assert not StringSegment.objects.filter(context__path="country").exists()


def test_a_country_that_nobody_knows_stays_in_sight_behind_the_city():
    migration = import_module("news.migrations.0003_country_codes")
    known = migration.codes_by_name()
    change = migration.to_code
    assert change({"city": "Prāga", "country": "čehija "}, known)["country"] == "CZ"
    assert change({"city": "Prague", "country": "Czech Republic"}, known)["country"] == "CZ"
    assert change({"city": "Rāmallāh", "country": "Palestīna"}, known)["country"] == "PS"
    unknown = change({"city": "Nezināma", "country": "Pasaule"}, known)
    assert unknown == {"city": "Nezināma, Pasaule", "country": ""}
    assert change({"city": "Prāga", "country": "CZ"}, known) == {"city": "Prāga", "country": "CZ"}
