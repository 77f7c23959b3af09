"""Read the files of documents that were not read yet."""

from django.core.management.base import BaseCommand, CommandError
from rich.progress import track

from search.attachments import unread
from search.models import AttachmentText
from search.tasks import read_attachment


class Command(BaseCommand):
    help = (
        "Reads the text of all documents not read yet, so that visitors find them. When it was "
        "interrupted, it goes on from there the next time."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--again",
            action="store_true",
            help="also those that could not be read, or only in part: for instance after "
            "ATTACHMENT_LIMITS were changed",
        )

    def handle(self, verbosity, again, **options):
        if again:
            AttachmentText.objects.exclude(status=AttachmentText.Status.READ).delete()
        keys = list(unread().order_by("pk").values_list("pk", flat=True))
        failed = 0
        for key in track(keys, "Reading attachments", disable=not verbosity):
            try:
                read_attachment.call(key)
            except OSError as error:
                failed += 1
                self.stderr.write(f"Document {key}: {error}")
        if verbosity:
            texts = AttachmentText.objects.filter(document__in=keys)
            readable = texts.exclude(text="").count()
            self.stdout.write(f"{len(keys)} documents, text found in {readable}.")
        if failed:
            raise CommandError(f"{failed} files could not be opened. Run it again to try them.")
