"""What is said at addresses of the old site for which no redirect is kept."""

from urllib.parse import urlsplit

from django.db import DatabaseError
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from home.chrome import Chrome
from home.redirects import LONGEST, answer, query_of

from .gone import is_gone, normalise, number_in
from .ways import find_redirect, ways

NOT_KEPT = "no-cache"  # an editor may take the rejection back


class GoneMiddleware(MiddlewareMixin):
    """Answers 410 for what was rejected, and leads on where another address is kept for the same.

    All this where there would be a 404. Stands before ``RedirectMiddleware``: redirects come first,
    and other spellings of addresses that exist.
    """

    def process_response(self, request, response):
        if not is_lost(request, response):
            return response
        try:
            path, _, query = request.get_full_path().partition("?")
            if is_gone(path, query):
                return gone(request)
            if redirect := find_redirect(request, path, query):
                is_path = normalise(path) and "?" not in redirect.old_path
                return answer(redirect, query_of(request) if is_path else "")
        except DatabaseError:
            pass
        return response


def is_lost(request, response) -> bool:
    """Whether an address leads nowhere, or to the front page for want of a better one."""
    if request.method not in ("GET", "HEAD"):
        return False
    if len(request.path) > LONGEST or "\0" in request.path:
        return False
    return response.status_code == 404 or _was_taken_for_the_front_page(request, response)


def _was_taken_for_the_front_page(request, response) -> bool:
    """Whether ``/?p=5`` is led to ``/lv/?p=5``. A redirect of its own would lose the query."""
    query = request.META.get("QUERY_STRING", "")
    if response.status_code not in (301, 302) or normalise(request.path) or not query:
        return False
    if number_in(query) is None and not ways(request.path, query):
        return False
    return urlsplit(response.headers.get("Location", "")).query == query


def gone(request):
    """Answer 410 in the visitor's language, with ways on."""
    context = {"chrome": Chrome(request, is_error=True)}
    response = render(request, "410.html", context, status=410)
    response.headers["Cache-Control"] = NOT_KEPT
    return response
