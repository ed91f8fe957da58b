"""Dates in addresses: /2004/05/06/, /2004/, 20040506 in the path."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from newsarchive.extraction.dates import names
from newsarchive.extraction.dates.stamps import Stamp

_YEAR = r"(?P<year>19[5-9]\d|20[0-4]\d)"
_ANY_YEAR = re.compile(r"19[5-9]\d|20[0-4]\d")
_FULL = re.compile(
    rf"(?<!\d){_YEAR}(?P<sep>[/_.-]?)(?P<month>0[1-9]|1[0-2]|[1-9](?=[/_.-]))(?P=sep)(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?!\d)"
)
_LAST = re.compile(rf"(?<!\d)(?P<day>0[1-9]|[12]\d|3[01])(?P<sep>[/_.-]?)(?P<month>0[1-9]|1[0-2])(?P=sep){_YEAR}(?!\d)")
_NAMED = re.compile(
    rf"(?<!\d){_YEAR}[/_-](?P<name>[a-z]{{3,9}})[/_-](?P<day>0?[1-9]|[12]\d|3[01])(?=[/_-]|$)", re.IGNORECASE
)
_MONTH = re.compile(rf"/{_YEAR}[/_-](?P<month>0[1-9]|1[0-2]|[1-9])(?=/|$)")
_YEAR_ALONE = re.compile(rf"/{_YEAR}(?=/)")


def read(url: str) -> tuple[Stamp, str] | None:
    """The date in an address's path or query and the text of it, the most precise form first; or None."""
    try:
        parts = urlsplit(url)
    except ValueError:  # half a bracket, a template left unfilled
        return None
    path = unquote(parts.path)
    for text in (path, parts.query):
        if _ANY_YEAR.search(text) is None:
            continue
        found = _FULL.search(text)
        if found:
            return Stamp(int(found["year"]), int(found["month"]), int(found["day"])), found.group()
        named = _NAMED.search(text)
        month = names.month(named["name"], None, "en") if named else None
        if named and month:
            return Stamp(int(named["year"]), month[0].number, int(named["day"])), named.group()
        found = _LAST.search(text)
        if found and found["sep"]:
            return Stamp(int(found["year"]), int(found["month"]), int(found["day"])), found.group()
    if _ANY_YEAR.search(path) is None:
        return None
    found = _MONTH.search(path)
    if found:
        return Stamp(int(found["year"]), int(found["month"])), found.group().strip("/")
    found = _YEAR_ALONE.search(path)
    return (Stamp(int(found["year"])), found["year"]) if found else None
