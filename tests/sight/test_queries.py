"""The log of slow queries, and what it costs where it is off."""

import logging
import threading
import time

import pytest
from django.db import connection, connections
from django.db.backends.signals import connection_created

from sight import activity, queries
from sight.models import Heartbeat

committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def in_new_connection(transactional_db):
    """A function that calls another in a thread, which has a new connection."""

    def call(function):
        results = []

        def run():
            results.append(function())
            connections.close_all()

        queries.watch()
        try:
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
        finally:
            connection_created.disconnect(dispatch_uid="sight.queries")
        return results[0]

    return call


def ask_slowly():
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        sleep = lambda seconds: time.sleep(seconds) or 1  # noqa: E731
        connection.connection.create_function("pg_sleep", 1, sleep)
    with activity.of(request_id="r1", view="home"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s), %s", [0.05, "Jānis Bērziņš"])
        cursor.execute("SELECT 1")
        return activity.get().queries


def test_a_slow_query_is_logged_by_its_shape(in_new_connection, settings, caplog):
    settings.SLOW_QUERY_MS = 40
    assert in_new_connection(ask_slowly) == 2
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("sight.queries", "WARNING")
    assert record.fields["sql"] == "SELECT pg_sleep(%s), %s"
    assert record.fields["ms"] >= 40
    assert "rzi" not in str(record.__dict__)


def test_a_query_that_fails_is_still_an_error_of_its_own(in_new_connection, settings):
    settings.SLOW_QUERY_MS = 1

    def fail():
        with pytest.raises(Exception, match="nowhere"), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM nowhere")
        return Heartbeat.objects.count()

    assert in_new_connection(fail) == 0


def test_counting_alone_times_nothing(in_new_connection, settings, caplog):
    settings.SLOW_QUERY_MS = 0
    settings.METRICS_TOKEN = "known"
    assert in_new_connection(ask_slowly) == 2
    assert caplog.records == []


def test_off_means_that_nothing_stands_in_the_way(in_new_connection, settings):
    settings.SLOW_QUERY_MS = 0
    settings.METRICS_TOKEN = ""
    assert not logging.getLogger("sight.requests").isEnabledFor(logging.INFO)

    def wrappers():
        connection.ensure_connection()
        modules = (wrapper.__module__ for wrapper in connection.execute_wrappers)
        return [module for module in modules if module.startswith("sight")]

    assert in_new_connection(wrappers) == []
