"""Make the database a working site with demo content: what `make run` does before it serves."""

import io

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.crypto import get_random_string
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from wagtail.models import Site

from editorial.models import InternalLink
from search.models import SearchDocument

ADMIN = "admin"
HOST = "127.0.0.1"
# Letters and digits that nobody mistakes for each other.
PASSWORD_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105


def random_password():
    """Return a password of 16 characters (79 bits) in groups that can be read out."""
    return "-".join(get_random_string(4, PASSWORD_CHARACTERS) for _group in range(4))


class _Counter(io.StringIO):
    """Takes what `migrate` writes and calls ``advance`` for each migration that it says is done."""

    def __init__(self, advance):
        super().__init__()
        self.advance = advance

    def write(self, text):
        if text.strip().endswith("OK"):
            self.advance()
        return len(text)


class Command(BaseCommand):
    help = (
        "Migrates the database, loads the demo content into an empty site, builds the search "
        "index, creates an administrator and says how to get in. What is there already stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="the port it will be served on")
        parser.add_argument(
            "--new-password", action="store_true", help="give the administrator a new password"
        )

    def handle(self, *args, port, new_password, **options):
        self.console = Console()
        self.migrate()
        # The administrator comes last: as long as there is none, a first run was not finished.
        password = None
        if not get_user_model().objects.filter(username=ADMIN).exists():
            call_command("load_demo", "--if-empty")
            self.console.print("Building the search index")
            call_command("update_index", verbosity=0)
            password = self.create_administrator()
        elif new_password:
            password = self.change_password()
        if not SearchDocument.objects.exists():  # an update's migration may have emptied them
            call_command("build_search", verbosity=0)
            call_command("update_index", verbosity=0)
        if not InternalLink.objects.exists():
            call_command("check_content", verbosity=0)
        address = self.set_address(port)
        self.say_how_to_get_in(address, password)

    def migrate(self):
        """Apply the migrations that are missing, showing how many of them are done."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        with Progress(*columns, TimeElapsedColumn(), console=self.console) as progress:
            task = progress.add_task("Setting up the database", total=len(plan))
            counter = _Counter(lambda: progress.advance(task))
            call_command("migrate", stdout=counter, no_color=True)

    def create_administrator(self):
        """Create the administrator and return the password."""
        password = random_password()
        get_user_model().objects.create_superuser(ADMIN, "", password)
        return password

    def change_password(self):
        """Give the administrator a new password and return it."""
        administrator = get_user_model().objects.get(username=ADMIN)
        password = random_password()
        administrator.set_password(password)
        administrator.save(update_fields=["password"])
        return password

    def set_address(self, port):
        """Tell the site where it is served, unless it has a name of its own; return the address."""
        Site.objects.filter(is_default_site=True, hostname__in=["localhost", HOST]).update(
            hostname=HOST, port=port
        )
        # The admin greets with it; without one it greets with the address.
        unnamed = Site.objects.filter(is_default_site=True, site_name="")
        unnamed.update(site_name=settings.WAGTAIL_SITE_NAME)
        return f"http://{HOST}:{port}"

    def say_how_to_get_in(self, address, password):
        password = password or "shown at the first run; make password gives a new one"
        lines = [
            "",
            f"  The site          {address}/",
            f"  Editing           {address}{reverse('wagtailadmin_home')}",
            f"  User              {ADMIN}",
            f"  Password          {password}",
            "",
        ]
        self.stdout.write("\n".join(lines) + "\n")
