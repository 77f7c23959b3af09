"""Requests that are done whole or not at all, and those that an outage makes impossible."""

from django.db import transaction
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from . import outages


class OutageMiddleware(MiddlewareMixin):
    """Gives a view that fails because of an outage the answer 503 (see ``recovery.outages``)."""

    def process_exception(self, request, exception):
        return outages.answer(request, exception)


class WholeMiddleware(MiddlewareMixin):
    """Makes one transaction of what an editor does to a page.

    Wagtail saves, publishes and tells all others (the search, the history) in as many: a process
    that is killed in between leaves a page that visitors see and nobody finds. Django's
    ATOMIC_REQUESTS would do so for reading too, and lock SQLite each time. Comes last.
    """

    def process_view(self, request, view, arguments, named):
        if request.method != "POST" or not request.path.startswith(
            reverse("wagtailadmin_explore_root")
        ):
            return None
        try:
            with transaction.atomic():
                return view(request, *arguments, **named)
        except Exception as error:
            if response := outages.answer(request, error):
                return response
            raise
