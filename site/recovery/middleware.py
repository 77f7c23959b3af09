"""Requests that are done whole or not at all, and those that an outage makes impossible."""

from django.db import transaction
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from . import outages


class OutageMiddleware(MiddlewareMixin):
    """Gives a view that fails because of an outage the answer 503 (see ``recovery.outages``)."""

    def process_exception(self, request, exception):
        return outages.answer(request, exception)


class WholeMiddleware:
    """Makes one transaction of what an editor does to a page.

    Wagtail saves, publishes and tells all others (the search, the history) in as many: a process
    that is killed in between leaves a page that visitors see and nobody finds. Django's
    ATOMIC_REQUESTS would do so for reading too, and lock SQLite each time. Comes last, so that it
    hears of an exception before any other makes an answer of it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        pages = reverse("wagtailadmin_explore_root")
        if request.method != "POST" or not request.path.startswith(pages):
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if getattr(request, "has_failed", False):
                transaction.set_rollback(True)
        return response

    def process_exception(self, request, exception):
        request.has_failed = True
