"""Reading the report that an automated check of the running site writes.

The report is a JSON object::

    {"tool": "axe-core 4.10.3", "started": ISO 8601, "finished": ISO 8601,
     "pages": number of addresses, "checks": number of checks made on them,
     "failures": [{"url", "check", "rule", "impact", "help", "nodes"}, ...]}

``nodes`` are the places: a number, or a list of objects with a ``target`` (a CSS selector).
"""

import datetime
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from .models import CheckFailure

LONGEST_LIST = 50  # places of one failure; the rest are more of the same


class Unreadable(Exception):
    """A report that is not what it should be; the message is a sentence."""


def parse(report) -> tuple[list[CheckFailure], dict]:
    """Return the failures, unsaved, and the values of the ``AutomatedCheck``.

    Raises ``Unreadable``.
    """
    if not isinstance(report, dict):
        raise Unreadable("The report is not an object.")
    values = {
        "tool": _text(report, "tool")[:120],
        "started_at": _moment(report, "started"),
        "finished_at": _moment(report, "finished"),
        "pages": _number(report, "pages"),
        "checks": _number(report, "checks"),
    }
    if not values["pages"] or not values["checks"]:
        raise Unreadable("A check of no page says nothing.")
    if values["finished_at"] < values["started_at"]:
        raise Unreadable("The check ended before it began.")
    if values["finished_at"] > timezone.now() + datetime.timedelta(hours=1):
        raise Unreadable("The check ended in the future.")
    failures = report.get("failures")
    if not isinstance(failures, list):
        raise Unreadable("“failures” is missing.")
    return [_failure(failure) for failure in failures], values


def _failure(failure) -> CheckFailure:
    if not isinstance(failure, dict):
        raise Unreadable("A failure is not an object.")
    address = urlsplit(_text(failure, "url"))
    impact = failure.get("impact") or ""
    return CheckFailure(
        # Without the host: the check may have run on another one than visitors use.
        url=(address.path + (f"?{address.query}" if address.query else ""))[:500],
        check_name=_text(failure, "check")[:100],
        rule=str(failure.get("rule") or "")[:100],
        impact=impact if impact in CheckFailure.Impact else "",
        help=_help(failure),
        places="\n".join(_places(failure.get("nodes"))),
    )


def _help(failure) -> str:
    where = failure.get("where")
    return f"{failure.get('help') or ''}{f' ({where})' if where else ''}"


def _places(nodes) -> list[str]:
    if not isinstance(nodes, list):
        return []
    places = (node.get("target", "") if isinstance(node, dict) else node for node in nodes)
    return [str(place) for place in places][:LONGEST_LIST]


def _text(values, name) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"“{name}” is missing.")
    return value.strip()


def _number(values, name) -> int:
    value = values.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise Unreadable(f"“{name}” is not a number.")
    return value


def _moment(values, name) -> datetime.datetime:
    try:
        moment = parse_datetime(_text(values, name))
    except ValueError:
        moment = None
    if moment is None:
        raise Unreadable(f"“{name}” is not a moment in ISO 8601.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
