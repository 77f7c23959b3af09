"""Reading from a replica: a real standby that follows the tests' PostgreSQL."""

import time
from collections import Counter
from threading import Thread

import pytest
from django.db import close_old_connections, connection, connections
from django.urls import reverse
from wagtail.models import Page

from config import replica
from home import shared
from home.models import SiteSettings
from pagecache import generation
from tests.factories import ContentPageFactory

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, databases=["default", "replica"]),
]


@pytest.fixture(scope="module", autouse=True)
def _known_replica(standby):
    connections.databases["replica"] = connection.settings_dict | {
        "HOST": str(standby.folder),
        "CONN_HEALTH_CHECKS": True,
        "TEST": connection.settings_dict["TEST"] | {"MIRROR": "default"},  # nothing to empty
    }
    yield
    generation.clock.stop()  # which has a connection of its own
    del connections["replica"], connections.databases["replica"]


@pytest.fixture
def follower(settings):
    """The connection to a replica that the site has."""
    settings.DATABASE_ROUTERS = ["config.replica.ReplicaRouter"]
    settings.MIDDLEWARE = ["config.replica.ReplicaMiddleware", *settings.MIDDLEWARE]
    yield connections["replica"]
    connections["replica"].close()


def wait_for(follower):
    """Wait until the replica has read what the primary has written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        written = cursor.fetchone()[0]
    for _ in range(100):
        with follower.cursor() as cursor:
            cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s", [written])
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise TimeoutError("The replica does not follow.")


def asked(client, address, follower, **headers):
    """Return the answer, and how many queries went to the primary and to the replica."""
    close_old_connections()  # as servers do between requests; the test client does not
    queries = Counter()

    def count(execute, sql, params, many, context):
        queries[context["connection"].alias] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count), follower.execute_wrapper(count):
        answer = client.get(address, **headers)
    return answer, queries["default"], queries["replica"]


def test_a_visitors_page_is_read_from_the_replica(client, home_lv, follower):
    page = ContentPageFactory(parent=home_lv, title="Domnīca")
    SiteSettings.for_site(home_lv.get_site())  # made when they are asked for the first time
    wait_for(follower)
    answer, primary, copy = asked(client, page.url, follower)
    assert "Domnīca" in answer.content.decode()
    assert primary == 1  # the settings again, which could be missing
    assert copy > 5


def test_who_has_a_session_or_a_key_reads_from_the_primary(client, admin_client, home_lv, follower):
    page = ContentPageFactory(parent=home_lv)
    wait_for(follower)
    assert asked(admin_client, page.url, follower)[2] == 0
    assert asked(client, page.url, follower, HTTP_AUTHORIZATION="Basic eA==")[2] == 0


def test_what_is_made_of_the_replicas_rows_is_never_taken_for_newer(
    home_lv, follower, settings, rf
):
    """A change comes after the replica was asked how new it is, and before a menu is made."""
    settings.PAGE_CACHE_MEGABYTES = 1

    def title():
        return shared.once("title", lambda: Page.objects.get(pk=home_lv.pk).title)

    def change():
        Page.objects.filter(pk=home_lv.pk).update(title="Jauns")
        connection.close()

    def view(request):
        somebody = Thread(target=change)
        somebody.start()
        somebody.join()
        return title()

    Page.objects.filter(pk=home_lv.pk).update(title="Vecs")
    wait_for(follower)
    with follower.cursor() as cursor:
        cursor.execute("SELECT pg_wal_replay_pause()")
    shared.begin_request()
    assert replica.ReplicaMiddleware(view)(rf.get("/")) == "Vecs"
    shared.end_request()
    with follower.cursor() as cursor:
        cursor.execute("SELECT pg_wal_replay_resume()")
    shared.begin_request()
    assert title() == "Jauns"
    shared.end_request()


def test_what_a_request_writes_it_can_read(client, home_lv, follower):
    wait_for(follower)
    address = reverse("search") + "?q=nekur-nav-tada-varda"
    answer, primary, _copy = asked(client, address, follower)
    assert answer.status_code == 200
    assert primary > 0  # a search without results is counted


def test_without_the_replica_the_primary_answers_until_it_is_back(
    client, home_lv, follower, standby, monkeypatch, caplog
):
    page = ContentPageFactory(parent=home_lv)
    wait_for(follower)
    assert asked(client, page.url, follower)[2] > 0
    standby.stop()
    for _ in range(3):
        answer, primary, copy = asked(client, page.url, follower)
        assert answer.status_code == 200
        assert (primary > 5, copy) == (True, 0)
    assert len([record for record in caplog.records if record.name == "config.breaker"]) == 1
    standby.start()
    clock = time.monotonic() + replica.PAUSE
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    assert asked(client, page.url, follower)[2] > 0


def test_the_replica_gets_no_tables_of_its_own():
    assert not replica.ReplicaRouter().allow_migrate("replica", "home")
