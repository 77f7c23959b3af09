"""The library: filters that combine, addresses that can be shared, pages of a long list."""

import datetime
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Insight, InsightTopic
from tests.factories import ConferencePageFactory, InsightLibraryPageFactory, TopicFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db


class Library:
    """Three conferences in two countries, with two topics."""

    def __init__(self, home):
        self.page = InsightLibraryPageFactory(
            parent=home,
            title="Atziņu krātuve",
            slug="atzinas",
            licence="CC BY 4.0",
            licence_url="https://creativecommons.org/licenses/by/4.0/",
        )
        self.data = TopicFactory(name="Dati", slug="dati")
        self.people = TopicFactory(name="Cilvēki", slug="cilveki")
        self.prague = self.conference("praga", 2022, "CZ", [self.data, self.people])
        self.jurmala = self.conference("jurmala", 2022, "LV", [self.data])
        self.riga = self.conference("riga", 2023, "LV", [self.people])

    def conference(self, slug, year, country, topics):
        page = ConferencePageFactory(
            parent=self.page,
            title=slug.capitalize(),
            slug=slug,
            country=country,
            starts_on=datetime.date(year, 5, 1),
            ends_on=None,
            insights=[f"Atziņa par {topic.slug} ({slug})." for topic in topics],
        )
        for insight, topic in zip(page.insights.all(), topics, strict=True):
            InsightTopic.objects.create(insight=insight, topic=topic)
        return page


@pytest.fixture
def library(home_lv):
    return Library(home_lv)


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return html.unescape(response.content.decode())


def clauses(page):
    return re.findall(r'<p class="clause">([^<]+)</p>', page)


def options(page, name):
    """Return ``{value: text}`` of a filter."""
    select = re.search(rf'<select[^>]+name="{name}">(.*?)</select>', page, re.DOTALL)[1]
    return dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', select))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("topic=dati", {"dati (praga)", "dati (jurmala)"}),
        ("country=LV", {"dati (jurmala)", "cilveki (riga)"}),
        ("country=lv&year=2022", {"dati (jurmala)"}),
        ("conference=praga&topic=cilveki", {"cilveki (praga)"}),
        ("topic=cilveki&country=LV&year=2023&conference=riga", {"cilveki (riga)"}),
        ("topic=&conference=&country=&year=", None),
    ],
)
def test_filters_combine(client, library, query, expected):
    page = page_of(client, f"{library.page.url}?{query}")
    found = {re.search(r"par (.*)\.", text)[1] for text in clauses(page)}
    assert found == expected if expected else len(found) == 4


def test_each_choice_says_how_many_insights_it_gives_with_the_other_filters(client, library):
    page = page_of(client, f"{library.page.url}?country=LV")
    assert options(page, "topic")["dati"] == "Dati (1)"
    assert options(page, "conference")["praga"] == "Praga (0)"
    assert options(page, "country") == options(page, "country") | {
        "CZ": "Čehija (2)",
        "LV": "Latvija (2)",
    }
    assert '<option value="LV" selected>' in page


def test_countries_have_the_name_of_the_language_and_one_value_in_both(client, library):
    translate(library.page.get_parent().specific, {})
    english = translate(library.page, {"Atziņu krātuve": "Insights Library"})
    translate(library.prague, {})
    page = page_of(client, f"{english.url}?country=CZ")
    assert options(page, "country")["CZ"] == "Czechia (2)"
    assert len(clauses(page)) == 2


def test_a_country_without_conferences_gives_a_sentence_and_the_way_back(client, library):
    page = page_of(client, f"{library.page.url}?country=EE&topic=dati")
    assert not clauses(page)
    empty = re.search(r'<p class="empty">(.*?)</p>', page, re.DOTALL)[1]
    assert f'href="{library.page.url}"' in empty
    assert f'href="{library.page.url}?topic=dati"' in page  # without the country
    assert options(page, "country")["EE"] == "Igaunija (0)"
    assert 'content="noindex, follow"' in page


@pytest.mark.parametrize(
    "query",
    [
        *("topic=nav", "conference=nav", "country=XX", "country=EU", "year=x", "format=pdf"),
        *("year=" + "9" * 5000, "conference=a%00b"),
    ],
)
def test_what_the_library_does_not_know_is_not_found(client, library, query):
    assert client.get(f"{library.page.url}?{query}").status_code == 404


def test_the_title_the_description_and_the_canonical_address_name_the_filter(client, library):
    page = page_of(client, f"{library.page.url}?year=2022&utm=x&topic=dati&page=1")
    assert "<title>Atziņu krātuve: Dati, 2022" in page
    assert "Dati, 2022" in re.search(r'<meta name="description" content="([^"]*)"', page)[1]
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)[1]
    assert canonical.endswith("/lv/atzinas/?topic=dati&year=2022")
    plain = page_of(client, library.page.url)
    assert re.search(r'rel="canonical" href="([^"]*)"', plain)[1].endswith("/lv/atzinas/")
    assert "noindex" not in plain
    assert "noindex" not in page_of(client, f"{library.page.url}?topic=dati")


def test_the_other_language_keeps_the_filter_where_it_exists(client, library):
    translate(library.data, {"Dati": "Data", "dati": "data"})
    english_topic = library.data.get_translations().get()
    english_topic.slug = "data"
    english_topic.save()
    translate(library.page.get_parent().specific, {})
    translate(library.page, {})
    page = page_of(client, f"{library.page.url}?topic=dati&conference=praga&country=CZ")
    links = re.findall(r'<a[^>]+href="(/en/[^"]*)"', page)
    assert any(link.endswith("/?topic=data&country=CZ") for link in links), links
    assert 'rel="alternate" hreflang="en"' not in page  # it is not the same selection
    page = page_of(client, f"{library.page.url}?topic=dati&country=CZ")
    alternate = re.search(r'rel="alternate" hreflang="en" href="([^"]*)"', page)[1]
    assert alternate.endswith("/?topic=data&country=CZ")


def test_filters_in_use_can_be_taken_back_one_by_one(client, library):
    page = page_of(client, f"{library.page.url}?country=LV&year=2022")
    chosen = re.search(r'<ul class="chosen".*?</ul>', page, re.DOTALL)[0]
    assert f'href="{library.page.url}?year=2022"' in chosen
    assert f'href="{library.page.url}?country=LV"' in chosen


def test_a_private_conference_is_neither_counted_nor_offered(client, library):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=library.prague, restriction_type="login")
    page = page_of(client, library.page.url)
    assert len(clauses(page)) == 2
    assert "praga" not in options(page, "conference")
    assert client.get(f"{library.page.url}?conference=praga").status_code == 404


def test_a_long_list_comes_in_pages_and_costs_the_same_queries(client, library):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page_of(client, f"{library.page.url}?topic=dati")
        return len(captured)

    queries()
    few = queries()
    insights = [
        Insight(
            page=library.prague, locale=library.page.locale, text=f"Nr. {n}", reference=f"X-{n}"
        )
        for n in range(120)
    ]
    insights = Insight.objects.bulk_create(insights)
    InsightTopic.objects.bulk_create(
        InsightTopic(insight=insight, topic=library.data) for insight in insights
    )
    assert queries() == few
    first = page_of(client, f"{library.page.url}?topic=dati")
    assert len(clauses(first)) == library.page.INSIGHTS_PER_PAGE
    assert "?topic=dati&page=2" in first
    second = page_of(client, f"{library.page.url}?topic=dati&page=2")
    assert not set(clauses(first)) & set(clauses(second))
    assert re.search(r'rel="canonical" href="([^"]*)"', second)[1].endswith("?topic=dati&page=2")
