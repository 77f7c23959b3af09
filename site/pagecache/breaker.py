"""Going on without a Redis or Valkey that does not answer."""

import logging
import time

import redis

logger = logging.getLogger(__name__)

TIMEOUT = 0.2  # seconds that a question may take
PAUSE = 5.0  # seconds without questions to a server that did not answer
TIMEOUTS = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
FAILURES = (redis.RedisError, OSError)


class Breaker:
    """Remembers for a few seconds that a server is away, so that not every request waits for it."""

    def __init__(self, name):
        self.name, self._silent_until = name, 0.0

    @property
    def is_closed(self) -> bool:
        """Whether the server may be asked."""
        return time.monotonic() >= self._silent_until

    def open(self, error):
        self._silent_until = time.monotonic() + PAUSE
        logger.warning("%s is away, the site goes on without: %s", self.name, error)
