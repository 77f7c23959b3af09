"""Leading old and mistyped addresses to where the page is now."""

import re
import unicodedata
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import is_valid_path, resolve
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import get_language, get_language_from_path, override
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from .routing import find_route

# What the addresses of older systems end in.
ENDING = re.compile(r"(?:/(?:index|default))?\.(?:html?|php|aspx?)/*$", re.IGNORECASE)
# A further page of a list, as WordPress has it: that of its first page.
PAGED = re.compile(r"/page/\d+$")
LONGEST = 1000  # characters of a path that is looked at


class RedirectMiddleware(MiddlewareMixin):
    """Redirects where there would be a 404, and keeps the query string.

    First come the redirects of editors, and those that Wagtail makes when a page moves; then other
    spellings of an address that exists: capitals, diacritics, ``.html``, doubled slashes. In place
    of Wagtail's own, which loses the query string, and fails when the database does.
    """

    def process_response(self, request, response):
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if len(request.path) > LONGEST or "\0" in request.path:
            return response
        try:
            return _known(request, request.get_full_path()) or _respelled(request) or response
        except DatabaseError:
            return response


def _known(request, full_path):
    """Return the redirect that is stored for an address, with or without its query string."""
    path = Redirect.normalise_path(full_path, decode_unicode=False)
    redirect = get_redirect(request, path)
    if redirect:
        return answer(redirect, "") if redirect.link else None
    path = path.partition("?")[0]
    redirect = get_redirect(request, path)
    if not redirect and PAGED.search(path):
        redirect = get_redirect(request, PAGED.sub("", path) or "/")
    return answer(redirect, query_of(request)) if redirect and redirect.link else None


def answer(redirect, query):
    """Return the answer that leads where a redirect does, with what visitors appended."""
    kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
    link, route = redirect.link, redirect.redirect_page_route_path
    if redirect.redirect_page_id and route.startswith("/?"):
        link += route[1:]  # a list of some of the page's articles, which Wagtail takes for no route
    # What visitors append to an address is passed on within the site, never to another.
    is_own = redirect.redirect_page_id or link.startswith("/")
    return kind(link + query if is_own and "?" not in link else link)


def _respelled(request):
    for path in respellings(request.path):
        if _exists(request, path):
            return HttpResponsePermanentRedirect(path + query_of(request))
        if known := _known(request, path + query_of(request)):
            return known
    return None


def respellings(path: str) -> Iterator[str]:
    """Yield how an address of this site would be spelled that is meant by ``path``, if another."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", path) if not unicodedata.combining(char)
    )
    plain = re.sub("/+", "/", ENDING.sub("/", plain).lower() + "/")
    if get_language_from_path(plain):
        candidates = [plain]
    else:
        candidates = [f"/{code}{plain}" for code in (get_language(), settings.LANGUAGE_CODE)]
    for candidate in dict.fromkeys(candidates):
        if candidate != path and candidate.isascii():
            yield candidate


def _exists(request, path) -> bool:
    with override(get_language_from_path(path)):
        if not is_valid_path(path):
            return False
        match = resolve(path)
        if match.view_name != "wagtail_serve":
            return True
        return find_route(request, match.args[0]) is not None


def query_of(request) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""
