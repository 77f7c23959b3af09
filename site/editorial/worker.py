"""The worker: one process that does what is due and what waits, besides the web server.

Each job has a thread, so that a slow host of recordings does not hold up an article; so has the
queue of tasks (see ``sight.queue``), and the sign of life, which nothing must hold up. Several
workers may run: the database lets one of them through in an interval (see ``JobQuerySet.claim``).
"""

import datetime
import io
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import CommandError, call_command
from django.db import connections
from wagtail.models import Site

from home.models import SiteSettings
from pagecache.cdn import purge_ordered
from pagecache.changes import fold
from sight import activity, queue
from sight.models import BEAT

from .models import Job
from .schedule import publish_due

logger = logging.getLogger(__name__)

LONGEST_PAUSE = datetime.timedelta(minutes=1)
QUEUE_PAUSE = 1  # seconds between two looks into an empty queue


@dataclass(frozen=True)
class PeriodicJob:
    """A function without arguments, and how much time lies between two runs of it."""

    name: str
    interval: datetime.timedelta
    run: Callable[[], object]

    def run_if_due(self):
        """Run it when its interval is over; an error goes to the log, and the next run comes."""
        try:
            if Job.objects.claim(self.name, self.interval):
                self._run()
        except Exception:
            logger.exception("%s failed; it will be tried again.", self.name)

    def _run(self):
        try:
            self.run()
        except CommandError as error:  # a sentence: the playlist can't be reached
            logger.warning("%s: %s", self.name, error)
            Job.objects.record(self.name, str(error))
        except Exception as error:
            logger.exception("%s failed; it will be tried again.", self.name)
            Job.objects.record(self.name, repr(error))
        else:
            Job.objects.record(self.name)


def sync_playlist():
    """Look for new recordings, if the site has a playlist."""
    site = Site.objects.filter(is_default_site=True).first()
    if site and SiteSettings.for_site(site).playlist_id:
        command("sync_playlist")()


def command(name):
    """Return a function that runs a management command and leaves out what it says."""
    return lambda: call_command(name, verbosity=0, stdout=io.StringIO())


JOBS = [
    PeriodicJob("publish", datetime.timedelta(seconds=20), publish_due),
    PeriodicJob("purge_cdn", datetime.timedelta(seconds=3), purge_ordered),
    PeriodicJob("fold_changes", datetime.timedelta(minutes=10), fold),
    PeriodicJob("sync_playlist", datetime.timedelta(hours=1), sync_playlist),
    PeriodicJob("check_content", datetime.timedelta(days=7), command("check_content")),
    PeriodicJob("purge", datetime.timedelta(days=1), command("purge_personal_data")),
    PeriodicJob("mend", datetime.timedelta(days=1), command("mend")),
]


class Worker:
    """Runs jobs when they are due, and tasks of the queue, until it is told to stop."""

    def __init__(self, jobs=JOBS):
        self.stopping = threading.Event()
        self.stopped = threading.Event()
        self.queue = queue.QueueWorker()
        self.threads = [threading.Thread(target=self._repeat, args=[job]) for job in jobs]
        if queue.in_use():
            self.threads.append(threading.Thread(target=self._work_off))
        self.heart = threading.Thread(target=self._beat)
        self.failing = set()

    def start(self):
        self.heart.start()
        for thread in self.threads:
            thread.start()

    def stop(self):
        """Start nothing new, and return when what runs now is finished."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        self.stopped.set()
        self.heart.join()

    def _repeat(self, job):
        pause = min(job.interval, LONGEST_PAUSE).total_seconds()
        while not self.stopping.is_set():
            with activity.of(job=job.name):
                job.run_if_due()
            connections.close_all()  # the next run survives a restart of the database
            self.stopping.wait(pause)

    def _work_off(self):
        while not self.stopping.is_set():
            if not self._try(self.queue.run_next):
                self.stopping.wait(QUEUE_PAUSE)

    def _beat(self):
        while not self.stopped.is_set():
            self._try(self.queue.beat)
            self.stopped.wait(BEAT.total_seconds())

    def _try(self, function):
        """Return what the function returns.

        An error goes to the log (once, until it works again), and its connection away.
        """
        try:
            result = function()
        except Exception:
            if function.__name__ not in self.failing:
                logger.exception("%s failed; it will be tried again.", function.__name__)
            self.failing.add(function.__name__)
            connections.close_all()
            return None
        self.failing.discard(function.__name__)
        return result
