"""What it costs a request to be seen: its id, its line of log, its counters, its queries.

    .venv/bin/python benchmarks/monitoring.py

CPU of this process alone, around a view that does nothing; the median of several rounds.
"""

import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS, REQUESTS, QUERIES = 7, 4_000, 20_000
ROOT = Path(__file__).resolve().parents[1]


def prepare(folder):
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "METRICS_DIR": f"{folder}/metrics",
    }
    import django

    django.setup()


def per_call(function, count):
    """Return microseconds of CPU a call."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(count):
            function()
        rounds.append((time.process_time() - start) / count * 1e6)
    return statistics.median(rounds)


def requests():
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import RequestFactory

    from sight import logs, middleware

    request = RequestFactory().get("/lv/")
    response = HttpResponse("")
    handler = logging.StreamHandler(open(os.devnull, "w"))  # noqa: SIM115
    handler.setFormatter(logs.JSONFormatter())
    logger = logging.getLogger(logs.REQUESTS)
    logger.handlers, logger.propagate = [handler], False
    chain = middleware.ProbeMiddleware(middleware.RequestMiddleware(lambda request: response))
    for name, level, token in (
        ("id alone", "WARNING", ""),
        ("id and line of log", "INFO", ""),
        ("id, line and metrics", "INFO", "token"),
    ):
        logger.setLevel(level)
        settings.METRICS_TOKEN = token
        yield name, per_call(lambda: chain(request), REQUESTS)


def queries():
    from django.db import connection

    from sight import activity
    from sight import queries as wrappers

    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    connection.ensure_connection()
    for name, wrapper in (
        ("a query", None),
        ("a query, counted", wrappers._count),
        ("a query, counted and timed", wrappers._count_and_time),
    ):
        connection.execute_wrappers[:] = [wrapper] if wrapper else []
        with activity.of(request_id="1"):
            yield name, per_call(ask, QUERIES)


def main():
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from django.conf import settings

        settings.SLOW_QUERY_MS = 1_000
        for name, microseconds in [*requests(), *queries()]:
            print(f"{name:30} {microseconds:6.1f} µs")


if __name__ == "__main__":
    main()
