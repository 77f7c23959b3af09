"""Pages for visitors are read from a replica of the database, when the operator has one.

Who signs in, sends a form or asks with a key works on the primary alone, and so does everybody
after a change until the replica has it: a replica is always a moment behind.
"""

from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from config.breaker import Breaker
from home import shared
from pagecache import generation

REPLICA = "replica"
PAUSE = 10  # seconds in which a replica that is away is not asked again

_reads_replica = ContextVar("reads_replica", default=False)


class ReplicaRouter:
    """Sends the reads of a request that ``ReplicaMiddleware`` let through to the replica."""

    def db_for_read(self, model, **hints):
        if _reads_replica.get() and not connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return REPLICA
        return DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True  # the same rows, read here or there

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


def _see_writes(execute, sql, params, many, context):
    if not sql.startswith("SELECT"):
        _reads_replica.set(False)  # what this request writes it must be able to read
    return execute(sql, params, many, context)


class ReplicaMiddleware:
    """Lets the requests of visitors read from the replica while it can be reached."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.breaker = Breaker("The replica of the database", PAUSE)
        self.caught_up = None  # the generation of the site that the replica was seen to have

    def __call__(self, request):
        if not self._is_for_replica(request):
            return self.get_response(request)
        token = _reads_replica.set(True)
        try:
            with connections[DEFAULT_DB_ALIAS].execute_wrapper(_see_writes):
                return self.get_response(request)
        finally:
            _reads_replica.reset(token)

    def _is_for_replica(self, request) -> bool:
        is_visitor = (
            request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "Authorization" not in request.headers
        )
        return is_visitor and self.breaker.is_closed and self._is_up_to_date()

    def _is_up_to_date(self) -> bool:
        shared.pin()  # a menu of old rows, should a change come right after this, is kept as old
        newest = generation.current()
        try:
            if newest is not None and self.caught_up == newest:
                connections[REPLICA].cursor().close()  # connects, or sees whether it still is
            else:
                self.caught_up = generation.read(connections[REPLICA])
        except DatabaseError as error:
            self.breaker.open(error)
            return False
        self.breaker.close()
        return newest is not None and self.caught_up == newest
