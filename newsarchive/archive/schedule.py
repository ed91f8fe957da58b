"""When a URL is visited again: pure functions of what became of it, and of the time.

Every wait is positive and none is longer than `LONGEST`, whatever the clock did between two visits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)

REVISITS: Final = (15 * MINUTE, 60 * MINUTE, 180 * MINUTE, DAY, 3 * DAY, 30 * DAY)
"""Ages at which an article is read again, unless the setting says otherwise."""

RETRIES: Final = (10 * MINUTE, 60 * MINUTE, 360 * MINUTE, DAY, 3 * DAY, 7 * DAY)
"""Waits after the first, second ... failure of an article in a row; then it is given up."""

GONE_CHECKS: Final = (DAY, 7 * DAY, 30 * DAY)
"""Waits until a withdrawn article is looked for again; then it is taken for gone."""

PACES: Final = {"feed": 900, "section": 900, "sitemap": 3600, "robots": 86_400}
"""Seconds until a listing is read again, at first."""

FASTEST: Final = 300
SLOWEST: Final = {"feed": 86_400, "section": 86_400, "sitemap": 7 * 86_400, "robots": 86_400}
"""Seconds between two visits of a listing that brings news all the time, or never."""

ABSENT: Final = 30 * DAY
"""When a place is looked at again where no listing was."""

LONGEST: Final = 31 * DAY
"""No visit is planned further away than this (or the longest of the setting): one that is comes from a wrong clock."""

_MAY_PASS: Final = frozenset({"bot_challenge", "consent_wall", "error_page", "robots"})
"""Reasons of a rejection that may not be true tomorrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a schedule needs to know of a visit: the URL's kind and role, its new state, and its history.

    `failures` counts visits in a row without success, this one included; `born` is when an article was published or first
    seen; `pace` the seconds a listing was given so far; `news` how many new URLs it brought (None: not known).
    """

    kind: str
    state: str
    role: str = "section"
    reason: str | None = None
    failures: int = 0
    born: datetime | None = None
    pace: int | None = None
    news: int | None = None
    first: bool = False


def plan(visit: Visit, now: datetime, revisits: Sequence[timedelta] = REVISITS) -> tuple[datetime | None, int | None]:
    """The next visit (None: never again) and, of a listing, its new pace in seconds."""
    if visit.kind == "listing":
        return _listing(visit, now)
    if visit.state == "gone":
        return _step(GONE_CHECKS, visit.failures, now), None
    if visit.failures:
        return _step(RETRIES, visit.failures, now), None
    if visit.state in ("archived", "duplicate"):
        return revisit(visit.born or now, now, revisits), None
    return None, None


def failed(state: str, reason: str | None) -> bool:
    """True for a visit that should be tried again although nothing came of it."""
    return state == "failed" or (state == "rejected" and reason in _MAY_PASS)


def revisit(born: datetime, now: datetime, revisits: Sequence[timedelta]) -> datetime | None:
    """The first of the ages that an article has not reached; None when it is older than all of them."""
    age = max(now - born, timedelta(0))  # a page dated in the future is new
    wait = min((step - age for step in revisits if step > age), default=None)
    return None if wait is None else now + max(wait, MINUTE)


def paced(role: str, pace: int | None, news: int | None, *, first: bool) -> int:
    """The seconds until a listing is read again: sooner when it brought something new, later when not."""
    known = pace or PACES.get(role, PACES["section"])
    if news is not None and not first:
        known = known // 2 if news else known * 3 // 2
    return max(FASTEST, min(known, SLOWEST.get(role, SLOWEST["section"])))


def _listing(visit: Visit, now: datetime) -> tuple[datetime | None, int]:
    pace = paced(visit.role, visit.pace, visit.news, first=visit.first)
    if visit.failures:  # slowly given up, and never quite: half of the feeds that fail come back
        wait = timedelta(seconds=pace) * 2 ** min(visit.failures, 12)
        return now + min(wait, 7 * DAY), pace
    if visit.state == "rejected":
        return now + ABSENT, pace
    return now + timedelta(seconds=pace), pace


def _step(steps: Sequence[timedelta], times: int, now: datetime) -> datetime | None:
    index = max(times, 1) - 1
    return now + steps[index] if index < len(steps) else None
