"""How fast the news of an old WordPress site are imported, and what survives `kill -9`.

    python benchmarks/wordpress.py [--posts 10000] [--database postgresql] [--killed 3] [--profile]

An export is generated (see wordpress_export.py) and given to `import_wordpress`, in a process of
its own with the settings of a public server, on an empty site with one page for news. The same file
is then imported again, which has nothing to do. Last, on a new database, an import is killed (by
SIGKILL, after a part of the statements that it took before), started again, killed again, three
times in all, and let go on to its end: what it leaves must be what the first one left.

A post is one that becomes a page: junk, which is set aside, and pictures are not counted. Prints
Markdown. ``--profile`` prints where the time goes instead, phase by phase.
"""

import argparse
import cProfile
import hashlib
import io
import json
import os
import pstats
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread

import bench

PAGE = re.compile(r'(?<= id=\\")\d+')  # in the rich text of a body


# In the process of the import (for ``bench.run``)


class Watch:
    """Notes when each phase of the command begins, and counts its statements to the database.

    A phase is what has a line of its own while the command runs.
    """

    def __init__(self, kill_after=0, profile=False):
        self.kill_after, self.profile = kill_after, profile
        self.phases, self.statements, self.process = [], 0, os.getpid()

    @contextmanager
    def watching(self):
        from django.db import connection
        from rich.progress import Progress

        add_task = Progress.add_task

        def begin(progress, description, *args, **kwargs):
            self.begin(description)
            return add_task(progress, description, *args, **kwargs)

        Progress.add_task = begin
        self.begin("before")
        with connection.execute_wrapper(self.count):
            yield
        self.begin("after")
        Progress.add_task = add_task

    def begin(self, name):
        if self.phases:
            self.phases[-1][-1].disable()
        profiler = cProfile.Profile(time.process_time)
        self.phases.append((name, time.perf_counter(), time.process_time(), profiler))
        if self.profile and name != "after":
            profiler.enable()

    def count(self, execute, sql, params, many, context):
        self.statements += os.getpid() == self.process  # not those of the helper
        if self.statements == self.kill_after:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    def seconds(self) -> dict[str, tuple[float, float]]:
        """Return the seconds of each phase: by the clock, and of this process's own work."""
        pairs = zip(self.phases, self.phases[1:], strict=False)
        return {
            name: (end - start, worked - before)
            for (name, start, before, _), (_, end, worked, _) in pairs
        }

    def profiles(self) -> dict[str, str]:
        return {name: table(profiler) for name, *_rest, profiler in self.phases[:-1]}


def table(profiler, most=45) -> str:
    """Return what took most of the time, by itself and with what it called."""
    text = io.StringIO()
    stats = pstats.Stats(profiler, stream=text)
    for order in ("cumulative", "tottime"):
        stats.sort_stats(order).print_stats(most)
    return re.sub(r"/\S*/(?=site-packages|lib/python)", "…", text.getvalue())


def import_export(path, kill_after=0, profile=False) -> dict:
    """Run the command; return its seconds by phase, statements, peak of memory and report."""
    from django.core.management import call_command
    from django.utils import translation

    watch, memory = Watch(kill_after, profile), Memory()
    report = Path(f"{path}.report.json")
    errors = sys.stderr
    memory.start()
    with translation.override("en"), open(os.devnull, "w") as nothing, watch.watching():
        sys.stderr = nothing  # the bar
        with suppress(SystemExit):  # 3: there is something to look at, as pictures are missing
            call_command("import_wordpress", path, report=report, verbosity=0)
        sys.stderr = errors
    return {
        "seconds": watch.seconds(),
        "statements": watch.statements,
        "peak": memory.peak,
        "report": json.loads(report.read_text()),
        "profiles": watch.profiles() if profile else {},
    }


class Memory(Thread):
    """Notes the most megabytes that this process and those it has started ever had together.

    What they share counts once (the proportional set size of Linux).
    """

    def __init__(self):
        super().__init__(daemon=True)
        self.peak = 0.0

    def run(self):
        while True:
            self.peak = max(self.peak, self.now())
            time.sleep(0.2)

    def now(self) -> float:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        return sum(map(_share, ["self", *children])) / 1024


def _share(process) -> int:
    """Return the kilobytes of a process, 0 of one that has ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"Pss:\s+(\d+)", text)[1])


def write_export(path, posts):
    from wordpress_export import Archive

    Archive(posts).write(Path(path))


def add_news_index():
    from wagtail.models import Locale

    from home.models import HomePage
    from news.models import NewsIndexPage

    home = HomePage.objects.get(locale=Locale.get_default())
    home.add_child(instance=NewsIndexPage(title="Ziņas", slug="zinas"))


def outcome() -> dict[str, str]:
    """Return fingerprints of all that an import writes, without the keys of rows."""
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.models import Page, ReferenceIndex
    from wagtail.search.backends import get_search_backend

    from news.models import NewsPage, NewsTopic
    from news.wordpress.models import ImportedItem, TermMapping
    from search.models import SearchDocument, WordForm
    from translation.models import TranslationStatus

    paths = dict(Page.objects.values_list("pk", "url_path"))

    def path_of(key):
        return paths.get(int(key[0]), "nowhere")

    def bodies():
        for page in NewsPage.objects.order_by("url_path").iterator(500):
            yield page.url_path, PAGE.sub(path_of, json.dumps(list(page.body.raw_data)))

    titles = NewsPage.objects.order_by("url_path").values_list(
        "url_path", "title", "lead", "date", "live", "first_published_at", "responsible"
    )
    items = ImportedItem.objects.order_by("post_id").values_list(
        "post_id", "type", "checksum", "imported_checksum", "state", "score", "is_indexed",
        "page__url_path", "account__open",
    )  # fmt: skip
    references = ReferenceIndex.objects.values_list(
        "object_id", "to_object_id", "model_path", "content_path_hash"
    )
    known = {str(key): path for key, path in paths.items()}
    found = {
        "pages": titles,
        "bodies": bodies(),
        "tree": [Page.find_problems(), sorted(Page.objects.values_list("depth", "numchild"))],
        "topics": sorted(NewsTopic.objects.values_list("page__url_path", "topic__slug")),
        "items": items,
        "categories": TermMapping.objects.order_by("slug").values_list("slug", "name", "parent"),
        "redirects": Redirect.objects.order_by("old_path").values_list(
            "old_path", "redirect_page__url_path", "redirect_page_route_path", "redirect_link"
        ),
        "documents": SearchDocument.objects.order_by("page__url_path", "suffix").values_list(
            "page__url_path", "suffix", "title", "summary", "text", "date"
        ),
        "words": WordForm.objects.order_by("language", "form").values_list("form", "documents"),
        "references": sorted(
            (known.get(one, one), known.get(other, other), *rest)
            for one, other, *rest in references
        ),
        "translations": TranslationStatus.objects.order_by("page__url_path").values_list(
            "page__url_path", "title", "units", "is_compared", "is_counted"
        ),
        "found": sorted(
            (page.url_path for page in get_search_backend().search("pašvaldība", NewsPage)[:50000]),
        ),
    }
    return {name: fingerprint(rows) for name, rows in found.items()}


def fingerprint(rows) -> str:
    """Return how many there are, and a digest of what they say."""
    rows = list(rows)
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"


# Measuring


def empty_site(run):
    run(bench.migrate)
    run(add_news_index)


def measure(vendor, export, killed=3, run_profile=False) -> dict:
    """Import an export, again, and with interruptions; return what each took."""
    with tempfile.TemporaryDirectory() as folder:
        with site(vendor, folder) as run:
            first = run(import_export, export, 0, run_profile)
            if run_profile:
                return {"first": first}
            expected = run(outcome)
            again = run(import_export, export)
            changed = differences(expected, run(outcome))
        with site(vendor, folder) as run:
            times = 0
            for _time in range(killed):
                with suppress(BrokenProcessPool):
                    run(import_export, export, first["statements"] // (killed + 1))
                    break
                times += 1
            last = run(import_export, export)
            changed += differences(expected, run(outcome))
    return {"first": first, "again": again, "killed": times, "last": last, "changed": changed}


@contextmanager
def site(vendor, folder):
    """Yield what runs functions in processes with an empty site, as a public server has it."""
    with bench.database(vendor) as url:
        run = partial(bench.run, url, initializer=partial(bench.set_up_as_public, folder))
        empty_site(run)
        yield run


def differences(expected, found) -> list[str]:
    return [f"{name}: {found[name]}, not {expected[name]}" for name in expected
            if found[name] != expected[name]]  # fmt: skip


def clock(seconds) -> float:
    return sum(by_clock for by_clock, _worked in seconds.values())


def pages_of(result) -> int:
    return sum(result["report"]["counts"].get("imported", Counter()).values())


def rows(vendor, posts, found):
    first, again, last = found["first"], found["again"], found["last"]
    pages, seconds = pages_of(first), clock(first["seconds"])
    yield "posts, pages made", f"{posts:,}, {pages:,}"
    yield "pages a second", f"**{pages / seconds:.0f}**"
    worked = sum(worked for _clock, worked in first["seconds"].values())
    yield "— a second of its own processor time", f"{pages / worked:.0f}"
    for name, (by_clock, worked) in first["seconds"].items():
        if by_clock >= 0.1:
            yield f"{name.lower()}, s (processor)", f"{by_clock:.1f} ({worked:.1f})"
    yield "peak memory, MB", f"{first['peak']:.0f}"
    yield "statements a page", f"{first['statements'] / pages:.1f}"
    yield "the same file again, s", f"{clock(again['seconds']):.1f}"
    yield "— statements a page", f"{again['statements'] / pages:.2f}"
    yield f"killed {found['killed']} times, pages left", f"{pages_of(last):,}"
    yield "— differs in", ", ".join(found["changed"]) or "nothing"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, nargs="+", default=[10_000])
    parser.add_argument("--database", choices=bench.DATABASES, nargs="+", default=bench.DATABASES)
    parser.add_argument("--killed", type=int, default=3, help="times (3)")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    options = parser.parse_args()
    is_same = True
    for posts in options.posts:
        for vendor in options.database:
            with tempfile.TemporaryDirectory() as folder:
                export = f"{folder}/export.xml"
                settings = partial(bench.set_up_as_public, folder)
                bench.run("sqlite://:memory:", write_export, export, posts, initializer=settings)
                size = os.path.getsize(export) / 2**20
                found = measure(vendor, export, options.killed, options.profile)
            for name, text in found["first"]["profiles"].items():
                print(f"==== {name}\n{text}")
            if options.profile:
                continue
            print(bench.heading(f"{vendor}, an export of {size:.0f} MB", ""))
            for cells in rows(vendor, posts, found):
                print(bench.row(*cells), flush=True)
            print()
            is_same = is_same and not found["changed"]
    print(f"{bench.machine()}.")
    if not is_same:
        sys.exit("An import that was interrupted or repeated left something else.")


if __name__ == "__main__":
    main()
