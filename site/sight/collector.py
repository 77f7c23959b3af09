"""The state of the site as metrics: read from the database when somebody asks."""

import os
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily as Gauge

from . import queue, state
from .health import Check
from .models import Heartbeat

STATUSES = ("READY", "RUNNING", "FAILED")
SECONDS = 2  # that a scrape waits for the database


class StateCollector:
    """What cannot be read in time is left out: an alert for its absence then says so."""

    def collect(self):
        yield from _memory()
        families = []
        check = Check("state", lambda: families.extend(_state()))
        check.start()
        is_read = check.result(SECONDS)["state"] == "ok"
        yield Gauge("site_state_readable", "1 if the database answered.", value=int(is_read))
        if is_read:
            yield from families


def _state():
    tasks = Gauge("site_tasks", "Background tasks by status.", labels=["status"])
    counts = dict(
        DBTaskResult.objects.order_by()
        .filter(status__in=STATUSES)
        .values_list("status")
        .annotate(Count("pk"))
    )
    for status in STATUSES:
        tasks.add_metric([status.lower()], counts.get(status, 0))
    yield tasks
    oldest = queue.oldest_due()
    yield Gauge(
        "site_task_oldest_seconds",
        "How long the task that is due has waited.",
        value=_seconds_since(oldest) if oldest else 0,
    )
    if worker := Heartbeat.objects.newest():
        yield Gauge(
            "site_worker_seen_seconds",
            "Time since a worker's last sign of life.",
            value=_seconds_since(worker.seen_at),
        )
    for entry in state.entries():
        if entry.name == "backup" and (at := entry.look().at):
            yield Gauge(
                "site_backup_age_seconds", "Age of the last backup.", value=_seconds_since(at)
            )


def _seconds_since(moment) -> float:
    return (timezone.now() - moment).total_seconds()


def _memory():
    """Memory of the web server's processes on this machine: those that count into our folder."""
    page = os.sysconf("SC_PAGE_SIZE")
    sizes = []
    for pid in _processes():
        try:
            sizes.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page)
        except OSError:
            continue
    if sizes:
        yield Gauge("site_web_processes", "Processes of the web server.", value=len(sizes))
        yield Gauge("site_web_memory_bytes", "Their memory together.", value=sum(sizes))
        yield Gauge("site_web_memory_largest_bytes", "The largest of them.", value=max(sizes))


def _processes() -> set[int]:
    """Return the processes that have counted and live on under the parent that we have too."""
    found = {os.getpid()}
    for path in Path(settings.METRICS_DIR).glob("*_*.db"):
        pid = int(path.stem.rpartition("_")[2])
        try:
            # After the name in brackets: state, parent (proc(5)).
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == os.getppid():
            found.add(pid)
    return found
