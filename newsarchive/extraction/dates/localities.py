"""The site's own clock: a time stated in UTC is told as the site's readers saw it, where the page shows what they saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from newsarchive.article import Zone
from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates import zones
from newsarchive.extraction.dates.candidates import Candidate
from newsarchive.extraction.dates.stamps import Context

_READ = ("url", "text", "time")
_QUARTER = timedelta(minutes=15)
_FARTHEST = timedelta(hours=14)


def localise(all_: Sequence[Candidate], context: Context) -> None:
    """Tell every time stated in UTC by the clock of the site: the same instants, on the day the site's readers lived.

    The clock is, in order: the recipe's or country's zone; the offset by which a naive twin of the same minute and
    second differs; the zones of the lands where the language is spoken. One in which the day is the day that the page
    or its address shows goes before one in which it is not.
    """
    stated = [one for one in all_ if _is_utc(one)]
    if not stated:
        return
    days = _days_shown(all_)
    clocks: dict[datetime, tzinfo | None] = {}
    for one in stated:
        moment = one.date.value
        if moment not in clocks:  # the same instant is told in many places
            clocks[moment] = _clock(one, all_, days, context)
        clock = clocks[moment]
        if clock is None:
            continue
        value, _ = zones.attach(moment.astimezone(clock).replace(tzinfo=None), clock)
        if value == moment:
            one.date = replace(one.date, value=value)


def asks_readers(all_: Sequence[Candidate], context: Context) -> bool:
    """True where a time is stated in UTC and only what readers are shown can tell by which clock the site lives."""
    known = context.timezone or zones.of_language(context.language)
    return not known and any(_is_utc(one) for one in all_)


def _clock(one: Candidate, all_: Sequence[Candidate], days: set[date], context: Context) -> tzinfo | None:
    moment = one.date.value
    name = context.timezone or zones.of_language(context.language)
    spoken = zones.spoken_in(context.language, context.country)
    likely = [zones.zone(name) if name else None, _twin(one, all_, spoken)]
    known = [clock for clock in likely if clock is not None]
    for clock in known:
        if not days or moment.astimezone(clock).date() in days:
            return clock
    if moment.date() in days:
        return None
    for clock in spoken:
        if moment.astimezone(clock).date() in days:
            return clock
    return known[0] if known else None


def _is_utc(one: Candidate) -> bool:
    return one.is_timed and one.date.zone is Zone.STATED and one.date.value.utcoffset() == timedelta()


def _twin(one: Candidate, all_: Sequence[Candidate], spoken: Sequence[ZoneInfo]) -> tzinfo | None:
    """The offset of the site, where another place states the same instant at an offset or without any.

    Without seconds to tell a twin by, the gap must be one that clocks of the language's lands have at that time.
    """
    moment = one.date.value
    for other in all_:
        if other is one or not other.is_timed:
            continue
        value = other.date.value
        if other.date.zone is Zone.STATED:
            if value == moment and value.utcoffset():
                return timezone(value.utcoffset() or timedelta())
        elif other.date.zone is Zone.UNKNOWN:
            gap = value.replace(second=0, tzinfo=None) - moment.replace(second=0, microsecond=0, tzinfo=None)
            if not gap or abs(gap) > _FARTHEST or gap % _QUARTER:
                continue
            if value.second == moment.second != 0 or any(moment.astimezone(z).utcoffset() == gap for z in spoken):
                return timezone(gap)
    return None


def _days_shown(all_: Sequence[Candidate]) -> set[date]:
    return {
        one.day
        for one in all_
        if one.role == roles.PUBLISHED
        and one.source in _READ
        and one.day
        and one.cost < 3.5
        and not (one.stamp.relative or _is_utc(one))  # "5 hours ago" is no day that was written down
    }
