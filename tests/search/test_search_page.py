"""The search page on the site's database, through the real index."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from search import correction
from search.models import SearchDocument, WordForm
from tests.factories import (
    ConferencePageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    TopicFactory,
)

from .pages import article, publish

pytestmark = pytest.mark.django_db


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
    assert "http://localhost/lv/atzinas/LPIA-A-2022-01/" in urls
    urls = [result["url"] for result in find(client, "bibliotēkas")["results"]]
    assert f"http://localhost{meeting.url}#t90" in urls


def test_the_title_of_a_meeting_does_not_lift_each_of_its_moments(client, news, home_lv):
    MeetingPageFactory(
        parent=MeetingsPageFactory(parent=home_lv, slug="sanaksmes"),
        title="Sanāksme par iepirkumu",
        transcript="\n".join(f"[{minute}:30] Cits teikums." for minute in range(1, 6))
        + "\n[7:00] Par iepirkumu runā visi.",
    ).save_revision().publish()
    article(news, "Iepirkums")
    found = find(client, "iepirkums")["results"]
    assert [result["title"] for result in found] == [
        "Iepirkums",
        "Sanāksme par iepirkumu",
        "Sanāksme par iepirkumu, 7:00",
    ]


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
    assert data["facets"]["kind"] == [{"value": "article", "count": 2}]
    assert titles(find(client, "dati", year=2020)) == ["Vecā"]
    assert titles(find(client, "dati", topic="dati")) == ["Jaunā"]
    assert titles(find(client, "dati", order="date")) == ["Jaunā", "Vecā"]


def test_newest_first_goes_by_the_day_and_takes_no_looser_hits(client, news):
    for day in (3, 1, 2):
        article(news, f"Diena {day}", "Apkure un budžets.", date=datetime.date(2024, 5, day))
    article(news, "Tikai viens vārds", "Apkure.", date=datetime.date(2025, 1, 1))
    found = titles(find(client, "budžets apkure", order="date"))
    assert found == ["Diena 3", "Diena 2", "Diena 1"]
    assert len(titles(find(client, "budžets apkure"))) == 4


def test_most_words_come_before_any(client, news):
    article(news, "Viens", "Apkure. " + "Vēl teksts. " * 5)
    article(news, "Divi", "Apkure un budžets. " + "Vēl teksts. " * 5)
    article(news, "Visi", "Apkure, budžets un sēde. " + "Vēl teksts. " * 5)
    assert titles(find(client, "sēde budžets apkure")) == ["Visi", "Divi", "Viens"]


def test_summary_counts_more_than_text_and_less_than_title(client, news):
    article(news, "Pirmais", "Apkure. " + "Citi vārdi te. " * 9, summary="Īsi par ziemu.")
    article(news, "Otrais", "Te ir ziema. " + "Citi vārdi te. " * 9, summary="Īsi: apkure.")
    article(news, "Apkure", "Te ir ziema. " + "Citi vārdi te. " * 9, summary="Īsi par ziemu.")
    assert titles(find(client, "apkure")) == ["Apkure", "Otrais", "Pirmais"]


def test_the_form_and_the_diacritics_that_were_typed_rank_higher(client, news):
    article(news, "Citā formā", "Ziņa par tiesai, tas ir viss.")
    article(news, "Tajā pašā", "Ziņa par tiesām, tas ir viss.")
    article(news, "Citādi", "Ziņa par tiesas, tas ir viss.")
    assert titles(find(client, "tiesām"))[0] == "Tajā pašā"


def test_one_switch_searches_both_languages(client, news, home_en):
    article(news, "Latviski", "Sanāksme notika Rīgā.")
    english = NewsIndexPageFactory(parent=home_en)
    article(english, "In English", "Two meetings in Riga.")
    assert titles(find(client, "sanāksmes")) == ["Latviski"]
    assert titles(find(client, "meeting")) == []
    data = find(client, "meeting", languages="all")
    assert [(hit["title"], hit["language"]) for hit in data["results"]] == [("In English", "en")]
    assert "<mark>meetings</mark>" in data["results"][0]["snippet"]
    assert titles(find(client, "sanāksmes", languages="all")) == ["Latviski"]
    assert titles(find(client, "meetigns", languages="all")) == ["In English"]


def test_another_spelling_is_offered_when_this_one_finds_little(client, news):
    for number in range(12):
        article(news, f"Ziņa {number}", "Izpilddirektors stāsta.")
    article(news, "Ar kļūdu", "Izpildirektors stāsta.")
    data = find(client, "izpildirektors")
    assert data["corrections"] == {}
    assert data["did_you_mean"] == "izpilddirektors"
    assert find(client, "izpilddirektors")["did_you_mean"] == ""
    assert find(client, '"izpilddirektos stāsta"')["did_you_mean"] == '"izpilddirektors stāsta"'
    assert find(client, "izpilddirektos", exact=1)["did_you_mean"] == "izpilddirektors"


def test_what_was_meant_need_not_stand_on_the_site_in_that_form(client, news):
    article(news, "Ziņa", "Sarunas ar ārsta palīgu.")
    data = find(client, "ārstiīem")
    assert (data["understood"], titles(data)) == ("ārstiem", ["Ziņa"])


def test_topics_are_facets_by_name(client, news):
    topic = TopicFactory(slug="dati", name="Atvērtie dati")
    article(news, "Pirmā", "Reģistrs.", topics=[topic])
    article(news, "Otrā", "Reģistrs.")
    facets = find(client, "reģistrs")["facets"]
    assert facets["topic"] == [{"value": "dati", "name": "Atvērtie dati", "count": 1}]
    topic.name = "Dati visiem"
    topic.save()
    assert find(client, "reģistrs")["facets"]["topic"][0]["name"] == "Dati visiem"


def test_a_page_moved_under_a_private_one_is_found_no_more(client, news, home_lv):
    page = article(news, "Noslēpums", "Slepenība.")
    private = NewsIndexPageFactory(parent=home_lv, slug="privati")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    Page.objects.get(pk=page.pk).move(private, "last-child")
    assert titles(find(client, "slepenība")) == []
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=news.pk), "last-child")
    assert titles(find(client, "slepenība")) == ["Noslēpums"]


def test_two_moments_at_the_same_second_are_one(client, home_lv):
    meetings = MeetingsPageFactory(parent=home_lv, slug="sanaksmes")
    transcript = "[1:30] Bibliotēka paliek.\n[1:30] Skola arī."
    publish(MeetingPageFactory(parent=meetings, recording="", transcript=transcript))
    assert len(find(client, "bibliotēka skola")["results"]) >= 1


def test_results_cost_the_same_queries_however_many(client, news, django_assert_max_num_queries):
    for number in range(3):
        article(news, f"Ziņa {number}", "Pašvaldībām.")
    find(client, "pašvaldība")
    with django_assert_max_num_queries(30) as few:
        find(client, "pašvaldība")
    for number in range(30):
        article(news, f"Vēl viena ziņa {number}", "Pašvaldībām.")
    with django_assert_max_num_queries(len(few)):
        find(client, "pašvaldība")


def test_publishing_the_same_again_writes_nothing_anew(news):
    page = article(news, "Ziņa", "Teksts.")
    (before,) = SearchDocument.objects.filter(page=page)
    publish(page)
    (after,) = SearchDocument.objects.filter(page=page)
    assert after.pk == before.pk
    words = set(WordForm.objects.values_list("form", "documents"))
    page.title = "Cita"
    publish(page)
    assert SearchDocument.objects.get(page=page).pk == before.pk
    assert ("ziņa", 1) in words
    assert not WordForm.objects.filter(form="ziņa").exists()


def test_a_full_build_mends_what_is_wrong_and_goes_on_from_nothing(client, news):
    page = article(news, "Ziņa", "Pašvaldībām.")
    SearchDocument.objects.all().delete()
    WordForm.objects.all().delete()
    WordForm.objects.create(language="lv", form="lieks", folded="lieks", stem="liek", documents=3)
    call_command("build_search", verbosity=0)
    assert titles(find(client, "pašvaldība")) == ["Ziņa"]
    assert not WordForm.objects.filter(form="lieks").exists()
    Page.objects.filter(pk=page.pk).update(live=False)
    call_command("build_search", verbosity=0)
    assert not SearchDocument.objects.filter(page=page).exists()


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


@pytest.mark.postgresql
def test_postgresql_looks_words_up_in_its_index(client, news):
    for number in range(30):
        article(news, f"Ziņa {number}", "Visi raksta par pašvaldību.")
    with CaptureQueriesContext(connection) as asked:
        assert find(client, "pašvaldība")["total"] == 30
    matching = [query["sql"] for query in asked.captured_queries if "@@" in query["sql"]]
    assert matching
    for sql in matching:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Index Cond: (body @@" in plan, plan
        assert "Seq Scan on wagtailsearch_indexentry" not in plan, plan
