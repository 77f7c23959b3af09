"""Two real servers on one database: what is changed by one is seen at the other."""

import contextlib
import time

import psycopg
import pytest
import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client

from home.models import HomePage
from news.models import NewsPage
from tests import factories as make
from tests.pagecache.servers import Server, redis_server

pytestmark = pytest.mark.usefixtures("db")

HOW = ("host", "port", "user", "password")  # to reach the server of the database
SOON = 1.0  # seconds, on a busy machine; a quarter is what the servers take


class Site:
    """A small site, and the servers that show it."""

    def __init__(self, folder, redis):
        self.folder, self.redis, self.started = folder, redis, []
        home = HomePage.objects.get(locale__language_code="lv")
        self.index = make.NewsIndexPageFactory(parent=home, slug="jaunumi", title="Jaunumi")
        self.article = make.NewsPageFactory(parent=self.index, slug="raksts", title="Raksts")
        self.address = self.index.url

    def start(self):
        folder = self.folder / str(len(self.started))
        server = Server(folder, self.redis[1] if self.redis else "")
        self.started.append(server)
        return server

    def publish(self, title):
        page = NewsPage.objects.get(pk=self.article.pk)
        page.title = title
        page.save_revision().publish()

    def stop(self):
        for server in self.started:
            server.kill()


@pytest.fixture
def db(site):
    """The database of the servers: what a test does is committed, and stays for the next."""


@pytest.fixture(scope="module", params=["alone", "redis"])
def site(request, django_db_setup, django_db_blocker, restore_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("servers")
    with contextlib.ExitStack() as stack:
        redis = None
        if request.param == "redis":
            redis = stack.enter_context(redis_server(folder / "redis"))
        stack.enter_context(django_db_blocker.unblock())
        stack.callback(restore_database)
        site = Site(folder, redis)
        stack.callback(site.stop)
        site.first, site.second = site.start(), site.start()
        site.first.wait()
        site.second.wait()
        yield site


def seconds_until(condition) -> float:
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < 10, "it was not seen"
        time.sleep(0.01)
    return time.monotonic() - begun


def warm(*servers, address):
    for server in servers:
        for _ in range(2):
            assert server.get(address).status == 200


def test_what_one_process_publishes_the_servers_show(site):
    warm(site.first, site.second, address=site.address)
    site.publish("Publicēts")
    for server in (site.first, site.second):
        assert seconds_until(lambda s=server: "Publicēts" in s.get(site.address).text) < SOON


def test_an_idle_page_is_never_old(site):
    """What nobody asked for since is not shown once more before anybody looks."""
    warm(site.first, site.second, address=site.address)
    time.sleep(0.6)
    site.publish("Dīkstāve")
    time.sleep(0.3)
    for server in (site.first, site.second):
        assert "Dīkstāve" in server.get(site.address).text


def sign_in():
    user = get_user_model().objects.create_superuser("admin", "a@example.org", "password")
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def unpublish(server, page, session):
    """Take a page off the site in the admin of a server, as an editor does."""
    token = "a" * 32
    return server.ask(
        "POST",
        f"/admin/pages/{page.pk}/unpublish/",
        body=f"csrfmiddlewaretoken={token}",
        Cookie=f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        Content_Type="application/x-www-form-urlencoded",
    )


def test_what_an_editor_does_at_one_server_the_other_shows_after_a_kill(site):
    site.publish("Paliek")
    session = sign_in()
    address = f"{site.address}raksts/"
    third = site.start().wait()
    warm(site.first, site.second, third, address=address)
    assert unpublish(third, site.article, session).status == 302
    third.kill()
    for server in (site.first, site.second):
        assert seconds_until(lambda s=server: s.get(address).status == 404) < SOON
        assert "Paliek" not in server.get(site.address).text
    site.publish("Atkal")
    assert seconds_until(lambda: "Atkal" in site.second.get(address).text) < SOON


def test_the_editor_sees_the_change_with_the_next_click(site):
    """The server that made it does not wait until it would ask again."""
    get_user_model().objects.filter(username="admin").delete()
    session = sign_in()
    site.publish("Atkal")
    address = f"{site.address}raksts/"
    for _ in range(3):
        seconds_until(lambda: site.first.get(address).status == 200)
        assert unpublish(site.first, site.article, session).status == 302
        assert site.first.get(address).status == 404
        site.publish("Atkal")


def test_servers_share_what_one_has_rendered_where_there_is_redis(site):
    if not site.redis:
        return  # each has its own

    site.publish("Kopīgs")
    assert seconds_until(lambda: "Kopīgs" in site.first.get(site.address).text) < SOON
    server = redis.Redis.from_url(site.redis[1])
    assert server.keys("page:*:entry:*")


@pytest.mark.postgresql
def test_without_the_database_kept_pages_are_shown_and_afterwards_all_is_well(site):
    site.publish("Pirms")
    time.sleep(SOON)  # what follows a publication is a change too
    for server in (site.first, site.second):
        assert "Pirms" in server.get(site.address).text
    name = connection.settings_dict["NAME"]
    parameters = {k: v for k, v in connection.get_connection_params().items() if k in HOW}
    connections.close_all()
    with psycopg.connect(**parameters | {"dbname": "postgres"}, autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            for _ in range(5):
                begun = time.monotonic()
                assert "Pirms" in site.first.get(site.address).text
                assert time.monotonic() - begun < 1
                time.sleep(0.2)
            assert site.first.get(f"{site.address}?page=2&year=2020").status >= 500
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    site.publish("Pēc")
    for server in (site.first, site.second):
        assert seconds_until(lambda s=server: "Pēc" in s.get(site.address).text) < 6


def test_without_redis_the_site_goes_on(site):
    """Comes last: Redis is not there afterwards."""
    if not site.redis:
        return
    site.redis[0].kill()
    site.redis[0].wait()
    for server in (site.first, site.second):
        begun = time.monotonic()
        for _ in range(10):
            assert server.get(site.address).status == 200
            assert server.get("/lv/").status == 200
        assert time.monotonic() - begun < 5
    site.publish("Bez Redis")
    assert seconds_until(lambda: "Bez Redis" in site.second.get(site.address).text) < SOON
