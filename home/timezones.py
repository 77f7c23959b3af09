"""Time zones as calendars carry them (RFC 5545, 3.6.5).

icalendar 7.3 writes the beginning of summer time an hour too late: in the new offset, where the
standard wants the old one.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard


class Change(NamedTuple):
    """What a clock changes from and to: alike in most years."""

    offset_from: datetime.timedelta
    offset_to: datetime.timedelta
    name: str
    is_summer: bool


@lru_cache(maxsize=8)
def vtimezone(name: str, first_year: int, last_year: int) -> Timezone:
    """Return the definition of a time zone that holds in some years, the last one included."""
    zone = ZoneInfo(name)
    start = datetime.datetime(first_year, 1, 1, tzinfo=zone)
    onsets = defaultdict(list)
    onsets[_change(start.utcoffset(), start)].append(start.replace(tzinfo=None))
    for moment in _changes(zone, first_year, last_year):
        before = (moment - datetime.timedelta(seconds=1)).astimezone(zone).utcoffset()
        # What the clock would show at that moment, had it not been changed.
        onset = (moment + before).replace(tzinfo=None)
        onsets[_change(before, moment.astimezone(zone))].append(onset)
    result = Timezone()
    result.add("tzid", name)
    for change, moments in onsets.items():
        result.add_component(_observance(change, moments))
    return result


def _change(offset_from, after: datetime.datetime) -> Change:
    return Change(offset_from, after.utcoffset(), after.tzname(), bool(after.dst()))


def _changes(zone, first_year: int, last_year: int) -> Iterator[datetime.datetime]:
    """Yield the moments (UTC, to the minute) at which the clock is changed."""
    moment = datetime.datetime(first_year, 1, 1, tzinfo=datetime.UTC)
    end = datetime.datetime(last_year + 1, 1, 1, tzinfo=datetime.UTC)
    while moment < end:
        later = moment + datetime.timedelta(days=7)
        offset = moment.astimezone(zone).utcoffset()
        if later.astimezone(zone).utcoffset() != offset:
            yield _bisect(moment, later, zone, offset)
        moment = later


def _bisect(before, after, zone, offset) -> datetime.datetime:
    minute = datetime.timedelta(minutes=1)
    while after - before > minute:
        middle = before + (after - before) // minute // 2 * minute
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _observance(change: Change, moments: list[datetime.datetime]):
    observance = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    observance.add("dtstart", moments[0])
    observance.add("tzname", change.name)
    observance.add("tzoffsetfrom", change.offset_from)
    observance.add("tzoffsetto", change.offset_to)
    if moments[1:]:
        observance.add("rdate", moments[1:])
    return observance
