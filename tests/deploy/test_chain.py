"""Requests through the whole chain: what a visitor's browser gets from a public server."""

import gzip
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import brotli
import pytest

from scripts.chain import HOST, wait_until
from tests.deploy.conftest import make_content

pytestmark = pytest.mark.once
PATIENCE = 2  # seconds that nginx gives a client here; in public ten


@pytest.fixture(scope="module")
def chain(start_chain):
    return start_chain(nginx={"patience": f"{PATIENCE}s"})


@pytest.fixture(scope="module")
def content(chain):
    return make_content(chain)


@pytest.fixture(scope="module")
def style_sheet(chain, content):
    """The address of a style sheet as the home page names it."""
    return re.search(r'href="(/static/css/[^"]+\.css)"', chain.get("/lv/").body.decode())[1]


def test_a_page_comes_with_what_protects_its_visitor(chain, content):
    answer = chain.get(content["page"])
    assert answer.status == 200
    assert "Par mums" in answer.body.decode()
    headers = answer.headers
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    assert headers["server"] == "nginx"  # and no version


def test_http_leads_to_https_with_the_same_address(chain):
    answer = chain.ask_http("/lv/par-mums/?page=2&q=%C4%81")
    assert answer.status == 301
    assert (
        answer.headers["location"] == f"https://{HOST}:{chain.https}/lv/par-mums/?page=2&q=%C4%81"
    )


def test_browsers_speak_http_2(chain):
    command = ["curl", "--silent", "--http2", "--cacert", chain.folder / "certificate.pem"]
    command += ["--output", "/dev/null", "--write-out", "%{http_version}"]
    command += ["--resolve", f"{HOST}:{chain.https}:127.0.0.1", f"https://{HOST}:{chain.https}/lv/"]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "2"  # noqa: S603


def test_text_is_compressed_on_its_way(chain, content):
    answer = chain.get(content["page"], Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert b"Par mums" in gzip.decompress(answer.body)


@pytest.mark.parametrize("source", ["nginx", "the application server"])
def test_static_files_are_compressed_beforehand_and_never_change(chain, style_sheet, source):
    def get(**headers):
        if source == "nginx":
            return chain.get(style_sheet, **headers)
        return chain.ask_server(0, style_sheet, Host=HOST, **headers)

    plain, packed, small = get(), get(Accept_Encoding="gzip"), get(Accept_Encoding="gzip, br")
    assert [plain.status, packed.status, small.status] == [200] * 3
    assert packed.headers["content-encoding"] == "gzip"
    assert small.headers["content-encoding"] == "br"
    assert plain.body == gzip.decompress(packed.body) == brotli.decompress(small.body)
    assert len(small.body) < len(packed.body) < len(plain.body)
    for answer in (plain, packed, small):
        assert "immutable" in answer.headers["cache-control"]
        assert "max-age=315360000" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/css")
    assert "Accept-Encoding" in small.headers["vary"]


def test_nginx_says_of_static_files_whose_they_are(chain, style_sheet):
    headers = chain.get(style_sheet).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    unhashed = chain.get(re.sub(r"\.[0-9a-f]{12}\.", ".", style_sheet))
    assert unhashed.headers["cache-control"] == "max-age=60, public"


def test_media_can_do_nothing_but_be_shown(chain, content):
    headers = chain.get(content["rendition"]).headers
    assert headers["content-type"] == "image/jpeg"
    policy = "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert headers["content-security-policy"] == policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["strict-transport-security"].startswith("max-age=31536000")


def test_a_document_is_handed_out_by_the_application(chain, content):
    answer = chain.get(content["document"])
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "content-encoding" not in answer.headers  # Wagtail's own answer claims "None"
    assert answer.body.startswith(b"%PDF")


@pytest.mark.parametrize(
    "disguise",
    [
        lambda path: path,
        lambda path: path.replace("/media/", "/media//"),
        lambda path: path.replace("/media/", "/media/./"),
        lambda path: path.replace("/media/", "/media/images/../"),
        lambda path: path.replace("/media/", "/media/%2e/"),
        lambda path: path.replace("/media/", "/media%2F"),
        lambda path: path.replace("/media/", "/static/../media/"),
        lambda path: path.replace("documents", "%64ocuments"),
        lambda path: path.replace("/media/", "//media/;/../"),
    ],
)
@pytest.mark.parametrize("name", ["document_file", "original"])
def test_files_that_are_not_public_are_closed_under_any_disguise(chain, content, name, disguise):
    assert chain.get(disguise(content[name])).status in (301, 400, 403, 404)


def test_what_machines_ask_is_answered_to_this_side_alone(chain):
    assert chain.get("/-/anything").status != 403
    assert chain.get("/-/anything", source="127.0.0.2").status == 403


def test_a_request_keeps_the_id_that_nginx_gave_it(chain):
    answers = [chain.get("/lv/", X_Request_ID="from-outside") for _attempt in range(2)]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert all(re.fullmatch("[0-9a-f]{32}", value) for value in ids)
    assert len(set(ids)) == 2
    wait_until(lambda: all(value in chain.log("lpia-access") for value in ids), "The log")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1", "a_b", "%00"]
)
def test_a_host_that_is_not_ours_gets_nothing(chain, host):
    assert chain.get("/lv/", Host=host).status in (400, 421)
    assert chain.ask_http("/lv/", Host=host).status in (400, 421)


def test_nobody_talks_the_site_into_another_address(chain, content):
    forged = {
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Proto": "http",
        "Forwarded": "host=evil.example;proto=http",
        "X_Original_URL": "/admin/",
    }
    answer = chain.get(content["page"], **forged)
    assert answer.status == 200
    assert b"evil.example" not in answer.body
    location = chain.get(content["page"].rstrip("/"), **forged).headers["location"]
    assert "evil.example" not in location


# Bad input


def request(path="/lv/", method="GET", host=HOST, extra=b""):
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n".encode() + extra + b"\r\n"


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("extra", "statuses"),
    [
        (b"X-Long: " + b"a" * 7_000 + b"\r\n", {200}),
        (b"X-Long: " + b"a" * 20_000 + b"\r\n", {400}),
        (b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1_000) for n in range(100)), {400}),
        # The application refuses so many; nginx may have the page already.
        (b"".join(b"X-%d: a\r\n" % n for n in range(500)), {200, 431}),
        (b"Cookie: " + b"a=b; " * 1_400 + b"\r\n", {200}),
        (b"Cookie: sessionid=" + b"x" * 5_000 + b"\r\n", {200}),
        (b"Accept-Language: " + b"lv," * 2_000 + b"\r\n", {200}),
        (b"Content-Length: -1\r\n", {400}),
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", {400}),
        (b"Transfer-Encoding: gzip\r\n", {400, 501}),
        (b"Bad header\r\n", {200, 400}),
        (b"X-Nul: a\x00b\r\n", {400}),
        (b"Host: evil.example\r\n", {400}),
    ],
)
def test_strange_headers_are_refused_or_borne(chain, content, extra, statuses):
    assert status(chain.raw(request(extra=extra + b"Connection: close\r\n"))) in statuses


@pytest.mark.parametrize("length", [4_000, 8_000, 8_185, 9_000, 100_000])
def test_an_address_may_be_of_any_length(chain, content, length):
    answer = chain.raw(request("/lv/?q=" + "a" * (length - 7), extra=b"Connection: close\r\n"))
    assert status(answer) in (200, 400, 404, 414)


@pytest.mark.parametrize(
    ("path", "size", "expected"),
    [
        ("/lv/", 2_000_000, 413),
        ("/admin/login/", 2_000_000, 403),  # read whole; without a token
        ("/admin/login/", 56 * 2**20, 413),
    ],
)
def test_a_body_may_be_large_in_the_admin_alone(chain, path, size, expected):
    head = f"Content-Length: {size}\r\nContent-Type: application/octet-stream\r\n"
    body = b"x" * size if expected == 403 else b"x" * 1_000
    answer = chain.raw(request(path, "POST", extra=head.encode() + b"Connection: close\r\n") + body)
    assert status(answer) == expected
    if expected == 413:
        assert "Nekas nav saglabāts" in answer.decode()


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK", "PROPFIND", "get", "X" * 500])
def test_methods_that_nothing_here_knows_are_refused(chain, method):
    answer = chain.raw(request("/lv/", method, extra=b"Connection: close\r\n"))
    assert status(answer) in (400, 405)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "POST", "HEAD"])
@pytest.mark.parametrize("name", ["page", "rendition", "document"])
def test_methods_are_no_way_in(chain, content, name, method):
    assert chain.get(content[name], method).status in (200, 204, 403, 405)


@pytest.mark.parametrize(
    "value",
    [
        "bytes=0-0",
        "bytes=-1",
        "bytes=99999999-",
        "bytes=5-2",
        "bytes=" + ",".join(f"{n}-" for n in range(500)),
        "bytes=0-99999999999999999999999999",
        "lines=1-2",
        "bytes=a-b",
    ],
)
@pytest.mark.parametrize("name", ["page", "rendition", "document"])
def test_ranges_are_parts_of_the_file_or_nothing(chain, content, name, value):
    whole = chain.get(content[name])
    answer = chain.get(content[name], Range=value)
    assert answer.status in (200, 206, 416)
    assert len(answer.body) <= len(whole.body) + 200


@pytest.mark.parametrize(
    "path",
    [
        "/lv/../../../../etc/passwd",
        "/static/../../etc/passwd",
        "/static../settings.env",
        "/media../settings.env",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/media/..%2f..%2fetc/passwd",
        "/media/%2e%2e%5c%2e%2e%5cetc/passwd",
        "/static/css/..%00/x",
        "/lv//par-mums//",
        "/lv/;jsessionid=1",
        "/lv/par-mums;/",
        "/lv/%C0%AE%C0%AE/",
        "/lv/%ff%fe/",
        "/lv/%",
        "/lv/%zz",
        "//evil.example/",
        "/\\evil.example/",
        "/lv/" + "a/" * 2_000,
        "/.env",
        "/.git/config",
        "/lv/%0d%0aSet-Cookie:a=b",
        "*",
        "http://evil.example/lv/",
    ],
)
def test_no_path_leads_out_or_to_a_fault(chain, content, path):
    answer = chain.raw(request(path, extra=b"Connection: close\r\n"))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert status(answer) in (200, 301, 302, 400, 403, 404, 421)
    assert b"root:" not in body
    assert b"SECRET_KEY" not in body
    assert b"\nSet-Cookie" not in head
    assert not re.search(rb"\n[Ll]ocation: (https?:)?//evil", head)


def test_clients_that_dawdle_hold_nobody_up_and_are_let_go(chain, content):
    half_a_head = b"GET /lv/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
    half_a_body = request(method="POST", extra=b"Content-Length: 9000\r\n") + b"a"
    dawdlers = [chain.connect(10 * PATIENCE) for _number in range(150)]
    start = time.monotonic()
    for number, dawdler in enumerate(dawdlers):
        dawdler.sendall(half_a_head if number % 2 else half_a_body)
    assert chain.get(content["page"]).status == 200
    assert time.monotonic() - start < PATIENCE  # none was let go yet
    for dawdler in dawdlers:
        try:
            assert dawdler.recv(100)[:12] in (b"", b"HTTP/1.1 408")
        except ConnectionResetError:
            pass  # let go without a word
        finally:
            dawdler.close()
    assert time.monotonic() - start < 5 * PATIENCE


def test_thousands_of_queries_leave_no_trace(chain, content):
    def memory():
        (worker,) = chain.workers(0)
        status = Path(f"/proc/{worker}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024

    def ask(path, times, first):
        with chain.keep_alive() as connection:
            for number in range(first, first + times):
                connection.request("GET", f"{path}?x{number}={number}&utm_source={number}")
                response = connection.getresponse()
                response.read()
                assert response.status == 200

    def kept():
        return sum(len(files) for _path, _folders, files in os.walk(chain.folder / "cache"))

    ask("/robots.txt", 200, 0)
    ask("/lv/", 30, 0)
    before, files = memory(), kept()
    ask("/robots.txt", 2_000, 1_000)
    ask("/lv/", 60, 1_000)
    assert memory() - before < 20  # MB
    assert kept() == files


def test_workers_are_replaced_without_a_lost_request(chain, content):
    statuses, done = [], threading.Event()

    def visit():
        while not done.is_set():
            statuses.append(chain.get("/robots.txt?x=1").status)

    visitors = [threading.Thread(target=visit) for _number in range(3)]
    for visitor in visitors:
        visitor.start()
    before = chain.workers(0)
    chain.servers[0].send_signal(signal.SIGHUP)
    wait_until(lambda: not before & chain.workers(0), "A new worker")
    done.set()
    for visitor in visitors:
        visitor.join()
    assert set(statuses) == {200}
    assert len(statuses) > 3


def test_without_the_application_a_page_says_so_in_both_languages(chain, content, style_sheet):
    chain.stop_server(0)
    try:
        answer = chain.get("/lv/never-asked-before/")
        assert answer.status == 502
        assert "Vietne īslaicīgi nav pieejama" in answer.body.decode()
        assert "The site is unavailable for a moment" in answer.body.decode()
        assert answer.headers["retry-after"] == "30"
        assert answer.headers["cache-control"] == "no-store"
        assert chain.get("/-/fault.css", source="127.0.0.2").headers["content-type"] == "text/css"
        assert chain.get(style_sheet).status == 200
        assert chain.get(content["rendition"]).status == 200
    finally:
        chain.start_server(0)
    assert chain.get(content["page"]).status == 200


def test_nothing_of_all_this_was_a_fault_and_each_request_is_one_line(chain):
    """The last of this module: it reads what the others left."""
    assert "Traceback" not in chain.log("server-0")
    lines = chain.log("lpia-access").splitlines()
    ids = re.findall(r'"id":"([0-9a-f]{32})"', chain.log("lpia-access"))
    assert len(ids) == len(set(ids)) == len(lines)
    statuses = re.findall(r'"path":"([^"]*)","status":(5\d\d)', chain.log("lpia-access"))
    assert all(path == "/lv/never-asked-before/" or code == "501" for path, code in statuses), (
        statuses
    )
    assert "[emerg]" not in chain.log("nginx")
    assert "[alert]" not in chain.log("nginx")
