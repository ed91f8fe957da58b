"""The site's own clock: a time stated in UTC is told as the site's readers saw it, where the page shows what they saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone, tzinfo

from newsarchive.article import Zone
from newsarchive.extraction.dates import zones
from newsarchive.extraction.dates.candidates import Candidate
from newsarchive.extraction.dates.stamps import Context

_QUARTER = timedelta(minutes=15)
_FARTHEST = timedelta(hours=14)


def localise(all_: Sequence[Candidate], context: Context) -> None:
    """Tell every time stated in UTC by the clock of the site: the same instants, on the day the site's readers lived.

    The clock is, in order: the recipe's or country's zone; the offset by which a naive twin of the same minute and
    second differs; for a country of several zones, the first of them in which the day is the one that the page shows.
    """
    stated = [one for one in all_ if _is_utc(one)]
    if not stated:
        return
    where = zones.zone(context.timezone) if context.timezone else None
    for one in stated:
        clock = where or _twin(one, all_) or _shown(one, all_, context.country)
        if clock is None:
            continue
        value, _ = zones.attach(one.date.value.astimezone(clock).replace(tzinfo=None), clock)
        if value == one.date.value:
            one.date = replace(one.date, value=value)


def _is_utc(one: Candidate) -> bool:
    return one.is_timed and one.date.zone is Zone.STATED and one.date.value.utcoffset() == timedelta()


def _twin(one: Candidate, all_: Sequence[Candidate]) -> tzinfo | None:
    """The offset of the site, where another place states the same instant at an offset or without any."""
    moment = one.date.value
    for other in all_:
        if other is one or not other.is_timed:
            continue
        value = other.date.value
        if other.date.zone is Zone.STATED:
            if value == moment and value.utcoffset():
                return timezone(value.utcoffset() or timedelta())
        elif value.second == moment.second != 0:
            gap = value.replace(tzinfo=None) - moment.replace(tzinfo=None)
            if gap and abs(gap) <= _FARTHEST and gap % _QUARTER == timedelta():
                return timezone(gap)
    return None


def _shown(one: Candidate, all_: Sequence[Candidate], country: str | None) -> tzinfo | None:
    """The zone of the country in which the stated instant falls on the day that the page or its address shows."""
    moment = one.date.value.astimezone(UTC)
    days = _days_shown(all_)
    if not days or moment.date() in days:
        return None
    for zone in zones.all_of_country(country):
        if moment.astimezone(zone).date() in days:
            return zone
    return None


def _days_shown(all_: Sequence[Candidate]) -> set[date]:
    shown = set()
    for one in all_:
        if one.source in ("url", "text", "time") and one.day is not None and one.cost < 3.5 and not _is_utc(one):
            shown.add(one.day)
    return shown

