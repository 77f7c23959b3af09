"""What stands before all other middleware: the probes, then the number and line of a request."""

import logging
import os
import re
import time

from django.conf import settings

from . import activity, logs, metrics, probes

logger = logging.getLogger(logs.REQUESTS)

HEADER = "X-Request-ID"
PROXYS_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class ProbeMiddleware:
    """Answers /-/live, /-/ready and /-/metrics before anything asks for host, TLS or database.

    Probes come from the machine itself, by its address and without TLS.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(probes.PREFIX):
            response = probes.answer(request)
            if response is not None:
                return response
        return self.get_response(request)


class RequestMiddleware:
    """Gives each request an id, which stands in its answer and in all its log lines.

    Ends it with one line of log and counts it. The id is that of our own proxy, where one stands
    in front (``TRUSTED_PROXIES``), else a new one: nobody outside writes into the log.

    django-guid does the first half and nothing of the second; this is one pass for both.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        request_id = _id_of(request)
        current = activity.Activity({"request_id": request_id})
        token = activity.set(current)
        try:
            response = self.get_response(request)
            response[HEADER] = request_id
            self._record(request, response, current, time.perf_counter() - start)
        finally:
            activity.reset(token)
        return response

    def process_view(self, request, view, args, kwargs):
        activity.note(view=request.resolver_match.view_name)

    def _record(self, request, response, current, seconds):
        if metrics.enabled():
            metrics.count(request.method, response.status_code, current, seconds)
        if logger.isEnabledFor(logging.INFO):
            line = {
                "method": request.method,
                "path": _path_of(request),
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "queries": current.queries,
            }
            logger.info("request", extra={"fields": line})


def _id_of(request) -> str:
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if given and settings.TRUSTED_PROXIES and PROXYS_ID.fullmatch(given):
        return given
    return os.urandom(16).hex()


def _path_of(request) -> str:
    """Return the address without its query, which holds what people search for.

    Where the address itself is a key (to a new password, to a shared draft), its pattern stands.
    """
    match = request.resolver_match
    if match and any("token" in name for name in match.kwargs):
        return "/" + match.route
    return request.path
