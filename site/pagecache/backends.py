"""Django's cache on Redis, for a site that goes on when Redis is away."""

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

from .breaker import FAILURES, TIMEOUTS, Breaker

METHODS = (
    "add",
    "clear",
    "delete",
    "delete_many",
    "get",
    "get_many",
    "has_key",
    "incr",
    "set",
    "set_many",
    "touch",
)


class TolerantRedisCache(RedisCache):
    """As Django's; while Redis is away each process keeps what it needs in its own memory.

    So limits of rates go on to hold, in each process by itself.
    """

    def __init__(self, server, params):
        params = params | {"OPTIONS": TIMEOUTS | params.get("OPTIONS", {})}
        super().__init__(server, params)
        self._memory = LocMemCache(f"instead of {server}", {})
        self._breaker = Breaker("The cache")


def _tolerant(name):
    def method(self, *args, **kwargs):
        if self._breaker.is_closed:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except FAILURES as error:
                self._breaker.open(error)
        return getattr(self._memory, name)(*args, **kwargs)

    return method


for name in METHODS:
    setattr(TolerantRedisCache, name, _tolerant(name))
