"""Django's cache in Redis, without which the site goes on."""

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from config.breaker import Breaker

PAUSE = 5  # seconds after a failure in which nobody waits for the server again
TIMEOUT = 1  # seconds to wait for it at most
OWN_COUNTS = 10_000  # of so many visitors a process counts while Redis is away
# What Redis says of itself, not of the command: full, read-only, starting, its disk full.
STATES = ("OOM", "READONLY", "LOADING", "MISCONF", "MASTERDOWN")


class ForgivingRedisCache(RedisCache):
    """A cache that is empty, and forgets what it is told, while its server is away.

    What could not be deleted then may be outdated when the server is back: it is emptied.
    """

    def __init__(self, server, params):
        limits = {"socket_connect_timeout": TIMEOUT, "socket_timeout": TIMEOUT}
        super().__init__(server, params | {"OPTIONS": limits | params.get("OPTIONS", {})})
        self._class = ForgivingClient


class ForgivingClient(RedisCacheClient):
    """Django's client, which answers as Django's dummy cache does while its server is away."""

    breaker = Breaker("The cache in Redis", PAUSE)
    must_be_emptied = False

    def get(self, key, default):
        return self._ask("get", default, key, default)

    def get_many(self, keys):
        return self._ask("get_many", {}, keys)

    def has_key(self, key):
        return self._ask("has_key", False, key)

    def add(self, key, value, timeout):
        return self._ask("add", True, key, value, timeout)

    def set(self, key, value, timeout):
        return self._tell("set", None, key, value, timeout)

    def set_many(self, data, timeout):
        return self._tell("set_many", None, data, timeout)

    def touch(self, key, timeout):
        return self._tell("touch", False, key, timeout)

    def delete(self, key):
        return self._tell("delete", False, key)

    def delete_many(self, keys):
        return self._tell("delete_many", None, keys)

    def clear(self):
        return self._tell("clear", False)

    def incr(self, key, delta):
        value = self._tell("incr", None, key, delta)
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return value

    def _tell(self, name, otherwise, *arguments):
        value = self._ask(name, otherwise, *arguments)
        if self.breaker.is_away:
            ForgivingClient.must_be_emptied = True
        return value

    def _ask(self, name, otherwise, *arguments):
        if not self.breaker.is_closed:
            return self._answer_without(name, otherwise, *arguments)
        try:
            if self.must_be_emptied:
                super().clear()
                ForgivingClient.must_be_emptied = False
            value = getattr(super(), name)(*arguments)
        except (redis.ConnectionError, redis.TimeoutError) as error:
            self.breaker.open(error)
            return self._answer_without(name, otherwise, *arguments)
        except redis.ResponseError as error:
            if not str(error).startswith(STATES):
                raise
            self.breaker.open(error)
            return self._answer_without(name, otherwise, *arguments)
        self.breaker.close()
        return value

    def _answer_without(self, name, otherwise, *arguments):
        return otherwise


class CountingRedisCache(ForgivingRedisCache):
    """For limits: while its server is away, each process goes on counting by itself.

    So a limit holds, for as many processes as there are so many times. Counts of sign-ins are not
    here but in the database (``accounts.throttling``).
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = CountingClient


class CountingClient(ForgivingClient):
    own = LocMemCache("limits while Redis is away", {"max_entries": OWN_COUNTS})

    def _tell(self, name, otherwise, *arguments):
        # What Redis did not hear of is a count of its own: nothing in it is outdated by that.
        return self._ask(name, otherwise, *arguments)

    def _answer_without(self, name, otherwise, *arguments):
        return getattr(self.own, name)(*arguments)
