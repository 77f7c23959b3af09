"""The sitemap, robots.txt and canonical addresses."""

import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from home import sitemaps
from tests.factories import (
    ConferencePageFactory,
    ContentPageFactory,
    InsightLibraryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
# Of sitemaps.org. Elements of other namespaces are checked where their schema is known: `lax`.
SCHEMA = Path(__file__).parent / "schemas" / "sitemap.xsd"


def schema():
    return etree.XMLSchema(etree.fromstring(SCHEMA.read_bytes().replace(b'"strict"', b'"lax"')))


def read(client, url="/sitemap.xml"):
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    return etree.fromstring(response.getvalue())


def locations(root) -> dict[str, dict[str, str]]:
    """Return the addresses, each with its translations."""
    return {
        entry.findtext(f"{SITEMAP}loc"): {
            link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")
        }
        for entry in root.iter(f"{SITEMAP}url")
    }


def test_translations_name_one_another_and_themselves(client, home_lv):
    page = ContentPageFactory(parent=home_lv, title="Par mums", slug="par-mums")
    alone = ContentPageFactory(parent=home_lv, slug="tikai-latviski")
    english = translate(page, {"Par mums": "About us", "par-mums": "about"})
    root = read(client)
    schema().assertValid(root)
    found = locations(root)
    links = {"lv": page.full_url, "en": english.full_url, "x-default": page.full_url}
    assert found[page.full_url] == found[english.full_url] == links
    assert found[alone.full_url] == {}
    assert found[home_lv.full_url]["en"].endswith("/en/")


def test_permalinks_of_insights_are_listed_with_their_translations(client, home_lv):
    library = InsightLibraryPageFactory(parent=home_lv, title="Atziņas", slug="atzinas")
    conference = ConferencePageFactory(parent=library, insights=["Dati jāuzkrāj"])
    english = translate(library, {"atzinas": "insights"})
    permalink = f"{library.full_url}LPIA-A-2022-01/"
    assert locations(read(client))[permalink] == {}
    translate(conference, {"Dati jāuzkrāj": "Data must be accumulated"})
    translated = f"{english.full_url}LPIA-A-2022-01/"
    found = locations(read(client))
    links = {"lv": permalink, "en": translated, "x-default": permalink}
    assert found[permalink] == found[translated] == links


def test_a_page_that_changed_says_when(client, home_lv):
    page = ContentPageFactory(parent=home_lv)
    page.save_revision().publish()
    page.refresh_from_db()
    response = client.get("/sitemap.xml")
    assert response.headers["Last-Modified"].endswith("GMT")
    moments = etree.fromstring(response.getvalue()).findall(f".//{SITEMAP}lastmod")
    assert [moment.text[:10] for moment in moments] == [
        f"{timezone.localdate(page.last_published_at):%Y-%m-%d}"
    ]


def test_drafts_private_pages_and_what_is_below_them_are_left_out(client, home_lv):
    draft = ContentPageFactory(parent=home_lv, live=False)
    private = ContentPageFactory(parent=home_lv)
    below = ContentPageFactory(parent=private)
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="x")
    found = locations(read(client))
    assert not {page.full_url for page in (draft, private, below)} & set(found)


def many_pages(parent, number):
    """Make pages without the cost of saving each."""
    first = ContentPageFactory(parent=parent)
    Page.objects.bulk_create(
        [
            Page(
                title=f"Lapa {count}",
                slug=f"p-{count}",
                path=Page._get_path(parent.path, parent.depth + 1, count + 1000),
                depth=parent.depth + 1,
                url_path=f"{parent.url_path}p-{count}/",
                content_type=first.content_type,
                locale=parent.locale,
            )
            for count in range(number)
        ],
        batch_size=40,
    )


def test_each_file_of_five_thousand_pages_costs_as_many_queries_as_one_page(client, home_lv):
    client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as few:
        client.get("/sitemap.xml").getvalue()
    many_pages(home_lv, 5_000)
    urls = [element.text for element in read(client).iter(f"{SITEMAP}loc")]
    found = {}
    for url in urls:
        with CaptureQueriesContext(connection) as many:
            content = client.get(url).getvalue()
        assert len(many) <= len(few) <= 12
        found |= locations(etree.fromstring(content))
    assert len([url for url in found if "/p-" in url]) == 5_000


def test_what_is_too_long_for_one_file_stands_in_several(client, home_lv, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_LOCATIONS", 3)
    pages = [ContentPageFactory(parent=home_lv) for _ in range(5)]
    index = read(client)
    assert {element.tag for element in index.iter()} == {
        f"{SITEMAP}{name}" for name in ("sitemapindex", "sitemap", "loc")
    }
    files = [element.text for element in index.iter(f"{SITEMAP}loc")]
    assert len(files) == 3
    found = {}
    for url in files:
        part = read(client, url)
        schema().assertValid(part)
        assert len(locations(part)) <= 3
        found |= locations(part)
    assert {page.full_url for page in pages} < set(found)
    assert sum(len(locations(read(client, url))) for url in files) == len(found)
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_translations_and_permalinks_name_one_another_across_files(client, home_lv, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_LOCATIONS", 2)
    library = InsightLibraryPageFactory(parent=home_lv, title="Atziņas", slug="atzinas")
    conference = ConferencePageFactory(parent=library, insights=["Viena", "Otra", "Trešā"])
    english = translate(library, {"atzinas": "insights"})
    translate(conference, {})
    found = {}
    for element in read(client).iter(f"{SITEMAP}loc"):
        found |= locations(read(client, element.text))
    for permalink, links in found.items():
        assert links["lv"].startswith(home_lv.full_url), permalink
        assert links["en"] in found
    assert len(found) == 12
    third = f"{english.full_url}LPIA-A-2022-03/"
    assert found[third]["lv"] == f"{library.full_url}LPIA-A-2022-03/"


def test_robots_find_the_sitemap_and_stay_out_of_searches(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /lv/meklet/?" in text
    assert "Disallow: /en/search/?" in text
    assert text.splitlines()[-1].endswith("/sitemap.xml")


def test_the_search_field_may_be_found_and_its_results_may_not(client, db):
    field, results = (client.get(url).content for url in ("/lv/meklet/", "/lv/meklet/?q=valde"))
    assert b'<meta name="description"' in field and b"noindex" not in field
    assert b'<meta name="robots" content="noindex">' in results


def test_robots_stay_away_from_a_trial_server(client, db, settings):
    settings.ROBOTS_ALLOWED = False
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


# Canonical addresses


def test_an_archive_without_news_is_kept_out_of_search_engines(client, home_lv):
    index = NewsIndexPageFactory(parent=home_lv)
    NewsPageFactory(parent=index, date=datetime.date(2022, 11, 16))
    noindex = b'<meta name="robots" content="noindex">'
    assert noindex in client.get(f"{index.url}1850/").content
    assert noindex not in client.get(f"{index.url}2022/").content


def canonical(client, url):
    return client.get(url).context["metadata"].url


def test_pages_of_a_list_and_its_topics_are_canonical_and_filters_of_the_same_are_not(
    client, home_lv
):
    index = NewsIndexPageFactory(parent=home_lv, title="Aktualitātes")
    translate(index, {})
    topic = TopicFactory(slug="dati")
    NewsPageFactory.create_batch(30, parent=index, topics=[topic])
    own = index.full_url
    assert canonical(client, index.url) == own
    assert canonical(client, f"{index.url}?page=1") == own
    assert canonical(client, f"{index.url}?page=2") == f"{own}?page=2"
    assert canonical(client, f"{index.url}?page=99") == f"{own}?page=3"
    assert canonical(client, f"{index.url}?topic=dati&page=2") == f"{own}?topic=dati&page=2"
    assert canonical(client, f"{index.url}?year=2022") == f"{own}2022/"
    assert canonical(client, f"{index.url}2022/11/?utm_source=x") == f"{own}2022/11/"
    first, second = (client.get(f"{index.url}{query}").content for query in ("", "?page=2"))
    assert first.count(b'<link rel="alternate" hreflang=') == 3
    assert second.count(b'<link rel="alternate" hreflang=') == 0
