"""Save database, uploaded files and settings in one archive."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import override
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from recovery import backups
from recovery.archive import BackupError


class Command(BaseCommand):
    help = (
        "Saves database, uploaded files and settings (none that is secret) in one archive, "
        "encrypted if BACKUP_RECIPIENT is set, and deletes archives past their time (BACKUP_KEEP). "
        "The site may run meanwhile. Safe to stop at any moment."
    )

    requires_system_checks = []  # a backup is never in the wrong place

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BACKUP_DIR)

    def handle(self, folder, verbosity, **options):
        columns = TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn()
        try:
            with Progress(*columns, disable=not verbosity) as progress:
                task = progress.add_task("Files", total=None)
                backup = backups.make(folder, lambda: progress.advance(task))
        except BackupError as error:
            raise CommandError(str(error)) from error
        for name in backup.lost:
            self.stderr.write(f"Not in the backup, as it is lost: {name}")
        if verbosity:
            with override("en"):
                size = filesizeformat(backup.size)
            files = f"{backup.files} files" if backup.files != 1 else "1 file"
            self.stdout.write(f"{backup.path} ({size}: the database, {files})")
            for path in backup.deleted:
                self.stdout.write(f"Deleted as past its time: {path.name}")
