"""What a version is filtered by, as words of its own in the index: a filter is then part of the query.

Each begins with an underscore, which no word of a text has: `_s12` its site, `_lfr` its language, `_varticle` its verdict,
`_y2003` and `_m200305` each year and month its date can mean, `_aines _aferrand` an author, `_ceconomie` its section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from newsarchive.archive.search.words import tokens

_LONGEST_PERIOD: Final = 36
"""Months; no precision of a date is wider than a year."""
_NAMES: Final = 5_000
"""Names whose words are remembered: the same few stand in most articles of a site."""


def facts(row: Mapping[str, Any]) -> list[str]:
    """The facts of a version, from `site_id` and its columns."""
    found = [site(row["site_id"]), verdict(row["verdict"])]
    if row["language"]:
        found.append(language(row["language"]))
    if row["published_from"] is not None:
        months = list(_months(row["published_from"], row["published_to"]))[:_LONGEST_PERIOD]
        found += sorted({_year(year) for year, _ in months}) + [_month(*month) for month in months]
    for name in row["authors"] or []:
        # The mark alone stands between two names, so that no phrase reaches from one into the next.
        found += [*author(str(name)), "_a"]
    return [*found, *section(row["section"])]


def site(number: int) -> str:
    """The fact of a site, by its id."""
    return f"_s{number}"


def verdict(value: str) -> str:
    """The fact of a verdict."""
    return f"_v{value.replace('_', '')}"


@lru_cache(maxsize=_NAMES)
def language(tag: str) -> str:
    """The fact of a language: the first part of its tag."""
    return f"_l{''.join(tokens(tag.partition('-')[0], None))}"


@lru_cache(maxsize=_NAMES)
def author(name: str) -> tuple[str, ...]:
    """The facts of an author's name, a word each."""
    return tuple(f"_a{word}" for word in tokens(name, None))


@lru_cache(maxsize=_NAMES)
def section(name: str | None) -> tuple[str, ...]:
    """The facts of a section's name, a word each."""
    return tuple(f"_c{word}" for word in tokens(name, None))


def period(first: date, last: date) -> list[str]:
    """The facts of which an article published from `first` to `last` has at least one: whole years, else months.

    They name a little more than the period: its days are compared with the date itself.
    """
    found: list[str] = []
    for year in range(first.year, last.year + 1):
        start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        whole = start.month == 1 and end.month == 12
        found += [_year(year)] if whole else [_month(year, month) for month in range(start.month, end.month + 1)]
    return found


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _year(year: int) -> str:
    return f"_y{year:04}"


def _month(year: int, month: int) -> str:
    return f"_m{year:04}{month:02}"
