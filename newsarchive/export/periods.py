"""Read a day, a month or a year as the first and the last day of it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

_SHAPE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def days(text: str) -> tuple[date, date]:
    """First and last day of "2004", "2004-05" or "2004-05-06"; a ValueError says what is wrong."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a date: {text!r} (use 2004, 2004-05 or 2004-05-06)")
    year, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        last = first if day else date(first.year, month or 12, monthrange(first.year, month or 12)[1])
    except ValueError as error:
        raise ValueError(f"not a date: {text!r} ({error})") from None
    return first, last
