"""The archive by date: periods as they stand in addresses, and a month's calendar."""

import calendar
import datetime
from dataclasses import dataclass

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


class Calendar:
    """One month, with the days on which there is news, and its neighbours that have any."""

    def __init__(self, index, index_url: str, year: int, month: int):
        self.index = index
        self.index_url = index_url
        self.first = datetime.date(year, month, 1)
        self.last = datetime.date(year, month, calendar.monthrange(year, month)[1])

    @classmethod
    def around(cls, index, moment, index_url: str):
        """Return the calendar of the month of ``moment``; of the newest article if it names none.

        ``moment`` is a ``Period``, an article or None. Without any article there is no calendar.
        """
        if isinstance(moment, Period) and moment.month:
            return cls(index, index_url, moment.year, moment.month)
        if isinstance(moment, Period):
            articles = index.articles.filter(date__year=moment.year)
        elif moment is not None:
            return cls(index, index_url, moment.date.year, moment.date.month)
        else:
            articles = index.articles
        newest = articles.values_list("date", flat=True).first()
        return cls(index, index_url, newest.year, newest.month) if newest else None

    @cached_property
    def _counts(self) -> dict[datetime.date, int]:
        dates = self.index.articles.filter(date__range=(self.first, self.last))
        counts = {}
        for date in dates.values_list("date", flat=True):
            counts[date] = counts.get(date, 0) + 1
        return counts

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
        return self._neighbour(self.index.articles.filter(date__lt=self.first))

    @cached_property
    def next(self) -> "Calendar | None":
        """The nearest month after this one that has news."""
        articles = self.index.articles.filter(date__gt=self.last)
        return self._neighbour(articles.order_by("date", "pk"))

    def _neighbour(self, articles) -> "Calendar | None":
        date = articles.values_list("date", flat=True).first()
        return Calendar(self.index, self.index_url, date.year, date.month) if date else None
