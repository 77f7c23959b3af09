"""What this thread is at: a request, a task of the queue or a job of the worker.

Log lines, metrics and the log of slow queries take from here whose they are.
"""

import contextlib
from contextvars import ContextVar


class Activity:
    """``fields`` is what each log line of it carries; ``queries`` counts those of the database."""

    __slots__ = ("fields", "queries")

    def __init__(self, fields: dict):
        self.fields = fields
        self.queries = 0


_current: ContextVar[Activity | None] = ContextVar("activity", default=None)

get = _current.get
set = _current.set
reset = _current.reset


def fields() -> dict:
    """Return what a log line of now carries: who caused it; nothing outside of any activity."""
    activity = _current.get()
    return activity.fields if activity else {}


def note(**values):
    """Add to the fields of what is going on; outside of any activity nothing happens."""
    if activity := _current.get():
        activity.fields.update(values)


@contextlib.contextmanager
def of(**values):
    """Within the block log lines carry these fields."""
    token = _current.set(Activity(values))
    try:
        yield
    finally:
        _current.reset(token)
