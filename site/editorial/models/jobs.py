"""The periodic jobs of the worker: when each ran last."""

from django.db import models
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
        """Keep what became of the run that has just ended: done, or a sentence on what went wrong.

        How long an error lasts is seen from the last time that it was done.
        """
        done = {} if error else {"done_at": timezone.now()}
        self.filter(name=name).update(error=error, **done)


class Job(models.Model):
    """When a job of the worker was started last, by whichever worker, and what became of it."""

    name = models.CharField(max_length=50, primary_key=True)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)  # the last run that went well
    error = models.TextField(blank=True)  # of the last run

    objects = JobQuerySet.as_manager()

    def __str__(self):
        return self.name
