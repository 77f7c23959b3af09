"""Suggestions while typing, as the server gives them."""

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from search.analysis import fold
from search.models import SearchDocument, WordForm
from tests.factories import (
    ConferencePageFactory,
    ContentPageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
)

from .pages import article, publish

pytestmark = pytest.mark.django_db


def words(numbers, language="lv"):
    """Make words of the site, each with the number of its documents."""
    WordForm.objects.apply({language: numbers})


def ask(client, typed, address="/lv/meklet/ieteikumi/"):
    response = client.get(address, {"q": typed})
    assert response.status_code == 200
    return response.json()


def queries(client, typed, **options):
    found = ask(client, typed, **options)["suggestions"]
    return [suggestion["title"] for suggestion in found if not suggestion["kind"]]


def titles(client, typed, **options):
    found = ask(client, typed, **options)["suggestions"]
    return [suggestion["title"] for suggestion in found if suggestion["kind"]]


def test_the_word_being_typed_is_completed_with_its_diacritics(client):
    words({"pašvaldība": 3, "pasaule": 2, "sēde": 9})
    assert queries(client, "pasv") == ["pašvaldība"]
    assert queries(client, "PAŠV") == ["pašvaldība"]
    assert queries(client, "pas") == ["pašvaldība", "pasaule"]
    assert queries(client, "pāsv") == ["pašvaldība"]


def test_a_suggestion_is_a_search_for_all_that_was_typed(client):
    words({"pašvaldība": 3})
    (found,) = ask(client, "Rīgas  & „kopā“ pasv")["suggestions"]
    assert found["title"] == "Rīgas & „kopā“ pašvaldība"
    assert client.get(found["url"]).context["typed"] == found["title"]


def test_the_commonest_words_come_first_each_in_one_form(client):
    words({"pašvaldības": 30, "pašvaldībām": 20, "pašvaldība": 5, "pasākumu": 8, "pasākumiem": 9})
    assert queries(client, "pa") == ["pašvaldība", "pasākumiem"]  # the dictionary's, the commonest


def test_a_word_that_is_complete_is_not_suggested_again(client):
    words({"sēde": 3, "sēdeklis": 1})
    assert queries(client, "sēde") == ["sēdeklis"]
    assert queries(client, "sede") == ["sēde", "sēdeklis"]
    assert queries(client, "sēd ") == []


def test_titles_lead_straight_to_the_page_and_say_what_it_is(client, news):
    page = article(news, "Pašvaldību budžets")
    (found,) = [s for s in ask(client, "budz pasv")["suggestions"] if s["kind"]]
    assert found == {"title": "Pašvaldību budžets", "url": page.url, "kind": "Raksts"}
    assert titles(client, "budz ") == ["Pašvaldību budžets"]
    assert titles(client, "Pašvaldību b") == ["Pašvaldību budžets"]
    assert titles(client, "udžets") == []


def test_an_insight_leads_to_its_permalink(client, home_lv):
    library = publish(InsightLibraryPageFactory(parent=home_lv, slug="atzinas"))
    publish(ConferencePageFactory(parent=library, insights=["Elektrība pazūd pirmā."]))
    (found,) = [s for s in ask(client, "elek")["suggestions"] if s["kind"]]
    assert found["url"] == "/lv/atzinas/LPIA-A-2022-01/"
    assert client.get(found["url"]).status_code == 200


def test_a_recording_is_one_suggestion_however_many_moments_it_has(client, home_lv):
    meetings = MeetingsPageFactory(parent=home_lv, slug="sanaksmes")
    moments = "\n".join(f"[{minute}:30] Bibliotēka." for minute in range(9))
    publish(MeetingPageFactory(parent=meetings, title="Bibliotēkas", transcript=moments))
    assert titles(client, "bibl") == ["Bibliotēkas"]


def test_lasting_pages_come_before_the_newest_four_in_all(client, news, home_lv):
    for year in (2020, 2022, 2021, 2019, 2018):
        article(news, f"Sadarbība {year}", date=f"{year}-05-01")
    publish(ContentPageFactory(parent=home_lv, title="Sadarbība"))
    expected = ["Sadarbība", "Sadarbība 2022", "Sadarbība 2021", "Sadarbība 2020"]
    assert titles(client, "sadarb") == expected


def test_what_visitors_may_not_see_is_never_suggested(client, news, home_lv):
    page = article(news, "Slepenība", "Noslēpums.")

    def suggested():
        return bool(queries(client, "nosl")), bool(titles(client, "slep"))

    assert suggested() == (True, True)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert suggested() == (False, False)
    restriction.delete()
    assert suggested() == (True, True)
    private = NewsIndexPageFactory(parent=home_lv, slug="privati")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    article(private, "Slepenība arī", "Noslēpumaini.")
    assert titles(client, "slep") == ["Slepenība"]
    assert queries(client, "noslēpumai") == []
    page.title = "Slepenais melnraksts"
    page.save_revision()
    assert titles(client, "slep") == ["Slepenība"]
    page.unpublish()
    assert suggested() == (False, False)
    publish(page)
    Page.objects.filter(pk=page.pk).update(live=False)  # behind the back of the index
    assert titles(client, "slep") == []


def test_each_language_has_its_own(client, news, home_en):
    article(news, "Reģions", "Reforma.")
    article(NewsIndexPageFactory(parent=home_en), "Region", "Reforms.")
    english = {"address": "/en/search/suggestions/"}
    assert (queries(client, "refo"), titles(client, "regi")) == (["reforma"], ["Reģions"])
    assert queries(client, "refo", **english) == ["reforms"]
    assert titles(client, "regi", **english) == ["Region"]


def test_how_many_there_are_is_said_in_the_right_number(client):
    assert ask(client, "xyz")["message"] == ""
    words({"sēde": 1})
    assert ask(client, "se")["message"] == "1 ieteikums"
    words({"sēklis": 1, "sēta": 1})
    assert ask(client, "se")["message"] == "3 ieteikumi"
    assert ask(client, "se", "/en/search/suggestions/")["message"] == ""
    words({"seat": 1, "season": 1}, "en")
    assert ask(client, "se", "/en/search/suggestions/")["message"] == "2 suggestions"


def test_the_answer_may_be_kept_by_anyone_for_a_while_and_sets_no_cookie(client):
    response = client.get("/lv/meklet/ieteikumi/", {"q": "pasv"})
    assert response.headers["Content-Type"] == "application/json"
    assert set(response.headers["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert client.post("/lv/meklet/ieteikumi/").status_code == 405


def test_suggestions_cost_the_same_queries_however_many(
    client, news, django_assert_max_num_queries
):
    article(news, "Pašvaldība", "Pasākums.")
    ask(client, "pas")  # the addresses of the site are remembered
    with django_assert_max_num_queries(2):
        assert len(ask(client, "pas")["suggestions"]) == 3
    for number in range(20):
        article(news, f"Pašvaldība {number}", f"Pasa{chr(97 + number)}la teksts.")
    with django_assert_max_num_queries(2):
        assert len(ask(client, "pas")["suggestions"]) == 10
    with django_assert_max_num_queries(0):
        assert ask(client, "p")["suggestions"] == []


def many_forms(number):
    forms = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}ļ{n}" for n in range(number)]
    forms += ["pašvaldnieks", "pašvaldība"]
    WordForm.objects.bulk_create(
        WordForm(language="lv", form=form, folded=fold(form), stem=fold(form), documents=place)
        for place, form in enumerate(forms)
    )


def plan_of(beginning):
    found = WordForm.objects.beginning_with(beginning, "lv").order_by("-documents", "form")
    return found.values_list("stem", "form")[:60].explain()


@pytest.mark.parametrize("beginning", ["pasv", "pa"])
def test_beginnings_are_looked_up_in_the_index(client, beginning):
    many_forms(20_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = plan_of(beginning)
    assert "search_form_beginning" in plan
    if connection.vendor == "postgresql":
        assert "~>=~ 'pa" in plan  # the range itself, not only the language
    else:
        assert "folded>? AND folded<?" in plan
    assert queries(client, "pasv") == ["pašvaldība", "pašvaldnieks"]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "a",
            "ā",
            "a b c",
            "\x00",
            "p\x00a",
            "%",
            "_",
            "*",
            "[a",
            "pa*",
            "pa%",
            '"',
            "'pa",
        ),
        *(
            "\\",
            "a" * 10_000,
            "pa " * 5_000,
            "!?…",
            'pasv"',
            "& | ! :* ' -- ;",
            "pa:* & pb",
            "^pa*",
        ),
        *("NEAR(pa pb)", "😀", "Привет", "pa😀", "title:pa", "pa AND OR NOT", "pa' OR 1=1"),
        *("a\u0301", "١٢", "ß"),
    ],
)
def test_no_input_breaks_it(client, news, typed):
    article(news, "Pasaule", "Pasākums.")
    found = ask(client, typed)
    assert len(found["suggestions"]) <= 10


@pytest.mark.parametrize("typed", ["", " ", "p", "a" * 10_000, "\x00", "%", "*", "😀", "p p", '"'])
def test_what_says_nothing_gets_nothing(client, news, typed):
    article(news, "Pasaule", "Pasākums.")
    assert ask(client, typed) == {"suggestions": [], "message": ""}


def test_a_missing_query_and_invalid_bytes_are_no_error(client):
    for address in ("/lv/meklet/ieteikumi/", "/lv/meklet/ieteikumi/?q=%FF%FE"):
        assert client.get(address).json()["suggestions"] == []


def test_every_word_and_title_of_a_full_build_can_be_completed(client, news):
    article(news, "Ziņa par ceļiem", "Apkure.")
    SearchDocument.objects.all().delete()
    WordForm.objects.all().delete()
    call_command("build_search", verbosity=0)
    assert queries(client, "apk") == ["apkure"]
    assert titles(client, "cel") == ["Ziņa par ceļiem"]
