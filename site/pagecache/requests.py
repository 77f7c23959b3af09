"""Which requests the cache answers, and by what it tells them apart."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import parse_cookie
from django.urls import reverse

from .marks import ANY

LONGEST_PATH, LONGEST_QUERY, MOST_PARAMETERS = 1000, 1000, 50
# What makes the server answer with less than the whole, or with another thing.
CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request of an anonymous visitor for an address that may be kept.

    ``path`` names the address without its query: scheme, host and the path as it came, undecoded by
    us and never normalised. ``query`` is what came behind the question mark.
    """

    path: tuple[str, ...]
    query: str
    environ: dict

    def canonical_query(self, parameters) -> str | None:
        """Return the query with the named parameters alone, in order of their names.

        Two queries that mean the same to the view are the same then. None: too long, or nothing
        that Django would read as one.
        """
        if not self.query:
            return ""
        try:
            pairs = parse_qsl(
                self.query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, separator="&"
            )
        except ValueError:
            return None
        if parameters is not ANY:
            pairs = [pair for pair in pairs if pair[0] in parameters]
        query = urlencode(sorted(pairs, key=lambda pair: pair[0]))
        return query if len(query) <= LONGEST_QUERY else None

    def without_conditions(self, query: str) -> dict:
        """Return the environment of the same request, but GET, whole and with another query."""
        environ = {name: value for name, value in self.environ.items() if name not in CONDITIONS}
        return environ | {"REQUEST_METHOD": "GET", "QUERY_STRING": query}


class Gate:
    """Tells the requests that the cache may answer from all others.

    To be made after Django is set up.
    """

    def __init__(self):
        admin = reverse("wagtailadmin_home")
        prefixes = (admin, settings.STATIC_URL, settings.MEDIA_URL, "/documents/", "/-/")
        self.prefixes = tuple(prefix for prefix in prefixes if prefix.startswith("/"))
        self.cookies = (settings.SESSION_COOKIE_NAME, "messages")
        self.proxy_header, self.proxy_value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self.takes_forwarded_host = settings.USE_X_FORWARDED_HOST

    def read(self, environ) -> Request | None:
        """Return the request, or None for one that must go to Django."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        path = environ.get("PATH_INFO", "")
        if len(path) > LONGEST_PATH or path.startswith(self.prefixes):
            return None
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or not query.isascii() or self._is_somebody(environ):
            return None
        address = (self._scheme(environ), self._host(environ), environ.get("SCRIPT_NAME", ""), path)
        return Request(address, query, environ)

    def is_left_alone(self, environ) -> bool:
        """Whether the answer is a file, which has headers of its own for caches."""
        return environ.get("PATH_INFO", "").startswith((settings.STATIC_URL, settings.MEDIA_URL))

    def _is_somebody(self, environ) -> bool:
        # As Django reads them: the standard library's reader stops at the first odd one, and who
        # has a session behind it would be taken for nobody.
        return not parse_cookie(environ.get("HTTP_COOKIE", "")).keys().isdisjoint(self.cookies)

    def _scheme(self, environ):
        if self.proxy_header:
            value = environ.get(self.proxy_header, "").split(",")[0].strip()
            return f"{environ['wsgi.url_scheme']} {value == self.proxy_value}"
        return environ["wsgi.url_scheme"]

    def _host(self, environ):
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        if self.takes_forwarded_host:
            host += " " + environ.get("HTTP_X_FORWARDED_HOST", "")
        return host.lower()


@lru_cache(maxsize=256)
def encoding_for(accepted: str) -> str:
    """Return the best encoding of those that Accept-Encoding names: br, gzip or "" (RFC 9110)."""
    allowed = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            allowed.add(name.strip())
    return next((name for name in ("br", "gzip") if name in allowed), "")
