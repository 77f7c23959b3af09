"""Import the exports of an old WordPress site."""

import datetime
import json
import sys
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from news.wordpress import addresses
from news.wordpress.gone import remember_addresses, remember_later_addresses
from news.wordpress.importer import Importer, NoPlace, Place
from news.wordpress.indexing import index_written
from news.wordpress.judging import judge_items
from news.wordpress.media import Library, MediaError
from news.wordpress.models import ImportedItem, ImportRun
from news.wordpress.reading import NotOneSite, Reading, host_of
from news.wordpress.report import Report
from news.wordpress.sentences import COUNTS, sentence
from news.wordpress.wxr import Unreadable
from search import analysis

WORDS = 40_000  # whose terms are remembered: some 20 MB, and the dictionary is asked half as often
TO_LOOK_AT = 3  # the exit code when everything was done, but something should be looked at


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
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON")

    def handle(self, *args, exports, verbosity, **options):
        if options["media"] and not options["media"].is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": options["media"]})
        try:
            pairs = (
                list(addresses.read_addresses(options["addresses"])) if options["addresses"] else []
            )
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        except addresses.BadAddress as error:
            text = _("Line %(line)d of the addresses can't be read: %(text)s")
            raise CommandError(text % {"line": error.line, "text": error.text}) from error
        self.report = Report()
        run = self._run
        try:
            if options["dry_run"]:
                run = self._tried_out
            source = run(exports, pairs, options, verbosity)
        except (Unreadable, MediaError) as error:
            raise CommandError(str(error)) from error
        except (OperationalError, OSError) as error:
            text = _(
                "The database or the disk refuses: %(error)s. What was done is kept; when it is "
                "mended, start the same command again: it goes on where it was."
            )
            raise CommandError(text % {"error": error}) from error
        except NoPlace as error:
            raise CommandError(str(error)) from error
        except NotOneSite as error:
            raise CommandError(_which_site(error.args)) from error
        self._tell(source, options, verbosity)
        if self.report.entries:
            sys.exit(TO_LOOK_AT)

    def _tried_out(self, *args):
        try:
            with transaction.atomic():
                source = self._run(*args)
                raise TriedOut
        except TriedOut:
            return source

    def _run(self, exports, pairs, options, verbosity) -> str:
        place = Place.find(options["site"], options["language"])
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        console = Console(quiet=verbosity == 0, stderr=True)
        with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
            choice = _choice(options["since"], options["category"])
            reading = Reading(self.report, choice, host_of(options["source"]))
            task = progress.add_task(_("Reading"), total=None)
            for path in exports:
                reading.read(path, lambda number: progress.advance(task, number))
            source = reading.source
            if not source:
                return ""
            rows = ImportedItem.objects.of(source)
            task = progress.add_task(_("Looking for what is doubtful"), total=None)
            judge_items(source, self.report, lambda number: progress.advance(task, number))
            library = Library(
                source,
                reading.url,
                folder=options["media"],
                fetch=options["fetch_media"],
                hosts=options["media_host"],
                dry=options["dry_run"],
            )
            with closing(library):
                importer = Importer(
                    source,
                    place,
                    reading.url,
                    library,
                    self.report,
                    is_alone=True,
                    brings_files=bool(options["media"] or options["fetch_media"]),
                )
                task = progress.add_task(_("Pages"), total=None)
                importer.run(rows, lambda number: progress.advance(task, number))
            for problem in library.problems:
                detail = f"{problem.address} {problem.detail}".strip()
                self.report.add(f"media {problem.code}", detail, problem.item)
            task = progress.add_task(_("Addresses"), total=None)
            self.report.count("redirects", number=addresses.add_redirects(rows))
            archive = addresses.add_archive_redirects(source, place.index)
            self.report.count("redirects", number=archive)
            added, lost = addresses.add_later_addresses(pairs, importer.context)
            self.report.count("redirects", number=added)
            gone = remember_later_addresses(source, pairs, importer.context.number_of)
            for address in lost:
                if address not in gone:
                    self.report.add("address", address)
            remember_addresses(rows.filter(state=ImportedItem.State.REJECTED))
            task = progress.add_task(_("Search index"), total=None)
            analysis.remember(WORDS)
            for done in index_written(source):
                progress.update(task, completed=done)
        for state, kind, number in _numbers(rows):
            self.report.count(f"now {state}", kind, number)
        return source

    def _tell(self, source, options, verbosity):
        report = self.report.as_json()
        kept = {name: str(value) for name, value in options.items() if name in KEPT and value}
        ImportRun.objects.create(
            source=source,
            ended_at=timezone.now(),
            is_dry=options["dry_run"],
            options=kept,
            report=report,
        )
        if options["report"]:
            options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=1))
        if verbosity:
            for line in summary(self.report):
                self.stdout.write(line)


KEPT = ("media", "fetch_media", "site", "language", "since", "category", "addresses")


def summary(report):
    """Yield the lines that the command ends with."""
    for name, counts in sorted(report.counts.items()):
        if name == "entries":
            continue
        kinds = ", ".join(f"{kind}: {number}" for kind, number in sorted(counts.items()) if kind)
        yield f"{COUNTS.get(name, name)}: {report.total(name)}" + (f" ({kinds})" if kinds else "")
    for code, number in sorted(report.counts.get("entries", {}).items()):
        yield f"{number} × {sentence(code)}"


def _numbers(rows):
    """Return how many items of each type are in each state."""
    return rows.order_by().values_list("state", "type").annotate(Count("pk"))


def _which_site(hosts) -> str:
    if not hosts:
        return _("The export does not say of which site it is. Name it with --source.")
    text = _("The exports are of several sites: %(names)s. Import one after the other.")
    return text % {"names": ", ".join(hosts)}


def _folder(text) -> Path:
    # What editors accept later takes its files from there, in another process.
    return Path(text).absolute()


def _day(text) -> datetime.date:
    return datetime.date.fromisoformat(text)


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
