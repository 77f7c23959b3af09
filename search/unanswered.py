"""Counting what visitors searched for and did not find, and nothing about the visitors.

A counter holds the words, the language, the day and a number. Queries that look like data of a
person are not counted. ``SEARCH_UNANSWERED_DAYS`` says how long counters are kept,
``SEARCH_UNANSWERED_PER_DAY`` how many may be new a day.
"""

import logging
import re
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from .models import UnansweredQuery

PATIENCE = 250  # milliseconds to wait for a database that someone else writes to (SQLite)
# An email or web address; five digits in a row; seven with spaces or signs between them
# (personal codes, phone numbers, bank accounts).
PERSONAL = re.compile(r"@|://|\bwww\.|\d{5}|\d(?:\W{0,3}\d){6}")
ROBOT = re.compile(r"bot\b|crawl|spider|slurp", re.IGNORECASE)

logger = logging.getLogger(__name__)


def record(request, text: str, language: str):
    """Count a cleaned query that found nothing, if it may be kept; never raises an error."""
    text = text.lower()
    if not may_be_kept(text) or not is_of_visitor(request):
        return
    try:
        with _little_patience(), transaction.atomic():
            _count(text, language)
    except DatabaseError as error:
        logger.warning("A query without results could not be counted: %s", error)


def may_be_kept(text: str) -> bool:
    """Return False for what is long or looks like data of a person."""
    return len(text) <= UnansweredQuery.LONGEST and not PERSONAL.search(text)


def is_of_visitor(request) -> bool:
    """Return False for robots, and for editors: they alone have a session."""
    if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    return not ROBOT.search(request.headers.get("User-Agent", ""))


def _count(text, language):
    counters = UnansweredQuery.objects
    counter = {"day": timezone.localdate(), "language": language, "text": text}
    if counters.filter(**counter).update(count=F("count") + 1):
        return
    if counters.filter(day=counter["day"]).count() >= settings.SEARCH_UNANSWERED_PER_DAY:
        return
    counters.purge()
    # Two visitors at the same instant may be counted as one.
    counters.bulk_create([UnansweredQuery(**counter)], ignore_conflicts=True)


@contextmanager
def _little_patience():
    """Rather than keep a visitor waiting while SQLite is being written to, count one less."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
