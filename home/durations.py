"""Lengths of time as people write them: 1:42:05."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

CLOCK = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)")


def parse_clock(text: str) -> datetime.timedelta:
    """Return the length that ``text`` (h:mm:ss or m:ss) says; raises ``ValueError``."""
    match = CLOCK.fullmatch(text.strip())
    if not match or (match["hours"] and int(match["minutes"]) > 59):
        raise ValueError(f"Not a length of time: {text!r}")
    return datetime.timedelta(
        **{unit: int(value) for unit, value in match.groupdict(default="0").items()}
    )


def clock(length: datetime.timedelta | None) -> str:
    """Return ``length`` as 1:42:05, or 14:30 when shorter than an hour; empty for None."""
    if length is None:
        return ""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class DurationFormField(forms.DurationField):
    """Takes 1:42:05 or 42:05 and nothing else, so that 1:42 is never read as a day."""

    def prepare_value(self, value):
        return clock(value) if isinstance(value, datetime.timedelta) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.timedelta):
            return value
        try:
            return parse_clock(str(value))
        except ValueError as error:
            raise ValidationError(
                _("Write the time as hours:minutes:seconds, for example 1:42:05."), code="invalid"
            ) from error


class DurationField(models.DurationField):
    """A length of time that editors write as 1:42:05."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DurationFormField, **kwargs})
