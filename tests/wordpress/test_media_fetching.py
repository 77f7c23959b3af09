"""Files from a host that is slow, broken, moved, hostile, or gone: a real one on this machine."""

import errno
import socket
import time

import pytest

from news.wordpress.media.fetching import Fetcher
from news.wordpress.media.problems import MediaError, Refused
from scripts.certificates import make_certificate
from tests.wordpress.old_hosts import OldHost

pytestmark = pytest.mark.once

CONTENT = bytes(range(256)) * 2000  # half a megabyte
PATH = "/wp-content/uploads/2013/05/photo.jpg"
LIMIT = 5_000_000
QUICK = {
    "connect": 5,
    "read": 5,
    "seconds": 10,
    "attempts": 3,
    "pause": 0.01,
    "longest_pause": 0.05,
    "delay": 0,
    "redirects": 3,
    "failures": 2,
    "away": 100,
}


@pytest.fixture
def host():
    host = OldHost()
    host.files[PATH] = CONTENT
    yield host
    host.stop()


@pytest.fixture
def parts(tmp_path, settings):
    settings.WORDPRESS_MEDIA = settings.WORDPRESS_MEDIA | QUICK
    return tmp_path / "parts"


@pytest.fixture
def fetcher(host, parts):
    fetcher = Fetcher(frozenset([host.name]), frozenset([host.name]), parts)
    yield fetcher
    fetcher.close()


def fetch(fetcher, url, size=LIMIT) -> bytes:
    with fetcher.fetched(url, size) as path:
        return path.read_bytes()


def refusal(fetcher, url, size=LIMIT) -> str:
    with pytest.raises(Refused) as caught:
        fetch(fetcher, url, size)
    return caught.value.code


def test_a_file_comes_whole_and_nothing_of_it_stays_behind(fetcher, host, parts):
    assert fetch(fetcher, host.url + PATH) == CONTENT
    assert list(parts.iterdir()) == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_host_is_asked_again(fetcher, host, status):
    host.behaviours[PATH] = [status, status]
    assert fetch(fetcher, host.url + PATH) == CONTENT
    assert len(host.asked) == 3


def test_a_host_that_stays_busy_is_left_alone(fetcher, host):
    host.behaviours[PATH] = [503] * 9
    assert refusal(fetcher, host.url + PATH) == "busy"
    assert len(host.asked) == QUICK["attempts"]


def test_the_host_says_how_long_to_wait_within_reason(fetcher, host, settings):
    settings.WORDPRESS_MEDIA["longest_pause"] = 0.4
    host.behaviours[PATH] = [(503, {"Retry-After": "3600"})]
    begun = time.monotonic()
    assert fetch(fetcher, host.url + PATH) == CONTENT
    assert 0.4 <= time.monotonic() - begun < 5


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_asked_for_once(fetcher, host, status):
    host.behaviours[PATH] = [status]
    assert refusal(fetcher, host.url + PATH) == "missing"
    assert len(host.asked) == 1


def test_what_is_forbidden_is_said_so(fetcher, host):
    host.behaviours[PATH] = [403]
    assert refusal(fetcher, host.url + PATH) == "status"


def test_a_file_that_breaks_off_goes_on_where_it_was(fetcher, host):
    host.behaviours[PATH] = [host.break_off]
    assert fetch(fetcher, host.url + PATH) == CONTENT
    assert [headers.get("Range") for _path, headers in host.asked] == [
        None,
        f"bytes={len(CONTENT) // 2}-",
    ]


def test_the_next_run_goes_on_where_this_one_was(fetcher, host, parts):
    host.behaviours[PATH] = [host.break_off, 503, 503]
    assert refusal(fetcher, host.url + PATH) == "busy"
    again = Fetcher(frozenset([host.name]), frozenset([host.name]), parts)
    assert fetch(again, host.url + PATH) == CONTENT
    assert host.asked[-1][1]["Range"] == f"bytes={len(CONTENT) // 2}-"
    assert list(parts.iterdir()) == []


def test_a_file_that_changed_meanwhile_begins_anew(fetcher, host):
    def change(handler, content):
        host.break_off(handler, content)
        host.files[PATH] = CONTENT[::-1]
        host.validators = {"ETag": '"two"'}

    host.behaviours[PATH] = [change]
    assert fetch(fetcher, host.url + PATH) == CONTENT[::-1]


def test_without_a_validator_a_file_begins_anew(fetcher, host):
    host.validators = {"ETag": 'W/"weak"'}
    host.behaviours[PATH] = [host.break_off]
    assert fetch(fetcher, host.url + PATH) == CONTENT
    assert "Range" not in host.asked[1][1]


def test_a_rest_of_another_place_is_not_appended(fetcher, host):
    def lie(handler, content):
        headers = {"Content-Range": f"bytes 10-99/{len(content)}", "Content-Length": 90}
        host.start(handler, 206, headers)
        handler.wfile.write(bytes(90))

    host.behaviours[PATH] = [host.break_off, lie]
    assert fetch(fetcher, host.url + PATH) == CONTENT


def test_a_file_that_was_whole_when_the_run_was_killed_is_not_fetched_again(fetcher, host, parts):
    with pytest.raises(KeyboardInterrupt), fetcher.fetched(host.url + PATH, LIMIT) as path:
        kept = {each.name: each.read_bytes() for each in parts.iterdir()}
        raise KeyboardInterrupt
    for name, content in kept.items():
        (parts / name).write_bytes(content)
    assert path.name in kept
    assert fetch(fetcher, host.url + PATH) == CONTENT
    assert host.asked[-1][1]["Range"] == f"bytes={len(CONTENT)}-"


def test_a_host_that_hangs_costs_its_timeouts_and_no_more(fetcher, host, settings):
    settings.WORDPRESS_MEDIA["read"] = 0.3
    host.behaviours[PATH] = [host.hang] * 9
    begun = time.monotonic()
    assert refusal(fetcher, host.url + PATH) == "timeout"
    assert 0.9 <= time.monotonic() - begun < 5
    assert len(host.asked) == QUICK["attempts"]


@pytest.mark.parametrize("how", ["drip", "drip_head"])
def test_a_host_that_drips_is_left_when_the_time_is_over(fetcher, host, settings, how):
    """Each byte comes within the timeout of the socket, all of them in hours."""
    settings.WORDPRESS_MEDIA["seconds"] = 0.8
    host.behaviours[PATH] = [getattr(host, how)] * 9
    begun = time.monotonic()
    assert refusal(fetcher, host.url + PATH) == "too_slow"
    assert 0.7 < time.monotonic() - begun < 5


def test_behind_tls_it_is_the_same(parts, tmp_path, settings):
    settings.WORDPRESS_MEDIA |= {"seconds": 1.5, "attempts": 1}
    certificate, key = make_certificate(tmp_path)
    host = OldHost((certificate, key))
    host.files[PATH] = CONTENT
    name = frozenset([host.name])
    try:
        stranger = Fetcher(name, name, parts)
        assert refusal(stranger, host.url + PATH) == "unreachable"
        fetcher = Fetcher(name, name, parts, trusting=str(certificate))
        assert fetch(fetcher, host.url + PATH) == CONTENT
        host.behaviours[PATH] = [host.drip]
        assert refusal(fetcher, host.url + PATH) == "too_slow"
        unnamed = Fetcher(name, frozenset(), parts, trusting=str(certificate))
        assert refusal(unnamed, host.url + PATH) == "private_address"
    finally:
        host.stop()


def test_a_large_file_is_refused_by_what_its_head_says(fetcher, host, parts):
    def say_it_is_large(handler, content):
        host.start(handler, 200, {"Content-Length": 200 * 1024 * 1024})

    host.behaviours[PATH] = [say_it_is_large]
    assert refusal(fetcher, host.url + PATH) == "too_large"
    assert list(parts.iterdir()) == []


def test_a_file_that_does_not_say_its_size_is_cut_off(fetcher, host, parts):
    host.behaviours[PATH] = [host.endless]
    assert refusal(fetcher, host.url + PATH, 1_000_000) == "too_large"
    assert list(parts.iterdir()) == []


def test_redirects_within_the_site_are_followed(fetcher, host):
    host.behaviours["/old.jpg"] = [(301, {"Location": PATH})]
    host.behaviours["/older.jpg"] = [(302, {"Location": f"{host.url}/old.jpg"})]
    assert fetch(fetcher, f"{host.url}/older.jpg") == CONTENT


@pytest.mark.parametrize("target", ["/round.jpg", "/other.jpg"])
def test_redirects_in_circles_end(fetcher, host, target):
    host.behaviours["/round.jpg"] = [(301, {"Location": target})] * 9
    host.behaviours["/other.jpg"] = [(301, {"Location": "/round.jpg"})] * 9
    assert refusal(fetcher, f"{host.url}/round.jpg") == "redirects"
    assert len(host.asked) <= 2


def test_many_redirects_end(fetcher, host):
    for n in range(9):
        host.behaviours[f"/{n}.jpg"] = [(301, {"Location": f"/{n + 1}.jpg"})]
    assert refusal(fetcher, f"{host.url}/0.jpg") == "redirects"


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/photo.jpg", "file:///etc/passwd", "ftp://127.0.0.1/photo.jpg"]
)
def test_a_redirect_to_another_host_is_not_followed(fetcher, host, target):
    host.behaviours[PATH] = [(302, {"Location": target})]
    assert refusal(fetcher, host.url + PATH) == "redirected_away"


def test_a_redirect_to_what_is_no_address_is_said(fetcher, host):
    host.behaviours[PATH] = [(302, {"Location": "http://[nowhere/photo.jpg"})]
    assert refusal(fetcher, host.url + PATH) == "unreachable"


def test_a_host_in_a_private_network_is_sent_nothing_unless_it_is_named(host, parts):
    fetcher = Fetcher(frozenset([host.name]), frozenset(), parts)
    assert refusal(fetcher, host.url + PATH) == "private_address"
    assert host.asked == []


def test_a_name_that_leads_into_a_private_network_is_sent_nothing(host, parts, monkeypatch):
    """What a name resolved to before does not count, only where the connection leads."""
    port = host.name.partition(":")[2]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda name, *rest: real("127.0.0.1" if name == "lps.example" else name, *rest),
    )
    name = f"lps.example:{port}"
    assert refusal(Fetcher(frozenset([name]), frozenset(), parts), f"http://{name}{PATH}") == (
        "private_address"
    )
    assert host.asked == []
    named = Fetcher(frozenset([name]), frozenset([name]), parts)
    assert fetch(named, f"http://{name}{PATH}") == CONTENT


def test_a_host_that_is_gone_is_asked_no_more(fetcher, host):
    host.stop()
    for _ in range(QUICK["failures"]):
        assert refusal(fetcher, host.url + PATH) == "unreachable"
    begun = time.monotonic()
    assert refusal(fetcher, host.url + PATH) == "host_away"
    assert time.monotonic() - begun < 1


def test_a_host_that_came_back_is_asked_again(parts, host, settings):
    settings.WORDPRESS_MEDIA["away"] = 1
    fetcher = Fetcher(frozenset([host.name]), frozenset([host.name]), parts)
    host.behaviours[PATH] = [503] * QUICK["attempts"] * QUICK["failures"]
    for _ in range(QUICK["failures"]):
        assert refusal(fetcher, host.url + PATH) == "busy"
    assert refusal(fetcher, host.url + PATH) == "host_away"
    time.sleep(1.05)
    assert fetch(fetcher, host.url + PATH) == CONTENT


def test_files_that_are_missing_do_not_say_that_the_host_is_away(fetcher, host):
    for n in range(5):
        assert refusal(fetcher, f"{host.url}/{n}.jpg") == "missing"
    assert fetch(fetcher, host.url + PATH) == CONTENT


def test_requests_keep_a_distance(fetcher, host, settings):
    settings.WORDPRESS_MEDIA["delay"] = 0.15
    begun = time.monotonic()
    for _ in range(3):
        fetch(fetcher, host.url + PATH)
    assert time.monotonic() - begun >= 0.3


def test_no_login_of_this_machine_is_sent(fetcher, host, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch(fetcher, host.url + PATH) == CONTENT
    assert "Authorization" not in host.asked[0][1]


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(fetcher, host, parts, monkeypatch):
    class Full:
        def __enter__(self):
            return self

        def __exit__(self, *args):
            pass

        def write(self, data):
            raise OSError(errno.ENOSPC, "No space left on device", "photo.part")

    monkeypatch.setattr("news.wordpress.media.fetching.open", lambda *a: Full(), raising=False)
    with pytest.raises(MediaError, match="photo.part"):
        fetch(fetcher, host.url + PATH)
    assert list(parts.iterdir()) == []
