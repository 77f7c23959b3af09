"""The search page on the site's database, through the real index."""

import datetime

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import RichText

from search import correction
from search.models import SearchDocument, WordForm
from tests.factories import (
    ConferencePageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_vocabulary():
    correction.forget()
    yield
    correction.forget()


@pytest.fixture
def news(home_lv):
    return NewsIndexPageFactory(parent=home_lv)


def publish(page):
    page.save_revision().publish()
    return page


def article(news, title, text="", **fields):
    body = [("text", RichText(f"<p>{text}</p>"))] if text else []
    return publish(NewsPageFactory(parent=news, title=title, body=body, **fields))


def find(client, query, **options):
    response = client.get("/lv/meklet/", {"q": query, "format": "json", **options})
    assert response.status_code == 200
    return response.json()


def titles(data):
    return [result["title"] for result in data["results"]]


def test_a_word_is_found_in_all_its_forms_with_and_without_diacritics(client, news):
    article(news, "Sanāksme", "Runāja par pašvaldībām un valstspilsētās paveikto.")
    for query in ("pašvaldība", "pasvaldiba", "pašvaldību", "valstspilsēta", "PAŠVALDĪBĀM"):
        assert titles(find(client, query)) == ["Sanāksme"], query
    assert titles(find(client, "lidosta")) == []


def test_a_typing_error_is_mended_and_said(client, news):
    article(news, "Par darbu", "Izpilddirektors stāsta par apkures sezonu.")
    data = find(client, "izpildirektors")
    assert titles(data) == ["Par darbu"]
    assert data["understood"] == "izpilddirektors"
    assert data["corrections"] == {"izpildirektors": "izpilddirektors"}
    page = client.get("/lv/meklet/", {"q": "izpildirektors"}).content.decode()
    assert "exact=1" in page
    assert titles(find(client, "izpildirektors", exact=1)) == []


def test_title_counts_more_than_text_and_all_words_more_than_some(client, news):
    article(news, "Cits", "Budžets un apkure kopā.")
    article(news, "Budžets", "Par naudu.")
    article(news, "Apkure", "Par siltumu.")
    assert titles(find(client, "budžets"))[0] == "Budžets"
    assert titles(find(client, "budžets apkure"))[0] == "Cits"
    assert len(titles(find(client, "budžets apkure"))) == 3


def test_phrases_in_quotes_stand_together(client, news):
    article(news, "Kopā", "Kopīgs iepirkums palīdz.")
    article(news, "Atsevišķi", "Iepirkums ir kopīgs.")
    assert titles(find(client, '"kopīgs iepirkums"')) == ["Kopā"]
    assert len(titles(find(client, "kopīgs iepirkums"))) == 2


def test_insights_and_moments_of_recordings_are_found_by_themselves(client, home_lv):
    library = publish(InsightLibraryPageFactory(parent=home_lv, slug="atzinas"))
    publish(ConferencePageFactory(parent=library, insights=["Elektrība pazūd pirmā."]))
    meeting = publish(
        MeetingPageFactory(
            parent=MeetingsPageFactory(parent=home_lv, slug="sanaksmes"),
            recording="https://www.youtube.com/watch?v=demo-202211",
            transcript="[1:30] Bibliotēka paliek pagastā.",
        )
    )
    urls = [result["url"] for result in find(client, "elektrības")["results"]]
    assert "http://testserver/lv/atzinas/LPIA-A-2022-01/" in urls
    urls = [result["url"] for result in find(client, "bibliotēkas")["results"]]
    assert f"http://testserver{meeting.url}#t90" in urls


def test_only_what_visitors_may_see_is_found(client, news):
    page = article(news, "Noslēpums", "Slepenība.")
    assert titles(find(client, "slepenība")) == ["Noslēpums"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles(find(client, "slepenība")) == []
    restriction.delete()
    assert titles(find(client, "slepenība")) == ["Noslēpums"]
    page.unpublish()
    assert titles(find(client, "slepenība")) == []
    assert not WordForm.objects.filter(form="slepenība", documents__gt=0).exists()
    publish(page)
    Page.objects.get(pk=page.pk).delete()
    assert titles(find(client, "slepenība")) == []
    assert not SearchDocument.objects.filter(title="Noslēpums").exists()


def test_facets_narrow_and_the_newest_can_stand_first(client, news):
    topic = TopicFactory(slug="dati")
    article(news, "Vecā", "Dati.", date=datetime.date(2020, 1, 1))
    article(news, "Jaunā", "Dati.", date=datetime.date(2024, 1, 1), topics=[topic])
    data = find(client, "dati")
    assert data["facets"]["year"] == [{"value": 2024, "count": 1}, {"value": 2020, "count": 1}]
    assert data["facets"]["kind"] == [{"value": "newspage", "count": 2}]
    assert titles(find(client, "dati", year=2020)) == ["Vecā"]
    assert titles(find(client, "dati", topic="dati")) == ["Jaunā"]
    assert titles(find(client, "dati", order="date")) == ["Jaunā", "Vecā"]


def test_the_snippet_shows_the_hit_as_it_stands_in_the_text_and_is_harmless(client, news):
    article(news, "Ziņa", "Teksts " * 60 + "par &lt;b&gt; pašvaldībām beigās.")
    (result,) = find(client, "pašvaldība")["results"]
    assert "<mark>pašvaldībām</mark>" in result["snippet"]
    assert "<b>" not in result["snippet"]


def test_a_full_build_gives_the_same(client, news):
    article(news, "Ziņa", "Pašvaldībām.")
    before = set(WordForm.objects.filter(documents__gt=0).values_list("form", "documents"))
    call_command("build_search", verbosity=0)
    correction.forget()
    assert titles(find(client, "pašvaldība")) == ["Ziņa"]
    assert before <= set(WordForm.objects.values_list("form", "documents"))


def test_the_admins_search_knows_latvian_too(news):
    article(news, "Sanāksme", "Runāja par pašvaldībām.")
    assert [page.title for page in Page.objects.search("pašvaldība")] == ["Sanāksme"]
    assert [page.title for page in Page.objects.autocomplete("sanak")] == ["Sanāksme"]


QUERIES = ["", " ", "a" * 10_000, "!?…", '"', 'a "b', '""', "& | ! :* ' -- ;", "a:* & b", "\x00a"]
QUERIES += ["😀", "Привет", "NEAR(a b)", "title:a", "a AND OR NOT", "^a*", "(", "%' OR 1=1", "\\"]


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_breaks_the_page(client, news, query):
    article(news, "Ziņa", "Teksts.")
    for options in ({}, {"page": "-1"}, {"year": "abc", "kind": "x", "topic": "'", "order": "?"}):
        assert client.get("/lv/meklet/", {"q": query} | options).status_code == 200
        find(client, query, **options)


def test_invalid_bytes_in_the_address_are_no_error(client, news):
    assert client.get("/lv/meklet/?q=%FF%FE").status_code == 200
