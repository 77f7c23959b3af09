"""Reading the text of files: what people upload, and what is meant to do harm."""

import io
import os
import resource
import subprocess
import sys

import pytest
from django.core.files import File

from search import extraction
from search.extraction import extract
from search.reader import Outcome

from . import files

pytestmark = pytest.mark.once

MEGABYTE = 1 << 20


def read(content: bytes):
    return extract(File(io.BytesIO(content), name="file"))


@pytest.fixture
def bound(settings):
    def change(**limits):
        settings.ATTACHMENT_LIMITS = settings.ATTACHMENT_LIMITS | limits

    return change


def test_pdf():
    outcome, text = read(files.pdf("Pašvaldībām jāiesniedz ziņojums.", "Otrā lapa"))
    assert outcome is Outcome.READ
    assert text.split("\n") == ["Pašvaldībām jāiesniedz ziņojums.", "Otrā lapa", ""]


def test_docx_with_what_word_adds():
    file = files.word("Pašvaldībām jāiesniedz", "ziņojums.", cell="Šūna")
    change = b"<w:del><w:r><w:delText>Dzests</w:delText></w:r></w:del>"
    change += b"<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Rinda</w:t></w:r></w:p></mc:Choice>"
    change += b"<mc:Fallback><w:p><w:r><w:t>Rinda</w:t></w:r></w:p></mc:Fallback>"
    change += b"</mc:AlternateContent>"
    file = files.with_member(
        file, "word/document.xml", lambda xml: xml.replace(b"</w:p>", change + b"</w:p>", 1)
    )
    outcome, text = read(file)
    assert outcome is Outcome.READ
    assert text.split() == ["Pašvaldībām", "jāiesniedz", "Rinda", "ziņojums.", "Šūna"]


def test_the_main_part_of_a_docx_may_have_another_name():
    word = files.word("Cits nosaukums")
    file = files.with_member(
        word, "word/document2.xml", lambda _: files.member(word, "word/document.xml")
    )
    file = files.with_member(file, "word/document.xml", lambda _: b"")
    file = files.with_member(
        file,
        "[Content_Types].xml",
        lambda xml: xml.replace(b"/word/document.xml", b"/word/document2.xml"),
    )
    assert read(file) == (Outcome.READ, "Cits nosaukums\n")


def test_odt_without_what_was_deleted():
    deleted = b"<text:tracked-changes><text:p>Dzests</text:p></text:tracked-changes>"
    file = files.with_member(
        files.open_document("Pašvaldībām jāiesniedz", "ziņojums."),
        "content.xml",
        lambda xml: xml.replace(b"<office:text>", b"<office:text>" + deleted),
    )
    assert b"Dzests" in files.member(file, "content.xml")
    assert read(file) == (Outcome.READ, "Pašvaldībām jāiesniedz\nziņojums.\n")


def test_words_are_whole_again():
    lines = files.raw_pdf(
        [b"BT /F 12 Tf 14 TL 50 700 Td (izpild-) Tj T* (direktors, Cesis-) Tj T* (Valka) Tj ET"]
    )
    assert read(lines)[1].split() == ["izpilddirektors,", "Cesis-", "Valka"]
    assert read(files.word("a\u0304beces kop\u00adsapulce ﬁnanses"))[1].split() == [
        "ābeces",
        "kopsapulce",
        "finanses",
    ]


@pytest.mark.parametrize(
    ("make", "outcome"),
    [
        (lambda: b"", Outcome.BROKEN),
        (lambda: files.pdf("Teksts")[:300], Outcome.BROKEN),
        (lambda: b"%PDF-1.7\n" + bytes(1000), Outcome.BROKEN),
        (lambda: files.word("Teksts")[:2000], Outcome.BROKEN),
        (
            lambda: files.with_member(files.word(""), "word/document.xml", lambda _: b"<w:p>"),
            Outcome.BROKEN,
        ),
        (lambda: files.pdf(""), Outcome.NO_TEXT),
        (lambda: files.word(), Outcome.NO_TEXT),
        (lambda: files.open_document(" "), Outcome.NO_TEXT),
        (lambda: b"Vienkars teksts", Outcome.UNKNOWN),
        (files.spreadsheet, Outcome.UNKNOWN),
        (lambda: files.locked_pdf("Teksts", "parole"), Outcome.ENCRYPTED),
        (files.encrypted_open_document, Outcome.ENCRYPTED),
        (files.encrypted_word, Outcome.ENCRYPTED),
    ],
)
def test_why_there_is_no_text(make, outcome):
    assert read(make()) == (outcome, "")


def test_a_pdf_that_opens_without_a_password_is_read():
    assert read(files.locked_pdf("Ierobežota drukāšana", ""))[0] is Outcome.READ


def test_of_5000_pages_the_first_are_read(bound):
    pages = [files.text_operators(b"Lapa %d." % number) for number in range(5000)]
    bound(pages=700)
    outcome, text = read(files.raw_pdf(pages, pages=5000))
    assert outcome is Outcome.PARTLY
    assert text.split("\n")[:2] == ["Lapa 0.", "Lapa 1."]
    assert text.rstrip().endswith("Lapa 699.")


def test_no_more_text_is_kept_than_allowed(bound):
    bound(text=1000)
    outcome, text = read(files.word(*["Pašvaldība"] * 500))
    assert outcome is Outcome.PARTLY
    assert 995 < len(text.encode()) <= 1000  # whole letters


def test_a_large_file_is_not_even_copied(bound):
    bound(size=10)
    assert read(files.pdf("Teksts")) == (Outcome.TOO_LARGE, "")


# What is meant to do harm.


@pytest.fixture
def reader(monkeypatch, tmp_path):
    """Let another program read, to see what its end means."""

    def replace(source):
        (tmp_path / "reader.py").write_text(source)
        monkeypatch.setattr(extraction, "READER", tmp_path / "reader.py")

    return replace


@pytest.fixture
def peak(reader, tmp_path):
    """A function that returns the most memory that the last process had, in bytes."""
    status = tmp_path / "status"
    reader(
        "import atexit, runpy\n"
        f"status = open({str(status)!r}, 'w')\n"
        "atexit.register(lambda: status.write(open('/proc/self/status').read()))\n"
        f"runpy.run_path({str(extraction.READER)!r}, run_name='__main__')\n"
    )
    return lambda: int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024


@pytest.mark.parametrize(
    ("make", "outcome"),
    [
        (files.zip_bomb, Outcome.TOO_LARGE),
        (files.crowded, Outcome.TOO_LARGE),
        (files.lying_bomb, Outcome.BROKEN),
        (files.laughing_word, Outcome.BROKEN),
        (files.laughing_open_document, Outcome.BROKEN),
        (files.looping_pdf, Outcome.BROKEN),
    ],
)
def test_hostile_files_are_refused_before_they_cost_memory(make, outcome, peak):
    assert read(make()) == (outcome, "")
    assert peak() < 60 * MEGABYTE


def test_a_file_that_eats_memory_stays_within_its_bounds(bound, peak):
    bound(memory=250 * MEGABYTE, seconds=60)
    assert read(files.greedy_pdf()) == (Outcome.TOO_COSTLY, "")
    assert 100 * MEGABYTE < peak() < 250 * MEGABYTE


def test_a_file_that_eats_time_is_ended(bound):
    bound(memory=4096 * MEGABYTE, seconds=2)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert read(files.greedy_pdf()) == (Outcome.TOO_COSTLY, "")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 3


def test_a_process_that_waits_for_ever_is_ended(reader, bound, tmp_path):
    bound(seconds=1)
    pid = tmp_path / "pid"
    reader(f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(600)")
    assert read(b"x") == (Outcome.TOO_COSTLY, "")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_what_was_read_until_the_process_was_killed_is_kept(reader):
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    reader(killed)
    assert read(b"x") == (Outcome.TOO_COSTLY, "")
    reader(f"import os; os.write(1, 'Sākums'.encode()); {killed}")
    assert read(b"x") == (Outcome.PARTLY, "Sākums")


def test_the_process_knows_nothing_of_the_site(reader, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret-of-the-site")
    reader("import os, sys; os.write(1, repr((dict(os.environ), sys.path)).encode())")
    outcome, seen = read(b"x")
    assert outcome is Outcome.READ
    assert "secret-of-the-site" not in seen
    assert os.getcwd() + "'" not in seen.split("[", 1)[1]


def test_the_reader_needs_no_django():
    source = (
        "import sys; sys.path.append(sys.argv[1]); import reader; print('django' in sys.modules)"
    )
    command = [sys.executable, "-I", "-c", source, str(extraction.READER.parent)]
    assert subprocess.check_output(command).strip() == b"False"  # noqa: S603
