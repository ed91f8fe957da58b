"""What the archive knows of a site's dates: the days of the articles numbered around one, and days that too many state.

Both are bounds and doubts for who reads the date of another page of the site, never a date of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from newsarchive.archive.models import Article, Site, Version

MOST: Final = 20_000
"""The most articles of a site that are looked at, the newest in the archive."""
SURE: Final = 0.9
"""The confidence from which an article's date bounds those of others."""
NEXT: Final = 5
"""How many articles numbered next below and above must be known; the widest of their days counts."""
ANCHORS: Final = 20
ORDERED: Final = 0.95
"""How many dated articles a run of numbers must have, and what part of them must follow each other in time."""
_EARLY, _LATE = timedelta(days=7), timedelta(days=60)
"""An article may be numbered when it is begun, and published later than others begun after it."""
_SHARED_LEAST, _SHARED_PART, _SHARED_TIMES = 50, 0.2, 10
_DAYS_LEAST, _ARTICLES_LEAST = 20, 100
_OLD = timedelta(days=7)

_NUMBER = re.compile(r"(?<!\d)\d{4,12}(?!\d)")
_DATED = re.compile(r"(?:19[5-9]\d|20[0-4]\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?")
_BEFORE = re.compile(r"[^0-9A-Za-z]?[A-Za-z]{0,4}$")


class Dated(NamedTuple):
    """One article: its address, its day, how sure that is, whether only the address states it, when it was captured."""

    url: str
    day: date
    confidence: float
    by_address: bool
    captured_at: datetime | None


class Bounds(NamedTuple):
    """What is known beforehand of the date of one address; days are as the site counts them."""

    not_before: date | None = None
    not_after: date | None = None
    shared_days: frozenset[date] = frozenset()


class _Run(NamedTuple):
    """The numbers of one kind of address in order, and the days of their articles."""

    numbers: list[int]
    days: list[date]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The dates of one site, as the archive had them when it was asked."""

    runs: dict[str, _Run] = field(default_factory=dict)
    shared_days: frozenset[date] = frozenset()

    def around(self, url: str) -> Bounds:
        """What the site's other articles say of the date of an address: the article's own row does not count."""
        numbered = number(url)
        run = self.runs.get(numbered[0]) if numbered is not None else None
        if run is None or numbered is None:
            return Bounds(shared_days=self.shared_days)
        below = run.days[: bisect_left(run.numbers, numbered[1])][-NEXT:]
        above = run.days[bisect_right(run.numbers, numbered[1]) :][:NEXT]
        return Bounds(
            min(below) - _EARLY if len(below) == NEXT else None,
            max(above) + _LATE if len(above) == NEXT else None,
            self.shared_days,
        )


def read(connection: Connection, site: str) -> Neighbours:
    """The neighbours of a site in one bounded query; the same archive gives the same answer."""
    found = connection.execute(
        select(
            Article.url,
            Version.published_from,
            Version.published_to,
            Version.published_confidence,
            Version.published_source,
            Version.captured_at,
        )
        .join(Site, Site.id == Article.site_id)
        .join(Version, (Version.article_id == Article.id) & (Version.number == Article.current_version))
        .where(Site.name == site)
        .order_by(Article.id.desc())
        .limit(MOST)
    )
    dated = [
        Dated(url, first, sure or 0.0, source == "url", captured)
        for url, first, last, sure, source, captured in found
        if first is not None and first == last
    ]
    return of(dated)


def of(dated: list[Dated]) -> Neighbours:
    """The neighbours that a site's dated articles make."""
    shared = _shared(dated)
    return Neighbours(_runs(one for one in dated if one.confidence >= SURE and one.day not in shared), shared)


def number(url: str) -> tuple[str, int] | None:
    """The article number in an address, with what tells its kind: host and what stands around it; None without one.

    It is the last number of four digits or more in the path, else in the query, that is no year or date.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for text in (parts.path, parts.query):
        numbers = [found for found in _NUMBER.finditer(text) if _DATED.fullmatch(found.group()) is None]
        if numbers:
            last = numbers[-1]
            before = _BEFORE.search(text, 0, last.start())
            around = f"{before.group() if before else ''}#{text[last.end() : last.end() + 1]}"
            return f"{parts.netloc} {around}", int(last.group())
    return None


def _runs(dated: Iterable[Dated]) -> dict[str, _Run]:
    """The kinds of addresses whose numbers follow each other as the days do."""
    kinds: dict[str, dict[int, date]] = {}
    for one in dated:
        numbered = number(one.url)
        if numbered is not None:
            days = kinds.setdefault(numbered[0], {})
            days[numbered[1]] = min(one.day, days.get(numbered[1], one.day))
    runs = {kind: _Run(sorted(days), [days[n] for n in sorted(days)]) for kind, days in kinds.items()}
    return {kind: run for kind, run in runs.items() if _is_ordered(run.days)}


def _is_ordered(days: list[date]) -> bool:
    if len(days) < ANCHORS or len(set(days)) < NEXT:
        return False
    follows = sum(later >= earlier - timedelta(days=1) for earlier, later in pairwise(days))
    return follows >= ORDERED * (len(days) - 1)


def _shared(dated: list[Dated]) -> frozenset[date]:
    """Days that an implausible part of the site's articles state, as an import or a cached masthead leaves them.

    Fresh articles do not count: what was captured within a week of its day may well be of that day, and so may what
    its own address dates.
    """
    told = [one for one in dated if one.captured_at is not None and not one.by_address]
    counts = Counter(one.day for one in told if one.captured_at and one.captured_at.date() - one.day >= _OLD)
    total = counts.total()
    if total < _ARTICLES_LEAST or len(counts) < _DAYS_LEAST:
        return frozenset()
    least = max(_SHARED_LEAST, _SHARED_PART * total, _SHARED_TIMES * median(counts.values()))
    return frozenset(day for day, count in counts.items() if count >= least)
