"""Counts the queries of each request and task, and logs the slow ones.

A wrapper of Django's (``connection.execute_wrapper``) that is put into each new connection once,
not into each request. With the log of requests, metrics and SLOW_QUERY_MS all off there is none.
"""

import logging
import time

from django.conf import settings
from django.db.backends.signals import connection_created

from . import activity, logs

logger = logging.getLogger(__name__)

LONGEST_SHAPE = 2_000  # characters of SQL in a log line


def watch():
    """Watch the queries of all connections made from now on, if anything needs that."""
    if _needed():
        connection_created.connect(_add, dispatch_uid=__name__)


def _needed():
    """Return the wrapper that the settings ask for, or None."""
    if settings.SLOW_QUERY_MS:
        return _count_and_time
    if settings.METRICS_TOKEN or logging.getLogger(logs.REQUESTS).isEnabledFor(logging.INFO):
        return _count
    return None


def _add(connection, **kwargs):
    wrapper = _needed()
    if wrapper and wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.append(wrapper)


def _count(execute, sql, params, many, context):
    if current := activity.get():
        current.queries += 1
    return execute(sql, params, many, context)


def _count_and_time(execute, sql, params, many, context):
    if current := activity.get():
        current.queries += 1
    start = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (time.perf_counter() - start) * 1000
        if milliseconds >= settings.SLOW_QUERY_MS:
            _report(str(sql), milliseconds)


def _report(sql, milliseconds):
    """Log the shape of the query: placeholders stand where its parameters were."""
    fields = {"ms": round(milliseconds, 1), "sql": sql[:LONGEST_SHAPE]}
    logger.warning("A query took long.", extra={"fields": fields})
