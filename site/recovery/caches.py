"""Django's cache in Redis, without which the site goes on."""

import logging
import time

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)

PAUSE = 5  # seconds after a failure in which nobody waits for the server again
TIMEOUT = 1  # seconds to wait for it at most
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

    # What one thread of a process has found out, all know.
    away_until = 0.0
    is_away = False
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
        if self.is_away:
            ForgivingClient.must_be_emptied = True
        return value

    def _ask(self, name, otherwise, *arguments):
        if time.monotonic() < self.away_until:
            return otherwise
        try:
            if self.must_be_emptied:
                super().clear()
                ForgivingClient.must_be_emptied = False
            value = getattr(super(), name)(*arguments)
        except (redis.ConnectionError, redis.TimeoutError) as error:
            return self._went_away(error, otherwise)
        except redis.ResponseError as error:
            if not str(error).startswith(STATES):
                raise
            return self._went_away(error, otherwise)
        if self.is_away:
            ForgivingClient.is_away = False
            logger.warning("The cache in Redis is back.")
        return value

    def _went_away(self, error, otherwise):
        ForgivingClient.away_until = time.monotonic() + PAUSE
        if not self.is_away:
            ForgivingClient.is_away = True
            logger.error("The cache in Redis is away, the site goes on without: %s", error)
        return otherwise
