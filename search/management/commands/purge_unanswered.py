"""Delete the counters of queries without results whose time is over."""

from django.core.management.base import BaseCommand

from search.models import UnansweredQuery


class Command(BaseCommand):
    help = "Deletes counters of queries without results older than SEARCH_UNANSWERED_DAYS."

    def handle(self, **options):
        self.stdout.write(f"Deleted {UnansweredQuery.objects.purge()} counters.")
