"""What visitors searched for and did not find: the counters, and the editors' report."""

import csv
import datetime
import io
from unittest import mock

import openpyxl
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query as Phrase
from wagtail.contrib.search_promotions.models import SearchPromotion

from editorial import roles
from search.models import UnansweredQuery

from . import pages

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def article(news):
    return pages.article(news, "Apkure", "Par siltumu.")


def counted():
    rows = UnansweredQuery.objects.order_by("language", "text", "day")
    return list(rows.values_list("language", "text", "count"))


def search(client, query, address="/lv/meklet/", **parameters):
    response = client.get(address, {"q": query, **parameters})
    assert response.status_code == 200
    return response


def days_ago(days):
    return TODAY() - datetime.timedelta(days=days)


def count(text, times=1, language="lv", ago=0):
    return UnansweredQuery.objects.create(
        text=text, count=times, language=language, day=days_ago(ago)
    )


def promote(text):
    return SearchPromotion.objects.create(
        query=Phrase.get(text), external_link_url="https://example.org", external_link_text="Cita"
    )


# Counting


def test_a_query_without_results_is_counted_by_day_and_language(client, article):
    search(client, "lidosta")
    search(client, "  LIDOSTA ")
    search(client, "airport", "/en/search/")
    assert counted() == [("en", "airport", 1), ("lv", "lidosta", 2)]
    assert set(UnansweredQuery.objects.values_list("day", flat=True)) == {TODAY()}


def test_nothing_but_words_language_day_and_number_is_stored():
    names = {field.name for field in UnansweredQuery._meta.get_fields()}
    assert names == {"id", "day", "language", "text", "count"}
    assert UnansweredQuery._meta.get_field("day").get_internal_type() == "DateField"


def test_what_was_found_or_mended_is_not_counted(client, article):
    search(client, "apkure")
    search(client, "apkrue")
    search(client, "")
    search(client, "!?")
    assert counted() == []


@pytest.mark.parametrize(
    "parameters",
    [{"format": "json"}, {"page": 2}, {"kind": "article"}, {"year": 2020}, {"exact": 1}],
)
def test_only_a_first_look_at_the_whole_answer_counts(client, article, parameters):
    search(client, "lidosta", **parameters)
    assert counted() == []


@pytest.mark.parametrize(
    "query",
    [
        "anna@example.org",
        "010190-12345",
        "01 01 90 - 12 345",
        "+371 29 123 456",
        "29-123-456",
        "LV80BANK0000435195001",
        "https://example.org/x",
        "vārds " * 11,
    ],
)
def test_what_looks_like_data_of_a_person_is_not_kept(client, article, query):
    search(client, query)
    assert counted() == []


@pytest.mark.parametrize("query", ["lidosta 2024", "lpia-a-1999-03", "mk 445", "1. lasījums 9.30"])
def test_numbers_of_other_kinds_are_kept(client, article, query):
    search(client, query)
    assert counted() == [("lv", query, 1)]


def test_neither_editors_nor_robots_are_counted(editor_client, client, article):
    search(editor_client, "lidosta")
    client.logout()
    client.cookies.clear()
    client.get("/lv/meklet/", {"q": "lidosta"}, headers={"User-Agent": "Examplebot/2.1"})
    client.head("/lv/meklet/", {"q": "lidosta"})
    assert counted() == []
    search(client, "lidosta")
    assert counted() == [("lv", "lidosta", 1)]


def test_so_many_new_queries_a_day_and_no_more(client, article, settings):
    settings.SEARCH_UNANSWERED_PER_DAY = 2
    count("vakardienas", ago=1)
    for query in ("lidosta", "osta", "metro", "osta"):
        search(client, query)
    assert counted() == [("lv", "lidosta", 1), ("lv", "osta", 2), ("lv", "vakardienas", 1)]


def test_counters_are_kept_as_long_as_the_setting_says(client, article, settings):
    settings.SEARCH_UNANSWERED_DAYS = 30
    count("vecais", ago=30)
    count("jaunais", ago=29)
    search(client, "lidosta")
    assert [text for _language, text, _count in counted()] == ["jaunais", "lidosta"]


def test_the_command_deletes_what_is_over(capsys):
    count("vecais", ago=180)
    count("jaunais", ago=179)
    call_command("purge_unanswered")
    assert "Deleted 1" in capsys.readouterr().out
    assert [text for _language, text, _count in counted()] == ["jaunais"]


def test_counting_again_is_one_statement(client, article):
    search(client, "lidosta")
    with CaptureQueriesContext(connection) as queries:
        search(client, "lidosta")
    table = UnansweredQuery._meta.db_table
    (statement,) = [query["sql"] for query in queries if table in query["sql"]]
    assert statement.startswith("UPDATE")
    assert counted() == [("lv", "lidosta", 2)]


def test_a_database_that_can_not_be_written_to_does_not_break_the_page(client, article, caplog):
    with mock.patch("search.unanswered._count", side_effect=DatabaseError("read-only")):
        response = search(client, "lidosta")
    assert "Nekas nav atrasts" in response.content.decode()
    assert "could not be counted" in caplog.text
    assert counted() == []


@pytest.mark.sqlite
def test_a_read_only_database_does_not_break_the_page(client, article, caplog):
    search(client, "")  # the first request writes the site's settings
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
        try:
            response = search(client, "lidosta")
        finally:
            cursor.execute("PRAGMA query_only = 0")
    assert response.status_code == 200
    assert "could not be counted" in caplog.text
    assert counted() == []


# The report


def _short(day):
    return f"{day.day}.{day:%m.%Y}"


REPORT = "/admin/reports/unanswered/"


@pytest.fixture
def admin(admin_client, admin_user):

    return admin_client


def rows(response):
    return [(row["text"], row["language"], row["times"]) for row in response.context["object_list"]]


def test_the_report_sums_by_text_and_language(admin):
    count("lidosta", 3)
    count("lidosta", 4, ago=40)
    count("lidosta", 1, language="en")
    count("osta", 5, ago=100)
    count("vecais", 9, ago=180)
    response = admin.get(REPORT)
    assert rows(response) == [("lidosta", "lv", 7), ("osta", "lv", 5), ("lidosta", "en", 1)]
    first = response.context["object_list"][0]
    assert (first["first"], first["last"]) == (days_ago(40), TODAY())
    assert rows(admin.get(REPORT, {"days": 30})) == [("lidosta", "lv", 3), ("lidosta", "en", 1)]
    assert rows(admin.get(REPORT, {"days": 90})) == [("lidosta", "lv", 7), ("lidosta", "en", 1)]
    assert rows(admin.get(REPORT, {"language": "en"})) == [("lidosta", "en", 1)]
    assert rows(admin.get(REPORT, {"q": "ost", "language": "lv"})) == [
        ("lidosta", "lv", 7),
        ("osta", "lv", 5),
    ]


def test_the_report_sorts_by_number_and_last_day(admin):
    count("osta", 5, ago=9)
    count("lidosta", 1)
    count("metro", 3, ago=50)
    orders = {"times": "lidosta metro osta", "-times": "osta metro lidosta"}
    orders |= {"last": "metro osta lidosta", "-last": "lidosta osta metro"}
    for ordering, expected in orders.items():
        found = rows(admin.get(REPORT, {"ordering": ordering}))
        assert [text for text, *_rest in found] == expected.split(), ordering


def test_the_report_is_latvian_and_leads_on(admin):
    count("lidosta & osta", ago=5)
    counter = count("lidosta & osta", ago=2)
    page = admin.get(REPORT).content.decode()
    words = ["Meklēts, bet nav atrasts", "Meklējums", "Valoda", "Latviešu", "Reizes"]
    words += [f"{_short(days_ago(5))}\N{NO-BREAK SPACE}– {_short(days_ago(2))}", "Dienas"]
    words += ["Laikposms", "Pēdējās 30 dienas", "Visas dienas"]
    for word in [*words, "Meklēt vietnē", "Ieteikt lapu", "Dzēst"]:
        assert word in page, word
    assert 'href="/lv/meklet/?q=lidosta+%26+osta"' in page
    assert 'href="/admin/searchpicks/add/?query_string=lidosta+%26+osta"' in page
    assert f'href="{reverse("unanswered:delete", args=[counter.pk])}"' in page


def test_what_is_promoted_already_leads_to_its_promotion(admin):
    count("lidostām")
    phrase = promote("lidosta").query
    page = admin.get(REPORT).content.decode()
    assert f'href="/admin/searchpicks/{phrase.pk}/"' in page
    assert "Labot ieteikumu" in page
    assert "Ieteikt lapu" not in page


def test_an_empty_report_says_so(admin):
    response = admin.get(REPORT)
    assert response.status_code == 200
    assert rows(response) == []


def test_the_report_is_paged_and_costs_the_same_with_many_rows(admin):
    count("lidosta")
    admin.get(REPORT)
    with CaptureQueriesContext(connection) as few:
        admin.get(REPORT)
    for number in range(60):
        count(f"vaicājums {number}", 2)
        promote(f"vaicājums {number}")
    with CaptureQueriesContext(connection) as many:
        response = admin.get(REPORT)
    assert len(response.context["object_list"]) == 50
    assert rows(admin.get(REPORT, {"p": 2}))[-1] == ("lidosta", "lv", 1)
    assert len(many) == len(few)


def test_the_report_goes_to_a_spreadsheet(admin):
    count("lidosta", 3, ago=1)
    count("=1+1", 2)
    response = admin.get(REPORT, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == ["Meklējums", "Valoda", "Reizes", "Pirmā diena", "Pēdējā diena"]
    assert lines[1] == ["lidosta", "lv", "3", str(days_ago(1)), str(days_ago(1))]
    assert lines[2][0] == "'=1+1"  # no formula for a spreadsheet to run
    response = admin.get(REPORT, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[2]][:3] == ["lidosta", "lv", 3]
    assert sheet["A3"].data_type == "s"


def test_a_query_is_deleted_with_all_its_days_after_a_question(admin):
    count("lidosta", ago=3)
    count("lidosta", language="en")
    counter = count("lidosta")
    address = reverse("unanswered:delete", args=[counter.pk])
    assert "Vai dzēst šo meklējumu no pārskata?" in admin.get(address).content.decode()
    assert len(counted()) == 3
    response = admin.post(address, follow=True)
    assert counted() == [("en", "lidosta", 1)]
    assert "„lidosta“ ir dzēsts no pārskata." in response.content.decode()


def test_those_who_publish_see_the_report_and_others_do_not(client, person):
    counter = count("lidosta")
    addresses = [REPORT, f"{REPORT}results/", reverse("unanswered:delete", args=[counter.pk])]
    for role, may in ((roles.EDITOR, False), (roles.CHIEF_EDITOR, True)):
        client.force_login(person(role))
        for address in addresses:
            assert client.get(address).status_code == (200 if may else 302), (role, address)
        assert (REPORT in client.get("/admin/").content.decode()) is may
    client.logout()
    assert client.get(REPORT).status_code == 302
    assert counted() == [("lv", "lidosta", 1)]


def test_wagtails_empty_report_of_search_terms_is_not_offered(admin):
    page = admin.get("/admin/").content.decode()
    assert REPORT in page
    assert reverse("wagtailsearchpromotions:search_terms") not in page
