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


class Job(models.Model):
    """When a job of the worker was started last, by whichever worker."""

    name = models.CharField(max_length=50, primary_key=True)
    started_at = models.DateTimeField()

    objects = JobQuerySet.as_manager()

    def __str__(self):
        return self.name
