"""What machines ask: /-/live, /-/ready and /-/metrics.

Answered before all middleware, so without host check, session and, for /-/live, database. To
everybody the probes say one word; the details go to who has ``METRICS_TOKEN`` or asks directly from
this machine (nginx names whom it asks for, and refuses these addresses to the public).
"""

import logging

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.crypto import constant_time_compare

from . import health, metrics

logger = logging.getLogger(__name__)

PREFIX = "/-/"
told = {}  # the states that the log knows of
LOCAL = ("", "127.0.0.1", "::1")  # "": a socket of this machine
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


def answer(request) -> HttpResponse | None:
    """Return the answer to a probe; None where the address is none of ours."""
    respond = PROBES.get(request.path_info)
    if respond is None:
        return None
    if request.method not in ("GET", "HEAD"):
        response = HttpResponseNotAllowed(["GET", "HEAD"])
    else:
        response = respond(request)
    response._has_been_logged = True  # Django would write an error for each answer 503
    response["Cache-Control"] = "no-store"
    response["X-Accel-Expires"] = "0"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def live(request):
    """The process answers, whatever else is the matter: restarting it would help nobody."""
    return JsonResponse({"status": "live"})


def ready(request):
    """200 while visitors can be served, 503 while they can't (see ``health.report``)."""
    report = health.report(health.checks())
    _say_if_new(report)
    code = 503 if report["status"] == "not ready" else 200
    if not (_has_token(request) or _is_from_here(request)):
        report = {"status": "ready" if code == 200 else "not ready"}
    return JsonResponse(report, status=code)


def _say_if_new(report):
    """Log how it stands when that has changed since the last probe, not every time."""
    states = {name: result["state"] for name, result in report["checks"].items()}
    if states != told:
        level = logging.INFO if report["status"] == "ready" else logging.WARNING
        logger.log(level, "This web server is %s.", report["status"], extra={"fields": states})
        told.clear()
        told.update(states)


def measured(request):
    if not settings.METRICS_TOKEN:
        return HttpResponse("There are no metrics here.\n", status=404, content_type="text/plain")
    if not _has_token(request):
        headers = {"WWW-Authenticate": "Bearer"}
        return HttpResponse("", status=401, headers=headers, content_type="text/plain")
    return HttpResponse(metrics.exposition(), content_type=metrics.CONTENT_TYPE)


PROBES = {f"{PREFIX}live": live, f"{PREFIX}ready": ready, f"{PREFIX}metrics": measured}


def _has_token(request) -> bool:
    if not settings.METRICS_TOKEN:
        return False
    expected = f"Bearer {settings.METRICS_TOKEN}"
    return constant_time_compare(request.META.get("HTTP_AUTHORIZATION", ""), expected)


def _is_from_here(request) -> bool:
    is_local = request.META.get("REMOTE_ADDR", "") in LOCAL
    return is_local and not any(header in request.META for header in FORWARDED)
