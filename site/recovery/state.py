"""What backups show on the page “System state”."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sight.state import Entry, Group, Level, State

from .models import BackupRun

LATE = datetime.timedelta(hours=36)  # one is made each night


def entries() -> list[Entry]:
    return [Entry("backup", _("Last backup"), Group.SAFETY, backup, order=10)]


def backup() -> State:
    """Return when the last archive was made, and whether that is well."""
    good, last = BackupRun.objects.last_good(), BackupRun.objects.last_backup()
    at = good and good.finished_at
    hint = gettext("Tell whoever runs the server.")
    if last and last != good:
        return State(gettext("The last one failed."), Level.SERIOUS, at, hint, detail=last.message)
    if good is None:
        needed = Level.NOTE if settings.DEBUG else Level.WARNING  # none on a developer's machine
        return State(gettext("There is none yet."), needed, hint=hint)
    if timezone.now() - at > LATE:
        return State(gettext("It is more than a day old."), Level.WARNING, at, hint)
    if not good.is_encrypted:
        return State(gettext("It succeeded. It is not encrypted."), Level.NOTE, at)
    return State(gettext("It succeeded."), at=at)
