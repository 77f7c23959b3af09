"""What the app itself shows on the page “System state”: worker, queue and disk."""

import datetime
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from . import queue
from .models import Heartbeat
from .state import Entry, Group, Level, State

LONG_WAIT = datetime.timedelta(minutes=15)
SCARCE, VERY_SCARCE = 0.1, 0.03  # of the disk that is free


def own_entries() -> list[Entry]:
    entries = [
        Entry("worker", _("Worker"), Group.WORK, worker, order=10),
        Entry("queue", _("Queue"), Group.WORK, waiting_tasks, order=20),
        Entry("failed", _("Failed tasks"), Group.WORK, failed_tasks, order=30),
    ]
    if isinstance(default_storage, FileSystemStorage):
        entries.append(Entry("disk", _("Disk space"), Group.SAFETY, disk, order=20))
    return entries


def worker() -> State:
    newest = Heartbeat.objects.newest()
    hint = gettext(
        "Until it runs, nothing that is scheduled goes live, and pictures and attachments wait. "
        "Tell whoever runs the server."
    )
    if newest is None:
        return State(gettext("It has never run."), Level.SERIOUS, hint=hint)
    alive = Heartbeat.objects.alive().count()
    if not alive:
        return State(gettext("It shows no sign of life."), Level.SERIOUS, newest.seen_at, hint)
    text = ngettext("%(count)s is running.", "%(count)s are running.", alive) % {"count": alive}
    return State(text, at=newest.seen_at)


def waiting_tasks() -> State:
    if not queue.in_use():
        return State(gettext("There is none: what is to be done is done while saving."))
    count = queue.waiting().count()
    if not count:
        return State(gettext("Nothing waits."))
    text = ngettext("%(count)s task waits.", "%(count)s tasks wait.", count) % {"count": count}
    oldest = queue.oldest_due()
    if oldest and timezone.now() - oldest > LONG_WAIT:
        hint = gettext("The oldest has waited for long: the worker does not keep up, or is down.")
        return State(text, Level.WARNING, oldest, hint)
    return State(text, at=oldest)


def failed_tasks() -> State:
    count = queue.failed().count()
    if not count:
        return State(gettext("None."))
    text = ngettext("%(count)s task failed.", "%(count)s tasks failed.", count) % {"count": count}
    newest = queue.failed().values_list("finished_at", flat=True).first()
    url = reverse("sight:index") + "#failed-section"
    hint = gettext("See below what went wrong, and try it again once the cause is mended.")
    return State(text, Level.WARNING, newest, hint, url)


def disk() -> State:
    """Return how much room there is for uploads."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():  # until the first upload
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    text = gettext("%(free)s of %(total)s are free.") % {
        "free": filesizeformat(usage.free),
        "total": filesizeformat(usage.total),
    }
    share = usage.free / usage.total
    if share > SCARCE:
        return State(text)
    hint = gettext(
        "When the disk is full, nothing can be saved or uploaded. Tell whoever runs the server."
    )
    return State(text, Level.SERIOUS if share < VERY_SCARCE else Level.WARNING, hint=hint)
