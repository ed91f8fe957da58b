"""Replay in bulk: worker processes read slices of files by themselves, this process stores what they give, in order.

A page takes the same way as in a crawl, by the same functions: reading, verdict, archive. Only the engine of Scrapy, which
hands pages on one at a time, is left out; it made up most of a replay's time.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final, cast

from newsarchive.archive import Archive, Progress
from newsarchive.bookkeeping import Books
from newsarchive.captures import Skipped, Wanted, slices
from newsarchive.captures.saved import Meta
from newsarchive.captures.slices import Files, Slice, Unit
from newsarchive.spiders import replaying
from newsarchive.spiders.replaying import Answer, Outline, Ready, Task
from newsarchive.spiders.sites import Sites
from newsarchive.spiders.storing import Store
from newsarchive.spiders.workers import Pool, ReadingError

MOST_SITES: Final = 1_000
"""Of how many sites the dates are looked at before a replay begins."""
SLICE_TIMES: Final = 6
"""How many times the limit of one page a whole slice may take before it is read page by page."""


class ReplayError(Exception):
    """A replay that cannot go on where the last one stopped; the message says why."""


@dataclass(slots=True, kw_only=True)
class Input:
    """What is replayed: files and folders, which records of them, and what is stated of pages that do not say it."""

    paths: Sequence[Path]
    wanted: Wanted = field(default_factory=Wanted)
    stated: Meta = field(default_factory=Meta)
    sites: Sites = ()
    size: int = slices.SIZE

    @property
    def key(self) -> str:
        """The same for the same input, whatever its order of writing."""
        paths = sorted(str(path.absolute()) for path in self.paths)
        text = repr((paths, sorted(self.wanted.statuses), sorted(self.wanted.types), self.wanted.pattern, self.size))
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


class Replay:
    """Replays an input into an archive; `done` tells how far it is, at any moment and from any thread.

    `workers` processes read (0: this one does), a page may take `timeout` seconds.
    """

    def __init__(self, archive: Archive, books: Books, given: Input, *, workers: int, timeout: float) -> None:
        self.archive, self.books, self.given = archive, books, given
        self._pool: Pool[Task | Outline, Answer | list[int]] = Pool(
            replaying.run, size=workers, timeout=SLICE_TIMES * timeout
        )
        self._single: Pool[Task | Outline, Answer | list[int]] = Pool(
            replaying.run, size=min(workers, 1), timeout=timeout
        )
        self._ahead = 2 * workers + 1
        self._store = Store(archive, books, given.key)
        self._neighbours: Path | None = None
        self._expected = 0
        self.done = Progress(units=0, place="", position=0, records=0, articles=0)
        self.resumed: Progress | None = None
        self.read = 0
        """Bytes of the input that are done, roughly."""

    @property
    def kept(self) -> int:
        """Records that are stored: where the same command would go on."""
        last = self._store.kept or self.resumed
        return last.records if last is not None else 0

    def run(self, *, restart: bool = False) -> None:
        """Read and store everything, from where the last replay of this input stopped, or with `restart` anew."""
        if restart:
            self.archive.replay_to(self.given.key, None)
        self.resumed = self.archive.replayed(self.given.key)
        self._note_neighbours()
        pending: deque[tuple[Unit | Skipped, Future[Answer | list[int]] | None]] = deque()
        try:
            for unit in self._left():
                task = None if isinstance(unit, Skipped) else self._pool.submit(self._task(unit))
                pending.append((unit, task))
                if len(pending) >= self._ahead:
                    self._take(*pending.popleft())
            while pending:
                self._take(*pending.popleft())
            self._store.finish()
        finally:
            self._pool.close()
            self._single.close()
            if self._neighbours is not None:
                self._neighbours.unlink(missing_ok=True)
        self.archive.link()

    def _note_neighbours(self) -> None:
        """Write down what the archive knows of sites' dates now, so that what the replay adds does not bear on its own."""
        found = {site: self.archive.neighbours(site) for site in self.archive.sites()[:MOST_SITES]}
        found = {site: known for site, known in found.items() if known.runs or known.shared_days}
        if found:
            with tempfile.NamedTemporaryFile(prefix="newsarchive-", delete=False) as file:
                file.write(pickle.dumps(found))
            self._neighbours = Path(file.name)

    def _left(self) -> Iterator[Unit | Skipped]:
        """The units that are not done."""
        units = slices.plan(self.given.paths, self.given.size)
        if (resumed := self.resumed) is not None:
            self.done, self._expected = resumed, resumed.position
            for unit in islice(units, resumed.units):
                self.read += _bytes(unit)
            first = next(units, None)
            if first is None or first.place != resumed.place:
                raise ReplayError("the input has changed since its replay was interrupted: --restart begins it anew")
            yield first
        yield from units

    def _task(self, unit: Unit) -> Task:
        return Task(
            unit=unit,
            wanted=self.given.wanted,
            stated=self.given.stated,
            sites=self.given.sites,
            neighbours=self._neighbours,
        )

    def _take(self, unit: Unit | Skipped, future: Future[Answer | list[int]] | None) -> None:
        """Store what all before a unit gave, where that is enough, then take what it gave."""
        before = replace(self.done, place=unit.place, position=self._expected)
        self._store.proceed(before)
        if isinstance(unit, Skipped) or future is None:
            answer = Answer(found=[cast(Skipped, unit)])
        else:
            answer = self._joined(unit, self._answer(unit, future))
        self._store.take(answer.found, before)
        self.read += _bytes(unit)
        read = sum(isinstance(one, Ready) for one in answer.found)
        self.done = Progress(
            units=self.done.units + 1,
            place="",
            position=self._expected,
            records=self.done.records + answer.records,
            articles=self.done.articles + read,
        )

    def _answer(self, unit: Unit, future: Future[Answer | list[int]]) -> Answer:
        try:
            return cast(Answer, future.result())
        except ReadingError:  # one page took too long, or its worker down: which one?
            return self._one_by_one(unit)

    def _one_by_one(self, unit: Unit) -> Answer:
        """A unit read again, each page by itself."""
        whole = Answer()
        for single in self._singles(unit):
            try:
                part = cast(Answer, self._single.submit(self._task(single)).result())
            except ReadingError as error:
                place = single.place
                part = Answer(found=[Skipped(place, error.reason, error.detail)], records=1)
                part.begin = single.start if isinstance(single, Slice) else None
            whole.found += part.found
            whole.records += part.records
            whole.begin = part.begin if whole.begin is None else whole.begin
            whole.end = max(whole.end, part.end)
        if isinstance(unit, Slice) and whole.end < unit.end:
            whole.end = unit.end
        return whole

    def _singles(self, unit: Unit) -> list[Unit]:
        if isinstance(unit, Files):
            return [Files((file,)) for file in unit.files]
        places = cast("list[int]", self._single.submit(Outline(unit=unit)).result())
        ends = [*places[1:], unit.end][: len(places)]
        return [replace(unit, start=start, end=end, exact=True) for start, end in zip(places, ends, strict=True)]

    def _joined(self, unit: Unit, answer: Answer) -> Answer:
        """The answer of a slice that begins where the one before it ended; read again from there where it does not.

        What looked like a record may stand inside of another one.
        """
        if isinstance(unit, Files):
            return answer
        if unit.exact and unit.start == 0:
            self._expected = 0
        if answer.begin is None:
            return answer
        if answer.begin != self._expected:
            if self._expected >= unit.end:
                return Answer()
            again = replace(unit, start=self._expected, exact=True)
            answer = self._answer(again, self._pool.submit(self._task(again)))
        self._expected = answer.end
        return answer


def _bytes(unit: Unit | Skipped) -> int:
    if isinstance(unit, Slice):
        return unit.end - unit.start
    return sum(file.stat().st_size for file in unit.files if file.exists()) if isinstance(unit, Files) else 0
