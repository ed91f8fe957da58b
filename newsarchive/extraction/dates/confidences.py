"""How sure a chosen date is: shares of right answers as measured on pages with known dates, by kind of place.

Told apart are whether a machine-readable place, a visible one, the address or a feed names the day, how many kinds of
them agree, and what speaks against it. Answers of 0.9 and more are meant to be right 97 times in 100 or better.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from newsarchive.article import Precision
from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates.candidates import Candidate

KINDS = {"json-ld": "machine", "meta": "machine", "microdata": "machine", "time": "visible", "text": "visible",
         "feed": "listed", "sitemap": "listed"}  # fmt: skip
_FAR = 4.0  # the cost from which a place is too far to count as a witness
_DAY = timedelta(days=1)


def kind(one: Candidate) -> str:
    """The kind of place a date stands in; places of one kind are filled by the same hand and count once."""
    return KINDS.get(one.source, one.source)


def of_published(best: Candidate, all_: Sequence[Candidate]) -> float:
    """The confidence of the chosen date of publishing."""
    if best.day is None:
        return {Precision.MONTH: 0.75, Precision.YEAR: 0.7}.get(best.date.precision, 0.5)
    day = best.date.value.date()
    kinds = {
        kind(one)
        for one in all_
        if one.role == best.role and one.cost < _FAR and one.date.value.date() == day and one.day
    }
    sure = _agreed(kinds) if len(kinds) > 1 else _alone(best)
    if len(kinds) < 2 and _contradicted(best, all_):
        sure -= 0.3
    if best.date.ambiguous and best.stamp.swappable:
        sure = min(sure, 0.6)
    if len(kinds) < 2 and (best.date.value.month, best.date.value.day) == (1, 1) and not best.is_timed:
        sure -= 0.2  # what software writes where it knows the year alone
    if best.stamp.yearless or best.stamp.short_year:
        sure -= 0.05
    if any("again" in note or "moment" in note or "very day" in note for note in best.notes):
        sure -= 0.3
    return round(max(0.1, min(0.99, sure)), 2)


def of_modified(best: Candidate) -> float:
    """The confidence of the chosen date of change."""
    if best.source == "last-modified":
        return 0.3
    return 0.9 if best.cost < 2 else 0.8 if best.cost < _FAR else 0.5


def _agreed(kinds: set[str]) -> float:
    if "machine" in kinds:
        return 0.97 if len(kinds) == 2 else 0.99
    return 0.93 if len(kinds) == 2 else 0.95


def _alone(best: Candidate) -> float:
    """What one kind of place alone is worth."""
    cost = best.cost
    if best.source in ("json-ld", "meta", "microdata"):
        return 0.85 if cost < 2 else 0.7
    if best.source == "time":
        return 0.92 if cost < 2.6 else 0.85 if cost < _FAR else 0.5
    if best.source == "text":
        return 0.88 if cost < 3 else 0.8 if cost < _FAR else 0.4
    return {"recipe": 0.95, "url": 0.88, "feed": 0.9, "sitemap": 0.8, "script": 0.7, "id": 0.75}.get(best.source, 0.35)


def _contradicted(best: Candidate, all_: Sequence[Candidate]) -> bool:
    """True where another good place names a day of publishing more than a day away."""
    for one in all_:
        strong = one.role == roles.PUBLISHED and one.cost < 2.6 and one.day is not None
        if strong and best.day and one.day and abs(one.day - best.day) > _DAY:
            return True
    return False
