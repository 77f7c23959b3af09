"""The log: one JSON object a line on a public server, plain text on a developer's machine.

Written by hand because it is this short: structlog would bring a second way to log beside the
standard library's, which Django, Wagtail and all packages use.

No line holds the address, browser or search words of a visitor (see docs/monitoring.md).
"""

import datetime
import json
import logging

from django.core.exceptions import ImproperlyConfigured

from . import activity

FORMATS = {"json": "sight.logs.JSONFormatter", "plain": "sight.logs.PlainFormatter"}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
REQUESTS = "sight.requests"  # the logger of the line for each request


class JSONFormatter(logging.Formatter):
    """A record as one line of JSON; ``extra={"fields": {…}}`` adds fields of its own."""

    def format(self, record):
        time = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        entry = {
            "time": time.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **activity.fields(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class PlainFormatter(logging.Formatter):
    """Level, name and message, then what belongs to it, for people."""

    def formatMessage(self, record):
        fields = activity.fields() | getattr(record, "fields", {})
        details = "".join(f" {name}={_on_one_line(value)}" for name, value in fields.items())
        return f"{record.levelname} {record.name}: {record.message}{details}"


def _on_one_line(value) -> str:
    """An address may hold the end of a line, and what follows would look like a line of ours."""
    text = str(value)
    return text if text.isprintable() else ascii(text)


def configuration(format_name: str, level: str) -> dict:
    """Return Django's ``LOGGING``; raises ``ImproperlyConfigured`` for what it does not know."""
    for name, value, known in (("FORMAT", format_name, FORMATS), ("LEVEL", level, LEVELS)):
        if value not in known:
            raise ImproperlyConfigured(f"LOG_{name} is “{value}”; it is one of {', '.join(known)}.")
    logging_settings = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"default": {"()": FORMATS[format_name]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "default"}},
        "root": {"handlers": ["console"], "level": level},
    }
    if level in ("DEBUG", "INFO"):
        # The line of the request says so already: what does not exist, and to which wrong host.
        logging_settings["loggers"] = {
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        }
    return logging_settings
