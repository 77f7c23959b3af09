"""The worker: one process that does what is due, besides the web server.

Each job has a thread, so that a slow host of recordings does not hold up an article. Several
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

from .models import Job
from .schedule import publish_due

logger = logging.getLogger(__name__)

LONGEST_PAUSE = datetime.timedelta(minutes=1)


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
                self.run()
        except CommandError as error:  # a sentence: the playlist can't be reached
            logger.warning("%s: %s", self.name, error)
        except Exception:
            logger.exception("%s failed; it will be tried again.", self.name)


def sync_playlist():
    """Look for new recordings, if the site has a playlist."""
    site = Site.objects.filter(is_default_site=True).first()
    if site and SiteSettings.for_site(site).playlist_id:
        command("sync_playlist")()


def command(name):
    """Return a function that runs a management command and leaves out what it says."""
    return lambda: call_command(name, stdout=io.StringIO())


JOBS = [
    PeriodicJob("publish", datetime.timedelta(seconds=20), publish_due),
    PeriodicJob("purge_cdn", datetime.timedelta(seconds=3), purge_ordered),
    PeriodicJob("fold_changes", datetime.timedelta(minutes=10), fold),
    PeriodicJob("sync_playlist", datetime.timedelta(hours=1), sync_playlist),
    PeriodicJob("purge", datetime.timedelta(days=1), command("purge_personal_data")),
]


class Worker:
    """Runs jobs when they are due until it is told to stop."""

    def __init__(self, jobs=JOBS):
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._repeat, args=[job]) for job in jobs]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        """Start nothing new, and return when what runs now is finished."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def _repeat(self, job):
        pause = min(job.interval, LONGEST_PAUSE).total_seconds()
        while not self.stopping.is_set():
            job.run_if_due()
            connections.close_all()  # the next run survives a restart of the database
            self.stopping.wait(pause)
