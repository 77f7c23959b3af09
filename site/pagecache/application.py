"""The page cache as a WSGI application around Django's."""

import datetime
import logging
import threading
from collections import Counter
from dataclasses import dataclass
from time import time

from django.conf import settings
from django.utils import timezone

from sight.metrics import count_page_cache

from . import generation
from .entries import Entry, accel_expires, directives, varies_by
from .marks import ANY
from .memory import Memory
from .requests import Gate, Request, encoding_for
from .shared import Shared

logger = logging.getLogger(__name__)

LARGEST = 2 * 1024 * 1024  # bytes of a body that is kept
PATIENCE = 5.0  # seconds that a request waits for another that renders the same
GRACE = 10.0  # seconds after its end in which a copy is shown while a newer one is made
IN_NEED = 86_400  # seconds for which a copy may be shown when nothing newer can be had
NOT_KEPT = {"private", "no-store", "no-cache"}
# Answers depend on cookies and authorisation as well; requests with them never come here.
KNOWN_VARIATION = {"accept-encoding", "cookie"}


def wrap(application):
    """Return the application behind a page cache, if the settings give it memory."""
    if not settings.PAGE_CACHE_MEGABYTES:
        return application
    memory = Memory(settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)
    shared = Shared(settings.PAGE_CACHE_URL) if settings.PAGE_CACHE_URL else None
    return PageCache(application, memory, shared)


@dataclass
class Answer:
    """What Django answered: the body may be read once, then it must be closed."""

    status: str
    headers: list[tuple[str, str]]
    body: object

    @property
    def code(self) -> int:
        return int(self.status[:3])

    @property
    def mark(self):
        return getattr(self.body, "page_cache", None)

    def close(self):
        close = getattr(self.body, "close", None)
        if close:
            close()


class PageCache:
    """Answers anonymous visitors from memory as long as nothing they could see has changed.

    ``clock`` says which generation the site is in (see ``pagecache.generation``). ``counts`` tells
    what became of requests: ``hit``, ``shared`` (found with another process), ``rendered``,
    ``stale`` (old, because nothing newer could be had), ``passed`` (left to Django).
    """

    def __init__(self, application, memory, shared=None, clock=generation.clock):
        self.application, self.memory, self.shared = application, memory, shared
        self.clock, self.gate = clock, Gate()
        self.flights = Flights()
        self.counts = Counter()

    def __call__(self, environ, start_response):
        request = self.gate.read(environ)
        now = None if request is None else self.clock.known()
        if now is None or now.generation is None:
            return self._pass(environ, start_response)
        address = self.memory.address(request.path)
        if address and address.parameters is None and address.generation == now.generation:
            return self._pass(environ, start_response)
        query, entry = self._find(request, now)
        if entry and entry.is_fresh(now.generation, time()):
            self._count("hit")
            return send(entry, request, start_response, now)
        return self._renew(request, start_response, now, query, entry)

    def _count(self, outcome):
        self.counts[outcome] += 1
        count_page_cache(outcome)

    def _find(self, request, now):
        """Return the canonical query (None: not known yet) and the entry, fresh or not."""
        query = "" if not request.query else None
        address = self.memory.address(request.path) if query is None else None
        if address and address.generation == now.generation and address.parameters is not None:
            query = request.canonical_query(address.parameters)
        return query, None if query is None else self.memory.get(request.path, query)

    def _renew(self, request, start_response, now, query, entry):
        """Render the answer, or let another request do it that is at it already."""
        if entry and self.clock.is_away and may_be_shown(entry, now, IN_NEED):
            return self._send_stale(entry, request, start_response, now)
        key = (request.path, request.query if query is None else query, query is None)
        landing = self.flights.join(key)
        if landing is None:
            try:
                return self._render(request, start_response, now, query, entry)
            finally:
                self.flights.land(key)
        if entry and may_be_shown(entry, now, GRACE):
            return self._send_stale(entry, request, start_response, now)
        landing.wait(PATIENCE)
        now = self.clock.known()
        query, entry = self._find(request, now)
        if entry and entry.is_fresh(now.generation, time()):
            self._count("hit")
            return send(entry, request, start_response, now)
        return self._render(request, start_response, now, query, entry)

    def _render(self, request, start_response, now, query, stale):
        if query is None and self.shared:
            query = self._learn_from_others(request, now)
        if query is not None and self.shared:
            with self.shared.turn(request.path, query, now.generation) as found:
                if found:
                    self._count("shared")
                    self.memory.put(request.path, query, found.entry, found.parameters)
                    return send(found.entry, request, start_response, now)
                return self._ask_django(request, start_response, now, query, stale)
        return self._ask_django(request, start_response, now, query, stale)

    def _learn_from_others(self, request, now):
        parameters = self.shared.parameters(request.path, now.generation)
        if parameters is None:
            return None
        self.memory.learn(request.path, parameters, now.generation)
        return request.canonical_query(parameters)

    def _ask_django(self, request, start_response, now, query, stale):
        """Answer with what Django renders, and keep it if it is fit for that."""
        asked, begun = request.query if query is None else query, time()
        try:
            answer = ask(self.application, request.without_conditions(asked))
        except Exception:
            if not (stale and may_be_shown(stale, now, IN_NEED)):
                raise
            logger.exception("Rendering failed; an older copy is shown.")
            return self._send_stale(stale, request, start_response, now)
        if answer.code >= 500 and stale and may_be_shown(stale, now, IN_NEED):
            answer.close()
            return self._send_stale(stale, request, start_response, now)
        body = self._body_to_keep(answer)
        if body is None:
            if answer.code == 200 and not answer.mark:
                self.memory.learn(request.path, None, now.generation)
            self._count("passed")
            return forward(answer, request, start_response)
        self._count("rendered")
        entry = make_entry(answer, body, now.generation, begun)
        if self._keep(request, query, entry, answer.mark.parameters):
            return send(entry, request, start_response, now)
        return forward(Answer(answer.status, answer.headers, [body]), request, start_response)

    def _keep(self, request, query, entry, parameters) -> bool:
        """Store the entry, unless the query held what the address turns out not to know."""
        if query is None:
            query = request.canonical_query(parameters)
            if query is None or query != request.canonical_query(ANY):
                self.memory.learn(request.path, parameters, entry.generation)
                return False
        self.memory.put(request.path, query, entry, parameters)
        if self.shared:
            self.shared.put(request.path, query, entry, parameters)
        return True

    def _body_to_keep(self, answer) -> bytes | None:
        """Return the whole body of an answer that may be kept, None for all others."""
        if answer.code != 200 or answer.mark is None or not is_for_everybody(answer):
            return None
        chunks, size = [], 0
        body = iter(answer.body)
        for chunk in body:
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST:
                answer.body = Rest(chunks, body, answer.body)
                return None
        whole = b"".join(chunks)
        if b"csrfmiddlewaretoken" in whole:  # such a page sets a cookie too; better twice
            answer.body = Rest([whole], (), answer.body)
            return None
        answer.close()
        return whole

    def _send_stale(self, entry, request, start_response, now):
        self._count("stale")
        return send(entry, request, start_response, now)

    def _pass(self, environ, start_response):
        self._count("passed")
        if self.gate.is_left_alone(environ):
            return self.application(environ, start_response)

        def start(status, headers, *exc_info):
            return start_response(status, for_one_visitor(headers), *exc_info)

        return self.application(environ, start)


class Flights:
    """Which answers are being made just now."""

    def __init__(self):
        self._flights, self._lock = {}, threading.Lock()

    def join(self, key) -> threading.Event | None:
        """Return what is set once the answer is made, or None for the one who has to make it."""
        with self._lock:
            if key in self._flights:
                return self._flights[key]
            self._flights[key] = threading.Event()
            return None

    def land(self, key):
        with self._lock:
            self._flights.pop(key).set()


class Rest:
    """A body of which a part was read already."""

    def __init__(self, chunks, rest, body):
        self.chunks, self.rest, self.body = chunks, rest, body

    def __iter__(self):
        yield from self.chunks
        yield from self.rest

    def close(self):
        self.body.close()


def ask(application, environ) -> Answer:
    started = []

    def start(status, headers, exc_info=None):
        started[:] = [status, headers]

    body = application(environ, start)
    return Answer(*started, body)


def is_for_everybody(answer) -> bool:
    """Whether an answer has nothing of one visitor, and depends on nothing we don't tell apart."""
    names = {name.lower() for name, _value in answer.headers}
    if "set-cookie" in names or "content-encoding" in names:
        return False
    known = KNOWN_VARIATION | ({"accept-language"} if answer.mark.speaks_any_language else set())
    return NOT_KEPT.isdisjoint(directives(answer.headers)) and varies_by(answer.headers) <= known


def make_entry(answer, body, generation, begun) -> Entry:
    headers = answer.headers
    if answer.mark.speaks_any_language:
        headers = [(name, value) for name, value in headers if name.lower() != "vary"]
    expires = min(begun + answer.mark.lifetime, next_midnight())
    return Entry.from_answer(headers, body, generation=generation, rendered=begun, expires=expires)


def next_midnight() -> float:
    """The end of the local day: pages say what is today and what comes next."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time())).timestamp()


def may_be_shown(entry, now, seconds) -> bool:
    """Whether an entry that is too old may be: nothing has changed, as far as anybody knows."""
    return entry.generation == now.generation and time() < entry.expires + seconds


def send(entry: Entry, request: Request, start_response, now: generation.Known):
    """Answer with an entry of this generation in the encoding that is asked for, or with 304."""
    environ = request.environ
    variant = entry.variant(encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")))
    headers = [*variant.headers, ("X-Accel-Expires", accel_expires(now.instant))]
    if is_known(environ, variant.etag, headers):
        return not_modified(headers, start_response)
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]


def forward(answer: Answer, request: Request, start_response):
    """Answer with what is for this visitor alone; Django was asked for the whole by GET."""
    environ = request.environ
    headers = for_one_visitor(answer.headers)
    etag = next((value for name, value in headers if name.lower() == "etag"), "")
    if answer.code == 200 and is_known(environ, etag, headers):
        answer.close()
        return not_modified(headers, start_response)
    start_response(answer.status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        answer.close()
        return []
    return answer.body


def is_known(environ, etag, headers) -> bool:
    """Whether the visitor has this very answer (RFC 9110, 13.1.2 and 13.1.3)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return bool(etag) and (etag.removeprefix("W/") in known or "*" in known)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    return bool(since) and any(
        name.lower() == "last-modified" and value == since for name, value in headers
    )


def not_modified(headers, start_response):
    of_the_body = {"content-length", "content-encoding", "content-type"}
    start_response("304 Not Modified", [h for h in headers if h[0].lower() not in of_the_body])
    return []


def for_one_visitor(headers) -> list[tuple[str, str]]:
    """Return the headers with what keeps every cache but the visitor's own away."""
    kept = [(name, value) for name, value in headers if name.lower() != "x-accel-expires"]
    kept.append(("X-Accel-Expires", "0"))
    if not directives(headers).isdisjoint({"private", "no-store"}):
        return kept
    given = [value for name, value in kept if name.lower() == "cache-control"]
    parts = [part.strip() for value in given for part in value.split(",")]
    parts = [part for part in parts if part.lower() != "public" and part[:8] != "s-maxage"]
    kept = [(name, value) for name, value in kept if name.lower() != "cache-control"]
    return [*kept, ("Cache-Control", ", ".join(["private", *filter(None, parts)]))]
