"""The periodic jobs of the worker: when each ran last."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone


class JobQuerySet(models.QuerySet):
    def claim(self, name: str, interval) -> bool:
        """Return whether the caller is the one who has to run the job now.

        ``interval`` is a timedelta. Among all that ask, in any number of processes, the database
        lets one through in an interval.
        """
        now = timezone.now()
        if self.filter(name=name, started_at__lte=now - interval).update(started_at=now):
            return True
        _job, created = self.get_or_create(name=name, defaults={"started_at": now})
        return created

    def record(self, name: str, error: str = ""):
        """Keep what became of the run that has just ended: done, or what went wrong."""
        now = timezone.now()
        if error:
            self.filter(name=name).update(error=error, failing_since=Coalesce("failing_since", now))
        else:
            self.filter(name=name).update(error="", failing_since=None, done_at=now)


class Job(models.Model):
    """When a job of the worker was started last, by whichever worker, and what became of it."""

    name = models.CharField(max_length=50, primary_key=True)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)  # the last run that went well
    error = models.TextField(blank=True)  # of the last run
    failing_since = models.DateTimeField(null=True)  # the first run of those that went wrong

    objects = JobQuerySet.as_manager()

    def __str__(self):
        return self.name
