"""Import the exports of an old WordPress site."""

import argparse
import datetime
import json
import sys
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from config import memory
from news.wordpress import addresses
from news.wordpress.endings import ENDINGS, NothingRead, of_exports, why
from news.wordpress.gone import remember_addresses, remember_later_addresses
from news.wordpress.helper import Helper
from news.wordpress.importer import TO_IMPORT, Importer, Place
from news.wordpress.indexing import Indexing, index, left
from news.wordpress.judging import judge_items
from news.wordpress.lists import add_list_redirects
from news.wordpress.media import Library
from news.wordpress.models import ImportedItem
from news.wordpress.reading import Reading, host_of
from news.wordpress.record import Record
from news.wordpress.report import Report
from news.wordpress.sentences import COUNTS, OF_EXPORTS, OF_ITEMS, sentence
from search import analysis

WORDS = 20_000  # whose terms are remembered by each process: some 10 MB
TO_LOOK_AT = 3  # the exit code when everything was done, but something should be looked at
INTERRUPTED = 130  # the exit code after Ctrl-C, as shells have it


class TriedOut(Exception):
    """Takes back what a dry run wrote."""


class Command(BaseCommand):
    help = (
        "Imports exports of WordPress (WXR, gzip or not): posts become articles, pages content "
        "pages, old addresses redirects. Interrupted, it goes on where it was; repeated, it "
        "brings what has changed. Ends with 0, or with 3 when something should be looked at."
    )

    def add_arguments(self, parser):
        parser.add_argument("exports", nargs="+", type=Path, metavar="EXPORT.xml")
        parser.add_argument(
            "--media", type=_folder, metavar="DIR", help="the folder wp-content/uploads"
        )
        parser.add_argument(
            "--fetch-media", action="store_true", help="fetch the files from the old host"
        )
        parser.add_argument(
            "--media-host",
            action="append",
            default=[],
            metavar="HOST:PORT",
            help="a further host of the old files, or one in a private network",
        )
        parser.add_argument(
            "--source", default="", metavar="HOST", help="the old site, if the export is silent"
        )
        parser.add_argument("--site", default="", metavar="HOST", help="the site of ours (default)")
        parser.add_argument("--language", default="", help="of the old texts (lv)")
        parser.add_argument(
            "--since", type=_day, metavar="YYYY-MM-DD", help="only items since then"
        )
        parser.add_argument("--category", default="", metavar="SLUG", help="only posts of it")
        parser.add_argument(
            "--addresses", type=Path, metavar="CSV", help="later addresses: address, old address"
        )
        parser.add_argument(
            "--processes",
            type=int,
            choices=(1, 2),
            default=2,
            help="1: slower, and less memory (default: 2, where there are two processors)",
        )
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON")

    def handle(self, *args, exports, verbosity, **options):
        pairs = _checked(exports, options)
        memory.give_back()
        self.report, self.source = Report(), ""
        run = self._tried_out if options["dry_run"] else self._run
        self.record = ended = None
        try:
            kept = {name: str(value) for name, value in options.items() if name in KEPT and value}
            self.record = Record(self.report, options["dry_run"], kept)
            run(exports, pairs, options, verbosity)
        except (*ENDINGS, KeyboardInterrupt) as error:
            ended = error
            self.report.add("ended", why(error, self.report))
        if self.record:
            self.record.end(self.source)
        _write_report(options["report"], self.report)
        if verbosity:
            for line in summary(self.report):
                self.stdout.write(line)
        if ended:
            code = INTERRUPTED if isinstance(ended, KeyboardInterrupt) else 1
            raise CommandError(why(ended, self.report), returncode=code) from ended
        if self.report.entries:
            sys.exit(TO_LOOK_AT)

    def _tried_out(self, *args):
        try:
            with transaction.atomic():
                self._run(*args)
                raise TriedOut
        except TriedOut:
            pass

    def _run(self, exports, pairs, options, verbosity):
        place = Place.find(options["site"], options["language"])
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        console = Console(quiet=verbosity == 0, stderr=True)
        with (
            self._helper(options["processes"]) as helper,
            Progress(*columns, TimeElapsedColumn(), console=console) as self.progress,
        ):
            self.indexing = Indexing(helper)
            self._take_in(exports, pairs, place, options)
            if self.source:
                self._index()
        for state, kind, number in _numbers(ImportedItem.objects.of(self.source)):
            self.report.count(f"now {state}", kind, number)

    def _take_in(self, exports, pairs, place, options):
        """Read, judge, make pages and redirects; what is held for it is gone before the index."""
        reading = self._read(exports, options)
        if not reading.source:
            return
        rows = ImportedItem.objects.of(reading.source)
        judge_items(reading.source, self.report, self._step(_("Looking for what is doubtful")))
        importer = self._import(rows, place, reading, options)
        step = self._step(_("Addresses"))
        self._redirect(rows, pairs, place, importer.context, reading.logins)
        step(self.report.total("redirects"))

    def _helper(self, processes):
        if processes == 1 or not Helper.can_be():
            return nullcontext()
        analysis.lemmas_of("")  # loads the dictionary: so both share it
        return closing(Helper(index, partial(analysis.remember, WORDS)))

    def _index(self):
        step = self._step(_("Search index"), left(self.source).count())
        analysis.remember(WORDS)
        for number in self.indexing.finish(self.source):
            step(number)

    def _step(self, title, total=None):
        """Show a bar for a part of the work; return what is to be called with numbers done.

        The part before is over: its bar is full, though nobody knew of how much.
        """
        for before in self.progress.tasks:
            self.progress.update(before.id, total=before.completed)
        task = self.progress.add_task(title, total=total)

        def advance(number):
            self.progress.advance(task, number)
            self.record.keep(self.source)

        return advance

    def _read(self, exports, options) -> Reading:
        choice = _choice(options["since"], options["category"])
        reading = Reading(self.report, choice, host_of(options["source"]))
        step = self._step(_("Reading"))
        for path in exports:
            reading.read(path, step)
            self.source = reading.source
        reading.forget()
        if self.report.entries and not self.report.total("read"):
            raise NothingRead
        return reading

    def _import(self, rows, place, reading, options) -> Importer:
        library = Library(
            reading.source,
            reading.url,
            folder=options["media"],
            fetch=options["fetch_media"],
            hosts=options["media_host"],
            dry=options["dry_run"],
        )
        with closing(library):
            importer = Importer(
                reading.source,
                place,
                reading.url,
                library,
                self.report,
                is_alone=True,
                brings_files=bool(options["media"] or options["fetch_media"]),
            )
            pages = rows.filter(state__in=TO_IMPORT, type__in=("page", "post"))
            step = self._step(_("Pages"), pages.count())

            def advance(done):
                # Those with links to pages that are still to be made will be changed once more.
                self.indexing.add(row for row in done if not row.account.get("open"))
                step(len(done))

            try:
                importer.run(rows, advance)
            finally:
                for problem in library.problems:
                    detail = f"{problem.address} {problem.detail}".strip()
                    self.report.add(f"media {problem.code}", detail, problem.item)
        return importer

    def _redirect(self, rows, pairs, place, context, logins):
        source = context.source
        self.report.count("redirects", number=addresses.add_redirects(rows))
        archive = addresses.add_archive_redirects(source, place.index)
        self.report.count("redirects", number=archive)
        self.report.count("redirects", number=add_list_redirects(logins, place.index))
        added, lost = addresses.add_later_addresses(pairs, context)
        self.report.count("redirects", number=added)
        gone = remember_later_addresses(source, pairs, context.number_of)
        for address in lost:
            if address not in gone:
                self.report.add("address", address)
        remember_addresses(rows.filter(state=ImportedItem.State.REJECTED))


KEPT = (
    *("media", "fetch_media", "media_host", "source", "site", "language"),
    *("since", "category", "addresses"),
)


def summary(report):
    """Yield the lines that the command ends with."""
    for name, counts in sorted(report.counts.items()):
        if name == "entries":
            continue
        kinds = ", ".join(f"{kind}: {number}" for kind, number in sorted(counts.items()) if kind)
        yield f"{COUNTS.get(name, name)}: {report.total(name)}" + (f" ({kinds})" if kinds else "")
    yield from of_exports(report)
    for code, number in sorted(report.counts.get("entries", {}).items()):
        if code != "ended" and (code not in OF_EXPORTS or code in OF_ITEMS):
            yield f"{number} × {sentence(code)}"


def _numbers(rows):
    """Return how many items of each type are in each state."""
    return rows.order_by().values_list("state", "type").annotate(Count("pk"))


def _checked(exports, options) -> list[tuple[str, str]]:
    """Return the later addresses; raises CommandError for what can't be read or written."""
    if options["media"] and not options["media"].is_dir():
        raise CommandError(_("There is no folder %(path)s.") % {"path": options["media"]})
    for path in exports:
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
    try:
        _try_report(options["report"])
        if options["addresses"]:
            return list(addresses.read_addresses(options["addresses"]))
    except UnicodeDecodeError as error:
        text = _("%(path)s is not in UTF-8: save it anew as “CSV UTF-8”.")
        raise CommandError(text % {"path": options["addresses"]}) from error
    except OSError as error:
        text = _("%(path)s can’t be opened: %(error)s.")
        raise CommandError(text % {"path": error.filename, "error": error.strerror}) from error
    except addresses.BadAddress as error:
        text = _("Line %(line)d of the addresses can't be read: %(text)s")
        raise CommandError(text % {"line": error.line, "text": error.text}) from error
    return []


def _try_report(path):
    """See that the report can be written: hours later would be too late."""
    if path:
        with open(path, "a"):
            pass


def _write_report(path, report):
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    try:
        if path:
            path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        text = _("The report can’t be written: %(error)s. It is in the admin.")
        raise CommandError(text % {"error": error.strerror}) from error


def _folder(text) -> Path:
    # What editors accept later takes its files from there, in another process.
    return Path(text).absolute()


def _day(text) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        message = _("%(text)s is no day: write it as 2020-01-31.") % {"text": text}
        raise argparse.ArgumentTypeError(message) from error


def _choice(since, category):
    """Return what tells whether an item is wanted; files are, whenever they were uploaded."""

    def is_wanted(item) -> bool:
        if item.type == "attachment":
            return True
        if since and not (item.date and timezone.localdate(item.date) >= since):
            return False
        return not category or any(
            term.taxonomy == "category" and term.slug == category for term in item.terms
        )

    return is_wanted
