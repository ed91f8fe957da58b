"""Which URLs of a site are asked for next: those never visited and those due again, most urgent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select, update

from newsarchive.archive import schedule
from newsarchive.archive.discovering import FRESH, LISTING
from newsarchive.archive.engine import find_by_key
from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A URL to be asked for now; `twins` are other names its page was found under."""

    id: int
    url: str
    kind: str
    source: str | None
    state: str
    priority: int
    hints: Mapping[str, Any]
    etag: str | None = None
    last_modified: str | None = None
    visited_at: datetime | None = None
    twins: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which URLs of a site are wanted: `limit` of those due, without those of `skip` (ids).

    `since` and `until` (days, included; None: open) leave out the articles whose date says that they are not of the period.
    """

    limit: int
    skip: Collection[int] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_period(self) -> bool:
        """True where only a period of the past is wanted."""
        return self.since is not None or self.until is not None


def due(connection: Connection, site_id: int, wish: Wish, now: datetime) -> list[Waiting]:
    """The next URLs of a site: due listings, new pages of today, articles due again, and then all older ones."""
    find_by_key(connection)
    limit = wish.limit + len(wish.skip)
    waiting = connection.execute(_known(site_id, wish).limit(limit)).all()
    listings = connection.execute(_again(site_id, "listing", now).limit(limit)).all()
    old = connection.execute(_again(site_id, "article", now, wish).limit(limit)).all()
    fresh = now.toordinal() - 3
    ordered = [
        *(row for row in waiting if row.priority >= LISTING),
        *listings,
        *(row for row in waiting if fresh <= row.priority < LISTING),
        *old,
        *(row for row in waiting if row.priority < fresh),
    ]
    if wish.is_period and len(ordered) < limit:
        ordered += connection.execute(_undated(site_id, wish).limit(limit - len(ordered))).all()
    skipped = set(wish.skip)
    chosen = [row for row in ordered if row.id not in skipped][: wish.limit]
    twins = _twins(connection, chosen)
    return [_waiting(row, twins[bytes(row.page_key)] if row.page_key else ()) for row in chosen]


def among(connection: Connection, found: Collection[str], now: datetime) -> list[Waiting]:
    """Those of some URLs that are to be asked for now."""
    rows: list[Row[*tuple[Any, ...]]] = []
    for part in chunks({url_key(url) for url in found}):
        wanted = (LedgerEntry.state == "known") | (LedgerEntry.next_visit <= now)
        rows += connection.execute(_ROW.where(LedgerEntry.url_key.in_(part), wanted)).all()
    twins = _twins(connection, rows)
    return [_waiting(row, twins[bytes(row.page_key)] if row.page_key else ()) for row in rows]


def again(connection: Connection, site_id: int, now: datetime, wish: Wish, only: Collection[str] | None = None) -> None:
    """Make every page due that was visited before, of articles only those of the period of `wish`; or those of `only` (URLs)."""
    statement = update(LedgerEntry).where(
        LedgerEntry.site_id == site_id, LedgerEntry.kind.is_not(None), LedgerEntry.visited_at.is_not(None)
    )
    if only is None:
        for kind in _KINDS:
            of_kind = statement.where(LedgerEntry.kind == kind, *(_visited(wish) if kind == "article" else ()))
            connection.execute(of_kind.values(next_visit=now))
        return
    for part in chunks({url_key(url) for url in only}):
        connection.execute(statement.where(LedgerEntry.url_key.in_(part)).values(next_visit=now))


def mend(connection: Connection, site_id: int, now: datetime, longest: timedelta) -> int:
    """Bring visits near that are planned further away than any can be: the clock was wrong. Returns how many."""
    late = [LedgerEntry.site_id == site_id, LedgerEntry.next_visit > now + max(longest, schedule.LONGEST)]
    return sum(
        connection.execute(update(LedgerEntry).where(*late, LedgerEntry.kind == kind).values(next_visit=now)).rowcount
        for kind in ("article", "listing")
    )


def left(connection: Connection, site_id: int, now: datetime, wish: Wish) -> tuple[int, int]:
    """How many URLs of a site could be asked for now, and how many never visited are outside of the period wished for.

    Both are counted up to ten thousand.
    """
    new = [_known(site_id, wish), *([_undated(site_id, wish)] if wish.is_period else [])]
    known = sum(_number(connection, each, _COUNTED) for each in new)
    due = [_again(site_id, "listing", now), _again(site_id, "article", now, wish)]
    again = sum(_number(connection, each, _COUNTED) for each in due)
    every = _number(connection, _known(site_id, Wish(limit=0)), known + _COUNTED) if wish.is_period else known
    return min(known + again, _COUNTED), every - known


def _number(connection: Connection, statement: Select[Any], most: int) -> int:
    rows = statement.with_only_columns(LedgerEntry.id).order_by(None).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(rows)).scalar() or 0)


def has_articles(connection: Connection, site_id: int) -> bool:
    """True when an article of a site was ever discovered."""
    article = (LedgerEntry.site_id == site_id) & (LedgerEntry.kind == "article")
    return bool(connection.execute(select(exists().where(article))).scalar())


_KINDS: Final = ("listing", "article")
_COUNTED: Final = 10_000
_ROW: Final = select(
    LedgerEntry.id,
    LedgerEntry.url,
    LedgerEntry.kind,
    LedgerEntry.source,
    LedgerEntry.state,
    LedgerEntry.priority,
    LedgerEntry.hints,
    LedgerEntry.etag,
    LedgerEntry.last_modified,
    LedgerEntry.visited_at,
    LedgerEntry.page_key,
)


def _known(site_id: int, wish: Wish) -> Select[Any]:
    """The URLs never visited, most urgent first."""
    statement = _ROW.where(LedgerEntry.site_id == site_id, LedgerEntry.state == "known", LedgerEntry.kind.is_not(None))
    if wish.is_period:
        first, last = wish.since or date.min, wish.until or date.max
        # An address is dated by the clock of its site, a hint by another: they may differ by a day.
        days = LedgerEntry.priority.between(max(first.toordinal() - 1, 1), min(last.toordinal() + 1, FRESH - 1))
        statement = statement.where(or_(LedgerEntry.priority >= LISTING, days))
    return statement.order_by(LedgerEntry.priority.desc())


def _undated(site_id: int, wish: Wish) -> Select[Any]:
    """The URLs never visited of which nobody knows whether they are of the period."""
    first, last = wish.since or date.min, wish.until or date.max
    later = LedgerEntry.priority > last.toordinal() + 1
    return _ROW.where(
        LedgerEntry.site_id == site_id,
        LedgerEntry.state == "known",
        LedgerEntry.kind == "article",
        LedgerEntry.published_at.is_(None),
        or_(
            LedgerEntry.priority == 0,
            later & (LedgerEntry.priority <= FRESH) & (LedgerEntry.priority > first.toordinal()),
        ),
    ).order_by(LedgerEntry.priority.desc())


def _again(site_id: int, kind: str, now: datetime, wish: Wish | None = None) -> Select[Any]:
    """The URLs visited before whose next visit has come, the most overdue first; of articles those of the period wished for."""
    due = (LedgerEntry.site_id == site_id, LedgerEntry.kind == kind, LedgerEntry.next_visit <= now)
    return _ROW.where(*due, *(_visited(wish) if wish else ())).order_by(LedgerEntry.next_visit)


def _visited(wish: Wish) -> list[ColumnElement[bool]]:
    """Of articles visited before, those of the period; one that could never be had may be of any."""
    if not wish.is_period:
        return []
    day = timedelta(days=1)  # a date without a zone may be of a day earlier or later
    first = datetime.combine(max(wish.since or date.min, date(1, 1, 2)), time(), UTC) - day
    last = datetime.combine(min(wish.until or date.max, date(9999, 12, 29)), time(), UTC) + 2 * day
    unknown = LedgerEntry.published_at.is_(None) & (LedgerEntry.state == "failed")
    return [or_((LedgerEntry.published_at >= first) & (LedgerEntry.published_at < last), unknown)]


def _twins(connection: Connection, chosen: Sequence[Row[*tuple[Any, ...]]]) -> dict[bytes, list[str]]:
    """The other names of the chosen pages."""
    found: dict[bytes, list[str]] = defaultdict(list)
    own = {row.id for row in chosen}
    for part in chunks({bytes(row.page_key) for row in chosen if row.page_key}):
        rows = connection.execute(
            select(LedgerEntry.id, LedgerEntry.page_key, LedgerEntry.url).where(LedgerEntry.page_key.in_(part))
        )
        for row_id, page, url in rows:
            if row_id not in own:
                found[bytes(page or b"")].append(url)
    return found


def _waiting(row: Row[*tuple[Any, ...]], twins: Sequence[str]) -> Waiting:
    return Waiting(
        id=row.id,
        url=row.url,
        kind=row.kind or "article",
        source=row.source,
        state=row.state,
        priority=row.priority,
        hints=row.hints or {},
        etag=row.etag,
        last_modified=row.last_modified,
        visited_at=row.visited_at,
        twins=tuple(twins),
    )
