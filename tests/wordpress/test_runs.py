"""The reports of runs, in the admin."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.wordpress.models import ImportRun

from .old_items import SOURCE, make_item, make_page

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def run():
    entries = [
        {"post_id": 5, "title": "Sludinājums", "code": "legacy", "detail": "<table>"},
        {"post_id": 6, "title": "Cits", "code": "missing", "detail": "http://lps.lv/a.jpg"},
        {"post_id": 0, "title": "", "code": "address", "detail": "/lat/1"},
    ]
    report = {
        "counts": {
            "read": {"post": 120, "page": 3},
            "failed": {"post": 1},
            "comments": {"": 7},
            "redirects": 400,
            "entries": {"legacy": 1, "missing": 1, "address": 1},
        },
        "sentences": ["Importēti 120 raksti."],
        "entries": entries,
    }
    return ImportRun.objects.create(source=SOURCE, report=report, ended_at=timezone.now())


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_runs_are_listed_and_lead_to_their_reports(chief_client, run):
    page = page_of(chief_client, reverse("wordpress:runs"))
    assert page.select_one("td.title a")["href"] == reverse("wordpress:run", args=[run.pk])


def test_numbers_stand_by_count_and_type(chief_client, run):
    page = page_of(chief_client, reverse("wordpress:run", args=[run.pk]))
    lines = [
        [cell.get_text(strip=True) for cell in line.select("th, td")][1:]
        for line in page.select(".old-site-numbers tbody tr")
    ]
    assert lines == [["120", "3", "123"], ["1", "", "1"], ["", "", "7"], ["", "", "400"]]
    assert "Importēti 120 raksti." in page.get_text()


def test_codes_are_said_in_words(chief_client, run):
    run.report["counts"] = {"read": {"post": 2}, "removed": {"shortcode": 2, "back": 5}}
    run.report["entries"] = [
        {"post_id": 5, "title": "Tabula", "code": "legacy", "detail": "merged"},
        {"post_id": 6, "title": "Slēgts", "code": "private", "detail": "password"},
    ]
    run.save()
    page = page_of(chief_client, reverse("wordpress:run", args=[run.pk]))
    heads = [cell.get_text(strip=True) for cell in page.select(".old-site-numbers thead th")]
    assert len(heads) == 2
    lines = [
        [cell.get_text(strip=True) for cell in line.select("th, td")]
        for line in page.select(".old-site-numbers tbody tr")
    ]
    assert [line[1:] for line in lines] == [["2", "2"], ["", "7"], ["", "2"], ["", "5"]]
    text = page.select_one(".old-site-run").get_text()
    for code in ("shortcode", "back", "merged", "password"):
        assert code not in text


def test_entries_lead_to_the_item_and_its_page(chief_client, home_lv, run):
    row = make_item("Sludinājums", post_id=5)
    made = make_page(row, home_lv)
    page = page_of(chief_client, reverse("wordpress:run", args=[run.pk]))
    links = [link["href"] for link in page.select("td.title a")]
    assert links == [
        f"{reverse('wordpress:item', args=[row.pk])}?state=all",
        reverse("wagtailadmin_pages:edit", args=[made.pk]),
    ]
    assert "<table>" in page.get_text()


def test_entries_of_one_kind_and_many_pages(chief_client, run):
    run.report["entries"] += [
        {"post_id": number, "title": f"R{number}", "code": "missing", "detail": ""}
        for number in range(100, 180)
    ]
    run.save()
    address = reverse("wordpress:run", args=[run.pk])
    assert len(page_of(chief_client, address).select("td.title")) == 50
    assert len(page_of(chief_client, f"{address}?p=2").select("td.title")) == 33
    found = page_of(chief_client, f"{address}?code=legacy").select("td.title")
    assert [cell.get_text(strip=True) for cell in found] == ["Sludinājums"]
    for number in range(100, 150):
        make_item(post_id=number)
    with CaptureQueriesContext(connection) as captured:
        page_of(chief_client, address)
    about_items = [query for query in captured if "wordpress_importeditem" in query["sql"]]
    assert len(about_items) <= 3  # the menu's two, and one for the entries


def test_the_report_is_downloaded_as_it_is(chief_client, run):
    response = chief_client.get(reverse("wordpress:run_report", args=[run.pk]))
    assert response.headers["Content-Disposition"].startswith('attachment; filename="import-')
    assert json.loads(response.content) == run.report
    assert "Sludinājums" in response.content.decode()


@pytest.mark.parametrize("report", [{}, {"counts": {}}, {"entries": []}])
def test_a_run_without_a_report_yet_is_shown(chief_client, report):
    run = ImportRun.objects.create(source=SOURCE, report=report, is_dry=True)
    page = page_of(chief_client, reverse("wordpress:run", args=[run.pk]))
    assert len(page.select(".old-site-run .help-block")) == 2  # tried out, and not ended
