"""Looking after an archive: its index of search, checks, backups, and the space it takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text

from newsarchive.archive import backups, checking, counting
from newsarchive.archive.engine import lock_out_writers, translated, writing
from newsarchive.archive.engine import reading as one_state
from newsarchive.archive.models import Base
from newsarchive.archive.search import indexing

_MERGED_AT_ONCE: Final = 2000
"""Pages of SQLite's index that are merged in one transaction: others write in between."""


class Upkeep:
    """What is done to an archive as a whole, now and then."""

    def __init__(self, engine: Engine, url: str) -> None:
        self._engine = engine
        self.url: Final = url

    def index(self, done: Callable[[int], None] = lambda _: None, *, rebuild: bool = False) -> int:
        """Index all versions that search does not find yet; how many. `done` is told so after each thousand.

        With `rebuild` the index is emptied first. It may be broken off at any time, and goes on where it stopped.
        """
        if rebuild:
            with writing(self._engine) as connection:
                lock_out_writers(connection)
                indexing.clear(connection)
        last = number = 0
        while True:
            with writing(self._engine) as connection:
                lock_out_writers(connection)
                rows = indexing.missing(connection, last)
                if not rows:
                    return number
                number += indexing.add(connection, rows)
                last = rows[-1]["id"]
            done(number)

    def unindexed(self) -> int:
        """How many versions search does not find yet."""
        with one_state(self._engine) as connection:
            return indexing.gap(connection).missing

    def check(self, done: Callable[[int], None] = lambda _: None) -> list[checking.Fault]:
        """What is wrong with the archive; `done` is told how many versions were read."""
        with one_state(self._engine) as connection:
            faults = checking.check(connection, done)
            connection.rollback()  # SQLite would refuse the end of this transaction, too, where its file is damaged
        return faults

    def vacuum(self, done: Callable[[int], None] = lambda _: None) -> None:
        """Give the space of removed rows back to the disk, and merge the index of search for faster searches.

        SQLite writes the whole file anew: that takes as much free space again, and others wait. `done` is told how many
        steps of the index are merged.
        """
        if self._engine.dialect.name == "sqlite":
            self._merge(done)
        with translated(self._engine.url.render_as_string(hide_password=False)), self._engine.connect() as connection:
            for statement in _vacuums(connection):
                _outside_of_transactions(connection, statement)

    def size(self) -> int | None:
        """Bytes on the disk, where the database can say so."""
        with one_state(self._engine) as connection:
            return counting.size(connection)

    def backup(self, file: Path, *, force: bool = False, done: Callable[[int], None] = lambda _: None) -> int:
        """Copy the archive as it is now into a file, whole or not at all, while others write; its size in bytes."""
        return backups.backup(self._engine, self.url, file, force=force, done=done)

    def _merge(self, done: Callable[[int], None]) -> None:
        """Merge the index of SQLite step by step, so that no writer waits for long."""
        steps, pages = 0, -_MERGED_AT_ONCE  # the first step, negative, says that all is to become one
        while True:
            with writing(self._engine) as connection:
                before = _changes(connection)
                connection.execute(text("INSERT INTO search (search, rank) VALUES ('merge', :pages)"), {"pages": pages})
                if _changes(connection) - before < 2:
                    return
            steps, pages = steps + 1, _MERGED_AT_ONCE
            done(steps)


def _changes(connection: Connection) -> int:
    return int(connection.execute(text("SELECT total_changes()")).scalar_one())


def _vacuums(connection: Connection) -> list[str]:
    tables = [table.name for table in Base.metadata.sorted_tables]
    if connection.dialect.name == "sqlite":
        return ["VACUUM", "PRAGMA optimize", "PRAGMA wal_checkpoint(TRUNCATE)"]
    if connection.dialect.name == "postgresql":
        return [f"VACUUM (ANALYZE) {name}" for name in (*tables, "search")]
    return [f"OPTIMIZE TABLE {name}" for name in tables]


def _outside_of_transactions(connection: Connection, statement: str) -> None:
    if connection.dialect.name == "sqlite":  # which begins a transaction with everything but what goes to the driver
        driver = connection.connection.driver_connection
        driver.execute(statement).fetchall()  # type: ignore[union-attr]
        return
    with connection.execution_options(isolation_level="AUTOCOMMIT").begin():
        connection.exec_driver_sql(statement).close()
