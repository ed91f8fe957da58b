"""The index of search beside the articles, one row a version, on SQLite (FTS5) and PostgreSQL (tsvector).

Both hold the words that `words.tokens` made, in their order, and do nothing to them. The index of SQLite keeps no text of
its own (it is "contentless"), so a row leaves it only with the very words that it came with: they are made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, select, text, tuple_

from newsarchive.archive.errors import ArchiveError, shown
from newsarchive.archive.models import Article, Version
from newsarchive.archive.search.facts import facts
from newsarchive.archive.search.words import line

DATABASES: Final = ("sqlite", "postgresql")
AT_ONCE: Final = 1000
"""Versions indexed in one transaction when the index catches up."""
_KEYS_AT_ONCE: Final = 200
_MOST_PLACES: Final = 255
_LAST_PLACE: Final = 16_383
_MOST_BYTES: Final = 900_000
"""What a tsvector holds: places of one word, the last place, bytes of all words."""

Row = Mapping[str, Any]
"""Of a version: its `id`, its article's `site_id`, the columns below, and `searched` where its words were made already."""
_COLUMNS: Final = tuple(
    getattr(Version, name)
    for name in (
        "id", "title", "standfirst", "body", "language", "verdict", "published_from", "published_to", "authors", "section"
    )
)  # fmt: skip
_ROWS: Final = select(*_COLUMNS, Article.site_id).join(Article, Article.id == Version.article_id)


class Words(NamedTuple):
    """What is indexed of a version, joined by spaces."""

    title: str
    body: str
    facts: str


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the index is from the versions it stands for: versions it lacks, rows of no version."""

    missing: int
    stray: int


def words_of(row: Row) -> Words:
    """The words of a version; pure."""
    title, body = row.get("searched") or searched(row)
    return Words(title, body, " ".join(facts(row)))


def searched(row: Row) -> tuple[str, str]:
    """Title and text of a version in the words of search, from its columns; pure."""
    body, standfirst, language = row["body"] or "", row["standfirst"], row["language"]
    text_ = f"{standfirst}\n{body}" if standfirst and standfirst not in body else body
    return line(row["title"], language), line(text_, language)


def usable(connection: Connection) -> bool:
    """Whether this database can be searched."""
    return connection.dialect.name in DATABASES


def require(connection: Connection) -> None:
    """Raise ArchiveError where the database cannot be searched."""
    if not usable(connection):
        where = shown(connection.engine.url.render_as_string(hide_password=False))
        raise ArchiveError(f"{where} cannot be searched: search needs SQLite or PostgreSQL")


def add(connection: Connection, rows: Iterable[Row]) -> int:
    """Index versions that are not in the index; how many."""
    sqlite = connection.dialect.name == "sqlite"
    if not usable(connection):
        return 0
    if sqlite:
        found = [(row["id"], *words_of(row)) for row in rows]
        if found:
            connection.exec_driver_sql(_ADD_FTS5, found)
        return len(found)
    values = [_tsvector_row(row["id"], words_of(row)) for row in rows]
    if values:
        connection.execute(_ADD_TSVECTOR, values)
    return len(values)


@contextmanager
def renewed(connection: Connection, keys: Sequence[tuple[int, int]]) -> Iterator[None]:
    """Index these versions (article id and number) anew when the block has changed them; those not indexed stay so."""
    if not keys or not usable(connection):
        yield
        return
    before = _indexed(connection, [row for part in _parts(keys) for row in _read(connection, part)])
    drop(connection, before)
    yield
    ids = {row["id"] for row in before}
    add(connection, [row for part in _parts(keys) for row in _read(connection, part) if row["id"] in ids])


def drop(connection: Connection, rows: Sequence[Row]) -> None:
    """Take versions out of the index, their columns as they were when they came in."""
    if rows and connection.dialect.name == "sqlite":
        connection.execute(_DROP_FTS5, [_fts5_row(row["id"], words_of(row)) for row in rows])
    elif rows:
        connection.execute(_DROP_TSVECTOR, [{"id": row["id"]} for row in rows])


def missing(connection: Connection, after: int, limit: int = AT_ONCE) -> list[Row]:
    """The next versions behind an id that the index lacks, in their order."""
    require(connection)
    statement = _ROWS.where(Version.id > after, text(_LACKS[connection.dialect.name]))
    return [dict(row._mapping) for row in connection.execute(statement.order_by(Version.id).limit(limit))]


def gap(connection: Connection) -> Gap:
    """How far the index and the versions are apart."""
    require(connection)
    name, column = _KEPT[connection.dialect.name]
    lacks = connection.execute(text(f"SELECT count(*) FROM versions WHERE {_LACKS[connection.dialect.name]}"))  # noqa: S608
    stray = connection.execute(
        text(f"SELECT count(*) FROM {name} WHERE {column} NOT IN (SELECT id FROM versions)")  # noqa: S608
    )
    return Gap(int(lacks.scalar_one()), int(stray.scalar_one()))


def clear(connection: Connection) -> None:
    """Empty the index."""
    require(connection)
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search (search) VALUES ('delete-all')"))
    else:
        connection.execute(text("DELETE FROM search"))


def faults(connection: Connection) -> str | None:
    """What the database itself finds wrong with the index; None where nothing is."""
    if connection.dialect.name != "sqlite":
        return None
    try:
        connection.execute(text("INSERT INTO search (search) VALUES ('integrity-check')"))
    except Exception as error:  # noqa: BLE001 - whatever the database calls it, the index is at fault
        return str(error).splitlines()[0]
    return None


def _read(connection: Connection, keys: Sequence[tuple[int, int]]) -> list[Row]:
    rows = connection.execute(_ROWS.where(tuple_(Version.article_id, Version.number).in_(keys)))
    return [dict(row._mapping) for row in rows]


def _indexed(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    name, column = _KEPT[connection.dialect.name]
    statement = text(f"SELECT {column} FROM {name} WHERE {column} IN :ids").bindparams(  # noqa: S608
        bindparam("ids", expanding=True)
    )
    held: set[int] = set()
    for start in range(0, len(rows), _KEYS_AT_ONCE):
        ids = [row["id"] for row in rows[start : start + _KEYS_AT_ONCE]]
        held |= set(connection.execute(statement, {"ids": ids}).scalars())
    return [row for row in rows if row["id"] in held]


def _parts(keys: Sequence[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        yield keys[start : start + _KEYS_AT_ONCE]


def _fts5_row(version: int, words: Words) -> dict[str, Any]:
    return {"id": version, "title": words.title, "body": words.body, "facts": words.facts}


def _tsvector_row(version: int, words: Words) -> dict[str, Any]:
    return {"id": version, "words": tsvector(words)}


def tsvector(words: Words) -> str:
    """Words as PostgreSQL reads a tsvector: those of the title weigh A, facts C, all others D."""
    places: dict[str, list[str]] = {}
    place = left = 0
    for weight, found in (("A", words.title), ("C", words.facts), ("", words.body)):
        for word in found.split():
            place += 1
            held = places.get(word)
            if held is None:
                left += len(word.encode()) + 8
                if left > _MOST_BYTES:
                    break
                held = places[word] = []
            if len(held) < _MOST_PLACES:
                left += 2
                held.append(f"{min(place, _LAST_PLACE)}{weight}")
        place += 1
    return " ".join(f"'{word}':{','.join(held)}" for word, held in places.items())


_KEPT: Final = {"sqlite": ("search_docsize", "id"), "postgresql": ("search", "version_id")}
"""Table and column that name the versions that are indexed."""
_LACKS: Final = {
    "sqlite": "NOT EXISTS (SELECT 1 FROM search_docsize AS s WHERE s.id = versions.id)",
    "postgresql": "NOT EXISTS (SELECT 1 FROM search AS s WHERE s.version_id = versions.id)",
}
_ADD_FTS5: Final = "INSERT INTO search (rowid, title, body, facts) VALUES (?, ?, ?, ?)"
_DROP_FTS5: Final = text(
    "INSERT INTO search (search, rowid, title, body, facts) VALUES ('delete', :id, :title, :body, :facts)"
)
_ADD_TSVECTOR: Final = text("INSERT INTO search (version_id, words) VALUES (:id, CAST(:words AS tsvector))")
_DROP_TSVECTOR: Final = text("DELETE FROM search WHERE version_id = :id")
