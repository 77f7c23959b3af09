"""What the production stack costs and serves: nginx, gunicorn, PostgreSQL and Redis under wrk.

    python benchmarks/production.py [--articles 1000 50000] [--keep NAME] [--seconds 4] [--write]

The site is filled (content.py) and started as a public server has it (scripts/chain.py), with one
worker. wrk (Debian: apt-get install wrk) asks nginx for each kind of page over TLS, addresses in
turn: first with a cookie that no cache answers, then as visitors come. What counts is the processor
time of the site's worker, of PostgreSQL and of nginx for each request, and its ratio to the
smallest answer of the same worker in the same run (`/-/live`, from the first middleware).

``--keep NAME`` takes the database of an earlier run, on the server of DATABASE_URL, as pages.py
does. ``--write`` puts the tables into README.md and adds a line to their history.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import psycopg
import requests

import bench
import content
import pages
from scripts.chain import HOST, Stack

README = Path(__file__).with_name("README.md")
START, END, HISTORY = "<!-- make bench -->\n", "<!-- end of make bench -->\n", "<!-- history -->\n"
NO_CACHE = "messages=x"  # a cookie with which the site answers anew, without a session
SECRET_KEY = bench.SECRET_KEY  # sessions that are made beside the site are good in it
CLIENTS = 4
MANY = 64  # connections, with which nginx is never idle: kept pages and files are compared so
ROUNDS = 3
WARM_UP = 2  # seconds, in which templates are read and each connection prepares its queries
SAVES = 12
TICK = os.sysconf("SC_CLK_TCK")
LUA = """
local paths, n = {}, 0
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
request = function()
    n = n + 1
    return wrk.format("GET", paths[(n - 1) % #paths + 1])
end
done = function(summary, latency)
    local errors = summary.errors
    local broken = errors.connect + errors.read + errors.write + errors.timeout
    print(string.format("RESULT %d %d %d %d %d %d", summary.requests, summary.duration,
        broken, errors.status, latency:percentile(50), latency:percentile(99)))
end
"""


class Cost(NamedTuple):
    """Of one request: milliseconds of a processor; rate by the second; latency in ms."""

    site: float
    database: float
    nginx: float
    rate: float
    median: float
    p99: float
    failed: int

    @property
    def server(self) -> float:
        """What the issue counts: the site and its database."""
        return self.site + self.database


class Kept(NamedTuple):
    """Kept pages: a second, static files of the same bytes a second; nginx and p99 in ms."""

    rate: float
    file_rate: float
    nginx: float
    p99: float
    failed: int


class Machine:
    """The processes of a chain and what they have taken of the processors."""

    def __init__(self, chain):
        self.chain = chain
        with psycopg.connect(**_login(chain.database)) as connection:
            backend = connection.info.backend_pid
        self.postmaster = int(_stat(backend)[1])

    def seconds(self) -> tuple[float, float, float]:
        """Return the seconds of the site, the database and nginx until now."""
        site = sum(map(_own, self.chain.workers(0)))
        # Backends that have ended count for their parent.
        database = _own(self.postmaster) + _ended(self.postmaster)
        database += sum(map(_own, _children(self.postmaster)))
        return site, database, sum(map(_own, _children(self.chain.nginx.pid)))

    def memory(self) -> float:
        """Return the megabytes of the largest worker."""
        sizes = []
        for pid in self.chain.workers(0):
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            sizes.append(int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) / 1024)
        return max(sizes)


def _login(url):
    parts = re.fullmatch(r"postgres://(\w+)@(?:/(.*)|([\w.]+)(?::(\d+))?)/(\w+)", url)
    if not parts:
        sys.exit(f"The benchmark can't read this address of a database: {url}")
    user, folder, host, port, name = parts.groups()
    login = {"user": user, "host": f"/{folder.lstrip('/')}" if folder else host, "dbname": name}
    return login | ({"port": port} if port else {})


def _stat(pid) -> list[str]:
    """Return the fields of proc(5) after the name: state, parent …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _own(pid) -> float:
    try:
        fields = _stat(pid)
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def _ended(pid) -> float:
    fields = _stat(pid)
    return (int(fields[13]) + int(fields[14])) / TICK


def _children(pid) -> list[int]:
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


class Bench:
    """One chain with its content."""

    def __init__(self, chain, folder, seconds):
        self.chain, self.machine, self.seconds = chain, Machine(chain), seconds
        self.paths = folder / "paths"
        self.script = folder / "wrk.lua"
        self.script.write_text(LUA)

    def ask(self, paths, cookie="", clients=CLIENTS, seconds=0) -> Cost:
        """Ask for paths in turn for some seconds; return what a request cost."""
        self.paths.write_text("\n".join(paths))
        headers = [f"Host: {HOST}", "Accept-Encoding: br"]
        headers += [f"Cookie: {cookie}"] if cookie else []
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds or self.seconds}s", "-s", self.script]
        command += [part for header in headers for part in ("-H", header)]
        before = self.machine.seconds()
        done = subprocess.run(  # noqa: S603
            [*command, f"https://127.0.0.1:{self.chain.https}"],
            env=os.environ | {"BENCH_PATHS": str(self.paths)},
            capture_output=True,
            text=True,
            check=True,
        )
        spent = [end - start for start, end in zip(before, self.machine.seconds(), strict=True)]
        found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
        number, duration, broken, refused, median, p99 = map(int, found.groups())
        costs = (value / max(number, 1) * 1000 for value in spent)
        return Cost(*costs, number / duration * 1e6, median / 1000, p99 / 1000, broken + refused)

    def compare(self, paths) -> Kept:
        """Ask for kept pages and for static files of the same bytes by turns."""
        files = [static_file(self.chain, path) for path in paths]
        self.ask(paths, clients=MANY, seconds=1)  # fetched once: what counts is what is kept
        ask = partial(self.ask, clients=MANY, seconds=max(1, self.seconds // 2))
        rounds = [(ask(paths), ask(files)) for _ in range(ROUNDS)]
        pages, files = ([cost.rate for cost in costs] for costs in zip(*rounds, strict=True))
        page, file = statistics.median(pages), statistics.median(files)
        nginx = statistics.median(page.nginx for page, _file in rounds)
        return Kept(
            page,
            file,
            nginx,
            max(page.p99 for page, _file in rounds),
            sum(page.failed + file.failed for page, file in rounds),
        )

    def queries(self, since) -> float:
        """Return the median of the queries of the requests in the site's log."""
        lines = (self.chain.folder / "logs" / "server-0.log").read_text()[since:].splitlines()
        found = [json.loads(line).get("queries") for line in lines if '"queries"' in line]
        return statistics.median(found) if found else 0

    def position(self) -> int:
        return len((self.chain.folder / "logs" / "server-0.log").read_text())


def run(articles, url, folder, seconds) -> dict:
    """Return the figures of one site: by page without and with caches, and of the worker."""
    addresses, cookie = bench.run(
        url, addresses_and_cookie, initializer=partial(bench.set_up_as_public, str(folder))
    )
    settings = {
        "SECRET_KEY": SECRET_KEY,
        "SECOND_FACTOR": "false",
        "API_RATE": "",
        "MEDIA_ROOT": str(folder / "media"),
    }
    with (
        tempfile.TemporaryDirectory(prefix="lpia-bench-") as temporary,
        Stack(Path(temporary), settings=settings, database=url) as chain,
    ):
        measured = Bench(chain, Path(temporary), seconds)
        measured.ask(["/lv/"], NO_CACHE)  # what a worker reads once
        empty = measured.ask(["/-/live"])
        without, queries = {}, {}
        for name, paths in addresses.items():
            sent = cookie if name == "explorer" else NO_CACHE
            measured.ask(paths, sent, seconds=WARM_UP)
            since = measured.position()
            without[name] = measured.ask(paths, sent)
            queries[name] = measured.queries(since)
        kept = {
            name: measured.compare(paths[:20])
            for name, paths in addresses.items()
            if name not in ("explorer", "404")
        }
        save = saving(measured, chain, cookie)
        return {
            "articles": articles,
            "empty": empty,
            "without": without,
            "queries": queries,
            "kept": kept,
            "save": save,
            "memory": measured.machine.memory(),
        }


def addresses_and_cookie():
    return pages.addresses(), pages.session_cookie()


def static_file(chain, path) -> str:
    """Make a static file of what a page is in brotli; return its address."""
    body = chain.get(path, Accept_Encoding="br").body
    name = f"bench-{hashlib.blake2b(path.encode(), digest_size=8).hexdigest()}.css"
    for suffix, text in (("", b"x" * len(body)), (".br", body)):
        (chain.static / f"{name}{suffix}").write_bytes(text)
    return f"/static/{name}"


def saving(measured, chain, cookie) -> dict:
    """Return what it costs to publish an article through its form, the median by the clock too."""
    [(page, data)] = json.loads(chain.python("benchmarks/editor_form.py", 1))
    address = f"https://{HOST}:{chain.https}/admin/pages/{page}/edit/"
    walls = []
    with requests.Session() as session:
        session.trust_env, session.verify = False, str(chain.folder / "certificate.pem")
        session.headers.update({"Referer": address, "Cookie": cookie})
        form = session.get(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)[1]
        session.headers["Cookie"] = f"{cookie}; csrftoken={form.cookies['csrftoken']}"
        before = measured.machine.seconds()
        for number in range(SAVES):
            fields = data | {"title": f"Virsraksts {number}", "action-publish": "action-publish"}
            begun = time.perf_counter()
            answer = session.post(
                address, fields | {"csrfmiddlewaretoken": token}, allow_redirects=False
            )
            walls.append(time.perf_counter() - begun)
            if answer.status_code != 302:
                sys.exit(f"Publishing was answered {answer.status_code}: {answer.text[:3000]}")
    site, database, _nginx = (
        (end - start) / SAVES * 1000
        for start, end in zip(before, measured.machine.seconds(), strict=True)
    )
    return {"site": site, "database": database, "median": statistics.median(walls) * 1000}


# Tables


def table(results) -> str:
    return "\n\n".join(map(_table, results))


def _table(result) -> str:
    empty = result["empty"]
    lines = [
        f"{result['articles']:,} articles; a worker takes {result['memory']:.0f} MB; the smallest "
        f"answer of the site takes {empty.server:.2f} ms of it.",
        "",
        bench.row("page", "site, ms", "database, ms", "both", "ratio", "queries", "p50, ms")[:-1]
        + "| kept: a second | file: a second | ratio | nginx, ms | p99, ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, cost in result["without"].items():
        kept = result["kept"].get(name)
        lines.append(
            bench.row(
                name,
                f"{cost.site:.1f}",
                f"{cost.database:.1f}",
                f"**{cost.server:.1f}**",
                f"{cost.server / empty.server:.0f}",
                f"{result['queries'][name]:.0f}",
                f"{cost.median:.0f}",
                f"{kept.rate:,.0f}" if kept else "",
                f"{kept.file_rate:,.0f}" if kept else "",
                f"{kept.rate / kept.file_rate:.2f}" if kept else "",
                f"{kept.nginx:.3f}" if kept else "",
                f"{kept.p99:.1f}" if kept else "",
            )
        )
    save = result["save"]
    lines.append(
        bench.row(
            "publish through the form",
            f"{save['site']:.0f}",
            f"{save['database']:.0f}",
            f"**{save['site'] + save['database']:.0f}**",
            *("", "", f"{save['median']:.0f}", "", "", "", "", ""),
        )
    )
    failed = {
        name: cost.failed
        for costs in (result["without"], result["kept"])
        for name, cost in costs.items()
        if cost.failed and name != "404"
    }
    lines += ["", f"Failed requests: {failed or 'none'}."]
    return "\n".join(lines)


def history_line(results) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    cells = []
    for name in ("home", "listing", "listing, last page", "article", "insights library"):
        both = (f"{result['without'][name].server:.1f}" for result in results)
        cells.append(" / ".join(both))
    empty = " / ".join(f"{result['empty'].server:.2f}" for result in results)
    memory = " / ".join(f"{result['memory']:.0f}" for result in results)
    return bench.row(f"{date.today():%Y-%m-%d}", commit, empty, *cells, memory)


def write(results):
    """Put the tables into README.md in the place of the last ones, and a line into the history."""
    text = README.read_text()
    head, _, rest = text.partition(START)
    _, _, tail = rest.partition(END)
    tail = tail.replace(HISTORY, f"{history_line(results)}\n{HISTORY}", 1)
    new = f"\n{table(results)}\n\n{bench.machine()}.\n\n"
    README.write_text(f"{head}{START}{new}{END}{tail}")


@contextmanager
def site(articles, keep):
    """Yield the address of a database with so many articles, and the folder of its files."""
    with pages.folder_of(keep) as folder, bench.database("postgresql", keep) as url:
        settings = partial(bench.set_up_as_public, folder)
        bench.run(url, bench.migrate, initializer=settings)
        if not bench.run(url, pages.is_filled, articles, initializer=settings):
            with bench.timed() as seconds:
                content.make(url, articles, settings)
            print(f"{articles} articles made in {seconds[0]:.0f} s", file=sys.stderr)
        yield url, Path(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 50_000])
    parser.add_argument("--keep", default="")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing (Debian: apt-get install wrk).")
    results = []
    for articles in options.articles:
        keep = f"{options.keep}_{articles}" if options.keep else ""
        with site(articles, keep) as (url, folder):
            results.append(run(articles, url, folder, options.seconds))
            print(table(results[-1:]), flush=True)
    if options.write:
        write(results)


if __name__ == "__main__":
    main()
