"""What another reading of the same text adds to a version; pure functions.

Twins of one article (its AMP page, its mobile page) say the same and tell more or less about it. A version takes from
each what it lacks, so that the order in which they are read does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from newsarchive.article import Precision

FIELDS: Final[tuple[str, ...]] = (
    "authors",
    "agencies",
    "images",
    "section",
    "tags",
    "publisher",
    "language",
    "is_free",
    "amp_url",
)
"""Columns that are taken where the version has nothing in them; `standfirst` too, under a condition."""

DATES: Final[tuple[str, ...]] = ("published", "modified")
"""Dates that are taken where the version has none or a worse one."""

STATED: Final = ("at", "offset", "precision", "confidence")
"""The columns by which two dates are compared, each after the name of its date."""

_UNITS: Final = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3, Precision.MINUTE: 5, Precision.SECOND: 6}


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as its columns have it: its first instant, its offset from UTC in seconds, its precision, how sure it is."""

    at: datetime
    offset: int | None
    precision: Precision
    confidence: float

    @property
    def units(self) -> int:
        """How many units were stated: 1 for a year, 6 for a second."""
        return _UNITS[self.precision]


@dataclass(slots=True)
class Held:
    """What the current version of an article has, as far as completing needs it."""

    empty: set[str]
    """The columns that have nothing in them, of those another reading may fill."""
    dates: dict[str, Stated]
    body: str | None = None
    """None too where nobody needed it."""


def of_version(values: Mapping[str, Any]) -> Held:
    """What the columns of a version have."""
    empty = {name for name in (*FIELDS, "standfirst") if values[name] is None}
    return Held(empty, stated(values), values["body"])


def stated(values: Mapping[str, Any]) -> dict[str, Stated]:
    """The dates the columns of a version have."""
    return {
        which: Stated(
            values[f"{which}_at"],
            values[f"{which}_offset"],
            Precision(values[f"{which}_precision"]),
            values[f"{which}_confidence"],
        )
        for which in DATES
        if values[f"{which}_at"] is not None
    }


def additions(held: Held, values: Mapping[str, Any], *, earlier: bool) -> tuple[str, ...]:
    """The fields a version should take from another reading of the same text.

    `earlier` says that the reading was captured before the version: it may then add, but contradict nothing.
    """
    taken = [name for name in FIELDS if name in held.empty and values[name] is not None]
    if "standfirst" in held.empty and _opens(values["standfirst"], held.body):
        taken.insert(0, "standfirst")
    new = stated(values)
    taken += [which for which in new if _is_better(new[which], held.dates.get(which), earlier=earlier)]
    return tuple(taken)


def columns(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The columns of fields, with all that belongs to each; the dates not chosen go with the date of publication."""
    found: dict[str, Any] = {}
    for name in names:
        if name in DATES:
            found |= {column: value for column, value in values.items() if column.startswith(f"{name}_")}
        else:
            found[name] = values[name]
        if name == "published":
            found["date_evidence"] = values["date_evidence"]
        if name == "standfirst":
            found["standfirst_truncated"] = values["standfirst_truncated"]
    return found


def provenance(held: Mapping[str, Any] | None, new: Mapping[str, Any] | None, names: Iterable[str]) -> Any:
    """The rules of a version once fields were taken from another reading; None without any."""
    taken = set(names)
    kept = {name: rule for name, rule in (held or {}).items() if name not in taken}
    return kept | {name: rule for name, rule in (new or {}).items() if name in taken} or None


def take(held: Held, values: Mapping[str, Any], names: Iterable[str]) -> None:
    """Note that a version took these fields."""
    new = stated(values)
    for name in names:
        held.empty.discard(name)
        if name in DATES:
            held.dates[name] = new[name]


def _opens(standfirst: str | None, body: str | None) -> bool:
    """Whether a standfirst is a paragraph of the body as it is: then it adds no word to the text."""
    return bool(standfirst and body and standfirst in body.split("\n"))


def _is_better(new: Stated, old: Stated | None, *, earlier: bool) -> bool:
    """Whether a date says more than another, or says something else with more confidence."""
    if old is None:
        return True
    if _agree(new, old):
        if new.units != old.units:
            return new.units > old.units
        if new.units > _UNITS[Precision.DAY] and (new.offset is None) != (old.offset is None):
            return old.offset is None
    return new.confidence > old.confidence and not earlier


def _agree(one: Stated, other: Stated) -> bool:
    """Whether the coarser of two dates contains the finer one, as the coarser one's site counts days."""
    coarse, fine = sorted((one, other), key=lambda date: date.units)
    offset = fine.offset if fine.offset is None or coarse.offset is None else coarse.offset
    first, second = _clock(coarse.at, coarse.offset), _clock(fine.at, offset)
    return first[: coarse.units] == second[: coarse.units]


def _clock(at: datetime, offset: int | None) -> tuple[int, ...]:
    """Year, month, day, hour, minute and second on the site's clock."""
    try:
        local = at + timedelta(seconds=offset or 0)
    except OverflowError:  # the first or the last day of the calendar
        local = at
    return local.timetuple()[:6]
