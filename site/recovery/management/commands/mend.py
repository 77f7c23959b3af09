"""Clear away what killed processes have left."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from recovery import mending


class Command(BaseCommand):
    help = (
        "Deletes files that no row names (a day old or older), forgets renditions whose file is "
        "gone, so that they are drawn again, and reads attachments that were not read. The worker "
        "does this every day."
    )

    def handle(self, verbosity, **options):
        orphans = mending.delete_orphans()
        lost = mending.forget_lost_renditions()
        call_command("read_attachments", verbosity=0)
        if verbosity:
            self.stdout.write(f"Files deleted: {len(orphans)}. Renditions to draw again: {lost}.")
