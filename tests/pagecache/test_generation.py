"""The clock that knows the generation, with a database that is slow, away or back again."""

import threading
import time

import pytest
from django.core.cache import cache
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from pagecache import generation
from pagecache.generation import Clock

pytestmark = pytest.mark.once


class Database:
    """Stands where a connection would: says what the test wants, when it wants."""

    def __init__(self):
        self.value, self.asked, self.error = 1, 0, None
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self):
        return self

    def close(self):
        pass

    def read(self, _connection):
        self.asked += 1
        self.may_answer.wait()
        if self.error:
            raise self.error
        return self.value


@pytest.fixture
def database(monkeypatch):
    database = Database()
    monkeypatch.setattr(generation, "read", database.read)
    return database


@pytest.fixture
def clock(database):
    clock = Clock(database)
    yield clock
    database.may_answer.set()
    clock.stop()


def seconds(function) -> float:
    begun = time.monotonic()
    function()
    return time.monotonic() - begun


def until(condition):
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_many_questions_are_one_query(clock, database):
    assert {clock.current() for _ in range(1000)} == {1}
    assert database.asked <= 2


def test_a_change_is_known_within_a_quarter_of_a_second(clock, database):
    for value in range(2, 5):
        clock.current()
        database.value = value
        time.sleep(generation.INTERVAL)
        assert clock.current() == value


def test_a_change_of_this_process_is_known_at_once(clock, database):
    for value in range(2, 20):
        database.value = value
        clock.expect_change()
        assert clock.current() == value


def test_it_is_said_when_the_answer_was_true(clock, database):
    begun = time.time()
    assert begun <= clock.known().instant <= time.time()
    database.may_answer.clear()
    time.sleep(generation.INTERVAL)
    begun = time.time()
    database.value = 2
    threading.Timer(0.3, database.may_answer.set).start()
    known = clock.known()
    assert known.generation == 2 and known.instant < begun + 0.2  # when it was asked, not answered


@pytest.mark.parametrize("now", [1_000_000, 1_000_000.03, 1_000_000.5, 1_000_000.999])
def test_the_turns_are_the_same_in_every_second(now):
    """The first is soon after it begins: nginx keeps copies by full seconds."""
    turn = now + generation.until_next_turn(now)
    assert now + 0.01 < turn <= now + generation.AHEAD + 0.01
    number = (turn % 1 - generation.OFFSET) / generation.AHEAD
    assert abs(number - round(number)) < 0.001


def test_without_the_database_the_last_answer_counts_as_true(clock, database):
    clock.current()
    database.error = OSError("away")
    until(lambda: clock.current() and clock.is_away)
    time.sleep(0.3)
    assert clock.known().instant > time.time() - 0.1


def test_after_an_hour_without_visitors_the_first_one_is_told_the_truth(clock, database):
    clock.current()
    time.sleep(0.6)
    asked = database.asked
    time.sleep(0.4)
    assert database.asked == asked  # nobody wants to know
    database.value = 2
    assert clock.current() == 2


def test_without_the_database_the_last_answer_stands_and_nobody_waits(clock, database):
    clock.current()
    database.error = OSError("away")
    until(lambda: clock.current() and clock.is_away)
    assert seconds(lambda: [clock.current() for _ in range(100)]) < 0.2
    assert clock.current() == 1
    database.error, database.value = None, 2
    until(lambda: clock.current() == 2)
    assert not clock.is_away


def test_a_database_that_hangs_holds_up_visitors_once(clock, database):
    clock.current()
    database.may_answer.clear()
    time.sleep(generation.INTERVAL)
    assert seconds(clock.current) < generation.PATIENCE + 0.5
    assert seconds(lambda: [clock.current() for _ in range(100)]) < 0.2
    database.value = 2
    database.may_answer.set()
    until(lambda: clock.current() == 2)


def test_a_database_that_was_never_reached_is_no_generation(clock, database):
    database.error = OSError("away")
    assert clock.current() is None


def test_the_clock_of_a_forked_process_starts_anew(clock):
    clock.current()
    clock._reset()
    assert clock.current() == 1


@pytest.mark.parametrize("delay", [0, 2])
def test_a_cache_that_hangs_or_refuses_keeps_no_visitor_and_no_change(
    clock, database, monkeypatch, delay
):
    """That of Wagtail's site addresses, in Redis perhaps."""

    def refuse():
        time.sleep(delay)
        raise ValueError("no password")

    clock.current()
    monkeypatch.setattr(generation.Site, "clear_site_root_paths_cache", refuse)
    database.value = 2
    time.sleep(generation.INTERVAL)
    assert seconds(clock.current) < generation.PATIENCE + 0.5
    until(lambda: clock.current() == 2)


def test_with_a_new_generation_a_process_forgets_where_the_sites_are(clock, database):
    """Wagtail keeps that in a cache for an hour, which each process may have for itself."""
    clock.current()
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, ["old"], version=SITE_ROOT_PATHS_CACHE_VERSION)
    database.value = 2
    until(lambda: clock.current() == 2)
    assert cache.get(SITE_ROOT_PATHS_CACHE_KEY, version=SITE_ROOT_PATHS_CACHE_VERSION) is None
