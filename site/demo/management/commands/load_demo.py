"""Load the demo content in both languages."""

from django.core.management import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from demo import loader
from demo.content import ENTRIES, SETTINGS, TERMS


class Command(BaseCommand):
    help = (
        "Loads the demo content in Latvian and English. Safe to repeat: adds what is missing and "
        "touches nothing that exists."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are pages already"
        )

    def handle(self, *args, if_empty, verbosity, **options):
        if if_empty and not loader.is_empty():
            return
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        console = Console(quiet=verbosity == 0)
        with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
            task = progress.add_task("Loading the demo content", total=len(ENTRIES))
            made = loader.load(ENTRIES, SETTINGS, advance=lambda: progress.advance(task))
        made += loader.load_terms(TERMS)
        if not made and verbosity:
            self.stdout.write("Nothing was missing.")
