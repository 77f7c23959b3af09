"""Write the statuses of all translations anew."""

from django.core.management.base import BaseCommand
from rich.progress import Progress

from translation.models import TranslationStatus
from translation.status import build, number_of_sources


class Command(BaseCommand):
    help = (
        "Compares all that is published in the source language with its translations anew. "
        "Needed only after the database was changed past the site."
    )

    def handle(self, verbosity, **options):
        with Progress(disable=not verbosity) as progress:
            task = progress.add_task("Pages and records", total=number_of_sources())
            for done in build():
                progress.update(task, completed=done)
        if verbosity:
            self.stdout.write(f"{TranslationStatus.objects.count()} statuses written.")
