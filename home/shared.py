"""What is made once for all visitors, and kept in this process until anything on the site changes.

Menus, names, contacts, counts over all articles: what many pages show, and few changes alter. None
of it is ever shown old: it is kept under the number of changes that it was made at.
"""

from collections.abc import Callable, Hashable, Iterable
from threading import local

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from django.dispatch import receiver

from pagecache import generation as changes

# What is kept at most; when there is more, all is made anew. There are as many different parts of
# an archive as days in a calendar, and robots that visit each.
MOST = 2_000  # things
MOST_TEXT = 2_000_000  # characters of rendered parts, two bytes each with Latvian letters

MISSING = object()


class Values(dict):
    """What was made in a generation; ``text`` is how many characters of rendered parts it holds."""

    text = 0


_request = local()
_kept = (None, Values())  # the generation, and what was made in it


def generation() -> Hashable | None:
    """Return what is another after each change that visitors can see; None: keep nothing."""
    return changes.current() if settings.PAGE_CACHE_MEGABYTES else None


def once(key: Hashable, make: Callable):
    """Return ``make()``, or what it returned in this generation under the same key.

    What it returns is shared by all threads and must not be altered. What an open transaction sees
    is its own: it is given as it is, and not kept.
    """
    values = _values()
    if values is None:
        return make()
    value = values.get(key, MISSING)  # in one step: another thread may make room meanwhile
    if value is MISSING:
        value = make()
        _keep(values, {key: value})
    return value


def each(name: str, keys: Iterable[Hashable], make: Callable) -> dict:
    """Return a value for each key, as ``once``; those that are missing are made all at once.

    ``make`` takes a list of keys and returns a dictionary.
    """
    values = _values()
    if values is None:
        return make(list(dict.fromkeys(keys)))
    keys = list(dict.fromkeys(keys))
    found = {key: values.get((name, key), MISSING) for key in keys}
    found = {key: value for key, value in found.items() if value is not MISSING}
    missing = [key for key in keys if key not in found]
    if missing:
        made = make(missing)
        _keep(values, {(name, key): value for key, value in made.items()})
        found |= made
    return found


def is_kept() -> bool:
    """Tell whether what is made now is kept."""
    return _values() is not None


def pin() -> None:
    """Fix the generation under which everything is kept that this request makes.

    For who looks next at how new the rows are that the request will read.
    """
    _values()


def _values() -> Values | None:
    """Return what was made in this generation; None when nothing may be kept."""
    global _kept
    now = generation()
    if now is None or in_transaction():
        return None
    if hasattr(_request, "generation"):
        if _request.generation is MISSING:
            _request.generation = now
        now = _request.generation
    kept = _kept  # another thread may put a new one there: the old one stays true to its generation
    if kept[0] != now:
        kept = _kept = (now, Values())
    return kept[1]


# What a request makes may rest on what it read before a change that came meanwhile: all of it is
# kept under the generation in which the request first asked.


@receiver(request_started)
def begin_request(**kwargs):
    _request.generation = MISSING


@receiver(request_finished)
def end_request(**kwargs):
    _request.__dict__.pop("generation", None)


def in_transaction() -> bool:
    return connection.in_atomic_block


def _keep(values, made):
    text = sum(len(value) for value in made.values() if isinstance(value, str))
    if len(values) + len(made) > MOST or values.text + text > MOST_TEXT:
        values.clear()
        values.text = 0
    values.update(made)
    values.text += text
