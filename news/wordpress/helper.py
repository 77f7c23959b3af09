"""A second process, which does a part of the import's work on a second processor."""

import gc
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing import connection, get_context, parent_process
from threading import Thread

from django.db import connections, transaction

AHEAD = 2  # pieces of work that it has, the one that it does included


class Helper:
    """Does ``work`` with what it is given, in a copy of this process, until it is closed.

    It has database connections of its own, so what is given to it must be committed. Errors of
    ``work`` are raised by ``done``, and ``BrokenProcessPool`` where somebody has ended it.
    """

    def __init__(self, work: Callable[[list[int]], int], prepare: Callable[[], None]):
        self._work = work
        self._given = {}  # what was given and is not done
        connections.close_all()  # a connection must not be in two processes
        gc.collect()
        gc.freeze()  # else the collector writes to all memory that both share
        self._pool = ProcessPoolExecutor(1, get_context("fork"), _begin, [prepare])
        self._pool.submit(os.getpid).result()  # copied now, while this process holds little

    @classmethod
    def can_be(cls) -> bool:
        """Return whether there are two processors, and a database that two processes can share."""
        own = transaction.get_connection()
        is_in_memory = own.vendor == "sqlite" and own.is_in_memory_db()
        is_private = own.in_atomic_block or is_in_memory
        return not is_private and number_of_processors() > 1

    @property
    def is_free(self) -> bool:
        return sum(not future.done() for future in self._given) < AHEAD

    @property
    def given(self) -> list[int]:
        """All keys that it was given and that are not done, as far as ``done`` has said."""
        return [key for keys in self._given.values() for key in keys]

    def give(self, keys: list[int]):
        self._given[self._pool.submit(self._work, keys)] = keys

    def done(self, until_all=False) -> Iterator[int]:
        """Yield what ``work`` has returned since the last time, when it is there."""
        while self._given:
            if until_all:
                wait(self._given, return_when="FIRST_COMPLETED")
            finished = [future for future in self._given if future.done()]
            for future in finished:
                del self._given[future]
                yield future.result()
            if not until_all:
                return

    def close(self):
        """End it when it has done what it does now."""
        self._pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def number_of_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def _begin(prepare):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both: the other one closes this
    Thread(target=_end_with_parent, daemon=True).start()
    prepare()


def _end_with_parent():
    connection.wait([parent_process().sentinel])
    os._exit(1)
