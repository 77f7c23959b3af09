"""Two processes of a web server on an empty database, where every page fails.

What they then say to probes, logs, metrics and Sentry is the real thing.
"""

import gzip
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import brotli
import pytest

from scripts.ports import free_port
from tests.processes import wait_until

pytestmark = pytest.mark.once

SERVE = Path(__file__).with_name("serve.py")
TOKEN = "token-of-the-test"
VISITOR = {
    "Host": "testserver",
    "X-Forwarded-For": "203.0.113.77",
    "User-Agent": "Browser of somebody",
    "Cookie": "remembered=abcdefabcdef",
}


class Envelopes(http.server.ThreadingHTTPServer):
    """Takes what Sentry's client sends."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), TakeEnvelope)
        self.taken = []


class TakeEnvelope(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
        body = unpack.get(self.headers.get("Content-Encoding"), bytes)(body)
        self.server.taken.append((self.path, body.decode()))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def sentry():
    with Envelopes() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("production")


@pytest.fixture(scope="module")
def servers(folder, sentry):
    """The addresses of two processes of one web server."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TMPDIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'empty.sqlite3'}",
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "INFO",
        "METRICS_DIR": str(folder / "metrics"),
        "METRICS_TOKEN": TOKEN,
        "SENTRY_DSN": f"http://key@127.0.0.1:{sentry.server_port}/7",
        "TRUSTED_PROXIES": "1",
    }
    ports = [free_port(), free_port()]
    processes = []
    with (folder / "log").open("w") as log:
        for port in ports:
            command = [sys.executable, SERVE, str(port)]
            processes.append(subprocess.Popen(command, env=environment, stderr=log))  # noqa: S603
        addresses = [f"http://127.0.0.1:{port}" for port in ports]
        for address in addresses:
            wait_until(lambda address=address: answers(address))
        yield addresses
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait()


def answers(address):
    try:
        return ask(f"{address}/-/live")[0] == 200
    except urllib.error.URLError:
        return False


def ask(url, **headers):
    """Return status, headers and text of the answer."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


@pytest.fixture(scope="module")
def failed(servers):
    """The id of a visitor's request to each process, both of which failed."""
    ids = []
    for number, address in enumerate(servers):
        key = f"id-of-proxy-{number}"
        url = f"{address}/lv/meklet/?q=rakstainis"
        code, headers, _text = ask(url, **VISITOR, **{"X-Request-ID": key})
        assert code == 500
        ids.append(headers["X-Request-ID"])
    return ids


def lines(folder):
    return [json.loads(line) for line in (folder / "log").read_text().splitlines()]


def test_an_empty_database_is_alive_and_not_ready(servers):
    assert ask(f"{servers[0]}/-/live")[0] == 200
    code, headers, text = ask(f"{servers[0]}/-/ready")
    checks = json.loads(text)["checks"]
    assert code == 503
    assert checks["database"]["state"] == "ok"
    assert "Run manage.py migrate" in checks["migrations"]["reason"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Set-Cookie"] is None


def test_every_line_of_the_log_is_json_and_names_the_request(servers, failed, folder):
    assert failed == ["id-of-proxy-0", "id-of-proxy-1"]
    for key in failed:
        mine = [line for line in lines(folder) if line.get("request_id") == key]
        errors = [line for line in mine if line["level"] == "ERROR"]
        assert "no such table" in errors[0]["exception"]
        (request,) = [line for line in mine if line["logger"] == "sight.requests"]
        assert (request["status"], request["view"]) == (500, "search")
    written = (folder / "log").read_text()
    for private in ("203.0.113.77", "rakstainis", "Browser of", "abcdefabcdef", TOKEN):
        assert private not in written


def metrics(address):
    code, headers, text = ask(f"{address}/-/metrics", Authorization=f"Bearer {TOKEN}")
    assert code == 200
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return text


def test_metrics_are_those_of_all_processes(servers, failed):
    for address in servers:
        for path in ("/secret/path/1", "/secret/path/2"):
            ask(f"{address}{path}", **VISITOR)
        ask(f"{address}/kept")
    text = metrics(servers[0])
    assert 'page_cache_answers_total{outcome="hit"} 2.0' in text and "unheard" not in text
    assert 'http_requests_total{method="GET",status="500",view="search"} 2.0' in text
    assert 'http_request_duration_seconds_count{method="GET",view="search"} 2.0' in text
    assert re.search(r'http_queries_total{view="search"} [1-9]', text)
    assert "site_web_processes 2.0" in text
    assert re.search(r"site_web_memory_bytes \d\.\d+e\+0[89]", text)
    assert "site_state_readable 0.0" in text  # no tables; the rest is there all the same
    assert "secret/path" not in text
    assert metrics(servers[1]).count("\n") == text.count("\n")


def test_methods_that_nobody_knows_make_no_series(servers):
    for method in ("SPAM", "EGGS"):
        request = urllib.request.Request(f"{servers[0]}/x", method=method, headers=VISITOR)  # noqa: S310
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(request, timeout=30)  # noqa: S310
    text = metrics(servers[0])
    assert 'method="other"' in text and "SPAM" not in text


def test_metrics_are_for_those_with_the_token(servers):
    assert ask(f"{servers[0]}/-/metrics")[0] == 401
    assert ask(f"{servers[0]}/-/metrics", Authorization="Bearer wrong")[0] == 401


def test_sentry_gets_the_error_and_nothing_about_people(sentry, failed):
    def events():
        bodies = [body for path, body in sentry.taken if path == "/api/7/envelope/"]
        found = [json.loads(line) for body in bodies for line in body.splitlines() if line]
        return [event for event in found if "exception" in event]

    event = wait_until(events)[0]
    assert event["tags"]["request_id"] in failed
    assert event["environment"] == "production"
    assert event["release"].startswith("0.1.0")
    assert event["request"] == {"method": "GET", "url": "http://testserver/lv/meklet/"}
    sent = " ".join(body for _path, body in sentry.taken)
    for private in ("203.0.113.77", "rakstainis", "Browser of", "abcdefabcdef", TOKEN):
        assert private not in sent
    frames = event["exception"]["values"][-1]["stacktrace"]["frames"]
    assert frames and not any("vars" in frame for frame in frames)
    assert '"vars"' not in sent
