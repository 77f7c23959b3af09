"""A page cache of its own for a test, around the whole site."""

import time
from io import BytesIO

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from pagecache import generation
from pagecache.application import PageCache
from pagecache.changes import announce
from pagecache.memory import Memory


class Clock:
    """Asks the database of the test each time, as if what was changed before were committed."""

    is_away = False

    def known(self):
        connection.run_on_commit = [
            todo for todo in connection.run_on_commit if todo[1] is not announce
        ]
        return generation.Known(generation.read(connection), time.time())


class Answer:
    def __init__(self, status, headers, body):
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def text(self):
        return self.body.decode()


class Visitor:
    """Asks a WSGI application as a web server does."""

    def __init__(self, application):
        self.application = application

    def get(self, address, method="GET", **headers):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "192.0.2.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        started = []
        body = self.application(environ, lambda *answer: started.append(answer))
        try:
            content = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        status, answered, *_ = started[-1]
        return Answer(status, answered, content)


def kinds(page_cache, visit):
    """Return what became of the requests that ``visit`` makes."""
    before = page_cache.counts.copy()
    visit()
    return dict(page_cache.counts - before)


@pytest.fixture
def same_connection():
    """Requests stay on the connection of the test: they neither close nor replace it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def django_application(db, same_connection):
    return get_wsgi_application()


@pytest.fixture
def page_cache(django_application):
    return PageCache(django_application, Memory(8 * 1024 * 1024), clock=Clock())


@pytest.fixture
def visitor(page_cache):
    return Visitor(page_cache)


@pytest.fixture
def warm(visitor, home_lv):
    """A visitor who has asked once, for what the first answer writes: the site's settings."""
    visitor.get("/lv/")
    return visitor
