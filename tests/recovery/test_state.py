"""What editors read of backups on the page “System state”."""

import datetime

import pytest
from django.utils import timezone, translation

from recovery.models import BackupRun
from recovery.state import backup
from sight.state import Level

pytestmark = [pytest.mark.once, pytest.mark.django_db]
HOURS = datetime.timedelta(hours=1)


def run(outcome, ago, **fields):
    moment = timezone.now() - ago
    run = BackupRun.objects.create(outcome=outcome, finished_at=moment, **fields)
    BackupRun.objects.filter(pk=run.pk).update(started_at=moment)


@pytest.mark.parametrize(
    ("runs", "level", "text"),
    [
        ([], Level.WARNING, "There is none yet."),
        ([("succeeded", 5, True)], Level.OK, "It succeeded."),
        ([("succeeded", 5, False)], Level.NOTE, "It succeeded. It is not encrypted."),
        ([("succeeded", 40, True)], Level.WARNING, "It is more than a day old."),
        ([("succeeded", 30, True), ("failed", 5, True)], Level.SERIOUS, "The last one failed."),
        ([("failed", 30, True), ("succeeded", 5, True)], Level.OK, "It succeeded."),
        ([("succeeded", 5, True), ("running", 0, True)], Level.OK, "It succeeded."),
    ],
)
def test_the_last_backup_is_told_in_a_sentence(runs, level, text):
    for outcome, hours, is_encrypted in runs:
        run(outcome, hours * HOURS, is_encrypted=is_encrypted)
    with translation.override("en"):
        state = backup()
    assert (state.level, state.text) == (level, text)
