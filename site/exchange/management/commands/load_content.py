"""Make this site, which must be empty, what an export holds."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from wagtail.models import Site

from exchange import loading
from exchange.errors import INTERRUPTED, ExchangeError, Interrupted


class Command(BaseCommand):
    help = (
        "Loads what export_content wrote into this site, which must be empty: after `migrate`, "
        "before anything else. The export is read to its end first; then all of it is loaded or "
        "nothing. Search, reports and pictures are made at the end."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="EXPORT", help="a folder, .zip or .tar")

    def handle(self, path, verbosity, **options):
        columns = TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn()
        try:
            with Progress(*columns, disable=not verbosity) as progress:
                task = progress.add_task("", total=None)
                loaded = loading.load(
                    path, lambda name: progress.update(task, advance=1, description=name)
                )
        except Interrupted as error:
            raise CommandError(str(error), returncode=INTERRUPTED) from error
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        for name in loaded.lost:
            self.stderr.write(_("Was lost before the export: %s") % name)
        if verbosity:
            pages = loaded.lines["pages.jsonl"]
            objects = sum(loaded.lines.values()) - pages
            self.stdout.write(
                _("Loaded: pages: %(pages)s, other objects: %(objects)s, files: %(uploads)s.")
                % {"pages": pages, "objects": objects, "uploads": loaded.uploads}
            )
            site = Site.objects.get(is_default_site=True)
            self.stdout.write(
                _("Its address is %s, as where it comes from: `set_address` gives it another.")
                % site.root_url
            )
        if loaded.failed:
            failed = "; ".join(f"{name}: {reason}" for name, reason in loaded.failed.items())
            raise CommandError(
                _("The content is loaded. Not everything was done after it, run it again: %s")
                % failed
            )
