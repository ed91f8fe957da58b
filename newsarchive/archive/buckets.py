"""Who left which shingle: a large table in the order of the hashes, and a small one of what came of late.

Hashes are random: each of them would be a page of the large table to read and to write. So what comes is kept in the small
table, a row a batch, and brought over when it is much, in the order of the hashes, a page at a time instead of a hash. Both
are looked up; the small one is held in memory, which bounds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from newsarchive.archive.models import RecentShingles

RECENT: Final = 360_000
"""Shingles that are brought over together: those of about 30,000 articles."""
PARTS: Final = 32
"""Transactions in which that is done, so that nobody waits for long."""
_UNSORTED: Final = 20_000
_KEYS: Final = 2000


class _Run(NamedTuple):
    """Hashes in order, and the articles that left them."""

    hashes: NDArray[np.uint64]
    articles: NDArray[np.int64]


class Step(NamedTuple):
    """What was brought over: the run it is of, and which part of it."""

    run: _Run
    part: int


class Buckets:
    """The shingles of an archive, for transactions of which one at a time looks for copies."""

    _going: _Run | None
    _run: _Run
    _unsorted: dict[int, list[int]]
    _size: int
    _first: int
    _last: int

    def __init__(self) -> None:
        self._forget()

    def who(self, connection: Connection, keys: Iterable[int]) -> dict[int, list[int]]:
        """The articles that left these shingles."""
        self._refresh(connection)
        wanted = sorted(keys)
        found: dict[int, list[int]] = {}
        for key, article in chain(_table(connection, wanted), self._recent(wanted)):
            bucket = found.setdefault(key, [])
            if article not in bucket:  # it is in both while it is brought over
                bucket.append(article)
        return found

    def leave(self, connection: Connection, left: Sequence[tuple[int, int]]) -> None:
        """Write shingles, each with its article; they are found from the next transaction on."""
        if left:
            entries = np.array(left, np.int64).astype("<i8").tobytes()
            connection.execute(insert(RecentShingles).values(entries=entries))

    @property
    def is_full(self) -> bool:
        """Whether there is something to bring over."""
        return self._going is not None or self._size >= RECENT

    def bring_over(self, connection: Connection) -> Step | None:
        """Bring a part of the small table into the large one; to be told to `brought` once it is committed.

        What is there already stays as it is: it may be broken off at any time, and done by several processes.
        """
        self._refresh(connection)
        if self._going is None:
            if self._size < RECENT:
                return None
            self._sort()
            self._going, self._until, self._part = self._run, self._last, 0
        run, part = self._going, self._part
        start, end = (len(run.hashes) * place // PARTS for place in (part, part + 1))
        _insert(connection, run.hashes[start:end].tolist(), run.articles[start:end].tolist())
        if part + 1 == PARTS:
            # The last one stays, empty, so that no number is given twice: who has read up to one knows what came since.
            connection.execute(delete(RecentShingles).where(RecentShingles.id < self._until))
            connection.execute(update(RecentShingles).where(RecentShingles.id == self._until).values(entries=b""))
        return Step(run, part)

    def brought(self, step: Step | None) -> None:
        """Note that a part is committed."""
        if step is not None and step.run is self._going:
            self._part = max(self._part, step.part + 1)
            if self._part == PARTS:
                self._forget()

    def _forget(self) -> None:
        self._run = _Run(np.empty(0, np.uint64), np.empty(0, np.int64))
        self._unsorted = {}
        self._size = self._first = self._last = self._until = self._part = 0
        self._going = None

    def _refresh(self, connection: Connection) -> None:
        """Read what came since the last time, from whichever process; all of it, where some was brought over."""
        first = connection.execute(_FIRST).scalar() or 0
        if first != self._first:
            self._forget()
            self._first = first
        for number, entries in connection.execute(_SINCE, {"last": self._last}):
            for key, article in np.frombuffer(entries, "<i8").reshape(-1, 2).tolist() if entries else ():
                self._unsorted.setdefault(key, []).append(article)
                self._size += 1
            self._last = number
            if self._size - len(self._run.hashes) > _UNSORTED:
                self._sort()

    def _sort(self) -> None:
        """One run of all that is held."""
        new = [(key, article) for key, articles in sorted(self._unsorted.items()) for article in articles]
        pairs = np.array(new, np.int64).reshape(-1, 2)
        hashes = np.concatenate((self._run.hashes, pairs[:, 0].astype(np.uint64)))
        order = np.argsort(hashes, kind="stable")
        self._run = _Run(hashes[order], np.concatenate((self._run.articles, pairs[:, 1]))[order])
        self._unsorted = {}

    def _recent(self, wanted: Sequence[int]) -> Iterator[tuple[int, int]]:
        keys = np.array(wanted, np.uint64)
        starts = np.searchsorted(self._run.hashes, keys, "left")
        ends = np.searchsorted(self._run.hashes, keys, "right")
        for place in np.flatnonzero(ends > starts).tolist():
            for article in self._run.articles[starts[place] : ends[place]].tolist():
                yield wanted[place], article
        for key in wanted:
            for article in self._unsorted.get(key, ()):
                yield key, article


def _table(connection: Connection, wanted: Sequence[int]) -> Iterator[Any]:
    """What the large table has of these shingles; in its order, which is one way through it."""
    for start in range(0, len(wanted), _KEYS):
        # Whole numbers of our own making, so they can stand in the statement: binding them takes longer than finding them.
        listed = ",".join(map(str, wanted[start : start + _KEYS]))
        rows = connection.exec_driver_sql(f"SELECT hash, article_id FROM shingles WHERE hash IN ({listed})")  # noqa: S608
        yield from rows.all()


def _insert(connection: Connection, hashes: list[int], articles: list[int]) -> None:
    """Write shingles in the order of the table, but for those it has."""
    if hashes:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        ignored, conflict = ("IGNORE", "") if connection.dialect.name in ("mysql", "mariadb") else ("", _CONFLICT)
        statement = f"INSERT {ignored} INTO shingles (hash, article_id) VALUES ({mark}, {mark}) {conflict}"  # noqa: S608
        connection.exec_driver_sql(statement, list(zip(hashes, articles, strict=True)))


_CONFLICT: Final = "ON CONFLICT DO NOTHING"
_FIRST: Final = select(func.min(RecentShingles.id))
_SINCE: Final = (
    select(RecentShingles.id, RecentShingles.entries)
    .where(RecentShingles.id > bindparam("last"))
    .order_by(RecentShingles.id)
)
