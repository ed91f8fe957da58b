"""How complete the archive is: of the URLs that were found, by site and day, what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, func, literal_column, select

from newsarchive.archive.models import LedgerEntry, Site
from newsarchive.archive.reading import site_ids

_SHOWN: Final = ("archived", "duplicate", "listing", "gone")


@dataclass(slots=True, kw_only=True)
class Coverage:
    """The URLs of a site that were first seen on a day (UTC; None: all days), by what became of them.

    `waiting` are those still to be asked for: known and not visited yet, or failed and to be tried again. `rejected` and
    `failed` (for good) are counted by reason. The parts add up to `discovered`.
    """

    site: str | None
    day: str | None
    discovered: int = 0
    archived: int = 0
    duplicate: int = 0
    listing: int = 0
    gone: int = 0
    waiting: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)

    def add(self, state: str, reason: str | None, number: int) -> None:
        """Count URLs of one state and reason."""
        self.discovered += number
        if state in ("rejected", "failed"):
            reasons: dict[str, int] = getattr(self, state)
            reasons[reason or "unknown"] = reasons.get(reason or "unknown", 0) + number
        else:
            setattr(self, state, getattr(self, state) + number)

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain values, for JSON."""
        return asdict(self)


def days(connection: Connection, sites: Sequence[str] = ()) -> Iterator[Coverage]:
    """The coverage of every site and day, sites by name and days in their order; of these sites, or all."""
    day = func.date(LedgerEntry.first_seen)
    is_waiting = _to_be_tried_again().label("is_waiting")
    parts = (LedgerEntry.site_id, day.label("seen_on"), LedgerEntry.state, LedgerEntry.reason, is_waiting)
    statement = select(*parts, func.count().label("number"))
    if sites:
        statement = statement.where(LedgerEntry.site_id.in_(site_ids(connection, sites)))
    names: dict[int | None, str] = {row[0]: row[1] for row in connection.execute(select(Site.id, Site.name))}
    rows = connection.execute(
        statement.group_by(LedgerEntry.site_id, day, LedgerEntry.state, LedgerEntry.reason, is_waiting)
    )
    found: dict[tuple[str, str], Coverage] = {}
    for row in rows:
        key = (names.get(row.site_id) or "", str(row.seen_on))
        each = found.setdefault(key, Coverage(site=key[0] or None, day=key[1]))
        each.add("waiting" if row.is_waiting or row.state == "known" else row.state, row.reason, row.number)
    for _, each in sorted(found.items()):
        yield each


def totals(of_days: Sequence[Coverage]) -> list[Coverage]:
    """The coverage of every site over all its days."""
    found: dict[str | None, Coverage] = {}
    for each in of_days:
        total = found.setdefault(each.site, Coverage(site=each.site, day=None))
        for state in (*_SHOWN, "waiting"):
            total.add(state, None, getattr(each, state))
        for state in ("rejected", "failed"):
            for reason, number in getattr(each, state).items():
                total.add(state, reason, number)
    return list(found.values())


def _to_be_tried_again() -> Any:
    # As text, without parameters: two databases take an expression with parameters for another one where it is repeated.
    return literal_column("(CASE WHEN state = 'failed' AND next_visit IS NOT NULL THEN 1 ELSE 0 END)")
