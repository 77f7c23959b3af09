"""Delete form submissions whose retention period is over."""

from django.core.management.base import BaseCommand

from home.models import pages_with_forms


class Command(BaseCommand):
    help = "Deletes form submissions that are older than their page's retention period."

    def handle(self, **options):
        deleted = sum(page.purge_submissions() for page in pages_with_forms())
        self.stdout.write(f"Deleted {deleted} submissions.")
