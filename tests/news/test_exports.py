"""Files of the library: CSV and JSON with the licence named, BibTeX and RIS as others read them."""

import csv
import io
import json

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, MonthIntMiddleware
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from news.citations import one_line, tex
from news.exports import COLUMNS
from news.models import InsightTopic
from tests.factories import (
    ConferencePageFactory,
    InsightLibraryPageFactory,
    SiteTextsFactory,
    TopicFactory,
)

HOSTILE = r'=HYPERLINK("http://x") \write18{rm} } @misc{x, a={ 100 % & #1 _$^~ <b>'
LATVIAN = "Ģimenes ļoti ķer īsus ņirbus, žogus un čūskas: „šķūnī“"


@pytest.fixture
def library(home_lv):
    SiteTextsFactory(name="Ļaužu {asociācija} & Co", short_name="LPIA")
    page = InsightLibraryPageFactory(
        parent=home_lv,
        title="Atziņu krātuve",
        slug="atzinas",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
    )
    conference = ConferencePageFactory(
        parent=page,
        title="Eiropas konference: 5 % & vairāk",
        slug="praga",
        insights=[LATVIAN, HOSTILE, "Divas\nrindas\r\nER  - \u2028TY  - X"],
    )
    InsightTopic.objects.create(
        insight=conference.insights.first(), topic=TopicFactory(name="Dati", slug="dati")
    )
    return page


# Commands of LaTeX's kernel that pylatexenc does not know, or knows as an accent.
KERNEL = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^",
}


def decoder():
    commands = get_default_latex_context_db()
    macros = [MacroTextSpec(name, char) for name, char in KERNEL.items()]
    commands.add_context_category("kernel", prepend=True, macros=macros)
    return LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=commands))


def parsed_bibtex(text):
    library = bibtexparser.parse_string(text, append_middleware=[decoder(), MonthIntMiddleware()])
    assert not library.failed_blocks
    return {entry.key: entry for entry in library.entries}


def rows_of(response):
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.django_db
def test_csv_has_its_columns_the_licence_and_no_formula(client, library):
    response = client.get(f"{library.url}?format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(response)
    assert list(rows[0]) == [*COLUMNS, "license", "license_url"]
    assert rows[0]["reference"] == "LPIA-A-2022-01"
    assert (rows[0]["text"], rows[0]["topics"]) == (LATVIAN, "Dati")
    assert (rows[0]["country"], rows[0]["country_code"]) == ("Čehija", "CZ")
    assert rows[1]["text"] == f"'{HOSTILE}"
    assert {row["license"] for row in rows} == {"CC BY 4.0"}
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in response["Link"]


@pytest.mark.django_db
def test_json_says_what_it_is_under_which_licence_and_where_it_comes_from(client, library):
    response = client.get(f"{library.url}?format=json&year=2022&country=CZ&topic=dati")
    data = json.loads(response.content)
    assert data["license"] == {
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert (data["title"], data["language"], data["count"]) == ("Atziņu krātuve", "lv", 1)
    assert data["filter"] == {"topic": "dati", "country": "CZ", "year": "2022"}
    assert data["source"].endswith("/lv/atzinas/?topic=dati&country=CZ&year=2022")
    assert data["generated"]
    assert [insight["text"] for insight in data["insights"]] == [LATVIAN]
    assert data["insights"][0]["url"].startswith("http")


@pytest.mark.django_db
def test_without_a_licence_nothing_is_promised(client, library):
    library.licence = ""
    library.save()
    assert json.loads(client.get(f"{library.url}?format=json").content)["license"] is None
    response = client.get(f"{library.url}?format=csv")
    assert 'rel="license"' not in response["Link"]
    assert rows_of(response)[0]["license"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("format=csv", "atzinas.csv"),
        ("format=json&topic=dati&country=CZ&year=2022", "atzinas-dati-cz-2022.json"),
        ("format=bib&conference=praga", "atzinas-praga.bib"),
        ("format=ris", "atzinas.ris"),
    ],
)
def test_the_name_of_the_file_says_what_was_filtered(client, library, query, name):
    response = client.get(f"{library.url}?{query}")
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.django_db
def test_bibtex_gives_back_what_was_written_whatever_it_was(client, library):
    response = client.get(f"{library.url}?format=bib")
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    entries = parsed_bibtex(response.content.decode())
    assert set(entries) == {f"LPIA-A-2022-0{n}-lv" for n in (1, 2, 3)}
    entry = entries["LPIA-A-2022-01-lv"]
    assert entry.entry_type == "misc"
    assert entry["title"] == LATVIAN
    assert entry["author"] == "Ļaužu {asociācija} & Co"
    assert entry["howpublished"] == "Eiropas konference: 5 % & vairāk, Prāga, Čehija"
    assert (entry["year"], str(entry["month"]), entry["language"]) == ("2022", "11", "latvian")
    assert entry["url"].endswith("/lv/atzinas/LPIA-A-2022-01/")
    assert entries["LPIA-A-2022-02-lv"]["title"] == HOSTILE
    assert entries["LPIA-A-2022-03-lv"]["title"] == "Divas rindas ER - TY - X"


@pytest.mark.django_db
def test_ris_gives_back_what_was_written_whatever_it_was(client, library):
    response = client.get(f"{library.url}?format=ris")
    assert response["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    records = rispy.loads(response.content.decode())
    assert [record["title"] for record in records] == [
        LATVIAN,
        HOSTILE,
        "Divas rindas ER - TY - X",
    ]
    first = records[0]
    assert first["type_of_reference"] == "ELEC"
    assert first["authors"] == ["Ļaužu {asociācija} & Co"]
    assert first["secondary_title"] == "Eiropas konference: 5 % & vairāk"
    assert (first["year"], first["date"], first["language"]) == ("2022", "2022/11/16", "lv")
    assert first["keywords"] == ["Dati"]
    assert first["accession_number"] == "LPIA-A-2022-01"
    assert first["urls"][0].endswith("/lv/atzinas/LPIA-A-2022-01/")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["bib", "ris"])
def test_one_insight_is_a_file_of_its_own_named_by_its_reference(client, library, kind):
    response = client.get(f"{library.url}LPIA-A-2022-01/?format={kind}")
    name = f'attachment; filename="lpia-a-2022-01.{kind}"'
    assert response["Content-Disposition"] == name
    assert response.content.decode().count("LPIA-A-2022-02") == 0
    assert client.get(f"{library.url}LPIA-A-2022-01/?format=exe").status_code == 404


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_is_one_balanced_value_of_bibtex(text):
    value = tex(one_line(text))
    assert value.count("{") == value.count("}")
    library = bibtexparser.parse_string(f"@misc{{key,\n  title = {{{{{value}}}}},\n  a = {{b}}\n}}")
    assert not library.failed_blocks
    assert library.entries[0]["title"] == f"{{{value}}}"
    assert library.entries[0]["a"] == "b"
