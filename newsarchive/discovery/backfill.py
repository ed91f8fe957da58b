"""Which links belong to a period of the past, judged before anything is fetched, and the months of it, newest first.

Three things date a link: what its feed or sitemap says, the date in its address, and for a sitemap or an archive page
the date in its name (`sitemap-2004-12.xml`, `/archives/2004/12/`). A `lastmod` says only that nothing is newer.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from newsarchive.discovery.link import Link, LinkKind, moment

_MARGIN = timedelta(days=1)
"""An address is dated by the clock of its site, a hint by another: they may differ by a day."""
_FIRST_YEAR = 1980
_NAMES = {
    name: number
    for number, names in enumerate(
        ("jan january janvier enero januar", "feb february fevrier febrero februar", "mar march mars marzo maerz",
         "apr april avril abril", "may mai mayo", "jun june juin junio juni", "jul july juillet julio juli",
         "aug august aout agosto", "sep sept september septembre septiembre", "oct october octobre octubre oktober okt",
         "nov november novembre noviembre", "dec december decembre diciembre dezember dez"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH_NAME = "|".join(sorted(_NAMES, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = rf"(?P<month>0[1-9]|1[0-2]|[1-9](?=[/_.-])|(?:{_MONTH_NAME}))"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]|$))"
# Evidence in order: the first form that is found, and is a day of the calendar, dates the address.
_FORMS = (
    re.compile(rf"(?<![a-z0-9]){_YEAR}[/_.-]{_MONTH}[/_.-]{_DAY}(?![a-z0-9])", re.IGNORECASE),
    re.compile(rf"(?<![a-z0-9]){_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![a-z0-9])", re.IGNORECASE),
    re.compile(rf"/(?P<day>0[1-9]|[12]\d|3[01])[/_.-](?P<month>0[1-9]|1[0-2])[/_.-]{_YEAR}(?![a-z0-9])", re.IGNORECASE),
    re.compile(rf"(?<![a-z0-9]){_YEAR}[/_.-](?P<month>0[1-9]|1[0-2]|(?:{_MONTH_NAME}))(?![a-z0-9])", re.IGNORECASE),
    re.compile(rf"/{_YEAR}/(?P<month>[1-9])(?=/)"),
)
_WHOLE_YEAR = re.compile(rf"/{_YEAR}(?=/|$)")
# A listing's name may say less clearly what it holds than an article's address, since it is nothing but a name.
_LISTING_FORMS = (re.compile(rf"(?<!\d){_YEAR}(?P<month>0[1-9]|1[0-2])(?!\d)"), re.compile(rf"(?<!\d){_YEAR}(?!\d)"))
_IN_QUERY = re.compile(r"(?:^|&)(?P<name>yyyy|year|y|mm|month|m|dd|day|d|date)=(?P<value>[\d-]+)", re.IGNORECASE)
_LISTINGS = frozenset((LinkKind.SITEMAP, LinkKind.SECTION, LinkKind.FEED))


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def inside(self, since: date, until: date) -> bool:
        """True when every day of it is one from `since` to `until`."""
        return since <= self.first and self.last <= until

    def apart(self, since: date, until: date) -> bool:
        """True when no day of it is one from `since` to `until`."""
        return self.last < since or until < self.first


def span(text: str) -> Span:
    """The days that "2004", "2004-05" or "2004-05-06" names; ValueError, in one line, for anything else."""
    match = re.fullmatch(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\s*", text)
    with suppress(ValueError):
        if match:
            return _span(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)
    raise ValueError(f"a day is written as 2004-05-06, a month as 2004-05, a year as 2004, not {text!r}")


def in_period(link: Link, since: date | None, until: date | None) -> bool | None:
    """True when a link is of the days from `since` to `until` (included, None: open), False when not, None: cannot tell.

    An article is True only when its date says so; a sitemap or archive page is True as soon as a part of it may be.
    """
    first, last = since or date.min, until or date.max
    known = dated(link)
    if known is not None:
        if known.first == known.last:
            known = Span(_shifted(known.first, -_MARGIN), _shifted(known.last, _MARGIN))
            return not known.apart(first, last)
        if known.apart(first, last):
            return False
        return True if link.kind in _LISTINGS or known.inside(first, last) else None
    changed = moment(link.modified)
    if changed is not None and changed.date() < _shifted(first, -_MARGIN):
        return False  # nothing is published after its last change
    return None


def dated(link: Link) -> Span | None:
    """The days a link's own hint, or else its address, says it is of; None where neither says anything."""
    stated = moment(link.published)
    if stated is not None and stated.year >= _FIRST_YEAR:
        return Span(stated.date(), stated.date())
    return of_address(link.url, is_listing=link.kind in _LISTINGS)


@lru_cache(maxsize=256)
def of_address(url: str, *, is_listing: bool = False) -> Span | None:
    """The days that the date in a URL names: a day, a month or a year; `is_listing` reads the name of a sitemap, too."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    text = f"{path}?{parts.query}"
    forms = (*_FORMS, _WHOLE_YEAR)
    for form in forms:
        for match in form.finditer(path if form is _WHOLE_YEAR else text):
            if found := _of_match(match):
                return found
    if not is_listing:
        return None
    if found := _of_query(parts.query):
        return found
    for form in _LISTING_FORMS:
        for match in form.finditer(path.rpartition("/")[2]):
            if found := _of_match(match):
                return found
    return None


def month(link: Link) -> str | None:
    """The month of a link as "2004-12", by which a back-fill is check-pointed; None where it is not known to the month."""
    known = dated(link)
    if known is None or (known.first.year, known.first.month) != (known.last.year, known.last.month):
        return None
    return f"{known.first:%Y-%m}"


def months(since: date, until: date) -> Iterator[Span]:
    """The months from `since` to `until`, the newest first; the outer ones are cut to the period."""
    year, number = until.year, until.month
    while (year, number) >= (since.year, since.month):
        whole = _span(year, number, None)
        yield Span(max(whole.first, since), min(whole.last, until))
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)


def newest_first(link: Link) -> tuple[int, int]:
    """A key that sorts links by their days, the newest first, and those that no one dated last."""
    known = dated(link)
    if known is None:
        changed = moment(link.modified)
        return (1, -changed.toordinal() if changed else 0)
    return (0, -known.last.toordinal())


def _of_match(match: re.Match[str]) -> Span | None:
    parts = match.groupdict()
    name = (parts.get("month") or "").lower()
    number = _NAMES.get(name) or (int(name) if name else None)
    day = parts.get("day")
    is_day_first = bool(day) and match.start("day") < match.start("month")
    if is_day_first and day != name and int(day or 0) <= 12:  # day and month, or month and day
        return _span(int(parts["year"]), None, None)
    try:
        return _span(int(parts["year"]), number, int(day) if day else None)
    except ValueError:
        return None


def _of_query(query: str) -> Span | None:
    """The days of `?yyyy=2004&mm=12&dd=05` and its like."""
    values = {match["name"].lower()[0]: match["value"] for match in _IN_QUERY.finditer(query)}
    year, number, day = (values.get(name, "") for name in "ymd")
    if not re.fullmatch(r"(?:19|20)\d\d", year):
        return None
    try:
        return _span(int(year), int(number) if number else None, int(day) if day and number else None)
    except ValueError:
        return None


def _span(year: int, month: int | None, day: int | None) -> Span:
    """The days of a year, a month or a day; ValueError where the calendar has none."""
    if not _FIRST_YEAR <= year <= 2100:
        raise ValueError("no year of the web")
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Span(date(year, month, day), date(year, month, day))


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
