"""Going on without a server that does not answer."""

import logging
import time


class Breaker:
    """Remembers for ``pause`` seconds that a server is away, so that not everybody waits for it.

    What one thread of a process has found out, all know. It is said once that the server is away,
    and once that it is back.
    """

    def __init__(self, name: str, pause: float):
        self.name, self.pause = name, pause
        self.is_away = False
        self._silent_until = 0.0  # of the monotonic clock
        self._logger = logging.getLogger(__name__)

    @property
    def is_closed(self) -> bool:
        """Whether the server may be asked."""
        return time.monotonic() >= self._silent_until

    def open(self, error: Exception) -> None:
        """It did not answer."""
        self._silent_until = time.monotonic() + self.pause
        if not self.is_away:
            self.is_away = True
            self._logger.error("%s is away, the site goes on without: %s", self.name, error)

    def close(self) -> None:
        """It answered."""
        if self.is_away:
            self.is_away = False
            self._logger.warning("%s is back.", self.name)
