"""The queue of background tasks in the database: who runs what, and what becomes of failures.

The rows are django-tasks-db's. Its own worker is not used: it ends when the database restarts,
takes up no task of a killed process, tries nothing twice, and would be a second process to run.

A task may run twice (its worker was killed before it could say that it was done): tasks are
written so that this does no harm.
"""

import datetime
import logging
import socket
import uuid

from django.conf import settings
from django.db import connection
from django.db.models import Case, F, When
from django.utils import timezone
from django_tasks import TaskResultStatus, task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from . import activity
from .models import Heartbeat

logger = logging.getLogger(__name__)

# How long to wait before each further try of what failed; after the last it stays failed.
PAUSES = (datetime.timedelta(minutes=1), datetime.timedelta(minutes=15))
MOST_ATTEMPTS = len(PAUSES) + 1
LOST = "sight.queue.WorkerLost"  # stands where the class of an exception does


def in_use() -> bool:
    """Return whether tasks wait in the database; else they run within the request."""
    return isinstance(task_backends["default"], DatabaseBackend)


def waiting():
    """Return the tasks that wait for a worker, those that wait for their next try as well."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


def oldest_due():
    """Return since when the task has been due that waits longest, or None where none is due."""
    at_once = When(run_after=get_date_max(), then=F("enqueued_at"))
    due = DBTaskResult.objects.ready().annotate(due_at=Case(at_once, default=F("run_after")))
    return due.order_by("due_at").values_list("due_at", flat=True).first()


def failed():
    """Return the tasks that nobody will try again unless a person says so, the newest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at", "pk")


def failed_with_key(key: str):
    """Return the failed task with that key; nothing where it is none, whatever the text."""
    try:
        return failed().filter(pk=uuid.UUID(key))
    except ValueError:
        return failed().none()


def try_again(tasks) -> int:
    """Put failed tasks back into the queue, with all their tries before them; return how many."""
    return tasks.filter(status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, worker_ids=[], run_after=timezone.now(), finished_at=None
    )


def purge() -> int:
    """Delete what was finished ``TASK_DAYS`` ago, well or not; return how much."""
    past = timezone.now() - datetime.timedelta(days=settings.TASK_DAYS)
    return DBTaskResult.objects.finished().filter(finished_at__lt=past).delete()[0]


class QueueWorker:
    """Takes tasks out of the queue, one after the other. ``key`` names it among all workers."""

    def __init__(self):
        self.key = uuid.uuid4().hex
        self.machine = socket.gethostname()
        self.current = None  # the key of the task that it runs

    def beat(self):
        """Give a sign of life, and take up what others left when they died."""
        Heartbeat.objects.beat(self.key, machine=self.machine)
        if in_use():
            self._take_up()

    def run_next(self) -> bool:
        """Run the task that is due first; return whether there was one."""
        while row := DBTaskResult.objects.ready().first():
            self.current = row.pk  # before it is claimed: see _take_up
            try:
                if self._claim(row):
                    with activity.of(task=row.task_path, task_id=str(row.pk)):
                        self._run(row)
                    return True
            finally:
                self.current = None
        return False

    def _claim(self, row) -> bool:
        """Return whether the task is ours: of all workers that ask, the database lets one have it.

        One statement, so that a reader of the queue never waits for a lock.
        """
        worker_ids = [*row.worker_ids, self.key]
        claimed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=worker_ids
        )
        row.worker_ids = worker_ids
        return bool(claimed)

    def _run(self, row):
        logger.info("A task begins.")
        try:
            result = row.task_result
            row.set_successful(row.task.call(*result.args, **result.kwargs))
        except Exception as error:
            _close_if_broken()  # the error may be that the database was restarted
            row.set_failed(error)
            self._put_back(row, exc_info=True)
        else:
            logger.info("A task is done.")

    def _put_back(self, row, exc_info=False):
        """Let a failed task be tried again, unless it has had all its tries."""
        attempts = len(row.worker_ids)
        if attempts >= MOST_ATTEMPTS:
            logger.error("A task failed for good.", exc_info=exc_info)
            return
        pause = PAUSES[attempts - 1]
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=TaskResultStatus.READY, run_after=timezone.now() + pause, finished_at=None
        )
        logger.warning("A task failed; next try in %s.", pause, exc_info=exc_info)

    def _take_up(self):
        """Put back the tasks of workers without a sign of life.

        Those of its own too that it runs no more: the database was away when they ended.
        """
        alive = set(Heartbeat.objects.alive().values_list("key", flat=True)) - {self.key}
        running = DBTaskResult.objects.running()
        for row in running:
            if row.pk == self.current or row.worker_ids[-1] in alive:
                continue
            left = running.filter(pk=row.pk, worker_ids=row.worker_ids)
            is_last = len(row.worker_ids) >= MOST_ATTEMPTS
            status = TaskResultStatus.FAILED if is_last else TaskResultStatus.READY
            taken = left.update(
                status=status,
                run_after=timezone.now(),
                finished_at=timezone.now() if is_last else None,
                exception_class_path=LOST,
                traceback="",
            )
            if taken:
                with activity.of(task=row.task_path, task_id=str(row.pk)):
                    logger.warning("The worker of a task was lost; the task is %s.", status)


def _close_if_broken():
    """Let the next query open a new connection where this one is of no use any more."""
    if connection.connection and not connection.in_atomic_block and not connection.is_usable():
        connection.close()
