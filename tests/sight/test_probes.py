"""/-/live and /-/ready: what machines learn, in bounded time, whatever is the matter."""

import socket
import threading
import time

import pytest
from django.db import connection, connections
from django.test import Client

from sight import health, probes
from sight.models import Heartbeat
from tests.processes import wait_until

committed = pytest.mark.django_db(transaction=True)  # checks look with connections of their own


@pytest.fixture(autouse=True)
def _fresh_checks():
    health.checks.cache_clear()
    probes.told.clear()
    yield
    health.checks.cache_clear()


@pytest.fixture
def worker(transactional_db):
    Heartbeat.objects.beat("a", machine="here")


def states(client, **headers):
    answer = client.get("/-/ready", **headers)
    return answer.status_code, {
        name: result["state"] for name, result in answer.json()["checks"].items()
    }


@pytest.mark.once
def test_live_needs_no_database_host_or_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/-/live", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Accel-Expires"] == "0"
    assert not answer.cookies


@pytest.mark.once
def test_probes_are_only_asked(client):
    assert client.post("/-/live").status_code == 405
    assert client.head("/-/live").status_code == 200


def test_a_whole_site_is_ready(client, worker):
    answer = client.get("/-/ready", headers={"host": "10.0.0.7"})
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready", answer.json()
    names = ["database", "migrations", "cache", "storage", "worker"]
    assert list(answer.json()["checks"]) == names
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.once
def test_the_public_learns_one_word(worker, settings):
    settings.METRICS_TOKEN = "known"
    public = {"HTTP_X_FORWARDED_FOR": "203.0.113.5"}
    assert Client().get("/-/ready", **public).json() == {"status": "ready"}
    assert Client().get("/-/ready", REMOTE_ADDR="203.0.113.5").json() == {"status": "ready"}
    wrong = Client().get("/-/ready", HTTP_AUTHORIZATION="Bearer guessed", **public)
    assert wrong.json() == {"status": "ready"}
    told = Client().get("/-/ready", HTTP_AUTHORIZATION="Bearer known", **public)
    assert "checks" in told.json()


@committed
def test_without_a_worker_a_web_server_stays_in_rotation(client, caplog):
    Heartbeat.objects.beat("a", machine="here")
    Heartbeat.objects.update(seen_at="2020-01-01T00:00Z")
    code, found = states(client)
    assert (code, found.pop("worker"), set(found.values())) == (200, "failed", {"ok"})
    assert client.get("/-/ready").json()["status"] == "degraded"
    (record,) = caplog.records  # said once, not by each probe
    assert (record.levelname, record.fields["worker"]) == ("WARNING", "failed")


@pytest.mark.once
def test_what_another_server_would_do_no_better_degrades_only(client, worker, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    code, found = states(client)
    assert (code, found["storage"], found["cache"]) == (200, "failed", "failed")


@pytest.mark.once
def test_the_probe_leaves_no_file(client, worker, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    assert states(client)[1]["storage"] == "ok"
    assert list(settings.MEDIA_ROOT.iterdir()) == []


def test_a_missing_migration_takes_the_server_out_until_it_is_applied(client, worker, caplog):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sight'")
        answer = client.get("/-/ready")
        assert answer.status_code == 503
        assert [record.name for record in caplog.records] == ["sight.probes"]
        assert "sight.0001_initial" in answer.json()["checks"]["migrations"]["reason"]
        assert client.get("/-/ready", REMOTE_ADDR="203.0.113.5").json() == {"status": "not ready"}
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('sight', '0001_initial', CURRENT_TIMESTAMP)"
        )
    wait_until(lambda: client.get("/-/ready").status_code == 200)


@pytest.fixture
def silent_database(monkeypatch):
    """A database server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        _host, port = server.getsockname()
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(port))):
            monkeypatch.setitem(connections.settings["default"], name, value)
        yield
        monkeypatch.undo()


@pytest.mark.postgresql
@committed
def test_a_database_that_hangs_hangs_no_probe(client, silent_database, monkeypatch):
    monkeypatch.setattr(health, "SECONDS", 0.3)
    before = threading.active_count()
    for _ in range(3):
        start = time.monotonic()
        code, found = states(client)
        assert time.monotonic() - start < 5
        assert (code, found["database"], found["storage"]) == (503, "timeout", "ok")
        assert client.get("/-/live").status_code == 200
    assert threading.active_count() - before <= 3  # one for each check that waits, not for each ask


@pytest.mark.once
def test_however_many_ask_one_looks():
    looks = []
    check = health.Check("slow", lambda: looks.append(time.sleep(0.1)))
    threads = [threading.Thread(target=health.report, args=[(check,)]) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looks) == 1
