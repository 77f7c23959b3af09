"""Connections that end in time, and lead to no private network unless it was named."""

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .problems import Refused


class Guard:
    """Ends the connections of one file when its time is over, whatever they are waiting for.

    A server that sends a byte now and then meets every timeout of a socket; only closing it from
    another thread ends this.
    """

    def __init__(self):
        self._sockets = []
        self._end = 0.0
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let connections be made within the block; after so many seconds, they are shut."""
        self._end = time.monotonic() + seconds
        timer = threading.Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._forget()

    @property
    def left(self) -> float:
        """How many seconds are left, at least 0."""
        return max(0.0, self._end - time.monotonic())

    def watch(self, connection: socket.socket):
        # A second handle on it: TLS takes the first one away.
        with self._lock:
            self._sockets.append(connection.dup())

    def _shut(self):
        with self._lock:
            for connection in self._sockets:
                with contextlib.suppress(OSError):  # it has ended by itself
                    connection.shutdown(socket.SHUT_RDWR)

    def _forget(self):
        with self._lock:
            while self._sockets:
                self._sockets.pop().close()


class GuardedAdapter(HTTPAdapter):
    """Makes the connections of a session under a guard.

    ``private`` are the hosts that may be in a private network (see ``host_of``): all others are
    refused once they are connected, before anything is sent, whatever their names resolve to.
    """

    def __init__(self, guard: Guard, private: frozenset[str]):
        self._guard, self._private = guard, private
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": self._pool(HTTPConnectionPool, HTTPConnection),
            "https": self._pool(HTTPSConnectionPool, HTTPSConnection),
        }

    def _pool(self, pool, connection):
        adapter = self

        class GuardedConnection(connection):
            def _new_conn(self):
                made = super()._new_conn()
                try:
                    adapter.check(made, self.host, self.port, self.default_port)
                except BaseException:
                    made.close()
                    raise
                return made

        return type("GuardedPool", (pool,), {"ConnectionCls": GuardedConnection})

    def check(self, connection: socket.socket, host: str, port: int, default_port: int):
        """Watch a new connection; raises ``Refused`` if it leads where it may not."""
        name = host.lower().removeprefix("www.")
        name = name if port == default_port else f"{name}:{port}"
        address = ipaddress.ip_address(connection.getpeername()[0].partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if not address.is_global and name not in self._private:
            raise Refused("private_address", name)
        self._guard.watch(connection)
