"""When backups were made, and what came of each."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BackupRunQuerySet(models.QuerySet):
    def last_backup(self):
        """Return the last run that has ended, or None."""
        return self.exclude(outcome=BackupRun.Outcome.RUNNING).order_by("-started_at").first()

    def last_good(self):
        """Return the last run that has made an archive, or None."""
        good = self.filter(outcome=BackupRun.Outcome.SUCCEEDED)
        return good.order_by("-started_at").first()


class BackupRun(models.Model):
    """One call of `manage.py backup`."""

    class Outcome(models.TextChoices):
        RUNNING = "running", pgettext_lazy("backup", "Running")
        SUCCEEDED = "succeeded", pgettext_lazy("backup", "Succeeded")
        FAILED = "failed", pgettext_lazy("backup", "Failed")
        INTERRUPTED = "interrupted", pgettext_lazy("backup", "Interrupted")

    KEPT = 400  # a year of daily ones, and some by hand

    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.RUNNING)
    archive = models.CharField(max_length=255, blank=True)  # the name of the file
    size = models.PositiveBigIntegerField(null=True)  # bytes
    is_encrypted = models.BooleanField(default=False)
    message = models.TextField(blank=True)  # why it failed, in English

    objects = BackupRunQuerySet.as_manager()

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.outcome}"
