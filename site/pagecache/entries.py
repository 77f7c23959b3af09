"""An answer as it is kept: whole, in every encoding, with what a cache must know of it."""

import gzip
import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from sys import intern

import brotli
from django.conf import settings
from django.utils.cache import cc_delim_re

SMALLEST = 200  # bytes; compressing less gains nothing
OVERHEAD = 5_000  # bytes of memory that an entry takes besides its bodies
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml")
COMPRESSIBLE += ("application/rss+xml", "application/manifest+json", "application/javascript")
COMPRESSIBLE += ("application/ld+json", "application/rdf+xml", "image/svg+xml")
# Written anew for every answer, or true for that one request only.
NOT_KEPT = {
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "etag",
    "server-timing",
    "vary",
    "x-accel-expires",
    "x-correlation-id",
    "x-request-id",
}
# nginx may show its copy for a further second while it fetches the next, and when we fail.
LAG = 0.02  # seconds that nginx's own clock may be late
EXTENSIONS = "stale-while-revalidate=1, stale-if-error=86400"


@dataclass(slots=True)
class Variant:
    """The answer in one encoding."""

    headers: list[tuple[str, str]]
    body: bytes
    etag: str


@dataclass(slots=True)
class Entry:
    """A kept answer of status 200.

    ``generation`` was read before it was rendered; ``rendered`` and ``expires`` are seconds of the
    clock on the wall, which all servers share.
    """

    headers: list[tuple[str, str]]
    body: bytes
    generation: int
    rendered: float
    expires: float
    variants: dict[str, Variant] = field(default_factory=dict)

    @classmethod
    def from_answer(cls, headers, body, **details):
        """Make an entry of the headers of a response (pairs) and its body."""
        kept = [(name, value) for name, value in headers if name.lower() not in NOT_KEPT]
        given = _joined(headers, "cache-control")
        kept.append(("Cache-Control", f"{given or at_every_visit()}, {EXTENSIONS}"))
        vary = [name for name in cc_delim_re.split(_joined(headers, "vary")) if name]
        if not any(name.lower() == "accept-encoding" for name in vary):
            vary.append("Accept-Encoding")
        kept.append(("Vary", ", ".join(vary)))
        return cls(_interned(kept), body, **details)

    def is_fresh(self, generation, now) -> bool:
        return self.generation == generation and now < self.expires

    @property
    def cost(self) -> int:
        """Bytes of memory, with those of the encodings that will be asked for."""
        return OVERHEAD + len(self.body) * (3 if self._is_compressible else 2) // 2

    @property
    def _is_compressible(self) -> bool:
        kind = _joined(self.headers, "content-type")
        return len(self.body) >= SMALLEST and kind.startswith(COMPRESSIBLE)

    def variant(self, encoding: str) -> Variant:
        """Return the answer in an encoding, made when it is first asked for.

        The tag differs between encodings, as a strong one must (RFC 9110, 8.8.3.3).
        """
        if encoding and not self._is_compressible:
            encoding = ""
        if encoding not in self.variants:
            self.variants[encoding] = self._make(encoding)
        return self.variants[encoding]

    def _make(self, encoding):
        body, headers = self.body, list(self.headers)
        digest = hashlib.blake2b(body, digest_size=15).digest()
        etag = urlsafe_b64encode(digest).decode()
        if encoding:
            headers.append(("Content-Encoding", encoding))
            etag += f"-{encoding}"
            if encoding == "br":
                body = brotli.compress(body, quality=5)
            else:
                body = gzip.compress(body, 6, mtime=0)
        headers += [("ETag", f'"{etag}"'), ("Content-Length", str(len(body)))]
        return Variant(headers, body, f'"{etag}"')

    # For a store that other processes share

    def dump(self) -> bytes:
        details = [self.headers, self.generation, self.rendered, self.expires]
        packed = self.variant("br").body if self._is_compressible else self.body
        return json.dumps([*details, self._is_compressible]).encode() + b"\n" + packed

    @classmethod
    def load(cls, dumped: bytes):
        """Return the entry that ``dump`` wrote, or None if it is none."""
        head, _, packed = dumped.partition(b"\n")
        try:
            headers, generation, rendered, expires, is_packed = json.loads(head)
            body = brotli.decompress(packed) if is_packed else packed
        except (ValueError, TypeError, brotli.error):
            return None
        return cls(_interned(headers), body, generation, rendered, expires)


def at_every_visit() -> str:
    """Return what lets a browser ask each time, and a CDN that we can purge keep a copy.

    A second is not too long for any cache; without one nginx would keep nothing.
    """
    return f"public, max-age=0, s-maxage={settings.CDN_SECONDS or 1}"


def _interned(headers) -> list[tuple[str, str]]:
    """Return the pairs with strings that all entries share: most have the same long policies."""
    return [(intern(name), intern(value)) for name, value in headers]


def _joined(headers, name) -> str:
    return ", ".join(value for key, value in headers if key.lower() == name)


def directives(headers) -> set[str]:
    """Return the directives of Cache-Control, in small letters and without their values."""
    found = cc_delim_re.split(_joined(headers, "cache-control").lower())
    return {directive.partition("=")[0].strip() for directive in found}


def varies_by(headers) -> set[str]:
    """Return the names of the request's headers that an answer depends on, in small letters."""
    return {name for name in cc_delim_re.split(_joined(headers, "vary").lower()) if name}


def accel_expires(instant: float) -> str:
    """Return until when nginx keeps what was true at an instant (seconds of the clock).

    nginx counts whole seconds and keeps a copy to the end of the one it is given, then shows it for
    one more while it fetches the next: two seconds after ``instant`` it is gone.
    """
    return f"@{int(instant - LAG)}"
