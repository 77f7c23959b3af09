"""Make this site what an archive holds."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recovery import restoring
from recovery.archive import BackupError


class Command(BaseCommand):
    help = (
        "Makes the database (DATABASE_URL) and the uploads (MEDIA_ROOT) what an archive holds. "
        "Both must be empty, unless --replace names the database that may be lost."
    )

    requires_system_checks = []  # there is nothing to check yet

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--identity", type=Path, help="the file with the secret key of age")
        parser.add_argument("--replace", metavar="DATABASE", help="the database that may be lost")

    def handle(self, archive, identity, replace, **options):
        try:
            restored = restoring.restore(archive, identity, replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored: the database of {restored.manifest['snapshot']} and {restored.files} files."
        )
        for name in restored.manifest["lost"]:
            self.stderr.write(f"Was lost before the backup: {name}")
        if restored.migrations_left:
            self.stdout.write(
                f"This version of the site has {restored.migrations_left} migrations more: "
                "run `manage.py migrate`."
            )
