"""The ledger: one row for every URL ever seen, with what became of it and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import LedgerEntry

_HELD: Final = ("archived", "duplicate")


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


def write(connection: Connection, lines: Mapping[bytes, Line], sites: Mapping[str, int], run_id: int | None) -> None:
    """Write one line a URL. What is archived stays so when a later visit fails; that visit's reason is noted beside it."""
    before: dict[bytes, Row[*tuple[Any, ...]]] = {}
    for part in chunks(lines):
        rows = connection.execute(
            select(
                LedgerEntry.id,
                LedgerEntry.url_key,
                LedgerEntry.state,
                LedgerEntry.article_id,
                LedgerEntry.last_seen,
                LedgerEntry.attempts,
            ).where(LedgerEntry.url_key.in_(part))
        )
        before.update((bytes(row.url_key), row) for row in rows)
    new = [_new(key, line, sites, run_id) for key, line in lines.items() if key not in before]
    if new:
        connection.execute(insert(LedgerEntry), new)
    changed = [_changed(before[key], line, run_id) for key, line in lines.items() if key in before]
    if changed:
        connection.execute(_UPDATE, changed)


def merge(lines: dict[bytes, Line], key: bytes, line: Line) -> None:
    """Add a line to those of a batch; two visits to one URL in it become one line, the later one's."""
    earlier = lines.get(key)
    if earlier is not None and earlier.state in _HELD and line.state not in _HELD:
        line.state, line.article_id = earlier.state, earlier.article_id
    lines[key] = line


_UPDATE: Final = (
    update(LedgerEntry)
    .where(LedgerEntry.id == bindparam("row_id"))
    .values(
        state=bindparam("new_state"),
        reason=bindparam("new_reason"),
        detail=bindparam("new_detail"),
        article_id=bindparam("new_article_id"),
        run_id=bindparam("new_run_id"),
        last_seen=bindparam("new_last_seen"),
        attempts=bindparam("new_attempts"),
    )
)


def _new(key: bytes, line: Line, sites: Mapping[str, int], run_id: int | None) -> dict[str, Any]:
    return {
        "url_key": key,
        "url": line.url,
        "site_id": sites.get(line.site) if line.site else None,
        "article_id": line.article_id,
        "run_id": run_id,
        "state": line.state,
        "reason": line.reason,
        "detail": line.detail,
        "first_seen": line.seen,
        "last_seen": line.seen,
        "attempts": 0 if line.state == "known" else 1,
    }


def _changed(row: Row[*tuple[Any, ...]], line: Line, run_id: int | None) -> dict[str, Any]:
    keeps = row.state in _HELD and line.state not in (*_HELD, "gone")
    return {
        "row_id": row.id,
        "new_state": row.state if keeps or line.state == "known" else line.state,
        "new_reason": line.reason,
        "new_detail": line.detail,
        "new_article_id": line.article_id if line.article_id is not None else row.article_id,
        "new_run_id": run_id,
        "new_last_seen": max(row.last_seen, line.seen),
        "new_attempts": row.attempts + (line.state != "known"),
    }
