"""Delete form submissions whose retention period is over."""

from django.core.management.base import BaseCommand

from home.models import FormPage


class Command(BaseCommand):
    help = "Deletes form submissions that are older than their page's retention period."

    def handle(self, **options):
        deleted = sum(page.purge_submissions() for page in FormPage.objects.all())
        self.stdout.write(f"Deleted {deleted} submissions.")
