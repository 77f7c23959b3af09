"""What is made once for all visitors, and kept in this process until anything on the site changes.

Menus, names, contacts, counts over all articles: what many pages show, and few changes alter. None
of it is ever shown old: it is kept under the number of changes that it was made at.
"""

from collections.abc import Callable, Hashable

from django.db import connection

MOST = 4000  # things kept; when there are more, all are made anew

_kept = (None, {})  # the generation, and what was made in it


def generation() -> Hashable | None:
    """Return what is another after each change that visitors can see; None: keep nothing.

    Called often: whoever reads it from afar reads it once a request.
    """
    return None


def once(key: Hashable, make: Callable):
    """Return ``make()``, or what it returned in this generation under the same key.

    What it returns is shared by all threads and must not be altered. What an open transaction sees
    is its own: it is given as it is, and not kept.
    """
    global _kept
    now = generation()
    if now is None or connection.in_atomic_block:
        return make()
    kept = _kept  # another thread may put a new one there: the old one stays true to its generation
    if kept[0] != now:
        kept = _kept = (now, {})
    values = kept[1]
    if key in values:
        return values[key]
    value = make()
    if len(values) >= MOST:
        values.clear()
    values[key] = value
    return value
