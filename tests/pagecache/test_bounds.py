"""What bounds the cache: parameters, memory, time, and requests that come at once."""

import threading
import time

import pytest
from django.http import HttpResponse
from django.utils.http import urlencode

from pagecache import application as module
from pagecache.application import PageCache
from pagecache.entries import Entry
from pagecache.generation import Known
from pagecache.marks import ANY, allow
from pagecache.memory import COST_OF_AN_ADDRESS, MOST_OF_AN_ADDRESS, Memory
from tests import factories as make
from tests.pagecache.conftest import Visitor, kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(home_lv):
    index = make.NewsIndexPageFactory(parent=home_lv, slug="jaunumi", title="Jaunumi")
    for number in range(14):
        make.NewsPageFactory(parent=index, slug=f"raksts-{number}")
    return index


# Parameters


def test_unknown_parameters_make_no_entries(warm, page_cache, home_lv):
    plain = warm.get("/lv/").body
    before = len(page_cache.memory)

    def walk():
        for number in range(20):
            assert warm.get(f"/lv/?utm_source={number}&x={number}").body == plain

    assert kinds(page_cache, walk) == {"hit": 20}
    assert len(page_cache.memory) == before


def test_unknown_parameters_are_not_found_in_a_page(warm, page_cache, news):
    """Neither in the first answer that anybody gets of an address nor in those that follow."""
    for address in ("/lv/jaunumi/", "/lv/jaunumi/?page=2"):
        warm.get(address)
    for number in range(3):
        for address in ("/lv/jaunumi/?", "/lv/jaunumi/?page=2&"):
            answer = warm.get(f"{address}utm_source=qxj{number}")
            assert "qxj" not in answer.text
    page_cache.memory = Memory(2**23)
    first = warm.get("/lv/jaunumi/?page=2&utm_source=qxj")
    assert first.headers["x-accel-expires"] == "0"
    assert "qxj" not in warm.get("/lv/jaunumi/?page=2").text


def test_known_parameters_are_told_apart_in_any_order(warm, page_cache, news):
    warm.get("/lv/jaunumi/")
    first, second = warm.get("/lv/jaunumi/?page=1"), warm.get("/lv/jaunumi/?page=2")
    assert first.body != second.body
    warm.get("/lv/jaunumi/?page=2&year=2026")
    again = kinds(page_cache, lambda: warm.get("/lv/jaunumi/?year=2026&x=1&page=2"))
    assert again == {"hit": 1}


def test_each_page_type_names_the_parameters_it_reads(client, home_lv, monkeypatch):
    """What it reads and does not name would be taken out before it is rendered."""
    from django.http import QueryDict
    from wagtail.models import Page

    read = set()
    get, item, contains = QueryDict.get, QueryDict.__getitem__, QueryDict.__contains__
    monkeypatch.setattr(QueryDict, "get", lambda s, n, *d: read.add(n) or get(s, n, *d))
    monkeypatch.setattr(QueryDict, "__getitem__", lambda s, n: read.add(n) or item(s, n))
    monkeypatch.setattr(QueryDict, "__contains__", lambda s, n: read.add(n) or contains(s, n))
    about = make.ContentPageFactory(parent=home_lv)
    library = make.InsightLibraryPageFactory(parent=home_lv)
    index = make.NewsIndexPageFactory(parent=home_lv)
    meetings = make.MeetingsPageFactory(parent=home_lv)
    board = make.BoardPageFactory(parent=about)
    make.ConferencePageFactory(parent=library, insights=["Atziņa"])
    make.NewsPageFactory(parent=index)
    make.MeetingPageFactory(parent=meetings)
    make.PersonPageFactory(parent=board)
    make.GoalsPageFactory(parent=about)
    make.MunicipalitiesPageFactory(parent=about)
    make.EasyReadPageFactory(parent=home_lv)
    make.PrivacyPageFactory(parent=home_lv)
    for page in Page.objects.descendant_of(home_lv, inclusive=True).specific():
        read.clear()
        assert client.get(page.url).status_code == 200
        if page.cached_parameters is not None:
            assert read <= set(page.cached_parameters), page


def test_queries_of_one_address_can_not_drive_out_the_others(warm, page_cache, news):
    warm.get("/lv/")
    kept = len(page_cache.memory)
    entry = page_cache.memory.get(("http", "localhost", "", "/lv/"), "")
    for number in range(MOST_OF_AN_ADDRESS + 50):
        page_cache.memory.put(("search",), f"q={number}", entry, ANY)
    assert len(page_cache.memory) == kept + MOST_OF_AN_ADDRESS
    assert kinds(page_cache, lambda: warm.get("/lv/")) == {"hit": 1}


@pytest.mark.parametrize(
    "query",
    [
        "a" * 5000,
        "&".join(f"a{n}=1" for n in range(200)),
        "page=%ff%fe",
        "=&=&&",
        "page=%00",
        "ā=1",
    ],
)
def test_bad_queries_get_an_answer_and_no_entry_of_their_own(warm, page_cache, news, query):
    warm.get("/lv/jaunumi/")
    before = len(page_cache.memory)
    query = query.encode().decode("latin-1")
    assert warm.get(f"/lv/jaunumi/?{query}").status in (200, 400)
    assert warm.get(f"/lv/jaunumi/?{query}").status in (200, 400)
    assert len(page_cache.memory) <= before + 1


# Memory


def entry_of(size):
    return Entry([("Content-Type", "text/html")], b"x" * size, 1, time.time(), time.time() + 60)


def test_memory_stays_within_its_size_and_keeps_what_is_asked_for():
    memory = Memory(1_000_000)
    memory.put("home", "", entry_of(1000), frozenset())
    for number in range(2_000):
        memory.put(("page", number), "", entry_of(1000), frozenset())
        assert memory.get("home", "")
        assert memory.used <= memory.size
    assert memory.get(("page", 0), "") is None
    assert memory.get(("page", 1999), "")
    assert len(memory) > 100


def test_addresses_that_are_not_kept_take_bounded_memory_too():
    memory = Memory(100_000)
    for number in range(1_000):
        memory.learn(number, None, 1)
    assert memory.used <= memory.size
    assert memory.address(0) is None
    assert memory.address(999)


def test_what_is_replaced_or_too_large_is_counted_out():
    memory = Memory(1_000_000)
    for size in (1000, 5000, 200_000):
        memory.put("home", "", entry_of(size), frozenset())
    assert memory.get("home", "") is None  # more than its share
    assert memory.used == COST_OF_AN_ADDRESS


# Time


def test_an_entry_ends_with_its_lifetime_and_with_the_day(warm, page_cache, monkeypatch):
    address = ("http", "localhost", "", "/lv/")
    warm.get("/lv/")
    entry = page_cache.memory.get(address, "")
    assert entry.expires - entry.rendered <= 300
    monkeypatch.setattr(module, "next_midnight", lambda: time.time() + 5)
    page_cache.memory = Memory(2**23)
    warm.get("/lv/")
    assert page_cache.memory.get(address, "").expires <= time.time() + 5


def expire(page_cache, path="/lv/"):
    entry = page_cache.memory.get(("http", "localhost", "", path), "")
    entry.expires = time.time() - 1
    return entry


def test_when_rendering_fails_what_is_still_true_is_shown(warm, page_cache):
    whole = warm.get("/lv/")
    expire(page_cache)

    def failing(environ, start_response):
        start_response("503 Service Unavailable", [])
        return [b""]

    page_cache.application = failing
    assert warm.get("/lv/").body == whole.body
    assert page_cache.counts["stale"] == 1


def test_when_rendering_fails_what_has_changed_is_not_shown(warm, page_cache, home_lv):
    warm.get("/lv/")
    home_lv.unpublish()

    def failing(environ, start_response):
        start_response("503 Service Unavailable", [])
        return [b""]

    page_cache.application = failing
    assert warm.get("/lv/").status == 503


def test_when_the_database_is_away_nobody_waits_for_a_page_that_is_kept(warm, page_cache):
    whole, known = warm.get("/lv/"), page_cache.clock.known()
    expire(page_cache)
    page_cache.application = None  # would fail

    class Away:
        is_away = True

        def known(self):
            return known

    page_cache.clock = Away()
    assert warm.get("/lv/").body == whole.body


# Many at once


class Slow:
    """An application that says how often it was asked, and takes its time."""

    def __init__(self, page_cache, seconds=0.2):
        self.asked, self.seconds, self.lock = 0, seconds, threading.Lock()
        self.fails = False
        page_cache.application = self

    def __call__(self, environ, start_response):
        with self.lock:
            self.asked += 1
        time.sleep(self.seconds)
        if self.fails:
            self.fails = False
            raise RuntimeError("died")
        response = HttpResponse(f"Text {urlencode({'q': environ['QUERY_STRING']})}")
        start_response("200 OK", list(response.items()))
        return allow(response, ["q"])


class Still:
    """A site that does not change, for threads that share no transaction."""

    is_away = False
    value = 1

    def known(self):
        return Known(self.value, time.time())


@pytest.fixture
def still(page_cache):
    page_cache.clock = Still()
    return page_cache


def at_once(number, visit):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(visit())) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_page_that_many_ask_for_is_rendered_once(still):
    slow, visitor = Slow(still), Visitor(still)
    for _ in range(2):
        answers = at_once(10, lambda: visitor.get("/lv/?q=1").body)
        assert len(set(answers)) == 1 and len(answers) == 10
        slow.asked -= 1
        still.clock.value += 1  # and once again after a change
    assert slow.asked == 0


def test_other_pages_do_not_wait(still):
    Slow(still, seconds=0.5)
    visitor = Visitor(still)
    paths = iter(range(5))
    begun = time.monotonic()
    at_once(5, lambda: visitor.get(f"/lv/{next(paths)}/"))
    assert time.monotonic() - begun < 2


def test_while_one_renders_others_get_the_copy_that_is_still_true(still):
    slow, visitor = Slow(still), Visitor(still)
    visitor.get("/lv/")
    expire(still)
    at_once(5, lambda: visitor.get("/lv/"))
    assert slow.asked == 2
    assert still.counts["stale"] == 4


def test_nobody_gets_the_copy_from_before_a_change(still):
    Slow(still)
    visitor = Visitor(still)
    visitor.get("/lv/")
    still.clock.value += 1
    at_once(5, lambda: visitor.get("/lv/"))
    assert still.counts["stale"] == 0


def test_nginx_counts_from_before_a_slow_rendering(still):
    Slow(still, seconds=1.1)
    begun = time.time()
    answer = Visitor(still).get("/lv/")
    assert int(answer.headers["x-accel-expires"][1:]) <= begun


def test_a_rendering_that_dies_lets_the_next_one_through(still):
    slow = Slow(still)
    slow.fails = True
    visitor = Visitor(still)

    def visit():
        try:
            return visitor.get("/lv/").status
        except RuntimeError:
            return None

    assert sorted(at_once(3, visit), key=str) == [200, 200, None]
    assert visit() == 200


def test_a_change_while_a_page_is_rendered_makes_it_old(still):
    slow, visitor = Slow(still), Visitor(still)
    thread = threading.Thread(target=lambda: visitor.get("/lv/"))
    thread.start()
    time.sleep(0.05)
    still.clock.value += 1
    thread.join()
    visitor.get("/lv/")
    assert slow.asked == 2


def test_who_waited_while_the_site_changed_renders_what_is_true_after_it(still):
    """And takes nothing from another process either that was true when the waiting began."""
    slow, visitor = Slow(still, seconds=0.4), Visitor(still)
    threads = [threading.Thread(target=lambda: visitor.get("/lv/")) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    still.clock.value += 1
    for thread in threads:
        thread.join()
    assert slow.asked == 2
    visitor.get("/lv/")
    assert slow.asked == 2


def test_two_caches_share_nothing_by_accident(django_application, home_lv):
    caches = [PageCache(django_application, Memory(2**23), clock=Still()) for _ in range(2)]
    for cache in caches:
        Visitor(cache).get("/lv/")
        assert cache.counts == {"rendered": 1}
