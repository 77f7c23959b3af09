"""Delete all data about people whose time is over (see ``home.retention``)."""

from django.core.management.base import BaseCommand

from home import retention


class Command(BaseCommand):
    help = "Deletes all data about people whose retention period is over."

    def handle(self, **options):
        for name, deleted in retention.purge_all().items():
            self.stdout.write(f"{name}: {deleted} deleted")
