"""Sessions that know whose they are, so that people see where they are signed in and end it.

The engine is Django's in the database, with a column for the account (Django: "Extending
database-backed session engines"). When and from where a session was used stands in the session
itself: it costs no query, and goes when the session goes.
"""

import datetime
import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session as DjangoSession
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp import DEVICE_ID_SESSION_KEY

from home.spam import client_address

from .devices import browser_of, system_of
from .models import Session

SIGNED_IN_AT, SEEN_AT, SEEN_FROM = "accounts.signed_in_at", "accounts.seen_at", "accounts.seen_from"
# How exact time and address of the last request are: not every one writes the session.
SEEN_SECONDS = 5 * 60


class SessionStore(db.SessionStore):
    """Django's store, which writes down whose a session is.

    It keeps the name of Django's: by it the data are signed, those from before this store too.
    """

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        return session


@dataclass(frozen=True)
class SignedIn:
    """A session as its owner sees it; ``reference`` names it and opens nothing."""

    reference: str
    browser: str
    system: str
    address: str
    since: datetime.datetime | None
    seen: datetime.datetime | None
    is_verified: bool
    is_current: bool


def note(request) -> None:
    """Write into the session that it is used, and from where; every few minutes."""
    session, now = request.session, time.time()
    session.setdefault(SIGNED_IN_AT, now)
    if now - session.get(SEEN_AT, 0) > SEEN_SECONDS:
        user_agent = request.headers.get("User-Agent", "")
        session[SEEN_AT] = now
        session[SEEN_FROM] = {
            "address": client_address(request),
            "browser": browser_of(user_agent),
            "system": system_of(user_agent),
        }


@receiver(user_logged_in)
def note_sign_in(request=None, **kwargs):
    if request is not None:
        for key in (SIGNED_IN_AT, SEEN_AT):  # who signs in again, begins again
            request.session.pop(key, None)
        note(request)


def is_over(data) -> bool:
    """Tell whether a session with these data is too old, or was not used for too long."""
    now = time.time()
    return (
        now - data.get(SIGNED_IN_AT, now) > settings.SESSION_COOKIE_AGE
        or now - data.get(SEEN_AT, now) > settings.SESSION_IDLE_SECONDS + SEEN_SECONDS
    )


def of(request) -> list[SignedIn]:
    """Return where the person of the request is signed in: here first, then as lately used."""
    hashes = _hashes(request.user)
    found = []
    for session in Session.objects.filter(user=request.user, expire_date__gt=timezone.now()):
        data = session.get_decoded()
        if data.get(HASH_SESSION_KEY) in hashes and not is_over(data):
            is_current = session.session_key == request.session.session_key
            found.append(_signed_in(session.session_key, data, is_current))
    return sorted(found, key=lambda one: (one.is_current, one.seen or one.since), reverse=True)


def end(user, reference: str) -> bool:
    """End one of the person's sessions; return whether there was such a one."""
    for session in Session.objects.filter(user=user):
        if reference_of(session.session_key) == reference:
            return bool(session.delete()[0])
    return False


def end_all(user, but: str | None = None) -> int:
    """End the person's sessions, all or but the one with this key; return how many."""
    return Session.objects.filter(user=user).exclude(session_key=but).delete()[0]


@receiver(post_save, sender=get_user_model())
def end_with_account(instance, **kwargs):
    """What a closed account had open does not come back when it is opened again."""
    if not instance.is_active:
        end_all(instance)


def purge() -> int:
    """Delete what is over; return how much. In Django's table is what was there before ours."""
    over = {"expire_date__lt": timezone.now()}
    return sum(model.objects.filter(**over).delete()[0] for model in (Session, DjangoSession))


def reference_of(session_key: str) -> str:
    return salted_hmac("accounts.sessions", session_key, algorithm="sha256").hexdigest()[:20]


def _signed_in(session_key, data, is_current):
    place = data.get(SEEN_FROM, {})
    return SignedIn(
        reference=reference_of(session_key),
        browser=place.get("browser", ""),
        system=place.get("system", ""),
        address=place.get("address", ""),
        since=_moment(data.get(SIGNED_IN_AT)),
        seen=_moment(data.get(SEEN_AT)),
        is_verified=DEVICE_ID_SESSION_KEY in data,
        is_current=is_current,
    )


def _hashes(user):
    """By these a session was opened with the password of now (a new one makes others)."""
    return {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}


def _moment(seconds):
    return seconds and datetime.datetime.fromtimestamp(seconds, datetime.UTC)
