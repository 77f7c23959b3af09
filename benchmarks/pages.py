"""What a page costs without any cache of pages: processor time of the site and of its database.

    python benchmarks/pages.py [--articles 1000 50000] [--database postgresql] [--keep NAME]
        [--only PATTERN] [--profile NAME]

For each number a database is filled (see content.py). Then one process, with the settings of a
public server and all its middleware, answers each address many times: WSGI call by WSGI call, over
one open connection. The processor time of the process and of its database backend counts, and is
compared with an empty view of Django without middleware, asked in between. ``--keep`` leaves the
databases, called NAME and the number, and takes those of an earlier run as they are; on PostgreSQL
that needs a server that stays, in DATABASE_URL, on this machine. Prints Markdown. ``--profile``
prints where the time of one address goes instead, and its queries.
"""

import argparse
import contextlib
import io
import os
import statistics
import sys
import tempfile
import time
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import bench
import content

SECONDS, FEWEST, MOST = 1.0, 12, 200  # each address is asked for so long, and so often
PUBLICATIONS = 12
TICK = os.sysconf("SC_CLK_TCK")
WARM = 30  # requests that are not counted
DIFFERENT = 300  # articles, asked for in turn: nothing of one is left over from the time before


class Cost(NamedTuple):
    """Of one request, in milliseconds of a processor; ``wall`` by the clock, the median."""

    site: float
    database: float
    wall: float
    queries: int

    @property
    def total(self) -> float:
        return self.site + self.database


# The database's own time


class Backend:
    """The processor time of the database, where it is a process of its own on this machine."""

    def __init__(self, connection):
        self.pid = None
        if connection.vendor == "postgresql":
            connection.settings_dict["CONN_MAX_AGE"] = None  # it is followed to the end
            connection.ensure_connection()
            self.pid = connection.connection.info.backend_pid
            if not Path(f"/proc/{self.pid}/schedstat").exists():
                sys.exit("The server's processes can't be seen: it must run on this machine.")
            status = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
            self.parent = int(status[1])

    def seconds(self) -> float:
        """Return what the backend took until now, and workers of its parallel queries."""
        if self.pid is None:
            return 0
        own = int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e9
        server = Path(f"/proc/{self.parent}/stat").read_text().rpartition(")")[2].split()
        return own + (int(server[13]) + int(server[14])) / TICK


# Requests


class Visitor:
    """Asks the site's own WSGI application, as a server behind a proxy with TLS would."""

    def __init__(self, application, cookie=""):
        self.application, self.cookie = application, cookie

    def get(self, address: str) -> tuple[int, bytes]:
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_ACCEPT_LANGUAGE": "lv",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        } | ({"HTTP_COOKIE": self.cookie} if self.cookie else {})
        statuses = []
        response = self.application(environ, lambda status, headers: statuses.append(status))
        body = b"".join(response)
        response.close()
        return int(statuses[0][:3]), body


def addresses() -> dict[str, list[str]]:
    """Return what is asked for in turn, by what it is called in the table."""
    from news.models import Insight, NewsIndexPage, NewsPage
    from people.models import BoardPage
    from search.models import WordForm

    index = NewsIndexPage.objects.get(locale__language_code="lv")
    url, number = index.get_url(), index.articles.count()
    last = -(-number // index.ARTICLES_PER_PAGE)
    articles = index.articles.filter(slug__startswith="raksts-", conference=None).order_by("pk")
    articles = articles[:: max(number // DIFFERENT, 1)][:DIFFERENT]
    months = [f"{url}{article.date:%Y/%m}/" for article in articles[:30]]
    insights = list(Insight.objects.filter(locale_id=index.locale_id).order_by("pk")[:10])
    forms = WordForm.objects.filter(language="lv").order_by("-documents", "form")
    most_frequent = list(forms[10:30])
    frequent = list(forms.filter(documents__lte=number / 20)[:20])
    rare = list(forms.filter(documents=3)[:20])
    topic = NewsPage.objects.get(pk=articles[0].pk).topics[0]
    return {
        "home": ["/lv/"],
        "listing": [url],
        "listing, page 20": [f"{url}?page=20"],
        "listing, middle page": [f"{url}?page={last // 2}"],
        "listing, last page": [f"{url}?page={last}"],
        "listing of a topic": [f"{url}?topic={topic.slug}"],
        "archive month": months,
        "article": [article.get_url() for article in articles],
        search_name("most frequent", most_frequent): searches(most_frequent),
        search_name("frequent", frequent): searches(frequent),
        search_name("rare", rare): searches(rare),
        "insights library": [insights[0].page.get_library_url()],
        "insight": [insight.get_url() for insight in insights],
        "conference": [insights[0].page.get_url()],
        "board": [BoardPage.objects.get(locale_id=index.locale_id).get_url()],
        "feed": [f"{url}feed/atom/"],
        "404": [f"{url}nav-tadas-lapas/"],
        "explorer": [f"/admin/pages/{index.pk}/"],
    }


def searches(forms) -> list[str]:
    return [f"/lv/meklet/?q={quote(form.form)}" for form in forms]


def search_name(kind, forms) -> str:
    """Return the name of a search; the number is of the articles that hold such a word."""
    return f"search, {kind} word ({statistics.median(form.documents for form in forms):.0f})"


def session_cookie() -> str:
    """Return the cookie of a superuser who is signed in."""
    from django.conf import settings
    from django.contrib.auth import (
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
        get_user_model,
    )

    from accounts.sessions import SessionStore

    user, _is_new = get_user_model().objects.get_or_create(
        username="benchmark", defaults={"is_superuser": True, "is_staff": True}
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


# Measuring


def measure(only="") -> dict[str, Cost]:
    """Return what each address costs, and a publication."""
    from django.db import connection

    application, empty = applications()
    backend = Backend(connection)
    keep_what_is_shared()
    found = {"empty view": cost(empty, backend)}
    for name, address in addresses().items():
        if only in name:
            expected = 404 if name == "404" else 200
            found[name] = cost(visit(application, address, expected), backend)
    if only in "save draft publish":
        found |= measure_publication(backend)
    again = cost(empty, backend)
    found["empty view"] = Cost(*map(min, found["empty view"], again))
    return found


def keep_what_is_shared():
    """Have the site keep what it makes once per change, for nothing changes meanwhile."""
    from home import shared

    shared.generation = lambda: "benchmark"


def applications() -> tuple:
    """Return the site as a function of an environment, and one that asks an empty view."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    from config.wsgi import application

    bare = override_settings(MIDDLEWARE=[], ROOT_URLCONF="empty")
    with bare:
        handler = WSGIHandler()

    def empty():
        with bare:
            for _time in range(10):
                Visitor(handler).get("/-/empty/")

    return application, empty


def visit(application, addresses, expected=200):
    cookie = session_cookie() if addresses[0].startswith("/admin/") else ""
    visitor, addresses = Visitor(application, cookie), cycle(addresses)

    def ask():
        address = next(addresses)
        status, _body = visitor.get(address)
        if status != expected:
            raise RuntimeError(f"{status} for {address}")

    return ask


def cost(ask, backend) -> Cost:
    """Return what a call costs, warmed up."""
    times = 10 if ask.__name__ == "empty" else 1  # it asks so often at once
    for _time in range(WARM):
        ask()
    queries, walls = count_queries(ask), []
    ends, start = time.perf_counter() + SECONDS, time.process_time()
    database = backend.seconds()
    while len(walls) < FEWEST or (time.perf_counter() < ends and len(walls) < MOST):
        before = time.perf_counter()
        ask()
        walls.append(time.perf_counter() - before)
    number = len(walls) * times / 1000
    return Cost(
        site=(time.process_time() - start) / number,
        database=(backend.seconds() - database) / number,
        wall=statistics.median(walls) * 1000 / times,
        queries=queries,
    )


def count_queries(ask) -> int:
    from django.db import connection

    statements = []

    def watch(execute, sql, *arguments):
        statements.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(watch):
        ask()
    return len(statements)


def measure_publication(backend) -> dict[str, Cost]:
    """Return what saving a draft of an article costs, and what publishing it does."""
    from wagtail.rich_text import RichText

    from news.models import NewsPage

    pages = list(
        NewsPage.objects.filter(slug__startswith="raksts-", locale__language_code="lv").order_by(
            "-pk"
        )[: PUBLICATIONS + 2]
    )
    taken = {"saving a draft": [], "publishing": []}
    for page in pages:
        page.title = f"{page.title} labots"
        page.body.append(("text", RichText("<p>Labots teikums par pašvaldībām.</p>")))
        draft, revision = cost_of_one(page.save_revision, backend)
        taken["saving a draft"].append(draft)
        taken["publishing"].append(cost_of_one(revision.publish, backend)[0])
    return {
        name: Cost(*(statistics.median(values) for values in zip(*costs[2:], strict=True)))
        for name, costs in taken.items()
    }


def cost_of_one(step, backend) -> tuple:
    """Return what a step costs, and what it returns."""
    from django.db import connection, transaction

    statements = []

    def watch(execute, sql, *arguments):
        statements.append(sql)
        return execute(sql, *arguments)

    def now():
        return time.process_time(), backend.seconds(), time.perf_counter()

    before = now()
    with connection.execute_wrapper(watch), transaction.atomic():
        result = step()
    spent = [(end - start) * 1000 for start, end in zip(before, now(), strict=True)]
    return Cost(*spent, len(statements)), result


def profile(name: str) -> str:
    """Return where the time of an address goes, and what it asks of the database."""
    import cProfile

    from django.db import connection

    application, _empty = applications()
    keep_what_is_shared()
    known = addresses()
    address = known.get(name) or next(known[key] for key in known if key.startswith(name))
    ask = visit(application, address, 404 if name == "404" else 200)
    for _time in range(3):
        ask()
    output, statements = io.StringIO(), []

    def watch(execute, sql, params, *arguments):
        start = time.perf_counter()
        try:
            return execute(sql, params, *arguments)
        finally:
            statements.append((time.perf_counter() - start, sql, params))

    with connection.execute_wrapper(watch):
        ask()
    for seconds, sql, params in statements:
        print(f"{seconds * 1000:7.2f} ms  {sql}\n{params}\n", file=output)
    profiler = cProfile.Profile()
    with contextlib.closing(output), profiler:
        for _time in range(30):
            ask()
        return text_of(profiler, output)


def text_of(profiler, output):
    import pstats

    statistics_ = pstats.Stats(profiler, stream=output)
    statistics_.sort_stats("cumulative").print_stats(90)
    statistics_.sort_stats("tottime").print_stats(30)
    return output.getvalue()


# The table


def table(results: dict[int, dict[str, Cost]]) -> str:
    numbers = list(results)
    heads = [head for n in numbers for head in (f"{n:,}: ms", "of it database", "× empty", "wall")]
    lines = [bench.heading("page", "queries", *heads, *(["growth"] if len(numbers) > 1 else []))]
    for place, name in enumerate(results[numbers[0]]):
        cells = []
        for number in numbers:
            found = list(results[number].items())[place]
            cost, empty = found[1], results[number]["empty view"]
            cells += [
                f"{cost.total:.2f}",
                f"{cost.database:.2f}",
                f"{cost.total / empty.total:.0f}",
                f"{cost.wall:.1f}",
            ]
        costs = [list(results[number].values())[place] for number in numbers]
        growth = [f"{costs[-1].total / costs[0].total:.2f}"] if len(numbers) > 1 else []
        lines.append(bench.row(name, round(costs[-1].queries), *cells, *growth))
    return "\n".join(lines)


def folder_of(keep: str):
    """Return a context with the folder of the site's files."""
    if not keep:
        return tempfile.TemporaryDirectory(prefix="lpia-benchmark-")
    folder = Path(tempfile.gettempdir(), f"{keep}-files")
    folder.mkdir(exist_ok=True)
    return contextlib.nullcontext(str(folder))


def is_filled(articles: int) -> bool:
    from news.models import NewsPage

    with contextlib.suppress(Exception):
        return NewsPage.objects.filter(locale__language_code="lv").count() >= articles
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 50_000])
    parser.add_argument("--database", choices=bench.DATABASES, default="postgresql")
    parser.add_argument("--keep", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--profile", default="")
    options = parser.parse_args()
    results = {}
    for articles in options.articles:
        keep = f"{options.keep}_{articles}" if options.keep else ""
        with (
            folder_of(keep) as folder,
            bench.database(options.database, keep) as url,
        ):
            settings = partial(bench.set_up_as_public, folder)
            if not bench.run(url, is_filled, articles, initializer=settings):
                with bench.timed() as seconds:
                    content.make(url, articles, settings)
                print(f"{articles} articles made in {seconds[0]:.0f} s", file=sys.stderr)
            if not Path(folder, "static").exists():
                bench.run(url, bench.collect_static, initializer=settings)
            if options.profile:
                print(bench.run(url, profile, options.profile, initializer=settings))
            else:
                results[articles] = bench.run(url, measure, options.only, initializer=settings)
    if results:
        print(table(results), f"\n{bench.machine()}, {options.database}.", sep="\n")


if __name__ == "__main__":
    main()
