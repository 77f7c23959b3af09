"""Answers requests that an outage makes impossible."""

from django.utils.deprecation import MiddlewareMixin

from . import outages


class OutageMiddleware(MiddlewareMixin):
    """Gives a view that fails because of an outage the answer 503 (see ``recovery.outages``)."""

    def process_exception(self, request, exception):
        return outages.answer(request, exception)
