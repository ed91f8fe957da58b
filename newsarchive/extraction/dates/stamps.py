"""A date as it was stated: only the units that were really there, and where in the text they stood."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from newsarchive.article import Precision

WEB_BEGAN = 1991
LAST_YEAR = 9999  # the end of the calendar: what is stated of it means "never", and has no day after
_DAY = timedelta(days=1)


class Context(NamedTuple):
    """What is known around a date: "now" (the capture), the language (two letters), the country, the assumed zone.

    `day_first` is the order of numeric dates where the page itself shows it; None leaves it to country and language.
    """

    now: datetime | None = None
    language: str | None = None
    country: str | None = None
    timezone: str | None = None
    day_first: bool | None = None


def capture(now: datetime | None) -> datetime | None:
    """The time of a capture, or None where it is unknown or cannot be one: before the web, or at the calendar's end."""
    return now if now is not None and WEB_BEGAN <= now.year < LAST_YEAR else None


class Stamp(NamedTuple):
    """A stated date: units that were not stated are None; `start` and `end` are its place in the text.

    `zone` is what was stated of the time zone, `weekday` 0 (Monday) to 6 where one was named. `ambiguous` marks a day
    and month (or an hour) that could be read otherwise, `yearless` a year that was supplied from "now", `relative` a
    date counted back from "now", `short_year` one of two digits, and `swappable` a numeric date whose day and month could
    change places (`day_first` is the order it was read in).
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: tzinfo | None = None
    weekday: int | None = None
    ambiguous: bool = False
    yearless: bool = False
    relative: bool = False
    short_year: bool = False
    swappable: bool = False
    day_first: bool = True
    start: int = 0
    end: int = 0

    @property
    def precision(self) -> Precision:
        """The smallest unit that was stated."""
        if self.month is None:
            return Precision.YEAR
        if self.day is None:
            return Precision.MONTH
        if self.hour is None:
            return Precision.DAY
        return Precision.MINUTE if self.second is None else Precision.SECOND

    def moment(self) -> datetime | None:
        """The naive local time, unstated units at their first value, or None where the calendar has no such day."""
        if self.year >= LAST_YEAR:
            return None
        try:
            clock = datetime(self.year, self.month or 1, self.day or 1, (self.hour or 0) % 24, self.minute or 0,
                             min(self.second or 0, 59))  # fmt: skip
        except ValueError:
            return None
        # "24:00" is the midnight that ends the day.
        return clock + _DAY if self.hour == 24 else clock

    @property
    def full_day(self) -> date | None:
        """The calendar day, where it was stated whole."""
        if self.day is None or self.year >= LAST_YEAR:
            return None
        try:
            day = date(self.year, self.month or 1, self.day)
        except ValueError:
            return None
        return day + _DAY if self.hour == 24 else day
