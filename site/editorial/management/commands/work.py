"""Do what is due, again and again: the worker that runs beside the web server."""

import os
import select
import signal

from django.core.management.base import BaseCommand

from editorial.worker import Worker


class Command(BaseCommand):
    help = (
        "Publishes and unpublishes what editors have scheduled, does the tasks that wait in the "
        "queue, reads the playlist and deletes what is past its time. SIGTERM or SIGINT (Ctrl-C) "
        "ends it: it finishes what it does."
    )

    requires_system_checks = []  # the server beside it makes them

    def handle(self, **options):
        stopped = self.catch_signals()
        worker = Worker()
        worker.start()
        select.select([stopped], [], [])
        worker.stop()

    def catch_signals(self):
        """Return a file descriptor that can be read once the process was told to stop."""
        reader, writer = os.pipe()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: os.write(writer, b"."))
        return reader
