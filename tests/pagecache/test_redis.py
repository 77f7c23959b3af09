"""The store that processes share, on a real Redis."""

import threading
import time

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from pagecache import shared as module
from pagecache.application import PageCache
from pagecache.generation import Known
from pagecache.marks import ANY, allow
from pagecache.memory import Memory
from pagecache.shared import Shared
from tests.pagecache.conftest import Visitor
from tests.pagecache.servers import redis_server

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("same_connection")]


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


class Still:
    is_away = False

    def __init__(self):
        self.value = 1

    def known(self):
        return Known(self.value, time.time())


class Process:
    """What a server process has of its own: memory and an application; the clock says the same."""

    clock = Still()

    def __init__(self, url, seconds=0.0, names=("q",)):
        self.asked, self.seconds, self.names = 0, seconds, names
        self.cache = PageCache(self, Memory(2**23), Shared(url), clock=self.clock)
        self.visitor = Visitor(self.cache)

    def __call__(self, environ, start_response):
        self.asked += 1
        time.sleep(self.seconds)
        response = HttpResponse(f"Text {environ['QUERY_STRING']} " + "ā" * 500)
        start_response("200 OK", list(response.items()))
        return allow(response, self.names)


def test_what_one_renders_another_shows(redis):
    first, second = Process(redis[1]), Process(redis[1])
    bodies = {server.visitor.get("/lv/viens/").body for server in (first, second)}
    assert len(bodies) == 1
    assert (first.asked, second.asked) == (1, 0)
    assert second.cache.counts == {"shared": 1}
    plain = second.visitor.get("/lv/viens/")
    packed = second.visitor.get("/lv/viens/", accept_encoding="br")
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-br"'
    assert second.cache.counts == {"shared": 1, "hit": 2}


def test_parameters_that_one_has_learned_another_knows(redis):
    first, second = Process(redis[1]), Process(redis[1])
    first.visitor.get("/lv/divi/?q=1")
    assert second.visitor.get("/lv/divi/?utm=5&q=1").body == first.visitor.get("/lv/divi/?q=1").body
    assert (first.asked, second.asked) == (1, 0)


def test_nothing_older_than_a_change_is_taken(redis):
    first, second = Process(redis[1]), Process(redis[1])
    first.visitor.get("/lv/tris/")
    Process.clock.value += 1
    second.visitor.get("/lv/tris/")
    assert second.asked == 1


def test_of_two_processes_one_renders(redis):
    first, second = Process(redis[1], 0.3), Process(redis[1], 0.3)
    threads = [
        threading.Thread(target=server.visitor.get, args=["/lv/cetri/"])
        for server in (first, second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.asked + second.asked == 1


def test_a_process_that_dies_in_its_turn_holds_nobody_up_for_long(redis, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    process = Process(redis[1])
    address = ("http", "localhost", "", "/lv/pieci/")
    process.cache.shared._ask("set", process.cache.shared._key("turn", address), "dead", px=60_000)
    begun = time.monotonic()
    assert process.visitor.get("/lv/pieci/").status == 200
    assert time.monotonic() - begun < 2


def test_another_release_has_entries_of_its_own(redis, settings):
    first = Process(redis[1])
    first.visitor.get("/lv/sesi/")
    settings.SECRET_KEY = "of another site"
    second = Process(redis[1])
    second.visitor.get("/lv/sesi/")
    assert second.asked == 1


def test_what_is_no_entry_is_none(redis):
    process = Process(redis[1])
    shared, address = process.cache.shared, ("http", "localhost", "", "/lv/septini/")
    for broken in (b"", b"\n", b"{}\n", b"[1]\nx", b"[[],1,1,9999999999,true]\nnot brotli"):
        shared._ask("set", shared._key("entry", address), broken)
        assert shared.get(address, "", 1) is None
    assert process.visitor.get("/lv/septini/").status == 200


def test_without_redis_pages_go_on(tmp_path):
    with redis_server(tmp_path) as (server, url):
        process = Process(url)
        server.kill()
        server.wait()
        begun = time.monotonic()
        for number in range(50):
            assert process.visitor.get(f"/lv/{number}/").status == 200
        assert time.monotonic() - begun < 2


def test_a_redis_that_hangs_holds_up_one_request(tmp_path):
    import signal

    with redis_server(tmp_path) as (server, url):
        process = Process(url)
        process.visitor.get("/lv/")
        server.send_signal(signal.SIGSTOP)
        begun = time.monotonic()
        for number in range(20):
            assert process.visitor.get(f"/lv/{number}/").status == 200
        assert time.monotonic() - begun < 2


def test_limits_by_any_parameter_are_shared_too(redis):
    first, second = Process(redis[1], names=ANY), Process(redis[1], names=ANY)
    first.visitor.get("/api/?a=1&b=2")
    second.visitor.get("/api/?b=2&a=1")
    assert (first.asked, second.asked) == (1, 0)


def test_the_settings_take_the_cache_that_goes_on(redis):
    from config.environment import env

    assert env.cache_url_config(redis[1])["BACKEND"] == (
        "django.core.cache.backends.redis.RedisCache"
    )
    assert cache.get("x") is None
