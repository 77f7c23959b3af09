"""The second process of an import: what it does, and how it ends."""

import multiprocessing
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from wagtail.models import ReferenceIndex

from news.models import NewsPage
from news.wordpress import helper as module
from news.wordpress import importer, indexing
from news.wordpress.helper import Helper
from news.wordpress.models import ImportedItem
from search.models import SearchDocument, WordForm
from tests.factories import NewsIndexPageFactory
from tests.processes import wait_until
from tests.wordpress.wxr_samples import HEAD, export, item
from translation.models import TranslationStatus

pytestmark = pytest.mark.django_db(transaction=True)

SITE = HEAD + "<link>http://www.zinas.example</link>\n"
TEXT = (
    "Pašvaldību izpilddirektori {}. reizi tikās Siguldā, lai runātu par budžetu, skolām un "
    "ceļiem. Sanāksmē piedalījās arī ministrijas pārstāvji, kas atbildēja uz jautājumiem."
)
ARTICLES = 24


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch):
    """So that both processes have several of few articles."""
    monkeypatch.setattr(importer, "AT_ONCE", 4)
    monkeypatch.setattr(indexing, "AT_ONCE", 3)
    monkeypatch.setattr(module, "number_of_processors", lambda: 2)


@pytest.fixture
def start(home_lv, tmp_path):
    """A function that imports articles, of which each links to the next but two."""
    NewsIndexPageFactory(parent=home_lv, slug="aktualitates", title="Aktualitātes")
    path = tmp_path / "export.xml"
    articles = []
    for number in range(1, ARTICLES + 1):
        address = "http://www.zinas.example/2021/07/ieraksts-{}/"
        link = f' <a href="{address.format(number + 3)}">Vēlāk</a>' if number % 5 == 0 else ""
        more = f"<link>{address.format(number)}</link>\n"
        title = f"Sanāksme numur {number}"
        articles.append(item(number, f"<p>{TEXT.format(number)}{link}</p>", title, more))
    path.write_text(export(*articles, head=SITE))

    def start(processes=2):
        call_command("import_wordpress", str(path), verbosity=0, processes=processes)

    return start


def written() -> list:
    """What is written for articles by whichever process had them, without the keys of rows."""
    path_of = dict(NewsPage.objects.values_list("pk", "url_path"))
    return [
        sorted(SearchDocument.objects.values_list("page__url_path", "title", "text")),
        sorted(WordForm.objects.values_list("form", "documents")),
        sorted(
            (path_of.get(int(one), ""), path_of.get(int(other), ""), place)
            for one, other, place in ReferenceIndex.objects.values_list(
                "object_id", "to_object_id", "content_path"
            )
        ),
        sorted(TranslationStatus.objects.values_list("title", "unit_count", "is_counted")),
        list(ImportedItem.objects.order_by("post_id").values_list("state", "is_indexed")),
    ]


@pytest.fixture
def expected(start, request, restore_database):
    """What one process writes; the site is empty again afterwards."""
    start(processes=1)
    found = written()
    call_command("flush", verbosity=0, interactive=False)
    restore_database()
    home = type(request.getfixturevalue("home_lv")).objects.get(locale__language_code="lv")
    NewsIndexPageFactory(parent=home, slug="aktualitates", title="Aktualitātes")
    return found


def test_two_processes_leave_what_one_leaves(expected, start, monkeypatch):
    given, give = [], Helper.give
    monkeypatch.setattr(Helper, "give", lambda self, keys: (given.extend(keys), give(self, keys)))
    start()
    assert written() == expected
    assert len(expected[0]) == ARTICLES
    assert 0 < len(given) == len(set(given)) < ARTICLES  # the rest was done here
    assert not multiprocessing.active_children()


def test_it_begins_while_pages_are_made(start, monkeypatch):
    begun = []
    monkeypatch.setattr(Helper, "give", lambda self, keys: begun.append(NewsPage.objects.count()))
    start()
    assert begun[0] < ARTICLES


def test_nobody_waits_while_posts_are_converted(start, monkeypatch):
    """On SQLite an open transaction of one keeps all others from writing."""
    new, is_open = importer.Maker.new, set()

    def converted(self, *args):
        is_open.add(connection.in_atomic_block)
        return new(self, *args)

    monkeypatch.setattr(importer.Maker, "new", converted)
    start()
    assert is_open == {False}


def test_what_can_not_be_seen_from_outside_is_done_alone(start):
    with transaction.atomic():
        assert not Helper.can_be()
    assert Helper.can_be()


def test_one_processor_is_not_shared(monkeypatch):
    monkeypatch.setattr(module, "number_of_processors", lambda: 1)
    assert not Helper.can_be()


def elsewhere(action):
    """Return what does ``action`` in the second process, and its own work in this one."""
    here, real = os.getpid(), indexing.update_documents
    return lambda *pages: action() if os.getpid() != here else real(*pages)


def refuse():
    raise OperationalError("disk is full")


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(("action", "text"), [(refuse, "disk is full"), (kill, "--processes 1")])
def test_what_ends_it_is_a_sentence_and_the_next_run_goes_on(
    expected, start, monkeypatch, action, text
):
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "update_documents", elsewhere(action))
        with pytest.raises(CommandError, match=text):
            start()
    assert not multiprocessing.active_children()
    assert NewsPage.objects.exists() and written() != expected
    start()
    assert written() == expected


def test_ctrl_c_ends_both(start, monkeypatch):
    here, real = os.getpid(), indexing.update_documents

    def update_documents(*pages):
        if os.getpid() == here:
            raise KeyboardInterrupt
        real(*pages)

    monkeypatch.setattr(indexing, "update_documents", update_documents)
    with pytest.raises(CommandError) as ended:
        start()
    assert ended.value.returncode == 130
    assert not multiprocessing.active_children()


def test_it_ends_with_a_process_that_is_killed(tmp_path):
    pipe, other_end = multiprocessing.Pipe()
    owner = multiprocessing.get_context("fork").Process(target=_own_a_helper, args=[other_end])
    owner.start()
    helper = pipe.recv()
    assert Path(f"/proc/{helper}").exists()
    owner.kill()
    owner.join()
    wait_until(lambda: not _is_running(helper))


def _own_a_helper(pipe):
    connection.connection = None  # it is the parent's
    with closing(Helper(_own_number, sys.getrecursionlimit)) as helper:
        helper.give([])
        pipe.send(next(helper.done(until_all=True)))
        signal.pause()


def _own_number(keys) -> int:
    return os.getpid()


def _is_running(process) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
