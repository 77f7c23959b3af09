"""Take in the report of an automated check, so that the accessibility statement shows it."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.audits import Unreadable, parse
from home.models import AutomatedCheck


class Command(BaseCommand):
    help = "Records the report of an automated check (`make audit` writes var/audit/report.json)."

    def add_arguments(self, parser):
        parser.add_argument("report", type=Path, help="a JSON file, see home.audits")

    def handle(self, report, **options):
        try:
            failures, values = parse(json.loads(report.read_text("utf-8")))
        except OSError as error:
            raise CommandError(f"{report} can't be read: {error.strerror}.") from error
        except ValueError as error:  # no JSON, no UTF-8
            raise CommandError(f"{report} is no JSON: {error}.") from error
        except Unreadable as error:
            raise CommandError(f"{report}: {error} Nothing was recorded.") from error
        check, is_new = AutomatedCheck.objects.record(failures, **values)
        said = "recorded" if is_new else "was recorded already"
        self.stdout.write(f"{check}: {check.pages} pages, {len(failures)} failures; {said}.")
