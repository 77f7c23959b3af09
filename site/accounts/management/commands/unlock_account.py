"""Lets somebody in again who can't: from the server, where nobody else can."""

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from accounts import audit, throttling
from accounts.second_factor import reset


class Command(BaseCommand):
    help = (
        "Forgets the failed sign-ins of an account; with --second-factor also its second factor, "
        "so that a new one is set up at the next sign-in."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--second-factor", action="store_true", help="the telephone is lost")

    def handle(self, *args, username, second_factor: bool, **options):
        User = get_user_model()
        try:
            account = User.objects.get(**{User.USERNAME_FIELD: username})
        except User.DoesNotExist:
            raise CommandError(f"There is no account named {username}.") from None
        throttling.unlock(account.get_username(), account.email)
        audit.record(account, audit.UNLOCKED)
        self.stdout.write(f"{username} can sign in again.")
        if second_factor:
            reset(account)
            self.stdout.write(f"{username} sets up a new second factor at the next sign-in.")
