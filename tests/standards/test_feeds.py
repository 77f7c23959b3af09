"""Atom and RSS: valid by their schemas, and as a reader of feeds understands them."""

import datetime
import html
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from django.urls import reverse
from lxml import etree
from wagtail_factories import ImageFactory

from news.models import NewsPage
from tests.factories import NewsIndexPageFactory, NewsPageFactory, TopicFactory

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).parent / "schemas"
KINDS = ("atom", "rss")


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(
        parent=home_lv, title="Aktualitātes", slug="aktualitates", lead="Asociācijas ziņas."
    )


def is_valid(content: bytes, kind: str):
    etree.RelaxNG(etree.parse(SCHEMAS / f"{kind}.rng")).assertValid(etree.fromstring(content))


def read(client, url, kind="atom"):
    response = client.get(url)
    assert response.headers["Content-Type"] == f"application/{kind}+xml; charset=utf-8"
    is_valid(response.content, kind)
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    return feed


def test_the_schemas_refuse_what_is_wrong(client, index):
    NewsPageFactory(parent=index)
    for kind, part in (("atom", b"<updated>"), ("atom", b"<id>"), ("rss", b"<pubDate>")):
        content = client.get(f"{index.url}feed/{kind}/").content
        is_valid(content, kind)
        with pytest.raises(etree.DocumentInvalid):
            is_valid(content.replace(part, part + b"x "), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_finds_all_of_an_article(client, index, kind):
    topic = TopicFactory(name="Dati & pakalpojumi")
    page = NewsPageFactory(
        parent=index,
        title="Ceļi < 5 km & tilti",
        lead='Kas notika "pie" <Rīgas> & kāpēc.',
        topics=[topic],
        date=datetime.date(2022, 11, 16),
        image=ImageFactory(file__width=1400, file__height=900),
        image_alt="Tilts pār upi",
    )
    feed = read(client, f"{index.url}feed/{kind}/", kind)
    (entry,) = feed.entries
    assert feed.feed.language == "lv"
    assert "Aktualitātes" in feed.feed.title
    assert feed.feed.link == index.full_url
    assert html.unescape(entry.title) == page.title
    assert entry.link == page.full_url
    assert "&lt;Rīgas&gt;" in entry.summary
    assert [tag.term for tag in entry.tags] == ["Dati & pakalpojumi"]
    assert entry.published_parsed[:5] == (2022, 11, 15, 22, 0)  # midnight in Riga
    (picture,) = entry.media_content
    assert picture["url"].startswith("http://")
    assert (picture["width"], picture["height"]) == ("1200", "630")


@pytest.mark.parametrize("kind", KINDS)
def test_feeds_name_their_own_address(client, index, kind):
    url = f"{index.url}feed/{kind}/"
    feed = read(client, url, kind)
    (own,) = [link for link in feed.feed.links if link.rel == "self"]
    assert urlsplit(own.href).path == url
    assert own.href.startswith("http://")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_feed_is_valid_and_does_not_change(client, index, kind):
    url = f"{index.url}feed/{kind}/"
    assert read(client, url, kind).entries == []
    assert client.get(url).content == client.get(url).content


def test_an_update_shows_in_the_entry_and_in_the_feed(client, index):
    page = NewsPageFactory(parent=index, date=datetime.date(2022, 11, 16))
    url = f"{index.url}feed/atom/"
    before = read(client, url)
    page.save_revision().publish()
    page.refresh_from_db()
    after = read(client, url)
    assert after.entries[0].id == before.entries[0].id
    assert after.entries[0].updated_parsed > before.entries[0].updated_parsed
    assert after.feed.updated_parsed == after.entries[0].updated_parsed


@pytest.mark.parametrize("kind", KINDS)
def test_readers_that_have_a_feed_already_are_told_so(client, index, kind):
    page = NewsPageFactory(parent=index)
    url = f"{index.url}feed/{kind}/"
    first = client.get(url)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(url, headers=tag).status_code == 304
    assert client.get(url, headers=tag).content == b""
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(url, headers=since).status_code == 304
    NewsPage.objects.filter(pk=page.pk).update(title="Cits virsraksts")
    assert client.get(url, headers=tag).status_code == 200


def test_pictures_of_many_articles_cost_a_constant_number_of_queries(
    client, index, django_assert_max_num_queries
):
    for number in range(12):
        image = ImageFactory(file__width=700 + number, file__height=400)
        NewsPageFactory(parent=index, image=image)
    url = f"{index.url}feed/atom/"
    assert client.get(url).content.count(b"media:content ") == 12
    with django_assert_max_num_queries(14):
        client.get(url)


# The feed of a search


def search_feed(client, **parameters):
    url = reverse("search")
    response = client.get(url, {"format": "atom"} | parameters)
    assert response.headers["X-Robots-Tag"] == "noindex"
    is_valid(response.content, "atom")
    return feedparser.parse(response.content)


@pytest.fixture
def articles(index):
    topic = TopicFactory(slug="celi", name="Ceļi")
    dates = [datetime.date(2022, 1, day) for day in (1, 3, 2)]
    pages = [
        NewsPageFactory(parent=index, title=f"Ceļu remonts {date.day}", date=date) for date in dates
    ]
    other = NewsPageFactory(parent=index, title="Ceļu tēma", topics=[topic])
    for page in [*pages, other]:
        page.save_revision().publish()
    return pages


def test_a_search_has_a_feed_of_what_it_finds_the_newest_first(client, articles):
    feed = search_feed(client, q="ceļu remonts")
    assert [entry.title for entry in feed.entries] == [
        "Ceļu remonts 3",
        "Ceļu remonts 2",
        "Ceļu remonts 1",
    ]
    assert feed.entries[0].link == articles[1].full_url
    assert "ceļu remonts" in feed.feed.title
    found = client.get(reverse("search"), {"q": "ceļu remonts", "order": "date"}).context["hits"]
    assert [hit["plain_title"] for hit in found] == [entry.title for entry in feed.entries]


def test_the_feed_keeps_the_filters_of_the_search_and_leads_back_to_it(client, articles):
    feed = search_feed(client, q="ceļu", topic="celi", page="7", order="relevance")
    assert [entry.title for entry in feed.entries] == ["Ceļu tēma"]
    back = urlsplit(feed.feed.link)
    assert back.path == reverse("search")
    assert parse_qs(back.query) == {"q": ["ceļu"], "topic": ["celi"]}


def test_the_page_of_a_search_links_its_feed(client, articles):
    content = client.get(reverse("search"), {"q": "ceļu", "page": "1"}).content.decode()
    assert 'type="application/atom+xml" title="' in content
    assert content.count("format=atom") == 2
    nothing = client.get(reverse("search")).content.decode()
    assert "format=atom" not in nothing


def test_an_empty_or_hostile_search_gives_an_empty_feed(client, articles):
    assert search_feed(client).entries == []
    hostile = '"</title><script>\x00\x1b " OR *'
    assert search_feed(client, q=hostile).entries == []
    content = client.get(reverse("search"), {"q": hostile, "format": "atom"}).content
    assert b"<script>" not in content
