"""Write all search documents and the vocabulary anew."""

from django.core.management.base import BaseCommand
from django.db import transaction
from rich.progress import track
from wagtail.models import Page

from search.documents import update_documents
from search.models import SearchDocument, WordForm


class Command(BaseCommand):
    help = "Writes what visitors can find, and the words of the site, anew from all public pages."

    def handle(self, verbosity, **options):
        pages = Page.objects.live().order_by("pk")
        with transaction.atomic():
            SearchDocument.objects.all().delete()
            WordForm.objects.all().delete()
            for page in track(
                pages.iterator(chunk_size=200), "Building the search", total=pages.count()
            ):
                update_documents(page)
        if verbosity:
            self.stdout.write(f"{SearchDocument.objects.count()} documents can be found.")
