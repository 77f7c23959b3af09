"""A run as the admin shows it: kept from its beginning on, so that whatever ends it is told."""

import logging
import time

from django.db import DatabaseError, transaction
from django.utils import timezone

from .models import ImportRun

logger = logging.getLogger(__name__)

SECONDS = 60  # after which a run writes down again what it has to tell


class Record:
    """The row of one run; ``report`` is what it tells (see ``report``).

    Raises DatabaseError when it can't begin. Later ones are only logged: what the run does meets
    them too.
    """

    def __init__(self, report, is_dry, options):
        self._report = report
        self._run = ImportRun.objects.create(is_dry=is_dry, options=options)
        self._written_at = time.monotonic()

    def keep(self, source):
        """Write now and then how far it has come: a run that is killed says no more."""
        # What is tried out stands in one transaction, which would take this back too.
        if not self._run.is_dry and time.monotonic() - self._written_at > SECONDS:
            self._write(source)

    def end(self, source):
        self._run.ended_at = timezone.now()
        self._write(source)

    def _write(self, source):
        self._run.source, self._run.report = source, self._report.as_json()
        self._written_at = time.monotonic()
        try:
            with transaction.atomic():
                self._run.save()
        except DatabaseError:
            logger.exception("The report of the run could not be kept")
