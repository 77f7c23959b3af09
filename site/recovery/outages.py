"""Something that the site needs is away, full or read-only: what that is, what is said, and where.

Visitors and editors get a page that says so (``answer``); the log gets a line a minute. Nothing has
to be restarted: each request looks again.
"""

import errno
import logging
import sqlite3
import threading
import time
from dataclasses import dataclass

import psycopg
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

AWAY, UNWRITABLE = "away", "unwritable"  # templates/bare/: what is true for people
RETRY_AFTER = {AWAY: 30, UNWRITABLE: 300}  # seconds
LOG_EVERY = 60  # seconds

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
# https://www.sqlite.org/rescode.html: the primary codes, which are the low byte of all others.
SQLITE = {
    sqlite3.SQLITE_BUSY: AWAY,
    sqlite3.SQLITE_LOCKED: AWAY,
    sqlite3.SQLITE_IOERR: AWAY,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_FULL: UNWRITABLE,
    sqlite3.SQLITE_READONLY: UNWRITABLE,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: classes, and codes in others.
POSTGRESQL = {
    "08": AWAY,  # connection exception
    "53": AWAY,  # insufficient resources: too many connections
    "57": AWAY,  # operator intervention: shutdown, start, a statement that took too long
    "58": AWAY,  # system error
    "53100": UNWRITABLE,  # disk full
    "25006": UNWRITABLE,  # read-only transaction
    "55P03": AWAY,  # a lock that did not come
}


def kind_of(error: BaseException | None) -> str | None:
    """Return ``AWAY`` or ``UNWRITABLE`` if an outage is behind an error, else None."""
    while error is not None:
        kind = _kind_of_one(error)
        if kind:
            return kind
        error = error.__cause__ or error.__context__
    return None


def _kind_of_one(error):
    if isinstance(error, psycopg.Error):
        state = error.sqlstate or ""
        if not state and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            return AWAY  # no connection, so no server that could name a state
        return POSTGRESQL.get(state) or POSTGRESQL.get(state[:2])
    if isinstance(error, sqlite3.Error):
        return SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return UNWRITABLE
    return None


@dataclass
class _Log:
    """Says that there is an outage once in a while, however many requests meet it."""

    lock: threading.Lock
    said_at: float = float("-inf")
    unsaid: int = 0

    def tell(self, error):
        with self.lock:
            now = time.monotonic()
            if now - self.said_at < LOG_EVERY:
                self.unsaid += 1
                return
            unsaid, self.unsaid, self.said_at = self.unsaid, 0, now
        root = error
        while root.__cause__ is not None:
            root = root.__cause__
        more = f" ({unsaid} more requests failed since it was said last)" if unsaid else ""
        words = " ".join(str(root).split()) or repr(root)
        logger.error("Requests are answered with 503: %s%s", words, more)


_log = _Log(threading.Lock())


def answer(request, error):
    """Return the answer to a request that failed because of an outage; None if it was no outage."""
    kind = kind_of(error)
    if kind is None or not isinstance(error, DatabaseError | OSError):
        return None
    _log.tell(error)
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with override(language):
        response = _answer(request, kind, language)
    response.headers["Retry-After"] = str(RETRY_AFTER[kind])
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Expires"] = "0"
    response._has_been_logged = True  # else Django adds a line for every request
    return response


def _answer(request, kind, language):
    if _wants_json(request):
        message = {
            AWAY: _("The site can't answer just now. Please try again in a minute."),
            UNWRITABLE: _("Nothing can be saved just now. Please try again in a few minutes."),
        }[kind]
        return JsonResponse({"message": message}, status=503)
    context = {
        "language": language,
        "address": request.get_full_path(),
        "is_sent": request.method not in ("GET", "HEAD"),
        "fields": _fields(request),
        "has_files": _has_files(request),
    }
    html = render_to_string(f"bare/503_{kind}.html", context)
    return HttpResponse(html, status=503)


def _wants_json(request) -> bool:
    accepted = request.headers.get("Accept", "")
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return is_script or request.path.startswith("/api/") or "application/json" in accepted


def _fields(request) -> list[tuple[str, str]]:
    """Return what was sent, to send it again; nothing if a password is among it."""
    if request.method != "POST":
        return []
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # what could not even be read
        return []
    return [] if any("password" in name for name, _value in fields) else fields


def _has_files(request) -> bool:
    return bool(getattr(request, "_files", None))
