"""Discovery into the ledger: URLs that were found, entered once each, whatever names their pages go by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from newsarchive import urls
from newsarchive.archive import names
from newsarchive.archive.engine import find_by_key, lock_keys
from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import LedgerEntry
from newsarchive.archive.rows import clean, clean_json

LISTING: Final = 2_000_000
"""Priority of a feed, sitemap or section that was never read: it says what is new."""

FRESH: Final = 1_000_000
"""Priority of an article just found where new ones are listed; one with a date has its day's ordinal, 1 to 3,652,059."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A URL that was discovered: what it is believed to lead to, where it stood, and what was said of it.

    `hints` are JSON values; of a listing "role" (feed, sitemap, section, robots) says how it is read. `modified` is when its
    finder says the page changed last: a page visited before is due again. `refused`: why it is not asked for, in a standard
    word or two; its row says so, unless it has one already.
    """

    url: str
    kind: str = "article"
    source: str = "page"
    priority: int = 0
    published: datetime | None = None
    modified: datetime | None = None
    refused: str | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """How many URLs were never seen before, seen before, and other names (`twins`) of a page seen before; refused ones apart."""

    new: int = 0
    known: int = 0
    twins: int = 0


def discover(
    connection: Connection, site_id: int, found: Sequence[Lead], found_on: str | None, now: datetime
) -> Discovered:
    """Enter what a page listed; a URL that is another name of a page already there becomes its duplicate."""
    by_key = {url_key(url): each for each in found if (url := clean(each.url))}
    find_by_key(connection)
    lock_keys(connection, by_key)
    origin = _origin(connection, found_on)
    before = _rows(connection, by_key)
    pages = {
        key: page_key(each.url)
        for key, each in by_key.items()
        if key not in before and each.kind == "article" and not each.refused
    }
    holders = _holders(connection, set(pages.values()))
    rows, twins = [], 0
    for key, each in by_key.items():
        if key in before:
            continue
        row = _row(key, each, site_id, origin, pages.get(key), now)
        if each.refused:
            rows.append(row | {"state": "rejected", "reason": each.refused, "priority": 0, "kind": None})
            continue
        holder = holders.get(row["page_key"]) if row["page_key"] else None
        if holder is not None:
            twins += 1
            row |= {"state": "duplicate", "reason": "alias", "detail": f"see {holder}", "priority": 0, "kind": None}
        elif row["page_key"]:
            holders[row["page_key"]] = each.url
        rows.append(row)
    if rows:
        connection.execute(insert(LedgerEntry), rows)
    wanted = {key: each for key, each in by_key.items() if not each.refused}
    before = {key: row for key, row in before.items() if key in wanted}
    _refresh(connection, wanted, before, site_id, origin, now)
    return Discovered(new=len(wanted) - len(before) - twins, known=len(before), twins=twins)


def page_key(url: str) -> bytes:
    """Sixteen bytes that all names of one page share (AMP, mobile, tracking: see `urls.key`)."""
    return url_key(f"//{urls.key(url)}")


def _origin(connection: Connection, found_on: str | None) -> int | None:
    if not found_on:
        return None
    return connection.execute(select(LedgerEntry.id).where(LedgerEntry.url_key == url_key(found_on))).scalar()


def _rows(connection: Connection, keys: Collection[bytes]) -> dict[bytes, Row[*tuple[Any, ...]]]:
    found: dict[bytes, Row[*tuple[Any, ...]]] = {}
    for part in chunks(keys):
        rows = connection.execute(
            select(
                LedgerEntry.id,
                LedgerEntry.url_key,
                LedgerEntry.kind,
                LedgerEntry.source,
                LedgerEntry.state,
                LedgerEntry.visited_at,
                LedgerEntry.next_visit,
                LedgerEntry.article_id,
            ).where(LedgerEntry.url_key.in_(part))
        )
        found.update((bytes(row.url_key), row) for row in rows)
    return found


def _holders(connection: Connection, pages: Collection[bytes]) -> dict[bytes, str]:
    """The URL that each of these pages is known by."""
    found: dict[bytes, str] = {}
    for part in chunks(pages):
        rows = connection.execute(
            select(LedgerEntry.page_key, LedgerEntry.url)
            .where(LedgerEntry.page_key.in_(part))
            .order_by(LedgerEntry.id.desc())
        )
        found.update((bytes(page or b""), url) for page, url in rows)
    return found


def _row(
    key: bytes, found: Lead, site_id: int, origin: int | None, page: bytes | None, now: datetime
) -> dict[str, Any]:
    return {
        "url_key": key,
        "url": clean(found.url),
        "site_id": site_id,
        "state": "known",
        "reason": None,
        "detail": None,
        "first_seen": now,
        "last_seen": now,
        "attempts": 0,
        "kind": found.kind,
        "source": found.source,
        "found_on_id": origin,
        "page_key": page,
        "hints": clean_json(found.hints) or None,
        "published_at": found.published,
        "priority": found.priority,
        "failures": 0,
    }


def _refresh(
    connection: Connection,
    found: Mapping[bytes, Lead],
    before: Mapping[bytes, Row[*tuple[Any, ...]]],
    site_id: int,
    origin: int | None,
    now: datetime,
) -> None:
    """Take in URLs that were noted or refused until now, and bring forward the visit to a page said to have changed."""
    adopted = [
        {
            "row_id": row.id,
            "in_site": site_id,
            "of_kind": found[key].kind,
            "by_source": found[key].source,
            "on_page": origin,
            "its_page": page_key(found[key].url) if found[key].kind == "article" else None,
            "its_hints": clean_json(found[key].hints) or None,
            "its_priority": found[key].priority if row.state == "known" or _was_refused(row) else 0,
            "its_visit": now if row.state == "failed" else None,
        }
        for key, row in before.items()
        if row.source is None or _was_refused(row)
    ]
    if adopted:
        connection.execute(_ADOPT, adopted)
        names.ask_by_one(connection, {row.article_id for row in before.values() if row.source is None})
    readmitted = [{"row_id": row.id} for row in before.values() if _was_refused(row)]
    if readmitted:
        connection.execute(_READMIT, readmitted)
    changed = [{"row_id": row.id, "its_visit": now} for key, row in before.items() if _is_older(row, found[key], now)]
    if changed:
        connection.execute(_BRING_FORWARD, changed)


def _is_older(row: Row[*tuple[Any, ...]], found: Lead, now: datetime) -> bool:
    """True for a page visited before the change that its finder tells of, and not due yet."""
    if found.modified is None or row.kind is None or row.visited_at is None or row.state in ("rejected", "duplicate"):
        return False
    return row.visited_at < found.modified <= now and (row.next_visit is None or row.next_visit > now)


def _was_refused(row: Row[*tuple[Any, ...]]) -> bool:
    """True for a URL that an earlier crawl found and did not ask for."""
    return row.state == "rejected" and row.kind is None and row.source is not None and row.visited_at is None


_ADOPT: Final = (
    update(LedgerEntry)
    .where(LedgerEntry.id == bindparam("row_id"))
    .values(
        site_id=bindparam("in_site"),
        kind=bindparam("of_kind"),
        source=bindparam("by_source"),
        found_on_id=bindparam("on_page"),
        page_key=bindparam("its_page"),
        hints=bindparam("its_hints"),
        priority=bindparam("its_priority"),
        next_visit=bindparam("its_visit"),
    )
)
_READMIT: Final = (
    update(LedgerEntry).where(LedgerEntry.id == bindparam("row_id")).values(state="known", reason=None, detail=None)
)
_BRING_FORWARD: Final = (
    update(LedgerEntry).where(LedgerEntry.id == bindparam("row_id")).values(next_visit=bindparam("its_visit"))
)
