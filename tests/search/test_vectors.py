"""PostgreSQL's narrow table of words, and the one statement that counts and orders from it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection

from search import found, postgresql_found
from search.backend import by_index
from search.models import DocumentVector, SearchDocument
from search.query import Query
from tests.factories import NewsIndexPageFactory, TopicFactory

from .pages import article

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

FILTERS = [
    {},
    {"kind": "article"},
    {"year": 2024},
    {"topic": "dati"},
    {"kind": "article", "year": 2023, "topic": "dati"},
    {"kind": "none"},
    {"topic": "a\0b"},
]


@pytest.fixture
def articles(news, home_en):
    topic = TopicFactory(slug="dati", name="Dati")
    for number in range(24):
        title = f"Budžets {number}" if number % 5 == 0 else f"Ziņa par budžetu {number}"
        text = "Apkure. " * (number % 4) + ("Sēde un budžeta grozījumi." if number % 3 else "Cits.")
        date = datetime.date(2023 + number % 2, 1 + number % 12, 1)
        article(news, title, text, date=date, topics=[topic] if number % 7 == 0 else [])
    article(NewsIndexPageFactory(parent=home_en), "Heating", "Apkure un sēde.")


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("text", ["budžets", "sēde apkure cits", '"budžeta grozījumi"', "nekas"])
def test_one_statement_finds_the_same_as_several(articles, text, newest_first):
    for languages in (("lv",), ("lv", "en")):
        for filters in FILTERS:
            several = one = None
            for level in Query(text, languages).levels():
                several = found.Found(level, languages, filters, newest_first, several)
                one = postgresql_found.Found(level, languages, filters, newest_first, one)
                assert counted(one.groups) == counted(several.groups)
                if "\0" not in filters.get("topic", ""):  # several statements can't be asked that
                    with by_index():
                        assert one.keys(0, 100) == several.keys(0, 100), (languages, filters)


def counted(groups):
    return sorted((g.kind, g.year or 0, sorted(g.topics.items()), g.number) for g in groups)


def test_of_too_many_documents_titles_in_the_form_asked_for_are_ranked_first(articles, monkeypatch):
    article_keys = {d.title: d.pk for d in SearchDocument.objects.filter(language="lv")}
    query = Query("budžets", ("lv",))
    all_keys = keys_of(query)
    monkeypatch.setattr(postgresql_found, "RANKED", 12)
    monkeypatch.setattr(postgresql_found, "RANKED_OF_MANY", 7)
    keys = keys_of(query)
    assert len(keys) == 12 == len(set(keys))
    as_typed = {key for title, key in article_keys.items() if title.startswith("Budžets ")}
    assert as_typed <= set(keys[:7])
    assert keys[:7] == [key for key in all_keys if key in keys[:7]]  # ranked as ever
    assert keys[7:] == sorted(keys[7:], reverse=True)  # the newest first


def keys_of(query):
    (level,) = query.levels()
    return postgresql_found.Found(level, ("lv",), {}).keys(0, 1000)


def test_the_words_of_a_document_go_with_it_whoever_deletes_it(news):
    page = article(news, "Ziņa", "Apkure.")
    (key,) = SearchDocument.objects.filter(page=page).values_list("pk", flat=True)
    assert DocumentVector.objects.filter(pk=key).exists()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchdocument WHERE id = %s", [key])
    assert not DocumentVector.objects.filter(pk=key).exists()


def test_what_is_published_anew_is_found_by_its_new_words_alone(client, news):
    page = article(news, "Ziņa", "Apkure.")
    page.title = "Lidosta"
    page.save_revision().publish()
    for query, total in (("lidostas", 1), ("ziņas", 0)):
        data = client.get("/lv/meklet/", {"q": query, "format": "json", "exact": 1}).json()
        assert data["total"] == total, query


def test_a_full_build_brings_words_that_are_missing_and_mends_wrong_ones(client, news):
    pages = [article(news, title, "Apkure.") for title in ("Viena", "Otra")]
    missing, wrong = SearchDocument.objects.filter(page__in=pages).order_by("pk")
    DocumentVector.objects.filter(pk=missing.pk).delete()
    DocumentVector.objects.filter(pk=wrong.pk).update(date=None, facets=0)
    call_command("build_search", verbosity=0)
    data = client.get("/lv/meklet/", {"q": "apkures", "format": "json"}).json()
    assert data["total"] == 2
    assert DocumentVector.objects.get(pk=wrong.pk).date == wrong.date
    assert DocumentVector.objects.get(pk=wrong.pk).facets != 0
