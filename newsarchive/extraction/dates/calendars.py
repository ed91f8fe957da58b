"""Calendars other than the Gregorian: Hijri (Umm al-Qura), Jalali, Buddhist, and the Japanese and Minguo eras."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

from newsarchive.extraction.dates.names import TABLE

_HIJRI_FIRST_YEAR = int(TABLE["hijri"]["year"])
_HIJRI_STARTS = tuple(
    accumulate((28 + int(digit) for digit in TABLE["hijri"]["lengths"]), initial=int(TABLE["hijri"]["ordinal"]))
)
_JALALI_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
_NOWRUZ_1403 = date(2024, 3, 20).toordinal()
BUDDHIST_OFFSET = 543
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}


def hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of an Umm al-Qura date (1343 to 1500 AH), or None where there is none."""
    index = (year - _HIJRI_FIRST_YEAR) * 12 + month - 1
    if not (1 <= month <= 12 and 0 <= index < len(_HIJRI_STARTS) - 1 and 1 <= day <= 31):
        return None
    # A page may count a month of 29 days as 30; the day after is then meant.
    return date.fromordinal(_HIJRI_STARTS[index] + day - 1)


def _leaps_before(year: int) -> int:
    """How many Jalali leap years went before a year, by the 33-year cycle (exact from 1178 to 1633)."""
    cycles, rest = divmod(year - 1, 33)
    return 8 * cycles + sum(rest >= leap for leap in _JALALI_LEAPS)


def _nowruz(year: int) -> date:
    """1 Farvardin of a Jalali year."""
    return date.fromordinal(_NOWRUZ_1403 + (year - 1403) * 365 + _leaps_before(year) - _leaps_before(1403))


def jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Jalali (solar Hijri) date, or None where there is none."""
    if not (1200 <= year <= 1600 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    passed = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    found = date.fromordinal(_nowruz(year).toordinal() + passed + day - 1)
    return found if found < _nowruz(year + 1) else None
