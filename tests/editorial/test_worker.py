"""The worker: a process of its own beside the web server, which nothing throws off for long."""

import datetime
import signal
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from editorial.models import Job
from editorial.worker import JOBS, PeriodicJob, Worker, sync_playlist
from home.models import SiteSettings
from news.models import NewsPage
from search.models import SearchDocument
from tests.factories import NewsIndexPageFactory, NewsPageFactory
from tests.processes import PATIENCE, wait_until, workers

ROOT = Path(__file__).resolve().parents[2]
SECOND = datetime.timedelta(seconds=1)
HOUR = datetime.timedelta(hours=1)
committed = pytest.mark.django_db(transaction=True)  # other connections see what a test makes


@pytest.fixture
def start_worker(tmp_path, db):
    """Start `manage.py work` on the test's database; it is gone after the test."""
    with workers(TMPDIR=str(tmp_path)) as start:
        yield start


def schedule(home, count):
    """Make articles that should be live since a minute."""
    news = NewsIndexPageFactory(parent=home)
    past = timezone.now() - 60 * SECOND
    for number in range(count):
        page = NewsPageFactory(parent=news, title=f"Ziņa {number}", live=False, go_live_at=past)
        page.save_revision(approved_go_live_at=past)


def published():
    return NewsPage.objects.filter(live=True)


@committed
def test_a_worker_publishes_and_ends_when_it_is_told_to(start_worker, home_lv):
    schedule(home_lv, 2)
    for number in (signal.SIGTERM, signal.SIGINT):
        NewsPage.objects.update(live=False)
        Job.objects.all().delete()
        worker = start_worker()
        wait_until(lambda: Job.objects.count() == len(JOBS))
        worker.send_signal(number)
        _output, errors = worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0, errors
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


@committed
def test_a_worker_that_is_told_to_stop_finishes_the_page_it_publishes(start_worker, home_lv):
    schedule(home_lv, 10)
    worker = start_worker()
    wait_until(lambda: published().exists())
    worker.terminate()
    worker.wait(PATIENCE)
    assert everything_is_whole()


@committed
def test_a_killed_worker_leaves_nothing_half_done_and_the_next_goes_on(start_worker, home_lv):
    schedule(home_lv, 12)
    for left in (10, 6):  # killed twice, at whatever it was doing then
        Job.objects.all().delete()  # an interval later
        worker = start_worker()
        wait_until(lambda left=left: published().count() >= 12 - left)
        worker.kill()
        worker.wait()
        assert everything_is_whole()
    Job.objects.all().delete()
    start_worker()
    wait_until(lambda: published().count() == 12)
    wait_until(everything_is_whole)


def everything_is_whole():
    """Whether each article is live with all that belongs to it, once, or waits untouched."""
    for page in NewsPage.objects.all():
        waits = page.revisions.exclude(approved_go_live_at=None).exists()
        entries = PageLogEntry.objects.filter(page=page, action="wagtail.publish.scheduled")
        found = SearchDocument.objects.filter(page=page)
        signs = [not waits, entries.count() == 1, found.count() == 1, bool(page.live_revision)]
        if {page.live} != set(signs):
            return False
    return True


@committed
def test_of_many_workers_one_runs_a_job_in_an_interval():
    together = threading.Barrier(5)
    runs = []

    def work():
        together.wait()
        PeriodicJob("once", HOUR, lambda: runs.append(1)).run_if_due()
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert runs == [1]


@pytest.mark.django_db
def test_a_job_runs_again_when_its_interval_is_over():
    runs = []
    job = PeriodicJob("hourly", HOUR, lambda: runs.append(1))
    job.run_if_due()
    job.run_if_due()
    assert runs == [1]
    Job.objects.update(started_at=timezone.now() - HOUR)
    job.run_if_due()
    assert runs == [1, 1]


@committed
def test_a_job_that_fails_stops_neither_itself_nor_the_others(caplog):
    done = threading.Event()
    tries = []

    def fail():
        tries.append(1)
        raise (RuntimeError("broken") if len(tries) == 1 else CommandError("No network."))

    def succeed():
        if len(tries) > 1:
            done.set()

    often = SECOND / 20
    worker = Worker([PeriodicJob("fails", often, fail), PeriodicJob("works", often, succeed)])
    worker.start()
    assert done.wait(PATIENCE)
    worker.stop()
    said = [(record.levelname, bool(record.exc_info)) for record in caplog.records]
    assert said[:2] == [("ERROR", True), ("WARNING", False)]  # a sentence needs no traceback


@pytest.mark.postgresql
@committed
def test_a_worker_survives_a_restart_of_the_database(caplog):
    runs = []
    lost = threading.Event()

    def query_through_the_restart():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            runs.append(cursor.fetchone()[0])
            if len(runs) == 1:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        lost.set()

    worker = Worker([PeriodicJob("query", SECOND / 20, query_through_the_restart)])
    worker.start()
    assert lost.wait(PATIENCE)
    worker.stop()
    assert "query failed" in caplog.text and runs[1] != runs[0]


@pytest.mark.django_db
def test_a_site_without_a_playlist_asks_nobody_for_recordings(home_lv, settings):
    settings.PLAYLIST_FEED_URL = "http://127.0.0.1:1/{playlist_id}"  # nobody listens there
    sync_playlist()
    site_settings = SiteSettings.for_site(home_lv.get_site())
    site_settings.playlist_id = "PL1234567890"
    site_settings.save()
    with pytest.raises(CommandError):
        sync_playlist()


@pytest.mark.django_db
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_runs_on_an_empty_site_without_a_complaint(job, caplog, capsys):
    job.run_if_due()
    assert caplog.records == [] and capsys.readouterr().out == ""
