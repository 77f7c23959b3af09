"""`make audit` finds what is wrong with a site, says where, and its exit code tells."""

import json
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from scripts.audit import discover, report
from scripts.audit.__main__ import is_to_be_recorded
from scripts.audit.checks import chromium

GOOD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A good page</title>
<meta name="viewport" content="width=device-width">
<style>:focus-visible { outline: 3px solid #036 }</style>
<header><a href="/">Home</a></header>
<main><h1>Good</h1><p>Text. <a href="/" style="padding: 9px; display: block">A link</a></p></main>
<footer>The end</footer></html>"""
# Each fault is planted once, with the rule that has to find it.
HOSTILE = """<!doctype html><html><meta charset="utf-8"><title>A bad page</title>
<header><a href="/">Home</a></header>
<main><h1>Bad</h1><h3>A level is missing</h3>
<img src="https://elsewhere.example/spy.gif">
<p style="color: #bbb; background: #fff">Pale words</p>
<p style="width: 1500px">Wide</p>
<p style="height: 1em; overflow: hidden; line-height: 1.2">Cut off<br>Cut off<br>Cut off</p>
<p><a href="/bad.html" style="outline: none">No mark of focus</a></p>
<p><a href="/gone.html">Gone</a> <a href="#nowhere">Nowhere</a></p>
<input aria-label="Pale" style="border: 1px solid #ddd; background: #fff">
<p><button style="width: 9px; height: 9px; padding: 0">x</button><button
 style="width: 9px; height: 9px; padding: 0">y</button></p>
</main><footer>The end</footer>
<script>document.cookie = "spy=1"</script></html>"""
PLANTED = {
    "axe/html-has-lang",
    "axe/image-alt",
    "axe/heading-order",
    "axe/color-contrast",
    "axe/target-size",
    "overflow/reflow",
    "text/text-loss",
    "focus/tab-order",
    "contrast/non-text-contrast",
    "structure/outline",
    "links/anchor",
    "links/broken",
    "privacy/foreign-request",
    "privacy/cookie",
}
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</urlset>"""


@pytest.fixture
def serve(tmp_path):
    """Serve pages, by name, as a site with a sitemap; return its address."""
    servers = []

    def start(**pages):
        folder = tmp_path / f"site{len(servers)}"
        folder.mkdir()
        for name, text in pages.items():
            (folder / f"{name}.html").write_text(text)
        # The public address of the site: the audit looks at the host that it was given.
        places = "".join(f"<url><loc>https://site.example/{n}.html</loc></url>" for n in pages)
        (folder / "sitemap.xml").write_text(SITEMAP.format(places))
        handler = partial(SimpleHTTPRequestHandler, directory=folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def audit(address, folder, *options):
    """Run the command; return its exit code, what it wrote, and what it said."""
    if not chromium():
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    command = [sys.executable, "-m", "scripts.audit", address, "--folder", str(folder)]
    done = subprocess.run(  # noqa: S603
        [*command, "--record", "0", *options],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
        check=False,
    )
    path = folder / "report.json"
    return done.returncode, json.loads(path.read_text()) if path.exists() else None, done


EVERYTHING = "axe,contrast,overflow,text,focus,structure,links,status,privacy"


@pytest.mark.browser
@pytest.mark.once
def test_planted_failures_are_found_named_with_their_page_and_told_by_the_exit_code(
    serve, tmp_path
):
    address = serve(index=GOOD, bad=HOSTILE)
    code, result, done = audit(address, tmp_path, "--only", EVERYTHING)
    assert code == 1, done.stderr
    found = {f"{f['check']}/{f['rule']}": f for f in result["failures"] if "bad" in f["url"]}
    assert found.keys() >= PLANTED
    assert found["links/broken"]["nodes"][0]["target"] == f'a[href="{address}/gone.html"]'
    assert [f for f in result["failures"] if "index" in f["url"]] == []
    assert result["pages"] == 3  # and what both link to
    assert result["tool"].startswith("axe-core 4.")
    text = (tmp_path / "report.html").read_text()
    assert f"{address}/bad.html" in text and "elsewhere.example/spy.gif" in text


@pytest.mark.browser
@pytest.mark.once
def test_a_good_site_passes_and_the_report_of_a_bad_one_is_such_a_site(serve, tmp_path):
    bad = {
        "url": "http://x/<b>",
        "check": "axe",
        "rule": "label",
        "impact": "critical",
        "help": "Form elements must have labels",
        "where": "320 px, dark",
        "nodes": [{"target": "#a > b", "note": "x" * 300}] * 30,
    }
    values = {"site": "http://x", "finished": "2026-01-01T00:00", "tool": "axe", "checks": 1}
    lists = {"failures": [bad], "left_out": ["html: no Java"], "addresses": ["http://x/"]}
    text = report.page(values | lists | {"pages": 2})
    assert "<b>" not in text.split("<body>")[1]
    only = "axe,overflow,text,links,status,privacy"
    code, result, done = audit(serve(index=GOOD, report=text), tmp_path, "--only", only)
    assert result["failures"] == [], done.stdout
    assert code == 0


@pytest.mark.once
def test_a_site_that_does_not_answer_is_said_in_a_sentence(tmp_path):
    code, result, done = audit("http://127.0.0.1:9", tmp_path)
    assert (code, result) == (2, None)
    assert "does not answer" in done.stdout
    assert "Traceback" not in done.stderr


def test_one_address_of_each_kind_is_taken():
    known = ["http://x/lv/zinas/raksts/"]
    links = ["http://x/lv/zinas/2022/", "http://x/lv/zinas/2023/", "http://x/lv/?topic=a"]
    links += ["http://x/lv/?topic=b", "http://x/lv/zinas/raksts/"]
    assert discover.one_of_each_kind(links, known) == [links[0], links[2]]


def test_a_few_pages_are_taken_from_all_parts_of_a_site():
    assert discover.spread(list("abcdefgh"), 4) == list("aceg")
    assert discover.spread(list("abc"), 0) == list("abc")
    assert discover.spread(list("abc"), 9) == list("abc")


@pytest.mark.parametrize(
    ("choice", "site", "is_complete", "expected"),
    [
        ("auto", "http://127.0.0.1:8000", True, True),
        ("auto", "http://127.0.0.1:8000", False, False),
        ("auto", "https://lpia.example", True, False),
        ("1", "https://lpia.example", False, True),
        ("0", "http://localhost", True, False),
    ],
)
def test_only_the_whole_audit_of_a_local_site_is_recorded_unless_told(
    choice, site, is_complete, expected
):
    assert is_to_be_recorded(choice, {"site": site, "is_complete": is_complete}) is expected
