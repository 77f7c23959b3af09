"""Write all search documents and the vocabulary anew."""

from django.core.management.base import BaseCommand
from rich.progress import Progress
from wagtail.models import Page

from search.documents import build_documents
from search.models import SearchDocument


class Command(BaseCommand):
    help = "Writes what visitors can find, and the words of the site, anew from all public pages."

    def handle(self, verbosity, **options):
        with Progress(disable=not verbosity) as progress:
            task = progress.add_task("Pages", total=Page.objects.live().public().count())
            for done in build_documents():
                progress.update(task, completed=done)
        if verbosity:
            self.stdout.write(f"{SearchDocument.objects.count()} documents can be found.")
