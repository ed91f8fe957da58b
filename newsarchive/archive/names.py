"""The names of one page in the frontier: whatever order they were met in, it is asked for again by one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update

from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import LedgerEntry

_Name = Row[*tuple[Any, ...]]


def ask_by_one(connection: Connection, articles: Collection[int | None]) -> None:
    """Leave one name of each page that leads to these articles in the frontier.

    It is the page's own name where the site lists that one, else the one found first. A redirect, an AMP form or an address
    with a tracker is another name; a page with the same text is another page. What was never visited stays: nobody knows yet what
    it is.
    """
    asked: list[dict[str, Any]] = []
    for part in chunks({article for article in articles if article is not None}):
        found: dict[int, list[_Name]] = defaultdict(list)
        for row in connection.execute(_NAMES.where(LedgerEntry.article_id.in_(part))):
            found[row.article_id].append(row)
        asked += [change for names in found.values() for page in _pages(names) for change in _changes(page)]
    if asked:
        connection.execute(_ASK, asked)


def _pages(names: list[_Name]) -> Iterable[list[_Name]]:
    """The names of an article, those of each page by themselves: the same text may stand at several addresses."""
    others = [name for name in names if name.reason != "alias"]
    if len(others) < 2 and not any(name.state == "duplicate" for name in others):
        return [names]
    pages: dict[Any, list[_Name]] = defaultdict(list)
    for name in names:
        pages[bytes(name.page_key) if name.page_key else name.id].append(name)
    return pages.values()


def _changes(names: list[_Name]) -> Iterable[dict[str, Any]]:
    """The rows that enter or leave the frontier."""
    asked = [name for name in names if name.kind == "article"]
    aliases = [name for name in asked if name.reason == "alias"]
    listed = [name for name in names if name.source is not None and name.visited_at is not None]
    if not aliases or not listed:
        return
    first = min(listed, key=lambda name: (name.reason == "alias", name.kind is None, name.id))
    if first.kind is None:
        visits: list[datetime] = [name.next_visit for name in asked if name.next_visit is not None]
        yield {"row_id": first.id, "as_kind": "article", "its_visit": min(visits, default=None)}
    yield from ({"row_id": name.id, "as_kind": None, "its_visit": None} for name in aliases if name is not first)


_NAMES: Final = select(
    LedgerEntry.id,
    LedgerEntry.article_id,
    LedgerEntry.state,
    LedgerEntry.reason,
    LedgerEntry.kind,
    LedgerEntry.source,
    LedgerEntry.page_key,
    LedgerEntry.visited_at,
    LedgerEntry.next_visit,
).where(LedgerEntry.state.in_(("archived", "duplicate")))
_ASK: Final = (
    update(LedgerEntry)
    .where(LedgerEntry.id == bindparam("row_id"))
    .values(kind=bindparam("as_kind"), next_visit=bindparam("its_visit"))
)
