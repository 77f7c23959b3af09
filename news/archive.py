"""The archive by date: periods as they stand in addresses, and a month's calendar."""

import calendar
import datetime
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from django.http import Http404
from django.utils.formats import date_format
from django.utils.functional import cached_property


def valid_year(text: str) -> int:
    """Return a year that databases can compare with; raises ``Http404`` on anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= 9998):
        raise Http404
    return int(text)


@dataclass(frozen=True)
class Period:
    """A year, a month or a day of the archive."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def from_strings(cls, year: str, month: str | None = None, day: str | None = None):
        """Return the period that an address names; ``Http404`` if there is no such day."""
        try:
            datetime.date(valid_year(year), int(month or 1), int(day or 1))
        except ValueError as error:
            raise Http404 from error
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        if self.day:
            return self.first
        month = self.month or 12
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def text(self) -> str:
        """The period as people write it."""
        if self.day:
            return date_format(self.first, "DATE_FORMAT")
        return date_format(self.first, "YEAR_MONTH_FORMAT") if self.month else str(self.year)

    @property
    def path(self) -> str:
        """The end of the address, for instance ``2022/11/``."""
        parts = [f"{self.year}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "/".join(parts) + "/"


@dataclass(frozen=True)
class Day:
    """A field of the calendar; ``count`` is the number of articles of that day."""

    date: datetime.date
    in_month: bool
    url: str
    count: int


class Days:
    """How many articles each day has: what a long list is divided and counted by.

    ``counts`` holds ``(day, number)``, the newest day first. It is asked for once in a while (see
    ``home.shared``), so that no list counts its rows, and a deep page reads the rows of its own
    days alone.
    """

    def __init__(self, counts: list[tuple[datetime.date, int]]):
        self.counts = counts
        self._ends = list(accumulate(number for _day, number in counts))

    @property
    def total(self) -> int:
        return self._ends[-1] if self._ends else 0

    @property
    def newest(self) -> datetime.date | None:
        return self.counts[0][0] if self.counts else None

    def within(self, first: datetime.date, last: datetime.date) -> "Days":
        """Return the days from ``first`` to ``last``."""
        start = bisect_left(self.counts, -last.toordinal(), key=_descending)
        stop = bisect_right(self.counts, -first.toordinal(), key=_descending)
        return Days(self.counts[start:stop])

    def before(self, date: datetime.date) -> datetime.date | None:
        """Return the nearest day before a date that has articles."""
        place = bisect_right(self.counts, -date.toordinal(), key=_descending)
        return self.counts[place][0] if place < len(self.counts) else None

    def after(self, date: datetime.date) -> datetime.date | None:
        place = bisect_left(self.counts, -date.toordinal(), key=_descending)
        return self.counts[place - 1][0] if place else None

    def years(self) -> list[tuple[int, int]]:
        """Return ``[(year, number of articles)]``, the newest year first."""
        numbers = Counter()
        for day, number in self.counts:
            numbers[day.year] += number
        return sorted(numbers.items(), reverse=True)

    def place(self, start: int, stop: int) -> tuple[datetime.date, datetime.date, int]:
        """Return the first and the last day of the rows from ``start`` to ``stop``.

        With them comes how many rows of the last day stand before ``start``.
        """
        newest = bisect_right(self._ends, start)
        oldest = bisect_left(self._ends, min(stop, self.total))
        before = self._ends[newest - 1] if newest else 0
        return self.counts[oldest][0], self.counts[newest][0], start - before


def _descending(counted) -> int:
    return -counted[0].toordinal()


class DatedList:
    """Articles, newest first, as a paginator wants them: counted, and read from a place on."""

    ordered = True

    def __init__(self, articles, days: Days):
        self.articles, self.days = articles, days

    def __len__(self):
        return self.days.total

    def __getitem__(self, part: slice) -> list:
        if part.start >= min(part.stop, len(self)):
            return []
        first, last, skipped = self.days.place(part.start, part.stop)
        articles = self.articles.filter(date__range=(first, last))
        return list(articles[skipped : skipped + part.stop - part.start])


class Calendar:
    """One month, with the days on which there is news, and its neighbours that have any."""

    def __init__(self, days: Days, index_url: str, year: int, month: int):
        self.days = days
        self.index_url = index_url
        self.first = datetime.date(year, month, 1)
        self.last = datetime.date(year, month, calendar.monthrange(year, month)[1])

    @classmethod
    def around(cls, days: Days, moment, index_url: str):
        """Return the calendar of the month of ``moment``; of the newest article if it names none.

        ``moment`` is a ``Period``, an article or None. Without any article there is no calendar.
        """
        if isinstance(moment, Period) and moment.month:
            return cls(days, index_url, moment.year, moment.month)
        if isinstance(moment, Period):
            newest = days.within(moment.first, moment.last).newest
        else:
            newest = moment.date if moment is not None else days.newest
        return cls(days, index_url, newest.year, newest.month) if newest else None

    @cached_property
    def _counts(self) -> dict[datetime.date, int]:
        return dict(self.days.within(self.first, self.last).counts)

    def url_of(self, date: datetime.date, with_day: bool = True) -> str:
        period = Period(date.year, date.month, date.day if with_day else None)
        return self.index_url + period.path

    @cached_property
    def url(self) -> str:
        return self.url_of(self.first, with_day=False)

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """The weeks of the month from Monday to Sunday, as a wall calendar shows them."""
        weeks = calendar.Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [[self._day(date) for date in week] for week in weeks]

    def _day(self, date) -> Day:
        count = self._counts.get(date, 0)
        return Day(
            date=date,
            in_month=date.month == self.first.month,
            url=self.url_of(date) if count else "",
            count=count,
        )

    @cached_property
    def previous(self) -> "Calendar | None":
        """The nearest month before this one that has news."""
        return self._neighbour(self.days.before(self.first))

    @cached_property
    def next(self) -> "Calendar | None":
        """The nearest month after this one that has news."""
        return self._neighbour(self.days.after(self.last))

    def _neighbour(self, date) -> "Calendar | None":
        return Calendar(self.days, self.index_url, date.year, date.month) if date else None
