"""Transcripts of recordings: paragraphs, each with the moment at which it begins."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .durations import parse_clock

LINE = re.compile(r"\[(?P<clock>[^\]]*)\]\s*(?P<text>.*)")


def parse_transcript(transcript: str) -> list[tuple[int | None, str]]:
    """Return the paragraphs of a transcript as ``(seconds, text)``.

    Seconds count from the start of the recording and are None where a line names no time.
    Raises ``ValueError`` on a bracket that holds no time.
    """
    paragraphs = []
    for line in filter(None, (line.strip() for line in transcript.splitlines())):
        match = LINE.fullmatch(line)
        if match:
            seconds = int(parse_clock(match["clock"]).total_seconds())
            paragraphs.append((seconds, match["text"]))
        else:
            paragraphs.append((None, line))
    return paragraphs


def validate_transcript(transcript: str):
    """Refuse a transcript in which a time can't be read or does not follow the one before."""
    last = 0
    for number, line in enumerate(transcript.splitlines(), start=1):
        try:
            times = [seconds for seconds, _text in parse_transcript(line) if seconds is not None]
        except ValueError as error:
            raise ValidationError(
                _("Line %(number)s: the time must look like [12:30] or [1:12:30]."),
                params={"number": number},
            ) from error
        if times and times[0] < last:
            raise ValidationError(
                _("Line %(number)s: its time is earlier than that of the line before."),
                params={"number": number},
            )
        last = times[0] if times else last
