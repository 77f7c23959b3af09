"""What the command says: before it begins, when it is stopped, and to whom it can be read later."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from wagtail.contrib.redirects.models import Redirect

from news.wordpress import importer as module
from news.wordpress import record
from news.wordpress.models import ImportedItem, ImportRun
from tests.factories import NewsIndexPageFactory
from tests.wordpress.wxr_samples import HEAD, export, item

pytestmark = pytest.mark.django_db

SITE = HEAD + "<link>http://www.zinas.example</link>\n"
TEXT = (
    "Pašvaldību izpilddirektori {}. reizi tikās Siguldā, lai runātu par budžetu, skolām un "
    "ceļiem. Sanāksmē piedalījās arī ministrijas pārstāvji, kas atbildēja uz jautājumiem."
)


def article(number, more="") -> str:
    more += f"<link>http://www.zinas.example/2021/07/ieraksts-{number}/</link>\n"
    return item(number, TEXT.format(number), f"Sanāksme numur {number}", more)


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates", title="Aktualitātes")


@pytest.fixture
def write(tmp_path):
    def write(*items, name="export.xml"):
        path = tmp_path / name
        path.write_text(export(*items, head=SITE))
        return str(path)

    return write


def run(*args, **options):
    call_command("import_wordpress", *args, verbosity=0, **options)


# Before anything is read


def test_a_report_that_can_not_be_written_is_said_at_once(index, write, tmp_path):
    with pytest.raises(CommandError, match="nav"):
        run(write(article(1)), report=tmp_path / "nav" / "report.json")
    assert not ImportedItem.objects.exists()


def test_of_several_files_one_that_is_not_there_is_said_at_once(index, write, tmp_path):
    with pytest.raises(CommandError, match=r"nav\.xml"):
        run(write(article(1)), str(tmp_path / "nav.xml"))
    assert not ImportedItem.objects.exists()


@pytest.mark.parametrize(("option", "name"), [("site", "nav.example"), ("language", "de")])
def test_a_site_or_language_that_is_not_here_is_named(index, write, option, name):
    with pytest.raises(CommandError, match=name):
        run(write(article(1)), **{option: name})


def test_a_day_that_is_none_is_said(index, write):
    with pytest.raises(CommandError, match=r"vakar.*2020-01-31"):
        run(write(article(1)), "--since", "vakar")


def test_a_list_of_addresses_in_another_encoding_is_said(index, write, tmp_path):
    path = tmp_path / "adreses.csv"
    path.write_bytes("/lv/ziņas/1;1\n".encode("cp1257"))
    with pytest.raises(CommandError, match=r"adreses\.csv.*UTF-8"):
        run(write(article(1)), addresses=path)


# What is no export


def test_a_file_that_is_no_export_is_an_error_and_named(index, tmp_path):
    path = tmp_path / "pieteiksanas.xml"
    path.write_text("<html><body>Log in</body></html>")
    with pytest.raises(CommandError, match=r"pieteiksanas\.xml"):
        run(str(path))
    assert ImportRun.objects.get().report["entries"][0]["code"] == "html"


def test_what_is_damaged_is_named_with_its_file(index, write, tmp_path, capsys):
    whole, cut = write(article(1)), tmp_path / "otrs.xml"
    cut.write_text(export(article(2), article(3), head=SITE)[:-500])
    with pytest.raises(SystemExit) as ended:
        call_command("import_wordpress", whole, str(cut))
    assert ended.value.code == 3
    assert "otrs.xml: " in capsys.readouterr().out
    entries = ImportRun.objects.get().report["entries"]
    assert [entry["title"] for entry in entries if entry["code"] == "truncated"] == ["otrs.xml"]


# Stopped


@pytest.fixture
def stop_with(monkeypatch):
    """A function that stops the making of pages with an error."""

    def stop_with(error):
        def stop(self, *args):
            raise error

        monkeypatch.setattr(module.Importer, "_import", stop)

    return stop_with


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (OperationalError("disk is full"), 1), (OSError("gone"), 1)],
)
def test_what_stops_a_run_is_a_sentence_and_stands_in_its_reports(
    index, write, tmp_path, stop_with, error, code
):
    stop_with(error)
    report = tmp_path / "report.json"
    with pytest.raises(CommandError) as ended:
        run(write(article(1)), report=report)
    assert ended.value.returncode == code
    kept = ImportRun.objects.get()
    assert kept.source == "zinas.example" and kept.ended_at
    assert kept.report == json.loads(report.read_text())
    assert kept.report["counts"]["read"] == {"post": 1}
    assert str(ended.value) in {entry["detail"] for entry in kept.report["entries"]}


def test_a_run_that_is_killed_leaves_what_it_had_to_tell(index, write, monkeypatch, stop_with):
    monkeypatch.setattr(record, "SECONDS", 0)
    stop_with(SystemError("killed"))
    with pytest.raises(SystemError):
        run(write(article(1)))
    kept = ImportRun.objects.get()
    assert not kept.ended_at and kept.report["counts"]["read"] == {"post": 1}


def test_a_run_begins_before_it_ends(index, write):
    run(write(article(1)))
    kept = ImportRun.objects.get()
    assert kept.begun_at < ImportedItem.objects.get().updated_at < kept.ended_at


# Authors


def test_lists_of_authors_lead_to_all_news(index, write, client):
    path = write(article(1, "<dc:creator>Janis.Berzins</dc:creator>\n"))
    run(path)
    assert client.get("/author/janis-berzins/").headers["Location"] == index.url
    assert client.get("/author/janis-berzins/page/2/").headers["Location"] == index.url
    feed = client.get("/author/janis-berzins/feed/").headers["Location"]
    assert feed == f"{index.url}feed/rss/" and client.get(feed).status_code == 200
    before = Redirect.objects.count()
    run(path)
    assert Redirect.objects.count() == before
