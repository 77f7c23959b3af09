"""Metrics in the format of Prometheus, of all processes of this web server together.

Each process counts in files of its own in ``METRICS_DIR``, which prometheus_client sums up when
they are asked for. Label values are few: names of views, never addresses.

django-prometheus has two middlewares with a dozen counters a request; here it is two.
"""

import functools
import os
from pathlib import Path

from django.conf import settings

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
PAGE_CACHE_OUTCOMES = frozenset(("hit", "shared", "stale", "rendered", "passed"))
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds


def enabled() -> bool:
    return bool(settings.METRICS_TOKEN)


class Meters:
    """What is counted in each request."""

    def __init__(self):
        folder = Path(settings.METRICS_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # read when the client is imported
        from prometheus_client import Counter, Histogram

        self.requests = Counter(
            "http_requests", "Answered requests.", ["method", "view", "status"], registry=None
        )
        self.seconds = Histogram(
            "http_request_duration_seconds",
            "Time until the answer began.",
            ["method", "view"],
            buckets=BUCKETS,
            registry=None,
        )
        self.queries = Counter("http_queries", "Database queries.", ["view"], registry=None)
        self.page_cache = Counter(
            "page_cache_answers", "Pages by what the page cache did.", ["outcome"], registry=None
        )

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - one instance, as long as the process
    def of(self, method, view, status):
        """Return counter, histogram and counter of queries for one kind of answer."""
        return (
            self.requests.labels(method, view, status),
            self.seconds.labels(method, view),
            self.queries.labels(view),
        )


@functools.cache
def meters() -> Meters:
    return Meters()


def count(method: str, status: int, activity, seconds: float):
    """Count an answered request."""
    method = method if method in METHODS else "other"
    view = activity.fields.get("view") or "none"
    requests, duration, queries = meters().of(method, view, status)
    requests.inc()
    duration.observe(seconds)
    if activity.queries:
        queries.inc(activity.queries)


def count_page_cache(outcome: str):
    """Count what the page cache did with a request: one of ``PAGE_CACHE_OUTCOMES``.

    It stands before Django and its middleware, so that what it answers is counted here alone.
    """
    if enabled() and outcome in PAGE_CACHE_OUTCOMES:
        meters().page_cache.labels(outcome).inc()


def exposition() -> bytes:
    """Return all metrics as text, those of the site's state as they are now."""
    meters()
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    from .collector import StateCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=settings.METRICS_DIR)
    registry.register(StateCollector())
    return generate_latest(registry)
