"""The workers' signs of life."""

import datetime

from django.db import models
from django.utils import timezone

BEAT = datetime.timedelta(seconds=5)  # between two signs of a worker
# Without a sign for so long a worker counts as gone: many beats, so that a slow database or a
# busy machine is not taken for a dead process.
SILENCE = datetime.timedelta(seconds=45)


class HeartbeatQuerySet(models.QuerySet):
    def alive(self):
        return self.filter(seen_at__gt=timezone.now() - SILENCE)

    def beat(self, key: str, **values):
        """Write down that a worker lives, and forget those that have been gone for a day."""
        now = timezone.now()
        if not self.filter(key=key).update(seen_at=now):
            self.create(key=key, seen_at=now, **values)
        self.filter(seen_at__lt=now - datetime.timedelta(days=1)).delete()

    def newest(self):
        """Return the worker that showed a sign last, alive or not, or None."""
        return self.order_by("-seen_at").first()


class Heartbeat(models.Model):
    """A worker process that runs, or ran until it ended or was killed."""

    key = models.CharField(max_length=32, primary_key=True)
    machine = models.CharField(max_length=255)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(db_index=True)

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self):
        return f"{self.machine} {self.key}"
