"""The store that all processes and servers share: Redis or Valkey. Without it the site goes on."""

import contextlib
import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from django.conf import settings

from config.breaker import Breaker
from config.environment import BASE_DIR

from .entries import Entry
from .marks import ANY

TIMEOUT = 0.2  # seconds that a question may take
PAUSE = 5.0  # seconds without questions to a server that did not answer
TIMEOUTS = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
FAILURES = (redis.RedisError, OSError)
KEPT = 3600  # seconds: an entry that nobody replaces is forgotten
TURN = 5.0  # seconds that one process has for rendering before others try themselves
PATIENCE = 2.0  # seconds that others wait for it
STEP = 0.03  # seconds between two looks

FOLDERS = ("home", "news", "people", "search", "site", "templates")
FREE = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end"


@dataclass(frozen=True)
class Found:
    entry: Entry
    parameters: object


def release() -> str:
    """Return what tells this release of the code from others, and this site from its neighbours.

    During an update old and new servers answer beside each other: neither shows the other's pages.
    """
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=9)
    files = [
        path
        for folder in FOLDERS
        for path in (BASE_DIR / folder).rglob("*")
        if path.suffix in {".py", ".html", ".po", ".txt"}
    ]
    for path in [*sorted(files), Path(settings.STATIC_ROOT) / "staticfiles.json"]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Shared:
    """Entries by address and canonical query. Any failure is as if nothing were there."""

    def __init__(self, url: str):
        self._server = redis.Redis.from_url(url, **TIMEOUTS)
        self._prefix = f"page:{release()}"
        self._breaker = Breaker("The shared page cache", PAUSE)

    def parameters(self, path, generation):
        """Return the parameters that an address depends on, None if that is not known."""
        known = self._ask("get", self._key("address", path))
        if not known:
            return None
        names, of_generation = json.loads(known)
        if of_generation != generation:
            return None
        return ANY if names is None else frozenset(names)

    def put(self, path, query, entry, parameters):
        names = None if parameters is ANY else sorted(parameters)
        known = json.dumps([names, entry.generation])
        self._ask("set", self._key("address", path), known, ex=KEPT)
        self._ask("set", self._key("entry", path, query), entry.dump(), ex=KEPT)

    def get(self, path, query, generation) -> Found | None:
        dumped = self._ask("get", self._key("entry", path, query))
        entry = Entry.load(dumped) if dumped else None
        if entry is None or not entry.is_fresh(generation, time.time()):
            return None
        parameters = self.parameters(path, generation)
        return None if parameters is None else Found(entry, parameters)

    @contextlib.contextmanager
    def turn(self, path, query, generation):
        """Give what another process has rendered, or None to the one whose turn it is to do it.

        Who dies in its turn keeps the others waiting for ``PATIENCE`` seconds, no longer.
        """
        found = self.get(path, query, generation)
        if found:
            yield found
            return
        key, token = self._key("turn", path, query), secrets.token_hex(8)
        is_ours = self._ask("set", key, token, nx=True, px=int(TURN * 1000))
        if not is_ours and self._breaker.is_closed:
            found = self._wait(key, path, query, generation)
        try:
            yield found
        finally:
            if is_ours:
                self._ask("eval", FREE, 1, key, token)

    def _wait(self, key, path, query, generation):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._breaker.is_closed:
            time.sleep(STEP)
            is_running = self._ask("exists", key)
            found = self.get(path, query, generation)
            if found or not is_running:
                return found
        return None

    def _ask(self, command, *arguments, **options):
        if not self._breaker.is_closed:
            return None
        try:
            answer = getattr(self._server, command)(*arguments, **options)
        except FAILURES as error:
            self._breaker.open(error)
            return None
        self._breaker.close()
        return answer

    def _key(self, kind, path, query="") -> str:
        digest = hashlib.blake2b(json.dumps([path, query]).encode(), digest_size=18)
        return f"{self._prefix}:{kind}:{digest.hexdigest()}"
