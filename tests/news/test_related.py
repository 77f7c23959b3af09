"""Which articles stand beside a page, by what rule, and that many cost no more than few."""

import datetime
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home import shared
from news import related
from tests.factories import (
    ConferencePageFactory,
    InsightLibraryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates")


@pytest.fixture
def conference(home_lv):
    library = InsightLibraryPageFactory(parent=home_lv, slug="atzinas")
    page = ConferencePageFactory(
        parent=library, title="Konference", starts_on=datetime.date(2022, 5, 1), insights=["Šī"]
    )
    page.refresh_from_db()
    page.save_revision().publish()
    return page


def article(index, title, date="2022-05-05", **kwargs):
    date = datetime.date.fromisoformat(date)
    return NewsPageFactory(parent=index, title=title, date=date, **kwargs)


def titles(client, page):
    return [other.title for other in client.get(page.url).context["related"]]


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_those_that_share_most_topics_come_first_then_the_newest(client, index):
    one, two, three, other = TopicFactory.create_batch(4)
    page = article(index, "Šis", topics=[one, two, three])
    article(index, "Viena, jaunākais", "2024-01-01", topics=[three])
    article(index, "Trīs, vecākais", "2010-01-01", topics=[three, one, two, other])
    article(index, "Divas, vecāks", "2011-01-01", topics=[two, one])
    article(index, "Divas, jaunāks", "2012-01-01", topics=[three, two])
    article(index, "Cita", "2024-01-02", topics=[other])
    article(index, "Melnraksts", "2024-01-03", topics=[one, two, three], live=False)
    assert titles(client, page) == ["Trīs, vecākais", "Divas, jaunāks", "Divas, vecāks"]


def test_of_one_day_the_one_written_last_comes_first(client, index):
    topic = TopicFactory()
    first, *_middle, last = [
        article(index, title, topics=[topic]) for title in ("A", "B", "C", "D", "E")
    ]
    assert titles(client, first) == ["E", "D", "C"]
    assert titles(client, last) == ["D", "C", "B"]


def test_an_article_without_topics_has_none_beside_it(client, index):
    article(index, "Cits", topics=[TopicFactory()])
    assert titles(client, article(index, "Šis")) == []


def test_what_is_closed_to_the_public_stands_beside_nothing(client, index, home_lv):
    topic = TopicFactory()
    page = article(index, "Šis", topics=[topic])
    closed = NewsIndexPageFactory(parent=home_lv, slug="slegts")
    article(closed, "Slēgts", topics=[topic])
    closed.view_restrictions.create(restriction_type="login")
    assert titles(client, page) == []


def test_of_each_topic_the_newest_are_compared(client, index, monkeypatch):
    monkeypatch.setattr(related, "COMPARED", 2)
    one, two = TopicFactory.create_batch(2)
    article(index, "Abas, bet vecs", "2001-01-01", topics=[one, two])
    article(index, "Pirmā, jaunāks", "2022-01-02", topics=[one])
    page = article(index, "Šis", "2022-01-03", topics=[one, two])
    assert titles(client, page) == ["Pirmā, jaunāks", "Abas, bet vecs"]
    article(index, "Otrā, jaunāks", "2022-01-04", topics=[two])
    assert titles(client, page) == ["Otrā, jaunāks", "Pirmā, jaunāks"]


def test_what_is_compared_is_read_again_after_a_change(client, index, monkeypatch):
    now = count()
    monkeypatch.setattr(shared, "in_transaction", lambda: False)
    monkeypatch.setattr(shared, "generation", lambda: next(now))
    topic = TopicFactory()
    page = article(index, "Šis", topics=[topic])
    assert titles(client, page) == []
    article(index, "Jauns", topics=[topic])
    assert titles(client, page) == ["Jauns"]


def test_many_articles_cost_the_queries_of_few(client, index, conference):
    topics = TopicFactory.create_batch(3)
    insight = conference.insights.first()
    for topic in topics:
        insight.topic_links.create(topic=topic)
    page = article(index, "Šis", topics=topics)
    article(index, "Cits", topics=topics, conference=conference)
    insight_url = f"{conference.url.removesuffix(f'{conference.slug}/')}{insight.reference}/"
    urls = [page.url, conference.url, insight_url]
    few = [queries(client, url) for url in urls]
    for number in range(40):
        article(index, f"Vēl {number}", topics=topics[: number % 4], conference=conference)
    assert [queries(client, url) for url in urls] == few


def test_a_conference_names_its_newest_articles_and_leads_to_all_news(
    client, index, conference, monkeypatch
):
    monkeypatch.setattr(type(conference), "NEWS", 2)
    for number in (1, 3):
        article(index, f"Ziņa {number}", f"2022-05-0{number}", conference=conference)
    context = client.get(conference.url).context
    assert [news.title for news in context["news"]] == ["Ziņa 3", "Ziņa 1"]
    assert not context["has_more_news"]
    article(index, "Ziņa 2", "2022-05-02", conference=conference)
    response = client.get(conference.url)
    assert [news.title for news in response.context["news"]] == ["Ziņa 3", "Ziņa 2"]
    assert f'<p class="more"><a href="{index.url}">' in response.content.decode()


def test_a_translated_conference_names_articles_of_its_own_language(client, index, conference):
    article(index, "Latviski", conference=conference)
    english_index = translate(index, {"Aktualitātes": "News"})
    article(english_index, "In English", conference=conference, locale=english_index.locale)
    translate(conference.get_parent().specific, {})
    english = translate(conference, {"Konference": "Conference"})
    assert [news.title for news in client.get(english.url).context["news"]] == ["In English"]
    assert [news.title for news in client.get(conference.url).context["news"]] == ["Latviski"]
