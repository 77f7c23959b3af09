"""Whether this process can serve: checks of what it stands on, each within bounded time.

django-health-check was looked at: it answers 500 without telling what is needed from what is not,
bounds no check in time, shows error messages to everybody and wants a DNS library.
"""

import contextlib
import functools
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from .models import Heartbeat

SECONDS = 2  # that a probe waits, for all checks together
FRESH_SECONDS = 1  # that an answer holds: however many ask, the database is asked once
PROBE = b"Written to see whether the storage takes files; deleted at once.\n" * 64
PROBE_NAME = "probe.txt"


class Unwell(Exception):
    """What a check found wrong, in a sentence for the operator."""


class Check:
    """Something to look at, in a thread of its own: one that hangs is waited for only once.

    ``run`` raises when something is wrong. Without what is ``needed`` the process should get no
    requests; without the rest it still serves visitors. ``lasts``: once well, it stays so.
    """

    def __init__(self, name: str, run: Callable, needed=False, lasts=False):
        self.name = name
        self.needed = needed
        self._run = run
        self._lasts = lasts
        self._lock = threading.Lock()
        self._thread = None
        self._finished_at = None
        self._result = {}

    def start(self):
        """Begin to look, unless what was seen is fresh or somebody is looking already."""
        with self._lock:
            if self._is_fresh() or self._is_running():
                return
            self._thread = threading.Thread(target=self._look, daemon=True)
            self._thread.start()

    def result(self, seconds: float) -> dict:
        """Return ``state`` (ok, failed or timeout) and details, after ``seconds`` at most."""
        thread = self._thread
        if thread:
            thread.join(max(seconds, 0))
        if self._is_running():
            return {"state": "timeout"}
        return self._result

    def _is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _is_fresh(self) -> bool:
        if self._finished_at is None:
            return False
        if self._lasts and self._result["state"] == "ok":
            return True
        return time.monotonic() - self._finished_at < FRESH_SECONDS

    def _look(self):
        start = time.perf_counter()
        try:
            self._run()
            result = {"state": "ok"}
        except Exception as error:
            result = {"state": "failed", "reason": f"{type(error).__name__}: {error}".strip()}
        with contextlib.suppress(Exception):  # of a database that went away meanwhile
            connections.close_all()
        self._result = result | {"ms": round((time.perf_counter() - start) * 1000, 1)}
        self._finished_at = time.monotonic()


def check_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations():
    """Raise where the code knows a migration that the database has not seen."""
    loader = MigrationLoader(connection)
    missing = set(loader.graph.leaf_nodes()) - set(loader.applied_migrations)
    if missing:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in missing))
        raise Unwell(f"Not applied: {names}. Run manage.py migrate.")


def check_cache():
    value = str(time.time())
    cache.set("sight:probe", value, 60)
    if cache.get("sight:probe") is None:
        raise Unwell("The cache does not keep what it is given.")


def check_storage():
    """Write a file and remove it; on a disk it has no name, so that nobody ever sees it."""
    if isinstance(default_storage, FileSystemStorage):
        folder = Path(default_storage.location)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(PROBE)
    else:
        default_storage.delete(default_storage.save(PROBE_NAME, ContentFile(PROBE)))


def check_worker():
    if not Heartbeat.objects.alive().exists():
        raise Unwell("No worker shows a sign of life. Start manage.py work.")


@functools.cache
def checks() -> tuple[Check, ...]:
    """Return the checks of this process."""
    return (
        Check("database", check_database, needed=True),
        Check("migrations", check_migrations, needed=True, lasts=True),
        Check("cache", check_cache),
        Check("storage", check_storage),
        Check("worker", check_worker),
    )


def report(checks: tuple[Check, ...]) -> dict:
    """Return ``status`` (ready, degraded or not ready) and the result of each check by its name.

    Degraded: something is amiss that no visitor need notice, and that another web server would
    not do better: taking this one out of rotation would only make it worse.
    """
    deadline = time.monotonic() + SECONDS
    for check in checks:
        check.start()
    results = {check.name: check.result(deadline - time.monotonic()) for check in checks}
    amiss = [check for check in checks if results[check.name]["state"] != "ok"]
    status = "degraded" if amiss else "ready"
    if any(check.needed for check in amiss):
        status = "not ready"
    return {"status": status, "checks": results}
