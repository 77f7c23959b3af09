"""What the site needs goes away and comes back: people get a sentence, and nobody restarts."""

import contextlib
import errno
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import html5lib
import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image
from wagtail_factories import ImageFactory

from accounts import throttling
from api.throttling import AddressThrottle
from home import spam
from home.models import HomePage
from recovery import caches, outages
from recovery.caches import ForgivingRedisCache
from scripts import postgres
from tests.factories import ContentPageFactory

from .machine import PATIENCE, Machine, url_of

committed = pytest.mark.django_db(transaction=True)
once = pytest.mark.once


def raised(error):
    """Return a Django error as a database backend raises it."""
    wrapped = OperationalError(str(error))
    wrapped.__cause__ = error
    return wrapped


def sqlite_error(code):
    error = sqlite3.OperationalError("some words")
    error.sqlite_errorcode = code
    return error


@once
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (raised(psycopg.OperationalError("connection refused")), outages.AWAY),
        (raised(psycopg.errors.AdminShutdown()), outages.AWAY),
        (raised(psycopg.errors.TooManyConnections()), outages.AWAY),
        (raised(psycopg.errors.QueryCanceled()), outages.AWAY),
        (raised(psycopg.errors.ReadOnlySqlTransaction()), outages.UNWRITABLE),
        (raised(psycopg.errors.DiskFull()), outages.UNWRITABLE),
        (raised(psycopg.errors.UndefinedTable()), None),
        (raised(psycopg.errors.DeadlockDetected()), None),
        (raised(sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)), outages.AWAY),
        (raised(sqlite_error(sqlite3.SQLITE_CANTOPEN)), outages.AWAY),
        (raised(sqlite_error(sqlite3.SQLITE_READONLY_DIRECTORY)), outages.UNWRITABLE),
        (raised(sqlite_error(sqlite3.SQLITE_FULL)), outages.UNWRITABLE),
        (raised(sqlite_error(sqlite3.SQLITE_ERROR)), None),
        (OSError(errno.ENOSPC, "No space left on device"), outages.UNWRITABLE),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (ValueError(), None),
        (None, None),
    ],
    ids=lambda value: type(getattr(value, "__cause__", value)).__name__,
)
def test_an_outage_is_known_from_a_fault_of_the_site(error, kind):
    assert outages.kind_of(error) == kind


@pytest.fixture
def fresh_log(monkeypatch):
    monkeypatch.setattr(outages, "_log", outages._Log(outages.threading.Lock()))


FULL = OSError(errno.ENOSPC, "No space left on device")


@once
def test_an_outage_is_logged_once_a_minute_however_many_meet_it(fresh_log, caplog, monkeypatch):
    request = RequestFactory().get("/lv/")
    for _ in range(50):
        assert outages.answer(request, FULL).status_code == 503
    (record,) = caplog.records
    assert "No space left" in record.message
    monkeypatch.setattr(outages, "LOG_EVERY", 0)
    outages.answer(request, FULL)
    assert "49 more requests" in caplog.records[-1].message


@once
def test_what_was_typed_is_kept_in_the_answer_but_never_a_password(fresh_log):
    text = "\n „Vārds” <b>&amp;</b>\r\nrinda "
    request = RequestFactory().post("/admin/x/?a=1&b=2", {"title": text, "tag": ["a", "b"]})
    page = outages.answer(request, FULL).text
    assert 'action="/admin/x/?a=1&amp;b=2"' in page
    form = html5lib.parse(page, namespaceHTMLElements=False).find(".//form")
    sent = [(field.get("name"), field.get("value")) for field in form.iter("input")]
    assert sent == [("title", text.replace("\r\n", "\n")), ("tag", "a"), ("tag", "b")]
    request = RequestFactory().post("/admin/login/", {"username": "a", "password": "hush"})
    assert "hush" not in outages.answer(request, FULL).text


@once
@pytest.mark.parametrize(
    ("path", "headers", "words"),
    [
        ("/lv/", {}, 'lang="lv"'),
        ("/en/news/", {}, 'lang="en"'),
        ("/admin/", {}, 'lang="lv"'),
        ("/api/v2/pages/", {}, '{"message"'),
        ("/admin/x/", {"X-Requested-With": "XMLHttpRequest"}, '{"message"'),
    ],
)
def test_an_outage_is_answered_in_the_language_and_the_form_that_is_expected(
    path, headers, words, fresh_log
):
    answer = outages.answer(RequestFactory().get(path, headers=headers), FULL)
    assert answer.status_code == 503 and words in answer.text
    assert answer["Cache-Control"] == "no-store" and answer["X-Accel-Expires"] == "0"
    assert int(answer["Retry-After"]) > 0


@contextlib.contextmanager
def postgresql():
    """Yield a PostgreSQL server of our own, to be stopped and started again."""
    owner = postgres.unprivileged()
    binaries = postgres.find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="lpia-outage-"))
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
    server = PostgresServer(binaries, folder, owner)
    command = [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust"]
    subprocess.run(  # noqa: S603
        [*command, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **owner,
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class PostgresServer:
    def __init__(self, binaries, folder, owner):
        self.binaries, self.folder, self.owner = binaries, folder, owner
        self.url = f"postgres://postgres@/{folder}/postgres"  # a path is the socket's folder
        self.parameters = {"host": str(folder), "user": "postgres", "dbname": "postgres"}

    def start(self):
        options = [f"unix_socket_directories={self.folder}", "listen_addresses=", *postgres.SPEED]
        flags = [part for option in options for part in ("-c", option)]
        log = self.folder / "log"
        with log.open("a") as output:
            self.process = subprocess.Popen(  # noqa: S603
                [self.binaries / "postgres", "-D", self.folder / "data", *flags],
                stdout=output,
                stderr=output,
                cwd=self.folder,
                **self.owner,
            )
        postgres.wait_for(self.folder, self.process, log)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def run(self, statement):
        with psycopg.connect(**self.parameters, autocommit=True) as own:
            own.execute(statement)
            own.execute("SELECT pg_reload_conf()")


@pytest.fixture
def picture(tmp_path):
    """A picture of 300 KB as an upload."""

    file = BytesIO()
    Image.frombytes("RGB", (340, 300), os.urandom(340 * 300 * 3)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def content():
    """A page with a picture, an administrator's session; returns the key of the session."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    home = HomePage.objects.get(locale__language_code="lv")
    page = ContentPageFactory(parent=home, title="Par mums", slug="par-mums")
    ImageFactory()
    client = Client()
    chief = get_user_model().objects.create_superuser("chief", "c@example.org", "password")
    client.force_login(chief)
    assert client.get("/admin/").status_code == 200  # makes what the first visit makes
    assert client.get(page.url).status_code == 200
    return page.url, client.cookies["sessionid"].value


def upload(server, picture, **data):
    form = {"title": "Bilde", "collection": "1", "description": ""} | data
    files = {"file": ("bilde.png", picture, "image/png")}
    return server.post(reverse("wagtailimages:add"), form, files=files, allow_redirects=False)


def assert_short_break(answer, kept=None):
    assert answer.status_code == 503, answer.text[:500]
    assert answer.headers["Retry-After"] and answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    assert kept is None or kept in answer.text


def add_collection(server, name):
    """Send a short form of the admin, which writes a row."""
    fields = {"name": name, "parent": "1"}
    return server.post(reverse("wagtailadmin_collections:add"), fields, allow_redirects=False)


@pytest.fixture
def open_folder():
    """A folder that an unprivileged server may use."""
    folder = Path(tempfile.mkdtemp(prefix="lpia-outage-"))
    yield folder
    shutil.rmtree(folder)


def give_away(folder):
    """Give a folder and all in it to the user that an unprivileged server runs as."""
    if owner := postgres.unprivileged():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner["user"], owner["group"])


def as_nobody():
    return ["--user=nobody", "--group=nogroup"] if os.geteuid() == 0 else []


def restored_on(machine, folder):
    """Restore the site of the test on a machine."""
    site = Machine(
        folder, url_of(connection.settings_dict["NAME"]), media=Path(settings.MEDIA_ROOT)
    )
    site.succeed("backup")
    machine.succeed("restore", str(next(site.backups.glob("*.tar"))))


def walk_through_away(server, page, go, come):
    """Take the database away and bring it back; nobody touches the server meanwhile."""
    workers = server.workers()
    assert server.get(page).status_code == 200
    assert add_collection(server, "Pirmā").status_code == 302
    go()
    for path in (page, "/en/", "/admin/", "/sitemap.xml"):
        assert_short_break(server.get(path))
    assert_short_break(add_collection(server, "Neaizmirstamā"), kept="Neaizmirstamā")
    come()
    assert server.get(page).status_code == 200
    assert add_collection(server, "Neaizmirstamā").status_code == 302
    assert server.workers() == workers
    assert server.log.read_text().count("Requests are answered with 503") == 1
    assert "Traceback" not in server.log.read_text()


def walk_through_read_only(server, page, go, come):
    go()
    for path in (page, f"{reverse('search')}?q=nekasnesaistits", "/admin/pages/"):
        assert server.get(path).status_code == 200
    assert_short_break(add_collection(server, "Otrā"), kept="Otrā")
    come()
    assert add_collection(server, "Otrā").status_code == 302


def walk_through_full_disk(server, page, picture):
    (worker,) = server.workers()
    limits = resource.prlimit(worker, resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    answer = upload(server, picture)
    assert_short_break(answer, kept="Bilde")
    assert server.get(page).status_code == 200
    resource.prlimit(worker, resource.RLIMIT_FSIZE, limits)
    assert upload(server, picture).status_code == 302


@pytest.mark.postgresql
@committed
def test_a_site_on_postgresql_outlives_its_server(content, open_folder, tmp_path, picture):
    page, key = content
    with postgresql() as database:
        machine = Machine(open_folder, database.url)
        restored_on(machine, tmp_path)
        with machine.serve() as server:
            server.session.cookies.set("sessionid", key)
            walk_through_away(server, page, database.stop, database.start)
            walk_through_read_only(
                server,
                page,
                lambda: database.run("ALTER SYSTEM SET default_transaction_read_only = on"),
                lambda: database.run("ALTER SYSTEM RESET default_transaction_read_only"),
            )
            with psycopg.connect(
                **database.parameters
            ) as other:  # so slow that nobody waits for it
                other.execute("LOCK TABLE wagtailcore_page")
                assert_short_break(server.get(page))
            assert server.get(page).status_code == 200
            walk_through_full_disk(server, page, picture)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("process", "limits"),
    [("import config.wsgi", "7s 3s"), ("import django; django.setup()", "0 0")],
    ids=["web server", "command"],
)
def test_the_web_server_ends_slow_queries_and_commands_take_their_time(
    db, tmp_path, process, limits
):
    machine = Machine(tmp_path, url_of(connection.settings_dict["NAME"]))
    ask = (
        "from django.db import connection; cursor = connection.cursor(); "
        "read = lambda name: cursor.execute(f'SHOW {name}').fetchone()[0]; "
        "print(read('statement_timeout'), read('lock_timeout'))"
    )
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"{process}; {ask}"],
        env=machine.environment | {"DATABASE_TIMEOUT": "7"},
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=True,
    ).stdout
    assert said.strip() == limits


@pytest.mark.sqlite
@committed
def test_a_site_on_sqlite_outlives_its_file(content, open_folder, tmp_path, picture):
    page, key = content
    machine = Machine(open_folder, url_of(open_folder / "data" / "db.sqlite3"))
    data = open_folder / "data"
    data.mkdir()
    restored_on(machine, tmp_path)
    give_away(open_folder)
    with machine.serve(*as_nobody()) as server:
        server.session.cookies.set("sessionid", key)
        walk_through_away(server, page, lambda: data.chmod(0), lambda: data.chmod(0o700))
        file = data / "db.sqlite3"

        def chmod(mode):  # of the files beside it too, which take its mode when they are made
            for path in data.iterdir():
                path.chmod(mode)

        walk_through_read_only(server, page, lambda: chmod(0o400), lambda: chmod(0o600))
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # somebody writes and does not end
            assert server.get(page).status_code == 200
            assert_short_break(add_collection(server, "Trešā"), kept="Trešā")
        assert add_collection(server, "Trešā").status_code == 302
    with machine.serve() as server:  # whose limits we may change
        server.session.cookies.set("sessionid", key)
        walk_through_full_disk(server, page, picture)


@contextlib.contextmanager
def redis_server(folder):
    """Yield functions that start and kill a Redis on a socket in a folder."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("There is no redis-server here (Debian: apt-get install redis-server).")
    socket, processes = folder / "redis.sock", []

    def start():
        options = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        processes.append(
            subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)  # noqa: S603
        )
        end = time.monotonic() + PATIENCE
        while not socket.exists():
            assert time.monotonic() < end
            time.sleep(0.01)

    def kill():
        processes[-1].kill()
        processes[-1].wait()
        socket.unlink(missing_ok=True)

    start()
    try:
        yield f"unix://{socket}?db=0", start, kill
    finally:
        kill()


@once
def test_the_cache_forgives_that_redis_is_away_and_forgets_what_may_be_old(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(caches.ForgivingClient.breaker, "pause", 0)
    with redis_server(tmp_path) as (url, start, kill):
        cache = ForgivingRedisCache(url, {})
        other = ForgivingRedisCache(url, {})._cache.get_client()
        cache.set_many({"a": 1, "old": 1}, 60)
        assert cache.get_many(["a", "b"]) == {"a": 1} and cache.incr("a") == 2
        assert cache.add("new", 1) and not cache.add("new", 2)
        dump = {name: other.dump(name) for name in other.scan_iter()}
        kill()
        assert cache.get("a", "nothing") == "nothing" and cache.get_many(["a"]) == {}
        assert cache.add("a", 2) and not cache.has_key("a") and "a" not in cache
        assert cache.set("b", 1) is None and not cache.touch("a")
        assert cache.get_or_set("a", lambda: 5) == 5
        cache.delete_many(["old"])
        assert not cache.delete("old")
        with pytest.raises(ValueError):
            cache.incr("a")
        start()
        for name, value in dump.items():  # as if it had been out of reach only
            other.restore(name, 60_000, value)
        assert cache.get("old") is None and not list(other.scan_iter())
        cache.set("old", 2)
        assert cache.get("old") == 2
    said = [record.levelname for record in caplog.records]
    assert said == ["ERROR", "WARNING"]


@once
def test_limits_are_counted_while_redis_is_away(tmp_path, monkeypatch, settings, rf):
    with redis_server(tmp_path) as (url, start, kill):
        settings.CACHES = dict.fromkeys(
            ("default", "limits"),
            {"BACKEND": "recovery.caches.CountingRedisCache", "LOCATION": url},
        )
        settings.API_RATE = "3/hour"
        monkeypatch.setattr(caches.ForgivingClient.breaker, "pause", 0)
        request = rf.get("/", REMOTE_ADDR="192.0.2.77")
        kill()
        assert [spam.exceeds_rate(request, "form") for _form in range(spam.LIMIT + 2)] == [
            *[False] * spam.LIMIT,
            True,
            True,
        ]
        asked = [AddressThrottle().allow_request(request, None) for _question in range(4)]
        assert asked == [True, True, True, False]
        other = rf.get("/", REMOTE_ADDR="192.0.2.78")
        assert not spam.exceeds_rate(other, "form") and AddressThrottle().allow_request(other, None)
        start()  # Redis is back, and counts for all processes again
        assert not spam.exceeds_rate(request, "form")
        assert AddressThrottle().allow_request(request, None)


@pytest.mark.django_db
def test_attempts_to_sign_in_are_counted_while_redis_is_away(tmp_path, settings, client):
    with redis_server(tmp_path) as (url, _start, kill):
        for name in ("ForgivingRedisCache", "CountingRedisCache"):
            alias = "default" if name == "ForgivingRedisCache" else "limits"
            settings.CACHES = settings.CACHES | {
                alias: {"BACKEND": f"recovery.caches.{name}", "LOCATION": url}
            }
        kill()
        get_user_model().objects.create_superuser("ilze", password="mežābērniirrotaļājas")
        for _try in range(throttling.SIGN_IN.limit):
            client.post("/admin/login/", {"username": "ilze", "password": "nepareiza"})
        right = {"username": "ilze", "password": "mežābērniirrotaļājas"}
        answer = client.post("/admin/login/", right)
    assert answer.status_code == 200 and "Pārāk daudz mēģinājumu" in answer.content.decode()
