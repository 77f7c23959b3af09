"""Make a pair of keys for backups."""

import os
from pathlib import Path

import pyrage
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Makes a pair of keys: the secret one into a FILE, which opens backups and belongs on "
        "another machine; the public one is printed, for BACKUP_RECIPIENT."
    )

    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        identity = pyrage.x25519.Identity.generate()
        public = str(identity.to_public())
        try:
            with open(file, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as target:
                target.write(f"# public key: {public}\n{identity}\n")
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        self.stdout.write(public)
