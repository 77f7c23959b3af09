"""How often somebody may try: a count in the database, which all processes and servers share.

django-axes was read and left: it has one limit for everything, stores what was typed as a name
(people type passwords there) and addresses in the clear, and does not know of forgotten passwords
and second factors. An attempt is counted before it is made, so that a hundred at once are not all
the first. Nothing here depends on whether an account exists.
"""

import datetime
import ipaddress
import unicodedata
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.spam import client_address

from .models import Attempts

IPV6_NETWORK = 64  # bits: what one household or server gets (RFC 6177)


@dataclass(frozen=True)
class Rule:
    """At most ``limit`` attempts, then none for ``period``."""

    name: str
    limit: int
    period: datetime.timedelta

    def take(self, *subject: str, account: str = "") -> bool:
        """Count an attempt and tell whether it may be made.

        ``account`` is the name by which an administrator may take the count back.
        """
        key, now = _digest(self.name, *subject), timezone.now()
        counted = Attempts.objects.filter(key=key, until__gt=now)
        if not counted.update(count=F("count") + 1):
            self._start(key, account, now)
            counted.update(count=F("count") + 1)
        count = counted.values_list("count", flat=True).first() or 1
        if count == self.limit:  # from here on the whole period counts
            counted.update(until=now + self.period)
        return count <= self.limit

    def is_exhausted(self, *subject: str) -> bool:
        """Tell whether no further attempt may be made now."""
        return Attempts.objects.filter(
            key=_digest(self.name, *subject), until__gt=timezone.now(), count__gte=self.limit
        ).exists()

    def give_back(self, *subject: str) -> None:
        """Forget one attempt: it was no failure."""
        Attempts.objects.filter(key=_digest(self.name, *subject), count__gt=0).update(
            count=F("count") - 1
        )

    def forget(self, *subject: str) -> None:
        """Forget all attempts."""
        Attempts.objects.filter(key=_digest(self.name, *subject)).delete()

    def _start(self, key, account, now):
        """Begin at nothing, unless another process did so in this moment."""
        Attempts.objects.filter(key=key, until__lte=now).delete()
        row = Attempts(
            key=key, account=account and _digest("account", account), until=now + self.period
        )
        Attempts.objects.bulk_create([row], ignore_conflicts=True)


QUARTER, HOUR = datetime.timedelta(minutes=15), datetime.timedelta(hours=1)
# A person who mistypes has five; an office behind one address has fifty; a robot has not more.
SIGN_IN = Rule("sign-in", 5, QUARTER)
SIGN_IN_ADDRESS = Rule("sign-in-address", 50, HOUR)
RESET = Rule("reset", 3, HOUR)
RESET_ADDRESS = Rule("reset-address", 20, HOUR)
SECOND_FACTOR = Rule("second-factor", 5, QUARTER)


def take_sign_in(request, username: str) -> bool:
    """Count an attempt to sign in by account and address; tell whether it may be made."""
    address = network_of(request)
    # Both are counted always, one after the other.
    by_account = SIGN_IN.take(plain(username), address, account=plain(username))
    by_address = SIGN_IN_ADDRESS.take(address)
    return by_account and by_address


def forget_sign_in(request, username: str) -> None:
    """The password was right: nothing was guessed."""
    SIGN_IN.forget(plain(username), network_of(request))
    SIGN_IN_ADDRESS.give_back(network_of(request))


def take_reset(request, email: str) -> bool:
    """Count a request for a new password; tell whether a mail may be sent."""
    by_account = RESET.take(plain(email), account=plain(email))
    by_address = RESET_ADDRESS.take(network_of(request))
    return by_account and by_address


def is_locked(account: str) -> bool:
    """Tell whether signing in to the account is closed for some address."""
    return _locked(account).exists()


def unlock(*accounts: str) -> int:
    """Forget what was tried with the names; return of how many addresses."""
    keys = [_digest("account", plain(account)) for account in accounts if account]
    return Attempts.objects.filter(account__in=keys).delete()[0]


def purge() -> int:
    """Delete what counts no more; return how many."""
    return Attempts.objects.filter(until__lt=timezone.now()).delete()[0]


def plain(name: str) -> str:
    """A name as Django's sign-in compares it, without what looks alike (NFKC, case)."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def network_of(request) -> str:
    """The visitor's address behind our proxies; of an IPv6 address the network."""
    address = client_address(request)
    try:
        if ipaddress.ip_address(address).version == 6:
            return str(ipaddress.ip_network(f"{address}/{IPV6_NETWORK}", strict=False))
    except ValueError:
        pass
    return address


def _locked(account):
    return Attempts.objects.filter(
        account=_digest("account", plain(account)),
        until__gt=timezone.now(),
        count__gte=SIGN_IN.limit,
    )


def _digest(*parts: str) -> str:
    return salted_hmac("accounts.throttling", "\0".join(parts), algorithm="sha256").hexdigest()
