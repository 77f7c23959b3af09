"""Write the site's content as JSON lines that any program can read."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from exchange import exporting
from exchange.errors import INTERRUPTED, ExchangeError, Interrupted


class Command(BaseCommand):
    help = (
        "Writes the content of the site (pages in all languages, images, documents, redirects, "
        "records, settings) as JSON lines and files to a folder, a .zip or a .tar that does not "
        "exist yet: docs/export.md describes them. Accounts, forms that were sent and who did what "
        "are not in it. The site may run meanwhile."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--without-media", action="store_true", help="leave out the files of images, documents"
        )

    def handle(self, path, without_media, verbosity, **options):
        columns = TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn()
        try:
            with Progress(*columns, disable=not verbosity) as progress:
                task = progress.add_task("", total=None)
                exported = exporting.export(
                    path,
                    not without_media,
                    lambda name: progress.update(task, advance=1, description=name),
                )
        except Interrupted as error:
            raise CommandError(str(error), returncode=INTERRUPTED) from error
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        for name in exported.lost:
            self.stderr.write(_("Not in the export, as it is lost: %s") % name)
        if exported.has_passwords:
            self.stderr.write(
                _("The export holds passwords of private pages: keep it where nobody else reads.")
            )
        if verbosity:
            pages = exported.lines["pages.jsonl"]
            objects = sum(exported.lines.values()) - pages
            self.stdout.write(
                _("%(path)s: pages: %(pages)s, other objects: %(objects)s, files: %(uploads)s.")
                % {"path": path, "pages": pages, "objects": objects, "uploads": exported.uploads}
            )
