import datetime

import pytest
from defusedxml import ElementTree

from tests.factories import NewsIndexPageFactory, NewsPageFactory, TopicFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates", title="Aktualitātes")


def atom_titles(client, url):
    response = client.get(url)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_feeds_list_published_articles_newest_first(client, index):
    NewsPageFactory(parent=index, title="Vecāka", date=datetime.date(2022, 1, 1))
    NewsPageFactory(parent=index, title="Jaunāka & labāka", date=datetime.date(2022, 2, 1))
    NewsPageFactory(parent=index, title="Melnraksts", live=False)
    assert atom_titles(client, f"{index.url}feed/atom/") == ["Jaunāka & labāka", "Vecāka"]
    response = client.get(f"{index.url}feed/rss/")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    items = ElementTree.fromstring(response.content).findall("channel/item/title")
    assert [item.text for item in items] == ["Jaunāka & labāka", "Vecāka"]


def test_a_topic_has_a_feed_of_its_own(client, index):
    topic = TopicFactory(slug="dati")
    NewsPageFactory(parent=index, title="Par datiem", topics=[topic])
    NewsPageFactory(parent=index, title="Par citu")
    assert atom_titles(client, f"{index.url}feed/dati/atom/") == ["Par datiem"]


def test_each_language_has_feeds_with_ids_and_language_of_its_own(client, index, home_lv):
    page = NewsPageFactory(parent=index, title="Ziņa", lead="Ievads")
    translate(home_lv, {})
    english_index = translate(index, {"Aktualitātes": "News"})
    translate(page, {"Ziņa": "Item", "Ievads": "Lead"})
    assert atom_titles(client, f"{english_index.url}feed/atom/") == ["Item"]
    feeds = [
        ElementTree.fromstring(client.get(f"{url}feed/atom/").content)
        for url in (index.url, english_index.url)
    ]
    ids = [feed.findtext(f"{ATOM}entry/{ATOM}id") for feed in feeds]
    assert len(set(ids)) == 2
    languages = [feed.get("{http://www.w3.org/XML/1998/namespace}lang") for feed in feeds]
    assert languages == ["lv", "en"]


def test_the_id_of_an_article_survives_a_new_slug(client, index):
    page = NewsPageFactory(parent=index)

    def entry_id():
        feed = ElementTree.fromstring(client.get(f"{index.url}feed/atom/").content)
        return feed.findtext(f"{ATOM}entry/{ATOM}id")

    before = entry_id()
    page.slug = "cita-adrese"
    page.save()
    assert entry_id() == before
