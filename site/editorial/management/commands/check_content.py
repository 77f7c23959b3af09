"""Check all published pages anew."""

from django.core.management.base import BaseCommand
from rich.progress import Progress
from wagtail.models import Page

from editorial.findings import check_all
from editorial.models import Finding


class Command(BaseCommand):
    help = "Checks the text of all published pages anew: what the dashboard says needs attention."

    def handle(self, verbosity, **options):
        with Progress(disable=not verbosity) as progress:
            task = progress.add_task("Pages", total=Page.objects.live().filter(depth__gt=1).count())
            for done in check_all():
                progress.update(task, completed=done)
        if verbosity:
            self.stdout.write(f"{Finding.objects.count()} findings.")
