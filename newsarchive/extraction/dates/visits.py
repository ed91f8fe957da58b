"""The day of the visit: dates that a page shows of today, which say nothing of the article."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from newsarchive.extraction.dates import iso, labels, written
from newsarchive.extraction.dates.stamps import Context, Stamp

WHY = "the day of the visit, as a masthead shows it"
_WORDS = re.compile(r"[^\W\d_]{2,}")
_CACHED = timedelta(days=3)
_WESTMOST, _EASTMOST = timedelta(hours=-12), timedelta(hours=14)


def days(now: datetime) -> frozenset[date]:
    """The calendar days it is somewhere on earth at an instant (one day alone where "now" was told in a local zone)."""
    if now.tzinfo is None or (now.tzinfo is not UTC and now.utcoffset()):
        return frozenset({now.date()})
    return frozenset({now.date(), (now + _WESTMOST).date(), (now + _EASTMOST).date()})


def is_masthead(text: str, context: Context) -> bool:
    """True for "Jeudi 25 Décembre 2025" on that very day: weekday and full date, no clock, no word of publishing."""
    if context.now is None or iso.read(text, context.country) is not None:
        return False
    stated = written.find(text, context)
    return bool(stated) and all(is_visit(stamp, text, context) for stamp in stated)


def is_today(stamp: Stamp, text: str, context: Context) -> bool:
    """True for a date in a masthead that is the capture's own day, or that names its weekday and nothing else.

    A page may come from a cache: the masthead of one of the days before is one, too.
    """
    if stamp.hour is not None or stamp.day is None:
        return False
    alone = len(_WORDS.findall(text)) <= 6
    if context.now is None:
        today = alone and stamp.weekday is not None
    else:
        day, known = stamp.full_day, days(context.now)
        cached = alone and day is not None and timedelta(0) < min(known) - day <= _CACHED
        today = day in known or cached
    return today and not (labels.PUBLISHED.search(text) or labels.MODIFIED.search(text))


def is_visit(stamp: Stamp, text: str, context: Context) -> bool:
    """True where a written date with its weekday is the capture's own day and its text says nothing else of it."""
    if context.now is None or stamp.hour is not None or stamp.weekday is None or stamp.relative or stamp.yearless:
        return False
    if stamp.full_day not in days(context.now) or len(_WORDS.findall(text)) > 8:
        return False
    return not (labels.PUBLISHED.search(text) or labels.MODIFIED.search(text))
