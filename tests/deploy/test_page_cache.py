"""What nginx keeps of pages, for how long, and for whom: the contract with the application."""

import itertools
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.once
NAMES = itertools.count()
ALLOWED_AGE = 2.0  # seconds: so soon a change is seen by everybody
OUTDATED = 2.2  # seconds


@pytest.fixture(scope="module")
def chain(start_chain):
    return start_chain(application="stub_site:application")


@pytest.fixture
def path():
    """A function that makes an address that no other test asks for."""
    return lambda kind="kept": f"/{kind}/{next(NAMES)}/"


def ask(chain, path, **headers):
    answer = chain.get(path, **headers)
    assert answer.status == 200
    return json.loads(answer.body)


def start_of_second():
    time.sleep(1.02 - time.time() % 1)


def test_a_page_is_fetched_once_a_second(chain, path):
    page = path()
    start_of_second()
    assert {ask(chain, page)["count"] for _attempt in range(10)} == {0}


def test_no_copy_is_older_than_two_seconds_while_a_page_is_asked_for(chain, path):
    page, end, ages, counts = path(), time.time() + 5, [], set()
    while time.time() < end:
        found = ask(chain, page)
        ages.append(time.time() - found["time"])
        counts.add(found["count"])
        time.sleep(0.01)
    assert max(ages) < ALLOWED_AGE
    assert max(ages) > 0.5  # it is kept
    assert len(counts) < len(ages) / 10


def test_a_page_that_nobody_asked_for_is_never_served_old(chain, path):
    page = path()
    assert ask(chain, page)["count"] == 0
    time.sleep(OUTDATED)
    found = ask(chain, page)
    assert found["count"] == 1
    assert time.time() - found["time"] < 1


def test_many_who_ask_for_a_new_page_at_once_ask_the_application_once(chain, path):
    page = path("slow")
    start_of_second()
    with ThreadPoolExecutor(10) as pool:
        counts = list(pool.map(lambda _number: ask(chain, page)["count"], range(10)))
    assert set(counts) == {0}


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=abc"},
        {"Cookie": "theme=dark; sessionid=abc"},
        {"Cookie": "__Host-sessionid=abc"},
        {"Authorization": "Bearer abc"},
    ],
)
def test_who_is_signed_in_gets_no_copy_and_leaves_none(chain, path, headers):
    page = path()
    start_of_second()
    assert ask(chain, page, **headers)["count"] == 0
    assert ask(chain, page)["count"] == 1
    assert ask(chain, page, **headers)["count"] == 2
    assert ask(chain, page)["count"] == 1


@pytest.mark.parametrize("kind", ["private", "cookie", "unsaid"])
def test_what_is_private_sets_a_cookie_or_is_not_said_to_be_kept_is_not_kept(chain, path, kind):
    page = path(kind)
    assert [ask(chain, page)["count"] for _attempt in range(3)] == [0, 1, 2]


@pytest.mark.parametrize("query", ["utm_source=x", "page=2&fbclid=1", "Page=1", "q", "%71=a;b=c"])
def test_parameters_that_are_not_ours_reach_the_application_and_are_not_kept(chain, path, query):
    address = f"{path()}?{query}"
    kept = query == "q"
    start_of_second()
    assert [ask(chain, address)["count"] for _attempt in range(2)] == ([0, 0] if kept else [0, 1])


def test_our_parameters_make_pages_of_their_own(chain, path):
    page = path()
    start_of_second()
    for query in ("", "?page=2", "?q=a&page=2"):
        first = ask(chain, page + query)
        assert ask(chain, page + query) == first
    assert first["query"] == {"q": ["a"], "page": ["2"]}


def test_encodings_are_kept_apart_and_there_are_three(chain, path):
    page = path()
    start_of_second()
    spoken = {
        "br": ["br", "gzip, deflate, br", "br;q=1.0, gzip;q=0.5", "gzip, br , zstd"],
        "gzip": ["gzip", "deflate, gzip;q=1.0", "gzip, br;q=0", "GZIP"],
        None: ["", "identity", "gzip;q=0", "deflate", "brx"],
    }
    counts = set()
    for encoding, values in spoken.items():
        for value in values:
            found = ask(chain, page, Accept_Encoding=value)
            assert found["encoding"] == encoding, value
            counts.add((encoding, found["count"]))
    assert len(counts) == 3


def test_a_form_that_is_sent_always_reaches_the_application(chain, path):
    page = path()
    ask(chain, page)
    assert json.loads(chain.get(page, "POST", b"a=b").body)["count"] == 1


def test_a_fault_of_the_application_shows_the_last_good_page(chain, path):
    page = path()
    good = ask(chain, page)
    chain.get(f"/break{page}")
    time.sleep(OUTDATED)
    assert ask(chain, page) == good


def test_pages_stay_up_while_the_application_is_down(chain, path):
    page, other = path(), path()
    good = ask(chain, page)
    chain.stop_server(0)
    try:
        time.sleep(OUTDATED)
        assert ask(chain, page) == good
        assert chain.get(other).status == 502
    finally:
        chain.start_server(0)
    assert ask(chain, page) != good
