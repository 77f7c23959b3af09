"""What docs/wordpress.md puts into nginx for the name of the old site, in a real nginx."""

import http.client
import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.chain import wait_until
from scripts.ports import free_port

pytestmark = pytest.mark.once

GUIDE = Path(__file__).parents[2] / "docs" / "wordpress.md"
HSTS = "max-age=31536000; includeSubDomains; preload"
ANSWERS = {"/2013/12/12/projekts/": 301, "/": 302, "/2015/03/24/dsdsds/": 410}


class Site(BaseHTTPRequestHandler):
    """The new site: redirects within itself, and remembers what it was asked."""

    asked = []

    def do_GET(self):
        self.asked.append(dict(self.headers))
        self.send_response(ANSWERS.get(self.path, 404))
        self.send_header("Strict-Transport-Security", HSTS)
        if ANSWERS.get(self.path) in (301, 302):
            self.send_header("Location", "/lv/aktualitates/projekts/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def port(site, tmp_path_factory):
    """The port of an nginx with the guide's block; without TLS, of which only names differ."""
    if not shutil.which("nginx"):
        pytest.skip("there is no nginx")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    block = re.search(r"```nginx\n(.*?)```", GUIDE.read_text(), re.DOTALL)[1]
    block = "\n".join(line for line in block.splitlines() if " ssl" not in line)
    block = block.replace("listen 80;", f"listen 127.0.0.1:{port};")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/log;\n{user}"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}"
        f"upstream lpia {{ server 127.0.0.1:{site}; }}\n{block}\n}}\n"
    )
    command = [shutil.which("nginx"), "-e", folder / "log", "-c", folder / "nginx.conf"]
    with subprocess.Popen(command) as process:  # noqa: S603
        try:
            wait_until(lambda: ask(port, "/"), "nginx")
            yield port
        finally:
            process.terminate()


def ask(port, path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Host": "www.lps.lv", "Cookie": "sessionid=abc", "X-Forwarded-Host": "evil.example"}
    connection.request(method, path, headers=headers)
    return connection.getresponse()


def test_an_old_address_leads_to_the_page_in_one_step(port):
    answer = ask(port, "/2013/12/12/projekts/")
    assert answer.status == 301
    assert answer.headers["Location"] == "https://www.example.org/lv/aktualitates/projekts/"


def test_the_front_page_leads_to_the_new_one(port):
    assert ask(port, "/").headers["Location"].startswith("https://www.example.org/lv/")


def test_what_is_gone_says_so_under_the_old_name(port):
    assert ask(port, "/2015/03/24/dsdsds/").status == 410


def test_the_site_is_asked_under_its_own_name_and_without_cookies(port):
    ask(port, "/2013/12/12/projekts/")
    asked = Site.asked[-1]
    assert asked["Host"] == "www.example.org"
    assert asked["X-Forwarded-Proto"] == "https"
    assert "Cookie" not in asked and "X-Forwarded-Host" not in asked


def test_other_hosts_of_the_old_domain_are_promised_nothing(port):
    assert ask(port, "/2013/12/12/projekts/").headers["Strict-Transport-Security"] is None


def test_nobody_sends_anything_or_signs_in_under_the_old_name(port):
    assert ask(port, "/lv/", "POST").status == 403
    assert ask(port, "/admin/login/").headers["Location"].startswith("https://www.example.org/")
