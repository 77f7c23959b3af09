"""The queue of tasks: what is accepted is done, whatever happens to who does it."""

import importlib
import signal
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.images.models import Rendition
from wagtail_factories import ImageFactory

from config import tasks
from sight import queue
from sight.models import Heartbeat
from tests.factories import NewsIndexPageFactory, NewsPageFactory
from tests.processes import PATIENCE, wait_until, workers

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE))  # as the worker's: both know the tasks by one name
work = importlib.import_module("queued_work")
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _in_the_database(settings):
    settings.TASKS = tasks.configuration("database")


@pytest.fixture
def start_worker(tmp_path, transactional_db):
    """Start `manage.py work` on the test's database; it is gone after the test."""
    environment = {
        "TASKS_BACKEND": "database",
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": str(HERE),
        "LOG_LEVEL": "INFO",
        "LOG_FORMAT": "json",
    }
    with workers(**environment) as start:
        yield start


def statuses():
    """The statuses of all tasks but those that the site's own jobs put there meanwhile."""
    rows = DBTaskResult.objects.order_by("enqueued_at")
    return [row.status for row in rows if row.args_kwargs["args"][:1] != ["home.SiteSettings"]]


@committed
def test_the_task_of_a_killed_worker_is_taken_up_and_a_stopped_one_ends_it(start_worker, tmp_path):
    began = tmp_path / "began"
    began.touch()
    work.wait.enqueue(str(tmp_path))
    killed = start_worker()
    wait_until(began.read_text)  # it is written: a file that is there may be empty still
    killed.kill()
    killed.wait()
    assert statuses() == ["RUNNING"]
    dead = Heartbeat.objects.get().key
    other = start_worker()

    def is_begun_anew():
        # A minute later; again and again, as PostgreSQL may still carry out its last statement.
        Heartbeat.objects.filter(key=dead).update(seen_at="2020-01-01T00:00Z")
        return began.read_text().count("began") == 2

    wait_until(is_begun_anew)
    other.send_signal(signal.SIGTERM)
    (tmp_path / "go").touch()
    _output, log = other.communicate(timeout=PATIENCE)
    assert other.returncode == 0, log
    assert statuses() == ["SUCCESSFUL"] and (tmp_path / "ended").exists()
    assert "The worker of a task was lost" in log
    row = DBTaskResult.objects.get(task_path="queued_work.wait")
    assert f'"task_id": "{row.pk}"' in log and '"task": "queued_work.wait"' in log


@committed
def test_of_many_workers_each_task_meets_one(tmp_path):
    count = 12
    for number in range(count):
        work.note.enqueue(str(tmp_path / "notes"), str(number))
    together = threading.Barrier(3)

    def run():
        worker = queue.QueueWorker()
        together.wait()
        while worker.run_next():
            pass
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    notes = (tmp_path / "notes").read_text().split()
    assert sorted(notes, key=int) == [str(number) for number in range(count)]
    assert set(statuses()) == {"SUCCESSFUL"}


@committed
def test_what_is_not_saved_leaves_no_task_behind(home_lv):
    try:
        with transaction.atomic():
            NewsIndexPageFactory(parent=home_lv).save_revision().publish()
            raise RuntimeError
    except RuntimeError:
        pass
    assert statuses() == []


@pytest.mark.django_db
def test_publishing_waits_for_no_picture(home_lv, django_capture_on_commit_callbacks):
    news = NewsIndexPageFactory(parent=home_lv)
    page = NewsPageFactory(parent=news, image=ImageFactory(), live=False)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert not Rendition.objects.exists()
    tasks_waiting = DBTaskResult.objects.filter(task_path="home.tasks.draw_pictures")
    assert tasks_waiting.exists()
    worker = queue.QueueWorker()
    while worker.run_next():
        pass
    assert set(statuses()) == {"SUCCESSFUL"}
    drawn = Rendition.objects.count()
    assert drawn
    queue_again(tasks_waiting)
    assert worker.run_next()
    assert Rendition.objects.count() == drawn  # done twice, it is as done once


def queue_again(rows):
    rows.update(status="READY", worker_ids=[])


def let_time_pass():
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


@pytest.mark.django_db
def test_what_fails_is_tried_three_times_and_then_kept_with_its_error(tmp_path, caplog):
    work.fail.enqueue(str(tmp_path / "room"))
    worker = queue.QueueWorker()
    for _ in range(queue.MOST_ATTEMPTS - 1):
        assert worker.run_next()
        assert statuses() == ["READY"]
        assert not worker.run_next()  # not at once
        let_time_pass()
    assert worker.run_next()
    (row,) = queue.failed()
    assert row.exception_class_path == "builtins.OSError"
    assert "No space left on device" in row.traceback
    levels = [record.levelname for record in caplog.records if record.exc_info]
    assert levels == ["WARNING", "WARNING", "ERROR"]
    assert not worker.run_next()

    (tmp_path / "room").touch()
    assert queue.try_again(queue.failed()) == 1
    assert worker.run_next()
    assert statuses() == ["SUCCESSFUL"]


@pytest.mark.postgresql
@committed
def test_a_restart_of_the_database_loses_no_task():
    work.lose_the_database.enqueue()
    worker = queue.QueueWorker()
    worker.beat()
    assert worker.run_next()
    assert statuses() == ["READY"]  # noted as soon as the database was back


@pytest.mark.django_db
def test_what_could_not_be_noted_when_it_ended_is_done_again(tmp_path):
    work.note.enqueue(str(tmp_path / "notes"), "done")
    worker = queue.QueueWorker()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[worker.key])
    worker.current = DBTaskResult.objects.get().pk
    worker.beat()
    assert statuses() == ["RUNNING"]
    worker.current = None
    worker.beat()
    assert worker.run_next()
    assert statuses() == ["SUCCESSFUL"]


@pytest.mark.django_db
def test_a_task_that_kills_its_worker_every_time_is_given_up(tmp_path):
    work.note.enqueue(str(tmp_path / "notes"), "done")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a", "b", "c"])
    worker = queue.QueueWorker()
    worker.beat()
    (row,) = queue.failed()
    assert row.exception_class_path == queue.LOST
    assert not worker.run_next()


@pytest.mark.django_db
def test_a_task_that_this_version_does_not_know_fails_alone(tmp_path):
    work.note.enqueue(str(tmp_path / "notes"), "done")
    DBTaskResult.objects.update(task_path="gone.tasks.nothing")
    work.note.enqueue(str(tmp_path / "notes"), "done")
    worker = queue.QueueWorker()
    for _ in range(queue.MOST_ATTEMPTS + 1):
        worker.run_next()
        let_time_pass()
    assert sorted(statuses()) == ["FAILED", "SUCCESSFUL"]


@pytest.mark.django_db
def test_the_task_of_a_living_worker_is_left_alone(tmp_path):
    work.note.enqueue(str(tmp_path / "notes"), "done")
    Heartbeat.objects.beat("a", machine="elsewhere")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a"])
    queue.QueueWorker().beat()
    assert statuses() == ["RUNNING"]


@pytest.mark.django_db
def test_looking_into_the_queue_costs_one_query_and_no_lock(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not queue.QueueWorker().run_next()


@pytest.mark.once
def test_an_unknown_backend_stops_the_start_with_a_sentence():
    with pytest.raises(ImproperlyConfigured, match="TASKS_BACKEND is “redis”"):
        tasks.configuration("redis")
