"""One string, one date: the parser that every source of dates goes through, and the normaliser of the pipelines."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from functools import lru_cache

from newsarchive.article import PublishedDate, Zone
from newsarchive.extraction.dates import iso, relative, visits, written, zones
from newsarchive.extraction.dates.stamps import Context, Stamp, capture

_LONGEST = 400
_NO_COUNTRY = {("es", "la"), ("ar", "ar"), ("en", "pi"), ("en", "ud")}  # locales whose second half is no country
_UNIX = re.compile(r"(\w{3}\s+\d{1,2}) (\d\d:\d\d:\d\d \w{1,5}) (\d{4})$")  # as the `date` command prints it
_MAGIC = frozenset(
    {(1970, 1, 1), (1, 1, 1), (1900, 1, 1), (1899, 12, 30), (1899, 12, 31), (1969, 12, 31), (9999, 12, 31)}
)


@lru_cache(maxsize=2048)
def stamp(raw: str, context: Context) -> Stamp | None:
    """The date a string states, or None: machine forms first, then written ones, then those told against now."""
    raw = raw[:_LONGEST]
    found = iso.read(raw, context.country)
    if found is not None:
        return found
    raw = _UNIX.sub(r"\1 \3 \2", raw)
    stated = written.find(raw, context)
    whole = [one for one in stated if one.day is not None and not one.yearless]
    return next(iter(whole), None) or relative.find(raw, context) or next(iter(stated), None)


def parse(
    raw: str | date | datetime,
    *,
    now: datetime | None = None,
    language: str | None = None,
    country: str | None = None,
    timezone: str | None = None,
    source: str = "text",
    rule: str | None = None,
    confidence: float = 0.5,
) -> PublishedDate | None:
    """The date that a string, date or datetime states, with its precision and zone; None where it states none.

    `now` (aware) is the capture's time, for "3 hours ago" and dates without a year; `language` a BCP 47 tag, `country`
    an ISO 3166 code, `timezone` the IANA name assumed where the string states no zone. Dates that software writes for
    "none" (1970-01-01, 0001-01-01) are None.
    """
    context = contextual(now, language, country, timezone)
    if isinstance(raw, datetime):
        found: Stamp | None = Stamp(raw.year, raw.month, raw.day, raw.hour, raw.minute, raw.second, raw.tzinfo)
        text = raw.isoformat()
    elif isinstance(raw, date):
        found, text = Stamp(raw.year, raw.month, raw.day), raw.isoformat()
    else:
        text = " ".join(raw.split())
        found = stamp(text, context)
    if found is None:
        return None
    return settle(found, context, raw=text, source=source, rule=rule, confidence=confidence)


def contextual(now: datetime | None, language: str | None, country: str | None, timezone: str | None) -> Context:
    """The context of a date, with the language cut to two letters, the country taken from its tag, now told locally."""
    tag = (language or "").replace("_", "-").split("-")
    if country is None and tuple(part.lower() for part in tag[:2]) not in _NO_COUNTRY:
        country = next((part.upper() for part in tag[1:] if len(part) == 2 and part.isalpha()), None)
    where = zones.zone(timezone) if timezone else None
    now = capture(now)
    if now is not None and now.tzinfo is not None and where is not None:
        now = now.astimezone(where)
    return Context(now, tag[0].lower() or None, country.upper() if country else None, timezone)


def settle(
    found: Stamp, context: Context, *, raw: str, source: str, confidence: float, rule: str | None = None
) -> PublishedDate | None:
    """A stated date as a value: aware where its zone is stated or assumed, None for a day that stands for "none"."""
    moment = found.moment()
    if moment is None or is_void(found):
        return None
    valued = _valued(moment, found.zone, context.timezone)
    if valued is None:
        return None
    value, zone, twice = valued
    ambiguous = found.ambiguous or (twice and found.hour is not None)
    return PublishedDate(value=value, precision=found.precision, raw=raw[:200], source=source, confidence=confidence,
                         zone=zone, rule=rule, ambiguous=ambiguous)  # fmt: skip


@lru_cache(maxsize=1024)
def _valued(moment: datetime, stated: tzinfo | None, assumed: str | None) -> tuple[datetime, Zone, bool] | None:
    """A wall-clock time in the zone stated, else assumed, and whether that clock showed it twice."""
    where: tzinfo | None = stated
    zone = Zone.STATED
    if where is None:
        where = zones.zone(assumed) if assumed else None
        zone = Zone.ASSUMED
    if where is None:
        return moment, Zone.UNKNOWN, False
    try:
        value, twice = zones.attach(moment, where)
    except OverflowError:
        return None
    return value, zone, twice


def is_void(found: Stamp) -> bool:
    """True for the days that software writes where it has none."""
    return (
        (found.year, found.month, found.day) in _MAGIC
        or found.year < 1500
        or (found.year == 1970 and found.month == 1 and found.day is None)
    )


def clean(
    value: str | date | datetime | PublishedDate | None,
    *,
    now: datetime | None = None,
    language: str | None = None,
    country: str | None = None,
    timezone: str | None = None,
) -> PublishedDate | None:
    """A date of any kind as an honest `PublishedDate`, or None; what is clean passes unchanged.

    Text that looks like a masthead (weekday and full date, no time, no word of publishing) and names the very day of
    the capture is the day of the visit, not a date of publishing: None. Its `isoformat()` parses to the same again.
    """
    if value is None or isinstance(value, PublishedDate):
        return value
    if isinstance(value, str) and visits.is_masthead(value, contextual(now, language, country, timezone)):
        return None
    return parse(value, now=now, language=language, country=country, timezone=timezone, source="item", confidence=0.8)
