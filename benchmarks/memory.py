"""What a worker takes of the memory, and what it is taken by.

    python benchmarks/memory.py [--articles 1000 50000] [--keep NAME] [--times 150]

One worker is started as a public server has it (gunicorn.conf.py, settings of production, without
Redis). Four clients ask for every kind of page with a cookie that no cache answers, for the same
pages as visitors come, and for the admin's explorer; then an article is published. After each step
the worker's memory is read: all that is resident, and its proportional share (PSS: what several
processes have in common counts for each in part).

``--keep NAME`` takes the database of an earlier run, on the server of DATABASE_URL, as pages.py
does.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import requests

import app_server
import bench
import production

CLIENTS = 4
ADMIN_TIMES = 40
STEPS = ("first page", "pages", "kept pages", "explorer", "published")


class Worker:
    """The only worker of a server, and clients that ask it."""

    def __init__(self, server, address):
        self.address = address
        [self.pid] = app_server.family_of(server.pid)[1:]

    def sizes(self) -> tuple[int, int]:
        """Return the megabytes that are resident, and the proportional share."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        found = (re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)[1] for name in ("Rss", "Pss"))
        return tuple(round(int(size) / 1024) for size in found)

    def ask(self, paths, cookie=""):
        """Ask for paths, by several clients at once."""
        headers = app_server.HEADERS | ({"Cookie": cookie} if cookie else {})
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(partial(self._ask, headers), paths))

    def _ask(self, headers, path):
        answer = requests.get(
            self.address + path, headers=headers, timeout=60, allow_redirects=False
        )
        if answer.status_code not in (200, 404):
            sys.exit(f"{path} was answered {answer.status_code}: {answer.text[:1000]}")

    def publish(self, page, data, cookie):
        """Publish an article through its form, some times."""
        path = f"/admin/pages/{page}/edit/"
        with requests.Session() as session:
            session.headers.update(
                app_server.HEADERS | {"Referer": f"https://localhost{path}", "Cookie": cookie}
            )
            form = session.get(self.address + path)
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)[1]
            session.headers["Cookie"] = f"{cookie}; csrftoken={form.cookies['csrftoken']}"
            for number in range(production.SAVES):
                fields = data | {"title": f"Virsraksts {number}", "csrfmiddlewaretoken": token}
                answer = session.post(
                    self.address + path,
                    fields | {"action-publish": "action-publish"},
                    allow_redirects=False,
                )
                if answer.status_code != 302:
                    sys.exit(f"Publishing was answered {answer.status_code}: {answer.text[:1000]}")


@contextmanager
def worker(url, folder):
    """Yield the worker of a server on a database, whose files are in a folder."""
    port = app_server.free_port()
    environment = os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": bench.SECRET_KEY,
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "SECOND_FACTOR": "false",
        "API_RATE": "",
        "TRUSTED_PROXIES": "1",
        "WEB_CONCURRENCY": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(  # noqa: S603
            command, cwd=bench.ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            app_server.wait_for(f"http://127.0.0.1:{port}/-/live")
            yield Worker(server, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def form_of_article():
    """Return the key of an article, and what its form sends (for ``bench.run``)."""
    code = bench.ROOT / "benchmarks" / "editor_form.py"
    done = subprocess.run(  # noqa: S603
        [sys.executable, code, "1"],
        env=os.environ | {"PYTHONPATH": f"{bench.ROOT / 'site'}:{bench.ROOT}:{bench.ROOT}/tests"},
        capture_output=True,
        text=True,
        check=True,
    )
    [found] = json.loads(done.stdout)
    return found


def run(url, folder, times) -> dict[str, tuple[int, int]]:
    """Return what the worker takes after each step."""
    as_public = partial(bench.set_up_as_public, str(folder))
    addresses, cookie = bench.run(url, production.addresses_and_cookie, initializer=as_public)
    page, data = bench.run(url, form_of_article, initializer=as_public)
    explorer = addresses.pop("explorer")
    # In turn, as visitors come: one of each kind, then the next ones.
    kinds = [list(islice(cycle(paths), times)) for paths in addresses.values()]
    mixed = [path for paths in zip(*kinds, strict=True) for path in paths]
    with worker(url, folder) as one:
        one.ask(["/lv/"], production.NO_CACHE)
        sizes = {"first page": one.sizes()}
        one.ask(mixed, production.NO_CACHE)
        sizes["pages"] = one.sizes()
        one.ask(mixed)
        sizes["kept pages"] = one.sizes()
        one.ask(explorer * ADMIN_TIMES, cookie)
        sizes["explorer"] = one.sizes()
        one.publish(page, data, cookie)
        time.sleep(1)
        sizes["published"] = one.sizes()
    return sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 50_000])
    parser.add_argument("--keep", default="")
    parser.add_argument("--times", type=int, default=150, help="of each kind of page")
    options = parser.parse_args()
    print(bench.heading("articles", *(f"after: {STEPS[0]}", *STEPS[1:])))
    for articles in options.articles:
        keep = f"{options.keep}_{articles}" if options.keep else ""
        with production.site(articles, keep) as (url, folder):
            sizes = run(url, folder, options.times)
        cells = (f"{resident} ({share})" for resident, share in sizes.values())
        print(bench.row(f"{articles:,}", *cells), flush=True)
    print(f"\nResident megabytes (proportional share). {bench.machine()}.")


if __name__ == "__main__":
    main()
