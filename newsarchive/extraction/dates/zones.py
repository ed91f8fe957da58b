"""Time zones: offsets as stated, names resolved with the country, and the zone a country keeps."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from newsarchive.extraction.dates.names import TABLE

# A zone name is read as the wall clock of its place, whichever half of the year the name says: editors leave "EST" on
# all summer. Places that keep one offset all year are given by that offset.
_NAMES: dict[str, str | float] = {
    "UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "CET": "Europe/Paris",
    "CEST": "Europe/Paris", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "HNEC": "Europe/Paris",
    "EET": "Europe/Athens", "EEST": "Europe/Athens", "MSK": 3, "TRT": 3, "EST": "America/New_York",
    "EDT": "America/New_York", "ET": "America/New_York", "CDT": "America/Chicago", "CT": "America/Chicago",
    "MDT": "America/Denver", "MST": "America/Denver", "MT": "America/Denver", "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles", "AKST": "America/Anchorage",
    "AKDT": "America/Anchorage", "HST": -10, "HNE": "America/Toronto", "HAE": "America/Toronto",
    "NST": "America/St_Johns", "NDT": "America/St_Johns", "ADT": "America/Halifax", "BRT": -3, "BRST": -2, "ART": -3,
    "CLT": "America/Santiago", "CLST": "America/Santiago", "COT": -5, "PET": -5, "VET": -4, "JST": 9, "KST": 9,
    "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "PKT": 5, "NPT": 5.75, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9,
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "ACST": 9.5, "ACDT": "Australia/Adelaide", "AWST": 8,
    "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland", "SAST": 2, "CAT": 2, "WAT": 1, "EAT": 3, "IRST": 3.5,
    "GST": 4, "IDT": "Asia/Jerusalem", "CST": "America/Chicago", "IST": 5.5, "BST": "Europe/London", "AST": -4,
}  # fmt: skip
_BY_COUNTRY: dict[tuple[str, str], str | float] = {
    ("CST", "CN"): 8, ("CST", "TW"): 8, ("CST", "HK"): 8, ("CST", "CU"): "America/Havana", ("IST", "IE"):
    "Europe/Dublin", ("IST", "IL"): "Asia/Jerusalem", ("BST", "BD"): 6, ("AST", "SA"): 3, ("AST", "KW"): 3,
    ("AST", "IQ"): 3, ("AST", "BH"): 3, ("AST", "QA"): 3, ("EST", "AU"): "Australia/Sydney", ("EDT", "AU"):
    "Australia/Sydney", ("PST", "PH"): 8, ("MST", "MY"): 8, ("ET", "ET"): 3, ("AST", "CA"): "America/Halifax",
}  # fmt: skip
_SPOKEN = {
    "en": "US CA GB AU NZ IN",
    "es": "MX AR CO PE CL ES",
    "pt": "BR PT",
    "fr": "CA FR",
    "zh": "CN",
    "ar": "AE EG",
}
# Languages whose speakers nearly all keep one clock: the land that names it.
_HOME = {
    "de": "DE", "it": "IT", "pl": "PL", "tr": "TR", "ja": "JP", "ko": "KR", "hu": "HU", "cs": "CZ", "sk": "SK", "sl": "SI",
    "hr": "HR", "sv": "SE", "da": "DK", "nb": "NO", "no": "NO", "fi": "FI", "el": "GR", "he": "IL", "th": "TH", "vi": "VN",
    "uk": "UA", "ro": "RO", "bg": "BG", "nl": "NL", "fa": "IR", "et": "EE", "lv": "LV", "lt": "LT", "sr": "RS", "ka": "GE",
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−–])\s*(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
_CROWDED = {"AU", "BR", "CA", "CD", "ID", "KZ", "MN", "MX", "RU", "US", "FM", "KI", "PF", "UM", "AQ", "GL"}


@lru_cache(maxsize=512)
def zone(name: str) -> ZoneInfo | None:
    """The IANA zone of a name, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _made(value: str | float) -> tzinfo | None:
    if isinstance(value, str):
        return zone(value)
    return UTC if value == 0 else timezone(timedelta(hours=value))


@lru_cache(maxsize=1024)
def read(text: str | None, country: str | None = None) -> tzinfo | None:
    """The zone a written zone means: "+02:00", "GMT+1", "CEST", "Europe/Paris"; None where it says nothing known."""
    if not text:
        return None
    name = text.strip(" ()[].")
    offset = _OFFSET.match(name)
    if offset:
        sign, hours, minutes = offset.groups()
        delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if delta > timedelta(hours=14, minutes=45):
            return None
        return _made(0) if not delta else timezone(-delta if sign != "+" else delta)
    if "/" in name:
        return zone(name)
    upper = name.upper()
    value = _BY_COUNTRY.get((upper, country or ""), _NAMES.get(upper))
    return None if value is None else _made(value)


@lru_cache(maxsize=512)
def of_country(country: str | None) -> str | None:
    """The IANA zone of a country whose people keep one, or None where they keep several."""
    names = TABLE["zones"].get((country or "").upper()) or []
    return names[0] if names and country not in _CROWDED else None


def of_language(language: str | None) -> str | None:
    """The IANA zone that nearly all speakers of a language keep, or None where they keep several."""
    return of_country(_HOME.get(language or ""))


@lru_cache(maxsize=512)
def all_of_country(country: str | None) -> tuple[ZoneInfo, ...]:
    """The IANA zones of a country, the one most people keep first."""
    names = TABLE["zones"].get((country or "").upper()) or []
    return tuple(found for found in map(zone, names) if found is not None)


@lru_cache(maxsize=512)
def spoken_in(language: str | None, country: str | None) -> tuple[ZoneInfo, ...]:
    """The zones of a country, then those of the lands where a language is spoken most."""
    lands = [country, *_SPOKEN.get(language or "", "").split()]
    return tuple(found for land in lands if land for found in all_of_country(land))


def attach(moment: datetime, where: tzinfo) -> tuple[datetime, bool]:
    """A wall-clock time in a zone, at a fixed offset; and True where the clock showed that hour twice.

    An hour that the clock jumped over in spring is told by the clock after the jump.
    """
    if not isinstance(where, ZoneInfo):
        return moment.replace(tzinfo=where), False
    early, late = moment.replace(tzinfo=where, fold=0), moment.replace(tzinfo=where, fold=1)
    before, after = early.utcoffset() or timedelta(), late.utcoffset() or timedelta()
    instant = early.astimezone(UTC)
    local = instant.astimezone(where)
    offset = local.utcoffset() or timedelta()
    return local.astimezone(timezone(offset) if offset else UTC), before > after
