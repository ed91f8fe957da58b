"""The ledger: one row for every URL ever seen, with what became of it and why, and when it is asked for again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from newsarchive.archive import schedule
from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import LedgerEntry, PastOutcome
from newsarchive.archive.outcomes import Validators

_HELD: Final = ("archived", "duplicate")
_WITHDRAWN: Final = ("http 404", "http 410")


@dataclass(slots=True, kw_only=True)
class Line:
    """One line to be written: a URL and the outcome of a visit to it."""

    url: str
    site: str | None
    state: str
    reason: str | None
    detail: str | None
    seen: datetime
    article_id: int | None = None
    published: datetime | None = None
    news: int | None = None
    """Of a listing: how many URLs it brought that were never seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What all lines of a batch share: the run, our clock, and the ages at which articles are visited again."""

    sites: Mapping[str, int]
    run_id: int | None
    now: datetime
    revisits: Sequence[timedelta] = field(default=schedule.REVISITS)


def write(connection: Connection, lines: Mapping[bytes, Line], writing: Writing) -> None:
    """Write one line a URL. What is archived stays so when a later visit fails; that visit's reason is noted beside it.

    An archived URL that answers 404 or 410 becomes "gone", and archived again if it comes back. A URL of the frontier gets
    its next visit; what it was before, if that was something else, becomes a past outcome.
    """
    before: dict[bytes, Row[*tuple[Any, ...]]] = {}
    for part in chunks(lines):
        rows = connection.execute(_BEFORE.where(LedgerEntry.url_key.in_(part)))
        before.update((bytes(row.url_key), row) for row in rows)
    new = [_new(key, line, writing) for key, line in lines.items() if key not in before]
    if new:
        connection.execute(insert(LedgerEntry), new)
    changed = [_changed(before[key], line, writing) for key, line in lines.items() if key in before]
    past = [_past(row) for key, line in lines.items() if (row := before.get(key)) is not None and _differs(row, line)]
    if past:
        connection.execute(insert(PastOutcome), past)
    if changed:
        connection.execute(_UPDATE, changed)


def remember(connection: Connection, validators: Sequence[Validators]) -> None:
    """Keep what pages said of their state (ETag, Last-Modified), for asking again whether they changed."""
    rows = [{"of_key": url_key(each.url), "new_etag": each.etag, "new_date": each.last_modified} for each in validators]
    if rows:
        connection.execute(_REMEMBER, rows)


def merge(lines: dict[bytes, Line], key: bytes, line: Line) -> None:
    """Add a line to those of a batch; two visits to one URL in it become one line, the later one's."""
    earlier = lines.get(key)
    if earlier is not None and earlier.state in _HELD and line.state not in _HELD:
        line.state, line.article_id, line.published = earlier.state, earlier.article_id, earlier.published
    lines[key] = line


_BEFORE: Final = select(
    LedgerEntry.id,
    LedgerEntry.url_key,
    LedgerEntry.state,
    LedgerEntry.reason,
    LedgerEntry.detail,
    LedgerEntry.article_id,
    LedgerEntry.run_id,
    LedgerEntry.first_seen,
    LedgerEntry.last_seen,
    LedgerEntry.attempts,
    LedgerEntry.kind,
    LedgerEntry.hints,
    LedgerEntry.published_at,
    LedgerEntry.priority,
    LedgerEntry.next_visit,
    LedgerEntry.visited_at,
    LedgerEntry.failures,
    LedgerEntry.pace,
)
_UPDATE: Final = (
    update(LedgerEntry)
    .where(LedgerEntry.id == bindparam("row_id"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "state", "reason", "detail", "article_id", "run_id", "last_seen", "attempts",
                "published_at", "priority", "next_visit", "visited_at", "failures", "pace",
            )
        }
    )
)  # fmt: skip
_REMEMBER: Final = (
    update(LedgerEntry)
    .where(LedgerEntry.url_key == bindparam("of_key"))
    .values(etag=bindparam("new_etag"), last_modified=bindparam("new_date"))
)


def _new(key: bytes, line: Line, writing: Writing) -> dict[str, Any]:
    visited = line.state != "known"
    return {
        "url_key": key,
        "url": line.url,
        "site_id": writing.sites.get(line.site) if line.site else None,
        "article_id": line.article_id,
        "run_id": writing.run_id,
        "state": line.state,
        "reason": line.reason,
        "detail": line.detail,
        "first_seen": line.seen,
        "last_seen": line.seen,
        "attempts": int(visited),
        "published_at": line.published,
        "visited_at": writing.now if visited else None,
        "failures": int(schedule.failed(line.state, line.reason)),
    }


def _changed(row: Row[*tuple[Any, ...]], line: Line, writing: Writing) -> dict[str, Any]:
    visited = line.state != "known"
    state = _state(row, line)
    published = line.published or row.published_at
    values = {
        "row_id": row.id,
        "new_state": state,
        "new_reason": line.reason,
        "new_detail": line.detail,
        "new_article_id": line.article_id if line.article_id is not None else row.article_id,
        "new_run_id": writing.run_id,
        "new_last_seen": max(row.last_seen, line.seen),
        "new_attempts": row.attempts + visited,
        "new_published_at": published,
        "new_priority": 0 if visited else row.priority,
        "new_next_visit": row.next_visit,
        "new_visited_at": writing.now if visited else row.visited_at,
        "new_failures": row.failures,
        "new_pace": row.pace,
    }
    if visited:
        again = state == "gone" or schedule.failed(line.state, line.reason)
        values["new_failures"] = row.failures + 1 if again else 0
        if row.kind is not None:
            values["new_next_visit"], values["new_pace"] = _planned(row, line, state, values["new_failures"], writing)
    return values


def _state(row: Row[*tuple[Any, ...]], line: Line) -> str:
    """The state after a visit: an archived page is not lost by a bad visit, but one can find it withdrawn."""
    if line.state == "known":
        return str(row.state)
    if line.state in (*_HELD, "gone"):
        return line.state
    if row.state in (*_HELD, "gone") and line.state == "rejected" and line.reason in _WITHDRAWN:
        return "gone"
    return str(row.state) if row.state in (*_HELD, "gone") else line.state


def _planned(
    row: Row[*tuple[Any, ...]], line: Line, state: str, failures: int, writing: Writing
) -> tuple[datetime | None, int | None]:
    born = line.published or row.published_at
    visit = schedule.Visit(
        kind=row.kind,
        role=(row.hints or {}).get("role", "section"),
        state=state if row.kind == "article" else line.state,
        reason=line.reason,
        failures=failures,
        born=min(born, row.first_seen) if born else row.first_seen,
        pace=row.pace,
        news=line.news,
        first=row.attempts == 0,
    )
    return schedule.plan(visit, writing.now, writing.revisits)


def _differs(row: Row[*tuple[Any, ...]], line: Line) -> bool:
    """True when a visit ended otherwise than the one before."""
    if row.attempts == 0 or line.state == "known":
        return False
    return (_state(row, line), line.reason) != (row.state, row.reason)


def _past(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "ledger_id": row.id,
        "run_id": row.run_id,
        "state": row.state,
        "reason": row.reason,
        "detail": row.detail,
        "last_seen": row.visited_at or row.last_seen,
    }
