"""Day or month first: numeric dates of a page read in the one order that its other dates show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from newsarchive.extraction.dates import parsing
from newsarchive.extraction.dates.candidates import Candidate
from newsarchive.extraction.dates.stamps import Context, Stamp
from newsarchive.extraction.outline import Outline

_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)?\d{2}(?!\d)")


def settle(all_: Sequence[Candidate], outline: Outline, context: Context) -> None:
    """Read every date that could be read both ways as the page's other dates tell; mark those that stay open.

    In order: another date of the page is one of the two readings and not the other; the page's other numeric dates,
    where one of the numbers is over 12; what language and country said at first.
    """
    open_ = [one for one in all_ if one.stamp.swappable]
    if not open_:
        return
    known = {one.day for one in all_ if one.day is not None and not one.stamp.swappable and one.cost < 5}
    day_first = _votes(block.text for block in outline.blocks if len(block.text) < 400)
    for one in open_:
        other = swapped(one.stamp)
        if other is None:
            continue
        plain, turned = one.day in known, other.full_day in known
        if turned and not plain:
            _turn(one, other, context)
        elif plain and not turned:
            _sure(one)
        elif day_first is not None:
            if day_first != one.stamp.day_first:
                _turn(one, other, context)
            else:
                _sure(one)


def _votes(texts: Iterable[str]) -> bool | None:
    """True where the page's numeric dates have the day first, False the month, None where they do not tell."""
    score = 0
    for text in texts:
        for found in _NUMERIC.finditer(text):
            first, second = int(found[1]), int(found[3])
            if 12 < first <= 31 and second <= 12:
                score += 1
            elif first <= 12 < second <= 31:
                score -= 1
    return None if score == 0 else score > 0


def swapped(stamp: Stamp) -> Stamp | None:
    """The other reading of a numeric date, or None where the calendar has no such day."""
    if stamp.day is None or stamp.month is None:
        return None
    try:
        date(stamp.year, stamp.day, stamp.month)
    except ValueError:
        return None
    return stamp._replace(month=stamp.day, day=stamp.month, day_first=not stamp.day_first, ambiguous=False)


def _turn(one: Candidate, other: Stamp, context: Context) -> None:
    was = one.date
    settled = parsing.settle(other, context, raw=was.raw, source=was.source, rule=was.rule, confidence=was.confidence)
    if settled is not None:
        one.restate(other, settled)
        one.notes.append("day and month in the order of the page's other dates")


def _sure(one: Candidate) -> None:
    one.restate(one.stamp._replace(ambiguous=False), replace(one.date, ambiguous=False))
