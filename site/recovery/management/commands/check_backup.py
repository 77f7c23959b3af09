"""Say whether an archive is whole."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recovery import restoring
from recovery.archive import BackupError


class Command(BaseCommand):
    help = "Reads an archive from its beginning to its end and says whether it is whole."

    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--identity", type=Path, help="the file with the secret key of age")

    def handle(self, archive, identity, **options):
        try:
            manifest = restoring.check(archive, identity)
        except BackupError as error:
            raise CommandError(str(error)) from error
        database = manifest["database"]
        self.stdout.write(
            f"Whole: {len(manifest['members'])} members, the database of {manifest['snapshot']} "
            f"({database['vendor']} {database['version']}), site version {manifest['version']}."
        )
