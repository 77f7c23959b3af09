"""The generation of the site: a number that is another one after every change visitors could see.

Something that is the same for all visitors is computed once per change so::

    now = generation.current()
    if now is None or now != kept_for:
        value, kept_for = compute(), now

``current`` asks the database in a thread of its own, never more often than every quarter of a
second, and never keeps its caller waiting for a database that is slow or away.
"""

import logging
import os
import threading
import time
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from wagtail.models import Site

from . import changes

logger = logging.getLogger(__name__)

INTERVAL = 0.25  # seconds for which an answer of the database is taken for true
AHEAD = 0.2  # seconds after which the thread asks anew while there are visitors
# Seconds after each full one of the clock at which it asks. nginx keeps a copy by full seconds: it
# would fetch it again and again in those in which nothing is known of the second that has begun.
OFFSET = 0.03
PATIENCE = 0.5  # seconds that a visitor waits for an answer, once
LONGEST_PAUSE = 4.0  # seconds between attempts to reach a database that is away
QUERY = f"SELECT COALESCE(SUM(token), 0) FROM {changes.TABLE}"  # noqa: S608 - a constant


def current() -> int | None:
    """Return the generation, or None when what is computed now must not be shared.

    That is so within a transaction that has changed something already, and as long as the database
    was never reached. Take it *before* reading what the value is computed from.
    """
    if changes.is_noted(connections[DEFAULT_DB_ALIAS]):
        return None
    return clock.current()


def read(connection) -> int:
    """Return the generation as a connection sees it."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        return int(cursor.fetchone()[0])


class Known(NamedTuple):
    """A generation, and when it was asked for (seconds of the clock on the wall)."""

    generation: int | None
    instant: float


class Clock:
    """Knows the generation as it was a quarter of a second ago, or less.

    ``open_connection`` returns a connection for the thread alone.
    """

    def __init__(self, open_connection):
        self._open = open_connection
        self._reset()

    def _reset(self):
        self._condition = threading.Condition()
        self._thread = None
        self._known = Known(None, 0.0)
        self._begun = 0.0  # when the query began that gave it, in monotonic seconds
        self._asked = self._changed = 0.0
        self._is_away = False

    @property
    def is_away(self) -> bool:
        """Whether the database did not answer the last time."""
        return self._is_away

    def current(self) -> int | None:
        """Return the generation; the last one known while the database is away."""
        return self.known().generation

    def known(self) -> Known:
        """Return the generation with the moment in which it was true.

        While the database is away that is the last one known, as if it were true just now.
        """
        now = self._asked = time.monotonic()
        needed = max(now - INTERVAL, self._changed)
        if self._begun >= needed:
            return self._known
        with self._condition:
            self._start()
            self._condition.notify_all()
            if not self._is_away:
                done = self._condition.wait_for(
                    lambda: self._begun >= needed or self._is_away, PATIENCE
                )
                if not done:
                    self._is_away = True  # nobody else waits until it answers
                    logger.warning("The database does not say what changed; old pages are kept.")
            return self._known._replace(instant=time.time()) if self._is_away else self._known

    def expect_change(self):
        """Take no answer for true that was asked for before now."""
        self._changed = time.monotonic()

    def stop(self):
        """End the thread and its connection. The next question starts another."""
        with self._condition:
            thread, self._thread = self._thread, None
            self._condition.notify_all()
        if thread:
            thread.join(LONGEST_PAUSE)

    def _start(self):
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._ask, name="generation", daemon=True)
            self._thread.start()

    def _ask(self):
        """Ask the database while anybody wants to know."""
        connection, pause, thread = None, AHEAD, threading.current_thread()
        while thread is self._thread:
            begun, instant = time.monotonic(), time.time()
            try:
                connection = connection or self._open()
                value = read(connection)
            except Exception as error:
                connection = _close(connection)
                pause = min(pause * 2, LONGEST_PAUSE)
                self._fail(error)
            else:
                pause = AHEAD
                self._answer(Known(value, instant), begun)
            self._pause(thread, begun, pause if self._is_away else until_next_turn(time.time()))
        _close(connection)

    def _answer(self, known, begun):
        if (
            known.generation != self._known.generation
        ):  # before anybody is told, and while nobody waits for our lock
            _forget_root_paths()
        with self._condition:
            if self._is_away:
                logger.warning("The database answers again.")
            self._known, self._begun, self._is_away = known, begun, False
            self._condition.notify_all()

    def _fail(self, error):
        with self._condition:
            if not self._is_away:
                logger.warning("The database is away; pages that are kept stay: %s", error)
            self._is_away = True
            self._condition.notify_all()

    def _pause(self, thread, begun, pause):
        """Wait for the next time to ask: soon while there are visitors, else until one comes."""
        with self._condition:
            stopped = self._condition.wait_for(
                lambda: thread is not self._thread or self._changed > begun and not self._is_away,
                pause,
            )
            if not stopped:
                self._condition.wait_for(
                    lambda: thread is not self._thread or self._asked > begun or self._is_away
                )


def until_next_turn(now) -> float:
    """Return the seconds until the thread asks next: at the same moments of every second."""
    rest = AHEAD - (now - OFFSET) % AHEAD
    return rest if rest > 0.01 else rest + AHEAD  # woken a little early


def _forget_root_paths():
    """Where the sites are Wagtail keeps for an hour, in a cache that may be slow or refuse."""
    try:
        Site.clear_site_root_paths_cache()
    except Exception:
        logger.exception("The cache does not forget where the sites are.")


def _close(connection):
    if connection is not None:
        try:
            connection.close()
        except Exception:
            logger.debug("A broken connection could not be closed.", exc_info=True)


def open_connection():
    """Return a connection apart from those of requests, that gives up early."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    options = dict(connection.settings_dict["OPTIONS"])
    if connection.vendor == "postgresql":
        options |= {"connect_timeout": 2, "tcp_user_timeout": 3000}
        options.pop("pool", None)
    else:
        options["timeout"] = 1
    connection.settings_dict = connection.settings_dict | {"OPTIONS": options}
    return connection


clock = Clock(open_connection)
os.register_at_fork(after_in_child=clock._reset)
