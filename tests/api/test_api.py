"""The public API: what it answers, and what it never says."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.endpoints import PAGE_TYPES
from home.models import HomePage
from news.models import Insight, InsightTopic, NewsAttachment, NewsPage
from search.documents import build_documents
from tests import factories as make

from .conftest import SECRET, document

pytestmark = pytest.mark.django_db

NAMES = ["pages", "people", "insights", "topics", "documents"]


def get(client, path, status=200, **headers):
    response = client.get(f"/api/v2/{path}", headers=headers)
    assert response.status_code == status, (path, response.content[:400])
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def everything(client):
    """Return the text of all that the API gives of all objects, lists and details."""
    texts = []
    lists = [f"{name}/?limit=100" for name in NAMES]
    lists += [f"pages/?limit=100&fields=*&type={name}" for name in PAGE_TYPES]
    lists += ["people/?limit=100&fields=*", "insights/?limit=100&fields=*"]
    details = set()
    for path in lists:
        data = get(client, path)
        texts.append(json.dumps(data, ensure_ascii=False))
        details |= {item["meta"]["detail_url"] for item in data["items"]}
    for address in sorted(details):
        response = client.get(address)
        assert response.status_code == 200, address
        texts.append(json.dumps(response.json(), ensure_ascii=False))
    return "\n".join(texts)


def test_nothing_private_leaves_the_house(client, content, settings):
    settings.API_RATE = ""
    list(build_documents())
    text = everything(client)
    assert "Publisks raksts" in text and "anna@example.org" in text and "Another" in text
    for word in (SECRET, "secret.example", "2030-01-02", "to_address", "review_by", "revision"):
        assert word not in text, word
    for name in NAMES:
        if name != "topics":
            assert get(client, f"{name}/?search={SECRET}")["meta"]["total_count"] == 0


def test_who_is_signed_in_sees_no_more(admin_client, client, content, settings):
    settings.API_RATE = ""
    mine, theirs = (get(each, "pages/?limit=100") for each in (admin_client, client))
    assert mine == theirs
    assert not admin_client.get("/api/v2/pages/").cookies
    assert "Cookie" not in client.get("/api/v2/pages/")["Vary"]  # nor do visitors have a session


def test_both_languages_and_their_pairs(client, content):
    latvian, english = get(client, "insights/?reference=LPIA-A-2022-01&order=id")["items"]
    assert (latvian["text"], latvian["meta"]["locale"]) == ("Viena", "lv")
    assert (english["text"], english["topics"][0]["name"]) == ("One", "Data")
    assert latvian["conference"]["country"] == "Čehija"
    assert english["conference"]["country"] == "Czechia"
    other = latvian["meta"]["translations"][0]
    assert (other["locale"], other["id"]) == ("en", english["id"])
    assert other["html_url"] == english["meta"]["html_url"]
    assert latvian["meta"]["translation_key"] == english["meta"]["translation_key"]
    article = get(client, f"pages/{content.article.pk}/")
    assert article["meta"]["translations"] == []  # its translation is not published
    assert client.get(other["html_url"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("insights/?locale=lv", 2),
        ("insights/?locale=en&year=2022&country=cz&conference=praga&topic=dati", 2),
        ("insights/?year=2021", 0),
        ("insights/?country=LV", 0),
        ("pages/?type=news.NewsPage", 1),
        ("pages/?type=news.NewsPage,news.NewsIndexPage&locale=lv", 2),
        ("pages/?topic=dati", 1),
        ("pages/?conference=praga", 1),
        ("pages/?year=2022&locale=lv", 2),
        ("pages/?slug=zinas", 2),
        ("people/?board_on=2022-01-01", 1),
        ("people/?board_on=1999-01-01", 0),
        ("topics/?locale=en", 1),
        ("documents/", 1),
    ],
)
def test_filters(client, content, path, number):
    assert get(client, path)["meta"]["total_count"] == number


def test_pages_below_a_page(client, content):
    items = get(client, f"pages/?child_of={content.index.pk}")["items"]
    assert [item["title"] for item in items] == ["Publisks raksts"]
    items = get(client, f"pages/?descendant_of={content.home.pk}&type=news.NewsPage")["items"]
    assert [item["id"] for item in items] == [content.article.pk]
    assert "no public page" in get(client, "pages/?child_of=999999", status=400)["message"]


def test_a_body_is_html_with_absolute_addresses(client, content):
    article = get(client, f"pages/{content.article.pk}/")
    address = f"http://localhost{content.library.url}"
    assert f'<a href="{address}">Saite</a>' in article["body"]
    assert article["conference"]["title"] == "Prāgas konference"
    assert [a["title"] for a in article["attachments"]] == ["Publisks dokuments"]
    assert article["meta"]["parent"]["id"] == content.index.pk


def test_a_person_is_what_the_page_shows(client, content):
    person = get(client, "people/")["items"][0]
    assert (person["title"], person["email"]) == ("Anna Ozola", "anna@example.org")
    assert person["terms"][0]["role_title"] == "Valdes locekle"
    assert get(client, f"people/{content.person.pk}/")["portrait"] is None


def test_search_understands_forms_of_words_and_ranks(client, content):
    list(build_documents())
    found = get(client, "pages/?search=konferencē&locale=lv")
    assert "Prāgas konference" in [item["title"] for item in found["items"]]
    assert get(client, "insights/?search=viena")["items"][0]["text"] == "Viena"
    assert get(client, "documents/?search=dokumenti")["meta"]["total_count"] == 1
    assert get(client, "people/?search=ozola")["meta"]["total_count"] == 1


def test_ordering_and_pages_of_a_list(client, content):
    first = get(client, "pages/?order=-title&limit=3")
    titles = [item["title"] for item in first["items"]]
    assert titles == sorted(titles, reverse=True)
    second = client.get(first["meta"]["next"]).json()
    assert second["meta"]["previous"]
    assert not {i["id"] for i in first["items"]} & {i["id"] for i in second["items"]}
    last = get(client, "pages/?limit=100")
    assert last["meta"]["next"] is None
    assert len(last["items"]) == last["meta"]["total_count"]


def test_fields_can_be_chosen(client, content):
    item = get(client, "insights/?fields=_,reference,text&limit=1")["items"][0]
    assert set(item) == {"reference", "text"}


def test_a_draft_of_a_public_page_stays_a_draft(client, content):
    article = NewsPage.objects.get(pk=content.article.pk)
    article.title = SECRET
    article.attachments.add(NewsAttachment(document=document(f"{SECRET} jauns")))
    article.save_revision()
    assert SECRET not in json.dumps(get(client, f"pages/{content.article.pk}/"))
    assert get(client, "documents/")["meta"]["total_count"] == 1


def test_a_tree_that_belongs_to_no_site_is_not_part_of_it(client, content, settings):
    settings.API_RATE = ""
    home = content.home.get_parent().add_child(
        instance=HomePage(title=SECRET, slug="stavvieta", locale=content.home.locale)
    )
    library = make.InsightLibraryPageFactory(parent=home, slug="atzinas")
    make.ConferencePageFactory(parent=library, title=SECRET, insights=[SECRET])
    assert SECRET not in everything(client)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(admin_client, content, method):
    for path in ("", "pages/", f"pages/{content.article.pk}/", "nekas/"):
        response = getattr(admin_client, method)(f"/api/v2/{path}", {}, "application/json")
        assert response.status_code == 405
        assert response.json()["message"].endswith(".")


def test_other_sites_may_read_it_without_credentials(client, content):
    for path in ("", "pages/", "pages/?type=x", "nekas/", "pages/0/"):
        response = client.get(f"/api/v2/{path}", headers={"Origin": "https://example.org"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies
    preflight = client.options("/api/v2/pages/", headers={"Origin": "https://example.org"})
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_what_did_not_change_is_not_sent_again(client, content):
    response = client.get("/api/v2/insights/")
    assert response["Cache-Control"] == "public, max-age=60"
    again = client.get("/api/v2/insights/", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    insight = Insight.objects.first()
    insight.text = "Mainīta"
    insight.save()
    again = client.get("/api/v2/insights/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 200
    assert "no-store" in client.get("/api/v2/insights/?year=x")["Cache-Control"]


def test_who_asks_too_often_is_asked_to_wait(client, content, settings):
    settings.API_RATE = "2/minute"
    for _ in range(2):
        get(client, "topics/")
    response = client.get("/api/v2/topics/")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert response.json()["message"].startswith("Too many requests")
    assert client.get("/api/v2/topics/", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert not [key for key in cache._cache if "127.0.0.1" in key or "192.0.2" in key]


def test_behind_proxies_the_limit_is_the_visitors_not_the_proxys(client, content, settings):
    settings.API_RATE, settings.TRUSTED_PROXIES = "1/minute", 1
    assert client.get("/api/v2/", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert client.get("/api/v2/", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 200
    forged = {"X-Forwarded-For": "198.51.100.9, 192.0.2.2"}
    assert client.get("/api/v2/", headers=forged).status_code == 429


def test_lists_cost_the_same_with_many_objects(client, content, settings):
    settings.API_RATE = ""
    paths = [f"{name}/?limit=100{more}" for name in NAMES for more in ("", "&fields=*")]
    paths += ["pages/?limit=100&fields=*&type=news.NewsPage"]

    def queries():
        counts = {}
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                get(client, path)
            counts[path] = len(captured)
        return counts

    queries()
    few = queries()
    assert max(few.values()) <= 12
    for number in range(8):
        make.NewsPageFactory(parent=content.index, topics=[content.topic])
        person = make.PersonPageFactory(parent=content.person.get_parent())
        make.TermFactory(person=person)
        insight = Insight.objects.create(
            page=content.conference, text="Vēl", reference=f"X-{number}"
        )
        topic = make.TopicFactory()
        InsightTopic.objects.create(insight=insight, topic=topic)
        NewsAttachment.objects.create(page=content.article, document=document(f"Vēl {number}"))
    assert queries() == few


def test_the_way_in_names_all_endpoints_and_each_answers(client, content):
    endpoints = get(client, "")["endpoints"]
    assert set(endpoints) == set(NAMES)
    for address in endpoints.values():
        assert client.get(address).status_code == 200
