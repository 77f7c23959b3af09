"""What the search costs with many articles: pages, publications, full builds, and their growth.

    python benchmarks/search_scale.py [--articles 1000 50000] [--database sqlite] [--keep NAME]

For each number a database is filled with made-up Latvian articles, then `build_search` and
`update_index` make what the search needs. ``--keep`` leaves the databases, called NAME and the
number, and takes those of an earlier run as they are; ``--rebuild`` builds their search anew.
On PostgreSQL that needs a server that stays, in DATABASE_URL. Prints Markdown.
"""

import argparse
import random
import resource
import statistics
import time
import weakref
from collections import Counter

import bench

BATCH = 60  # rows a statement: SQLite takes 999 parameters on old versions
ROUNDS = 3  # each query is asked so often; its median counts
QUERIES_OF_A_KIND = 30
PUBLICATIONS = 20
OURS = ("search.", "modelsearch.")


# Filling a database


def write_articles(number: int):
    """Write articles as rows: a quarter of an hour faster than publishing each, for 50,000."""
    from django.db import transaction
    from django.utils import timezone
    from wagtail.models import Page

    from home.models import HomePage
    from news.models import NewsIndexPage, NewsTopic, Topic
    from news.wordpress.together import insert
    from synthetic import TOPICS, Author

    home = HomePage.objects.get(locale__language_code="lv")
    index = home.add_child(instance=NewsIndexPage(title="Ziņas", slug="zinas"))
    topics = [
        Topic.objects.create(name=f"Tēma {topic}", slug=f"tema-{topic}", locale=home.locale)
        for topic in range(TOPICS)
    ]
    author, now = Author(), timezone.now()
    with transaction.atomic():
        for start in range(0, number, BATCH):
            texts = [author.write(place) for place in range(start, min(start + BATCH, number))]
            pages = [
                article(index, place, text, now) for place, text in enumerate(texts, start + 1)
            ]
            insert(pages)
            NewsTopic.objects.bulk_create(
                NewsTopic(page=page, topic=topics[topic], locale=home.locale, sort_order=order)
                for page, text in zip(pages, texts, strict=True)
                for order, topic in enumerate(text.topics)
            )
        Page.objects.filter(pk=index.pk).update(numchild=number)


def article(index, place, text, now):
    """Return an article as `add_child` and `publish` would leave it, not saved."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.rich_text import RichText

    from news.models import NewsPage

    slug = f"raksts-{place}"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.paragraphs)
    return NewsPage(
        title=text.title,
        draft_title=text.title,
        slug=slug,
        lead=text.lead,
        date=text.date,
        body=[("text", RichText(body))],
        locale_id=index.locale_id,
        path=NewsPage._get_path(index.path, index.depth + 1, place),
        depth=index.depth + 1,
        url_path=f"{index.url_path}{slug}/",
        content_type=ContentType.objects.get_for_model(NewsPage),
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


def measure_build(name: str) -> dict[str, float]:
    """Run a management command; return its seconds and its process's peak memory in MB."""
    before = peak_memory()
    with bench.timed() as seconds:
        bench.command(name)
    return {"seconds": seconds[0], "peak": peak_memory(), "before": before}


def peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# The search page


def make_queries() -> dict[str, list[str]]:
    """Return queries by kind, from the first thousand articles: the same for every number."""
    from search.analysis import fold
    from synthetic import Author

    author, chance = Author(), random.Random(7)
    texts = [author.write(number) for number in range(1000)]
    sentences = [s.lower().split() for t in texts for p in t.paragraphs for s in p.split(". ")]
    sentences = [[word.strip(".") for word in sentence] for sentence in sentences]
    common, usual = author.words[20:200], [w for w in author.words[100:4000] if len(w) > 3]
    rank = {word: place for place, word in enumerate(author.words)}
    present = sorted({word for sentence in sentences for word in sentence})
    rare = [word for word in present if rank[word] > 20_000]
    marked = [word for word in usual if fold(word) != word]

    def typo(word):
        place = chance.randrange(1, len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    def phrase():
        sentence = chance.choice([s for s in sentences if len(s) > 4])
        start = chance.randrange(len(sentence) - 2)
        return f'"{" ".join(sentence[start : start + chance.choice((2, 3))])}"'

    makers = {
        "common word": lambda: chance.choice(common),
        "rare word": lambda: chance.choice(rare),
        "two words": lambda: " ".join(chance.sample(usual, 2)),
        "three words": lambda: " ".join(chance.sample(usual, 3)),
        "phrase": phrase,
        "without diacritics": lambda: fold(chance.choice(marked)),
        "typing error": lambda: typo(chance.choice([w for w in usual if len(w) > 6])),
    }
    queries = {}
    for kind, make in makers.items():
        different = set()
        while len(different) < QUERIES_OF_A_KIND:
            different.add(make())
        queries[kind] = sorted(different)
    return queries


def measure_page() -> dict:
    """Ask the search page; return milliseconds by kind, and what it asks of the database."""
    from django.test import Client

    queries, client = make_queries(), Client()
    asked = [(kind, query) for kind, of_kind in queries.items() for query in of_kind]

    def ask(query):
        start = time.perf_counter()
        response = client.get("/lv/meklet/", {"q": query})
        if response.status_code != 200:
            raise RuntimeError(f"{response.status_code} for {query!r}")
        return (time.perf_counter() - start) * 1000

    for _kind, query in asked[::10]:
        ask(query)  # templates, dictionary, vocabulary, plans
    taken = {query: [] for _kind, query in asked}
    for _round in range(ROUNDS):
        for _kind, query in random.Random(3).sample(asked, len(asked)):
            taken[query].append(ask(query))
    times = {
        kind: [statistics.median(taken[query]) for query in of_kind]
        for kind, of_kind in queries.items()
    }
    slowest = sorted(asked, key=lambda pair: -statistics.median(taken[pair[1]]))[:3]
    samples = [queries[kind][0] for kind in ("common word", "rare word", "two words")]
    return {
        "times": times,
        "longest": max(time for of_query in taken.values() for time in of_query),
        "slowest": [(k, q, statistics.median(taken[q])) for k, q in slowest],
        "statements": statements(lambda: [ask(query) for _kind, query in asked], len(asked)),
        "plans": {query: plans(query, client) for query in samples},
    }


def statements(work, pages: int) -> list[tuple]:
    """Return the dearest kinds of statements: ms a page, number a page, how they begin."""
    from django.db import connection

    times, numbers = Counter(), Counter()

    def watch(execute, sql, *arguments):
        start = time.perf_counter()
        try:
            return execute(sql, *arguments)
        finally:
            kind = f"{sql[:60]} …" + (" [match]" if is_match(sql) else "")
            times[kind] += (time.perf_counter() - start) * 1000
            numbers[kind] += 1

    with connection.execute_wrapper(watch):
        work()
    return [(ms / pages, numbers[kind] / pages, kind) for kind, ms in times.most_common(6)]


def is_match(sql: str) -> bool:
    return "@@" in sql or " MATCH " in sql


def plans(query: str, client) -> list[str]:
    """Return the plan of each matching statement that the page sends for a query."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from search.backend import by_index

    with CaptureQueriesContext(connection) as captured:
        client.get("/lv/meklet/", {"q": query})
    explain = "EXPLAIN (ANALYZE, BUFFERS)"
    if connection.vendor == "sqlite":
        explain = "EXPLAIN QUERY PLAN"
    found = []
    for statement in captured.captured_queries:
        if is_match(statement["sql"]):
            with by_index(), connection.cursor() as cursor:
                cursor.execute(f"{explain} {statement['sql']}")
                found.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return found


def uses_index(plan: str) -> bool:
    """Tell whether a plan reads an index of words."""
    from_gin = any("Bitmap Index Scan on" in line and "gin" in line for line in plan.splitlines())
    return from_gin or "fts" in plan and "Index Scan" in plan or "VIRTUAL TABLE INDEX" in plan


# Publishing


def measure_publication() -> dict[str, float]:
    """Publish changed articles with and without indexing; return medians in milliseconds."""
    from wagtail.rich_text import RichText

    from news.models import NewsPage

    pages = list(NewsPage.objects.order_by("?")[: 2 * PUBLICATIONS + 2])
    spent = Spent()
    times = {True: [], False: []}
    for place, page in enumerate(pages):
        is_indexed = bool(place % 2)
        page.title = f"{page.title} {place}"
        page.body.append(("text", RichText("<p>Labots teikums par pašvaldībām.</p>")))
        revision = page.save_revision()
        with spent.receivers(is_indexed), bench.timed() as seconds:
            revision.publish()
        if place >= 2:  # the first two warm up
            times[is_indexed].append(seconds[0] * 1000)
            if is_indexed:
                spent.keep()
        spent.forget()
    return {
        "with": statistics.median(times[True]),
        "without": statistics.median(times[False]),
        **{package: statistics.median(values) for package, values in spent.kept.items()},
    }


class Spent:
    """Takes the time in the signal receivers of the search, or leaves them out.

    ``kept`` holds milliseconds of each publication: in receivers of `search` (with the index of
    the documents that they save), and in `modelsearch`'s for the page itself.
    """

    def __init__(self):
        self.now, self.kept, self.depth = Counter(), {"search": [], "modelsearch": []}, 0

    def forget(self):
        self.now.clear()

    def keep(self):
        for package, values in self.kept.items():
            values.append(self.now[package] * 1000)

    def receivers(self, is_indexed):
        """Return a context in which the receivers are timed, or not called."""
        from contextlib import ExitStack

        from django.db.models.signals import post_save
        from wagtail.signals import page_published

        stack = ExitStack()
        for signal in (post_save, page_published):
            stack.enter_context(self._replace(signal, is_indexed))
        return stack

    def _replace(self, signal, is_indexed):
        from contextlib import contextmanager

        @contextmanager
        def replaced():
            before, after = signal.receivers, []
            for key, receiver, *rest in before:
                is_weak = isinstance(receiver, weakref.ReferenceType)
                function = receiver() if is_weak else receiver
                if not getattr(function, "__module__", "").startswith(OURS):
                    after.append((key, receiver, *rest))
                elif is_indexed:
                    after.append((key, self._timed(function), *rest))
            signal.receivers = after
            signal.sender_receivers_cache.clear()
            try:
                yield
            finally:
                signal.receivers = before
                signal.sender_receivers_cache.clear()

        return replaced()

    def _timed(self, function):
        package = function.__module__.partition(".")[0]

        def receiver(**arguments):
            start, self.depth = time.perf_counter(), self.depth + 1
            try:
                return function(**arguments)
            finally:
                self.depth -= 1
                if not self.depth:
                    self.now[package] += time.perf_counter() - start

        return receiver


# The whole


def measure(vendor, number, options) -> dict:
    """Return all figures of a number of articles."""
    keep = f"{options.keep}_{number}" if options.keep else ""
    with bench.database(vendor, keep) as url:
        bench.run(url, bench.migrate)
        is_new = not bench.run(url, number_of_articles)
        figures = {"number": number}
        if is_new:
            with bench.timed() as seconds:
                bench.run(url, write_articles, number)
            print(f"<!-- {number} articles written in {seconds[0]:.0f} s -->", flush=True)
        if is_new or options.rebuild:
            for name in ("build_search", "update_index"):
                figures[name] = bench.run(url, measure_build, name)
                print(f"<!-- {name}: {figures[name]} -->", flush=True)
            bench.run(url, analyse_tables)
        figures["page"] = bench.run(url, measure_page)
        figures["publication"] = bench.run(url, measure_publication)
    return figures


def number_of_articles() -> int:
    from news.models import NewsPage

    return NewsPage.objects.count()


def analyse_tables():
    """Give the planner its statistics, as a server does by itself some time later."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def report(vendor, all_figures):
    """Print the tables: ratios first, from the smallest number to the largest."""
    first, last = all_figures[0], all_figures[-1]
    numbers = [f"{figures['number']:,}" for figures in all_figures]
    print("\n" + bench.heading("database", "what", "ratio", *numbers))

    def line(what, value, unit):
        values = [value(figures) for figures in all_figures]
        ratio = f"{values[-1] / values[0]:.1f}" if values[0] else "–"
        print(bench.row(vendor, what, ratio, *(f"{number:.0f} {unit}" for number in values)))

    def of_page(percent, kinds):
        return lambda figures: bench.percentile(
            [ms for kind in kinds for ms in figures["page"]["times"][kind]], percent
        )

    kinds = list(first["page"]["times"])
    line("search page, p50", of_page(50, kinds), "ms")
    line("search page, p95", of_page(95, kinds), "ms")
    for kind in kinds:
        line(f"— {kind}, p95", of_page(95, [kind]), "ms")
    line("publishing, without any indexing", lambda f: f["publication"]["without"], "ms")
    line("publishing, as it is", lambda f: f["publication"]["with"], "ms")
    line("— in receivers of `search`", lambda f: f["publication"]["search"], "ms")
    line("— in receivers of `modelsearch`", lambda f: f["publication"]["modelsearch"], "ms")
    for name in ("build_search", "update_index"):
        if all(name in figures for figures in all_figures):
            line(f"`{name}`", lambda f, name=name: f[name]["seconds"], "s")
            line(f"`{name}`, peak memory", lambda f, name=name: f[name]["peak"], "MB")
    print(f"\n{bench.machine()}")
    for figures in (first, last) if first is not last else (first,):
        details(figures)


def details(figures):
    """Print what the page with so many articles asks of the database."""
    page = figures["page"]
    print(f"\n{figures['number']:,} articles: the longest answer took {page['longest']:.0f} ms")
    for kind, query, milliseconds in page["slowest"]:
        print(f"  {milliseconds:.0f} ms for {query!r} ({kind})")
    for milliseconds, number, kind in page["statements"]:
        print(f"  {milliseconds:.1f} ms a page in {number:.1f} of: {kind}")
    for query, found in page["plans"].items():
        for plan in found:
            verdict = "an index is used" if uses_index(plan) else "NO INDEX IS USED"
            print(f"\n{query!r}, {verdict}:\n{shortened(plan)}")


def shortened(plan: str) -> str:
    """Return a plan without the long expressions by which it sorts."""
    return "\n".join(line if len(line) <= 200 else f"{line[:200]} …" for line in plan.splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 50_000])
    parser.add_argument("--database", choices=bench.DATABASES, default="postgresql")
    parser.add_argument("--keep", default="", metavar="NAME", help="keep and reuse the databases")
    parser.add_argument("--rebuild", action="store_true", help="build a kept one's search anew")
    options = parser.parse_args()
    report(
        options.database,
        [measure(options.database, number, options) for number in sorted(options.articles)],
    )


if __name__ == "__main__":
    main()
