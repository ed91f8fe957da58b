"""The year of a date told without one: the page's address or its own id may know it better than the capture's time."""

from __future__ import annotations

from collections.abc import Sequence

from newsarchive.extraction.dates import parsing
from newsarchive.extraction.dates.candidates import Candidate
from newsarchive.extraction.dates.stamps import Context, Stamp

_KNOWING = ("url", "id")


def settle(all_: Sequence[Candidate], context: Context) -> None:
    """Read every date whose year was supplied from "now" in the year that the page's address or id states.

    The address must name no other month or day, and the weekday, where one is named, must fall on the day.
    """
    knowing = [one.stamp for one in all_ if one.source in _KNOWING]
    for one in all_ if knowing else ():
        was = one.stamp
        if not was.yearless:
            continue
        for stated in knowing:
            agrees = stated.month in (None, was.month) and stated.day in (None, was.day)
            turned = was._replace(year=stated.year)
            day = turned.full_day
            fits = day is not None and was.weekday in (None, day.weekday())
            if agrees and fits and stated.year < was.year:
                _turn(one, turned._replace(yearless=stated.day is None), context)
                break


def _turn(one: Candidate, stamp: Stamp, context: Context) -> None:
    was = one.date
    settled = parsing.settle(stamp, context, raw=was.raw, source=was.source, rule=was.rule, confidence=was.confidence)
    if settled is not None:
        one.restate(stamp, settled)
        one.notes.append("in the year that the page's address states")
