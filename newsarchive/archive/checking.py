"""Check an archive: the database's own integrity, rows that belong to nothing, digests, the index of search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from newsarchive.archive.fingerprints import content_digest, normalised, text_digest
from newsarchive.archive.models import Version
from newsarchive.archive.rows import version_text
from newsarchive.archive.search import indexing

_AT_ONCE: Final = 500
_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: what, how many rows have it (0: it is of no row), and some of their numbers."""

    what: str
    rows: int
    examples: tuple[int, ...] = ()

    def __str__(self) -> str:
        which = f" (id {', '.join(map(str, self.examples))}{', ...' if self.rows > len(self.examples) else ''})"
        number = f": {self.rows:,}" if self.rows else ""
        return f"{self.what}{number}{which if self.examples else ''}"


def check(connection: Connection, done: Callable[[int], None]) -> list[Fault]:
    """All that is wrong with an archive, in one state of it; `done` hears how many versions were read."""
    faults: list[Fault] = []
    for part in (_database(connection), _orphans(connection), _digests(connection, done), _index(connection)):
        try:
            faults += part
        except DatabaseError as error:  # SQLite reads no further in a file so damaged
            if connection.dialect.name != "sqlite":
                raise
            faults.append(Fault(f"the file is damaged: {error.orig}", 0))
    return faults


def _database(connection: Connection) -> Iterator[Fault]:
    """What SQLite finds wrong with its file; servers look after theirs."""
    if connection.dialect.name != "sqlite":
        return
    said = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(20)"))]
    if said != ["ok"]:
        for line in said:
            yield Fault(f"the file is damaged: {' '.join(line.split())}", 0)
    tables: dict[tuple[str, str], list[int]] = {}
    for table, rowid, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        tables.setdefault((table, parent), []).append(rowid)
    for (table, parent), rows in tables.items():
        named = tuple(row for row in rows[:_EXAMPLES] if row is not None)
        yield Fault(f"rows of {table} that name no row of {parent}", len(rows), named)


def _orphans(connection: Connection) -> Iterator[Fault]:
    for what, query in _ORPHANS.items():
        ids = list(connection.execute(text(query)).scalars())
        if ids:
            yield Fault(what, len(ids), tuple(ids[:_EXAMPLES]))


def _digests(connection: Connection, done: Callable[[int], None]) -> Iterator[Fault]:
    """Versions whose digests are not those of their text: it was changed behind the archive's back."""
    wrong: dict[str, list[int]] = {}
    last = number = 0
    while True:
        rows = connection.execute(_TEXTS.where(Version.id > last).limit(_AT_ONCE)).all()
        for row in rows:
            for what in _wrong(row):
                wrong.setdefault(what, []).append(row.id)
        number += len(rows)
        done(number)
        if len(rows) < _AT_ONCE:
            break
        last = rows[-1].id
    for what, ids in wrong.items():
        yield Fault(what, len(ids), tuple(ids[:_EXAMPLES]))


def _wrong(row: Any) -> Iterator[str]:
    words = normalised(version_text(row.standfirst, row.body))
    if bytes(row.text_digest) != text_digest(words):
        yield "versions whose text is not that of their text digest"
    if bytes(row.content_digest) != content_digest(normalised(row.title), words):
        yield "versions whose title and text are not those of their content digest"
    paragraphs = row.body.count("\n") + 1 if row.body else 0
    if row.body_kinds is not None and len(row.body_kinds) != paragraphs:
        yield "versions with more or fewer kinds than paragraphs"


def _index(connection: Connection) -> Iterator[Fault]:
    if not indexing.usable(connection):
        return
    gap = indexing.gap(connection)
    if gap.missing:
        yield Fault("versions that search does not find yet (newsarchive db index)", gap.missing)
    if gap.stray:
        yield Fault("rows of the index of search without a version (newsarchive db index --rebuild)", gap.stray)


_TEXTS: Final = select(
    Version.id,
    Version.title,
    Version.standfirst,
    Version.body,
    Version.body_kinds,
    Version.text_digest,
    Version.content_digest,
).order_by(Version.id)
_ORPHANS: Final = {
    "articles without their current version": (
        "SELECT a.id FROM articles a LEFT JOIN versions v ON v.article_id = a.id AND v.number = a.current_version "
        "WHERE v.id IS NULL ORDER BY a.id"
    ),
    "articles with more or fewer versions than they say": (
        "SELECT a.id FROM articles a WHERE a.versions <> (SELECT count(*) FROM versions v WHERE v.article_id = a.id) "
        "ORDER BY a.id"
    ),
    "articles that no URL leads to": (
        "SELECT a.id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM aliases l WHERE l.article_id = a.id) ORDER BY a.id"
    ),
    "lines of the ledger that say archived and lead to no article": (
        "SELECT id FROM ledger WHERE state = 'archived' AND article_id IS NULL ORDER BY id"
    ),
    "articles that are copies of themselves": "SELECT id FROM articles WHERE duplicate_of_id = id ORDER BY id",
}
