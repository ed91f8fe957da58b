"""The ledger: one row for every URL ever seen, with what became of it and why, and when it is asked for again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.orm import aliased

from newsarchive.archive import names, schedule
from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.inserting import insert_rows
from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import Alias, Article, LedgerEntry, PastOutcome
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
    visited: bool = True
    """Whether the URL was asked for itself, not only named by a page that was."""


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
    insert_rows(connection, LedgerEntry, new)
    changed = [_changed(before[key], line, writing) for key, line in lines.items() if key in before]
    past = [_past(row) for key, line in lines.items() if (row := before.get(key)) is not None and _differs(row, line)]
    if past:
        connection.execute(insert(PastOutcome), past)
    if changed:
        connection.execute(_UPDATE, changed)
    names.ask_by_one(connection, {line.article_id for line in lines.values() if line.reason == "alias"})


def standing(kind: str, url: str, original: str | None) -> tuple[str, str | None, str | None]:
    """State, reason and detail of a URL that leads to the article `url`, by the kind of alias it is.

    `original` is the article it is a copy of. An article's own URL is archived; every other name of it is a duplicate.
    """
    if kind == "canonical":
        return ("archived", None, None) if original is None else ("duplicate", None, f"same text as {original}")
    return ("duplicate", None, f"same text as {url}") if kind == "text" else ("duplicate", "alias", f"see {url}")


def place(connection: Connection, lines: Mapping[bytes, Line]) -> None:
    """Give lines that say a URL's article is held the state of the name it is, which who visited it need not know."""
    for part in chunks([key for key, line in lines.items() if line.state in _HELD]):
        for row in connection.execute(_LEADS.where(Alias.url_key.in_(part))):
            line = lines[bytes(row.url_key)]
            line.article_id = row.article_id
            line.state, reason, detail = standing(row.kind, row.url, row.original)
            if row.kind != "canonical" or line.reason == "alias":
                line.reason, line.detail = reason, detail
            elif line.reason is None:
                line.detail = detail or line.detail


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


_ORIGINAL: Final = aliased(Article)
_LEADS: Final = (
    select(Alias.url_key, Alias.kind, Alias.article_id, Article.url, _ORIGINAL.url.label("original"))
    .join(Article, Article.id == Alias.article_id)
    .outerjoin(_ORIGINAL, _ORIGINAL.id == Article.duplicate_of_id)
)
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
    visited = line.visited and line.state != "known"
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
        "failures": int(visited and schedule.failed(line.state, line.reason)),
    }


def _changed(row: Row[*tuple[Any, ...]], line: Line, writing: Writing) -> dict[str, Any]:
    visited = line.visited and line.state != "known"
    state = _state(row, line)
    published = line.published or row.published_at
    told = visited or line.state in ("known", "archived") or state != row.state
    values = {
        "row_id": row.id,
        "new_state": state,
        "new_reason": line.reason if told else row.reason,
        "new_detail": line.detail if told else row.detail,
        "new_article_id": line.article_id if line.article_id is not None else row.article_id,
        "new_run_id": writing.run_id if told else row.run_id,
        "new_last_seen": max(row.last_seen, line.seen),
        "new_attempts": row.attempts + visited,
        "new_published_at": published,
        "new_priority": row.priority if state == "known" else 0,
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
    if not line.visited and (row.state == "gone" or line.state not in _HELD):
        return str(row.state)  # a page that only names it does not say what it would answer itself
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
    state = _state(row, line)
    return state != row.state or (line.visited and line.reason != row.reason)


def _past(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "ledger_id": row.id,
        "run_id": row.run_id,
        "state": row.state,
        "reason": row.reason,
        "detail": row.detail,
        "last_seen": row.visited_at or row.last_seen,
    }
