"""The fast path: dates as machines write them (ISO 8601 and its near kin, epoch seconds), in a microsecond or two."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from newsarchive.extraction.dates import calendars, zones
from newsarchive.extraction.dates.stamps import Stamp

ISO = re.compile(
    r"\s*(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2})"
    r"(?:[T\s,_-]*?[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*\(?(Z|z|(?:UTC|GMT)?\s*[+\-−]\s?\d{1,2}:?\d{0,2}|[A-Za-z]{2,5})?\)?(?:\[[\w/]+\])?)?)?)?\s*(?:Z|\+\d{2}:\d{2})?\s*$"
)
COMPACT = re.compile(
    r"\s*((?:19|20)\d{2})(\d{2})(\d{2})(?:[T\s-]?(\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$"
)
WEEK = re.compile(r"\s*(\d{4})-?W(\d{2})-?(\d)\s*$")
EPOCH = re.compile(r"\s*(?:/?Date\()?(\d{9,10})(\d{3})?(?:\.\d+)?(?:\)/?)?\s*$")
_FIRST_EPOCH, _LAST_EPOCH = 500_000_000, 4_102_444_800  # 1985 and 2100


def read(text: str, country: str | None = None) -> Stamp | None:
    """The date a machine wrote, or None where the text is not of that kind (or names no real day)."""
    found = ISO.match(text)
    if found is None:
        return _kin(text)
    year, _, month, day, hour, minute, second, half, zone = found.groups()
    if month is None:
        return _checked(Stamp(int(year), end=len(text)))
    if day is None:
        return _checked(Stamp(int(year), int(month), end=len(text)))
    number = int(year)
    if 1200 <= number <= 1500:
        return _jalali(number, int(month), int(day), len(text))
    if hour is None:
        return _checked(Stamp(number, int(month), int(day), end=len(text)))
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    stamp = Stamp(number, int(month), int(day), hours, int(minute), int(second) if second else None,
                  zones.read(zone, country) if zone else None, end=len(text))  # fmt: skip
    return _checked(stamp)


def _checked(stamp: Stamp) -> Stamp | None:
    in_clock = (stamp.hour or 0) <= 24 and (stamp.minute or 0) < 60 and (stamp.second or 0) <= 60
    return stamp if in_clock and stamp.moment() is not None else None


def _jalali(year: int, month: int, day: int, length: int) -> Stamp | None:
    """A year of the fourteenth century in numbers alone is the Iranian calendar's."""
    found = calendars.jalali(year, month, day)
    return Stamp(found.year, found.month, found.day, end=length) if found else None


def _kin(text: str) -> Stamp | None:
    """ "20240506T1020Z", "2024-W19-1" and epoch seconds or milliseconds."""
    found = COMPACT.match(text)
    if found:
        year, month, day, hour, minute, second, zone = found.groups()
        clock = (int(hour), int(minute), int(second or 0)) if hour else (None, None, None)
        return _checked(
            Stamp(int(year), int(month), int(day), clock[0], clock[1], clock[2], zones.read(zone), end=len(text))
        )
    found = WEEK.match(text)
    if found:
        try:
            day_of = date.fromisocalendar(*(int(n) for n in found.groups()))
        except ValueError:
            return None
        return Stamp(day_of.year, day_of.month, day_of.day, end=len(text))
    found = EPOCH.match(text)
    if found and _FIRST_EPOCH <= int(found.group(1)) <= _LAST_EPOCH:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(found.group(1)))
        return Stamp(
            moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, UTC, end=len(text)
        )
    return None
