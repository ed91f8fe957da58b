"""The judge of dates: an ordered list of rules over all candidates, each of which can say why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newsarchive.article import Precision
from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates import visits
from newsarchive.extraction.dates.candidates import Candidate

WEB_BEGAN = 1991
_SKEW = timedelta(minutes=15)
_DETAIL = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2, Precision.MINUTE: 3, Precision.SECOND: 3}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the judge knows beside the candidates: the capture's time, the first year possible, bounds from the archive.

    `not_before` and `not_after` are days between which the neighbours of the page (by article number) were published.
    """

    now: datetime | None = None
    earliest: int = WEB_BEGAN
    not_before: date | None = None
    not_after: date | None = None


Rule = Callable[[Sequence[Candidate], Facts], None]


def _not_of_the_article(all_: Sequence[Candidate], _: Facts) -> None:
    for one in all_:
        if one.role not in (roles.PUBLISHED, roles.MODIFIED) and not one.lost:
            one.lose(one.why or f"a date of role {one.role}")


def _not_after_the_capture(all_: Sequence[Candidate], facts: Facts) -> None:
    if facts.now is None:
        return
    last_day = max(visits.days(facts.now))
    for one in all_:
        if one.lost:
            continue
        utc = one.date.utc
        late = (
            utc > facts.now + _SKEW
            if utc is not None and one.is_timed and facts.now.tzinfo
            else one.date.value.date() > last_day
        )
        if late:
            one.lose("after the capture")


def _not_before_the_web(all_: Sequence[Candidate], facts: Facts) -> None:
    for one in all_:
        if not one.lost and one.stamp.year < facts.earliest:
            one.lose(f"before {facts.earliest}, when the site cannot have published")


def _within_neighbours(all_: Sequence[Candidate], facts: Facts) -> None:
    for one in all_:
        day = one.day
        if one.lost or day is None:
            continue
        if facts.not_before is not None and day < facts.not_before:
            one.lose("before the articles numbered lower")
        elif facts.not_after is not None and day > facts.not_after:
            one.lose("after the articles numbered higher")


RULES: tuple[Rule, ...] = (_not_of_the_article, _not_before_the_web, _not_after_the_capture, _within_neighbours)


def judge(all_: Sequence[Candidate], facts: Facts) -> tuple[Candidate | None, Candidate | None]:
    """The published and the modified date among all candidates; every other one is told why it lost."""
    for rule in RULES:
        rule(all_, facts)
    published = _best([one for one in all_ if not one.lost and one.role == roles.PUBLISHED])
    modified = _best([one for one in all_ if not one.lost and one.role == roles.MODIFIED])
    for one in all_:
        if one.lost or one is published or one is modified:
            continue
        winner = published if one.role == roles.PUBLISHED else modified
        one.lose(f"{winner.rule} is better placed" if winner else "nothing won")
    return published, modified


def _best(rest: list[Candidate]) -> Candidate | None:
    if not rest:
        return None
    return min(rest, key=lambda one: (one.rank, -_DETAIL[one.date.precision]))
