import datetime

import pytest

from news.archive import Calendar, Period
from tests.factories import NewsIndexPageFactory, NewsPageFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates")


def article(index, date, **kwargs):
    return NewsPageFactory(parent=index, date=datetime.date.fromisoformat(date), **kwargs)


def titles(response):
    return [page.title for page in response.context["articles"]]


@pytest.fixture
def archive(index):
    article(index, "2021-12-31", title="Vecgads")
    article(index, "2022-11-15", title="Pirmā diena")
    article(index, "2022-11-16", title="Otrā diena")
    article(index, "2022-11-16", title="Otrā diena, vēlāk")
    article(index, "2022-11-30", title="Melnraksts", live=False)
    return index


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ["Otrā diena, vēlāk", "Otrā diena", "Pirmā diena", "Vecgads"]),
        ("2022/", ["Otrā diena, vēlāk", "Otrā diena", "Pirmā diena"]),
        ("2022/11/", ["Otrā diena, vēlāk", "Otrā diena", "Pirmā diena"]),
        ("2022/11/16/", ["Otrā diena, vēlāk", "Otrā diena"]),
        ("2022/1/1/", []),
        ("?year=2021", ["Vecgads"]),
        ("?year=1999", []),
    ],
)
def test_the_archive_shows_the_published_articles_of_a_time(client, archive, path, expected):
    response = client.get(archive.url + path)
    assert response.status_code == 200
    assert titles(response) == expected


@pytest.mark.parametrize(
    "path",
    [
        "2022/13/40/",
        "2022/02/30/",
        "2022/00/",
        "0000/",
        "2022/11/16/1/",
        "?topic=nav-tadas",
        "?year=abc",
        "?year=99999",
        "?year=²",
        "nav-tadas-lapas/",
        "feed/pdf/",
        "feed/nav-tadas/atom/",
    ],
)
def test_what_does_not_exist_is_not_found(client, archive, path):
    assert client.get(archive.url + path).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999", "1.5", "", "²", "9" * 400])
def test_a_page_number_that_is_none_shows_the_nearest_page(client, archive, number):
    assert client.get(archive.url, {"page": number}).status_code == 200


def test_articles_can_be_filtered_by_topic_and_year(client, archive):
    topic = TopicFactory(slug="dati")
    article(archive, "2022-05-05", title="Par datiem", topics=[topic])
    article(archive, "2021-05-05", title="Agrāk par datiem", topics=[topic])
    assert titles(client.get(archive.url, {"topic": "dati"})) == ["Par datiem", "Agrāk par datiem"]
    both = {"topic": "dati", "year": "2021"}
    assert titles(client.get(archive.url, both)) == ["Agrāk par datiem"]


def test_the_list_has_pages(client, index):
    NewsPageFactory.create_batch(index.ARTICLES_PER_PAGE + 3, parent=index)
    assert len(titles(client.get(index.url))) == index.ARTICLES_PER_PAGE
    assert len(titles(client.get(index.url, {"page": 2}))) == 3


def test_the_calendar_marks_days_with_news_and_leads_to_months_that_have_any(archive):
    calendar = Calendar.around(archive.days(), Period(2022, 11), archive.url)
    assert len(calendar.weeks) == 5
    marked = {day.date.day: day.count for week in calendar.weeks for day in week if day.url}
    assert marked == {15: 1, 16: 2}
    monday = calendar.weeks[0][0]
    assert monday.date == datetime.date(2022, 10, 31)
    assert not monday.in_month
    assert calendar.previous.first == datetime.date(2021, 12, 1)
    assert calendar.next is None
    assert calendar.previous.url == f"{archive.url}2021/12/"
    assert Calendar.around(archive.days(), Period(2021), archive.url).first == datetime.date(
        2021, 12, 1
    )


def test_an_index_without_articles_has_no_calendar(client, index):
    response = client.get(index.url)
    assert response.status_code == 200
    assert response.context["calendar"] is None
    assert client.get(f"{index.url}2022/").status_code == 200


def test_the_neighbours_of_an_article_are_those_of_its_language(client, archive, home_en):
    english_index = NewsIndexPageFactory(parent=home_en)
    article(english_index, "2022-11-16", title="English")
    page = archive.articles.get(title="Otrā diena")
    context = client.get(page.url).context
    assert context["previous"].title == "Pirmā diena"
    assert context["next"].title == "Otrā diena, vēlāk"


def test_related_articles_share_a_topic(client, archive):
    topic, other = TopicFactory(), TopicFactory()
    page = article(archive, "2022-05-05", topics=[topic, other])
    shared = article(archive, "2020-05-05", title="Radniecīga", topics=[topic, other])
    article(archive, "2022-05-06", topics=[TopicFactory()])
    assert list(client.get(page.url).context["related"]) == [shared]
