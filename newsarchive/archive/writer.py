"""A thread that writes what it is handed in batches, so that who hands it in never waits for the database."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Condition, Thread
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from newsarchive.archive.archive import Archive
from newsarchive.archive.errors import ArchiveError, BrokenOffError, UnreachableError
from newsarchive.archive.outcomes import Entry, Outcome, Validators
from newsarchive.article import Article

logger = logging.getLogger("newsarchive")

_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 30.0
"""Seconds between two tries of a database that is away; they double."""

_QUIET: Final = 0.02
"""Seconds without anything new after which a batch is written: waiting longer would only make the sender wait."""


_WRITTEN: Final = ("save", "record", "remember")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to be done by the thread, and the future of its answer."""

    act: str
    what: Any
    future: Future[Any]


class Writer:
    """Writes articles and ledger entries in batches on a thread of its own.

    `ask` has something else done on that thread, after all that was handed in before it.

    A batch is written when it holds `batch_size` articles and entries, when its first one is `batch_seconds` old, or when
    nothing new comes. `submit`, `recognise` and `record` return at once; what goes wrong reaches the caller as the
    exception of the future, which is always an ArchiveError. Results are durable when their future is done.
    A database that cannot be reached is waited for, `patience` seconds at most, then the futures hear of it.
    `room()` is a future that is done while fewer than `limit` things wait: who sends much should wait for it.
    """

    def __init__(
        self,
        archive: Archive,
        batch_size: int = 50,
        batch_seconds: float = 1.0,
        limit: int = 1000,
        patience: float = 0.0,
    ) -> None:
        self.archive: Final = archive
        self._batch_size = max(1, batch_size)
        self._batch_seconds = batch_seconds
        self._limit = max(1, limit)
        self._patience = patience
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._state = Condition()
        self._pending = 0
        self._waiting: list[Future[None]] = []
        self._closed = False
        self._thread = Thread(target=self._run, name="newsarchive-writer", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pending(self) -> int:
        """How many things wait for their answer."""
        return self._pending

    def submit(self, article: Article) -> Future[Outcome]:
        """Keep an article; the future is its outcome, once it is durable."""
        return self._put("save", article)

    def record(self, entry: Entry) -> Future[None]:
        """Write an entry into the ledger; the future is done once it is durable."""
        return self._put("record", entry)

    def remember(self, validators: Validators) -> Future[None]:
        """Keep what a page said of its state; the future is done once it is durable."""
        return self._put("remember", validators)

    def ask(self, question: Callable[[], T]) -> Future[T]:
        """Call something on this thread when all that was handed in before is written; the future is its answer."""
        return self._put("ask", question)

    def recognise(self, article: Article) -> Future[Outcome | None]:
        """Ask what the archive would make of an article (see `Archive.recognise`), without what waits to be written."""
        return self._put("recognise", article)

    def room(self) -> Future[None]:
        """A future that is done as soon as fewer than `limit` things wait."""
        future: Future[None] = Future()
        with self._state:
            if self._pending >= self._limit:
                self._waiting.append(future)
                return future
        future.set_result(None)
        return future

    def close(self) -> None:
        """Write what is left and end the thread; nothing can be sent afterwards. It waits until all is written."""
        with self._state:
            if not self._closed:
                self._closed = True
                self._state.notify_all()
                self._queue.put(None)
        self._thread.join()

    def _put(self, act: str, what: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._state:
            if self._closed:
                future.set_exception(ArchiveError("the archive is closed for writing"))
                return future
            self._pending += 1
            self._queue.put(_Job(act, what, future))
        return future

    def _run(self) -> None:
        going = True
        while going:
            jobs, going = self._next_batch()
            for acts, answer in ((("recognise",), self._recognise), (_WRITTEN, self._save)):
                if part := [job for job in jobs if job.act in acts]:
                    self._answer(part, answer)
            for job in jobs:
                if job.act == "ask":
                    self._answer([job], lambda asked: [asked[0].what()])

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """The next jobs to be done together, and whether more can come."""
        job = self._queue.get()
        if job is None:
            return [], False
        jobs = [job]
        until = time.monotonic() + self._batch_seconds
        while len(jobs) < self._batch_size:
            try:
                job = self._queue.get(timeout=max(0.0, min(_QUIET, until - time.monotonic())))
            except Empty:
                break
            if job is None:
                return jobs, False
            jobs.append(job)
        return jobs, True

    def _save(self, jobs: list[_Job]) -> list[Any]:
        articles = [job for job in jobs if job.act == "save"]
        entries = [job.what for job in jobs if job.act == "record"]
        validators = [job.what for job in jobs if job.act == "remember"]
        outcomes = iter(self.archive.save([job.what for job in articles], entries, validators))
        return [next(outcomes) if job.act == "save" else None for job in jobs]

    def _recognise(self, jobs: list[_Job]) -> list[Any]:
        return list(self.archive.recognise([job.what for job in jobs]))

    def _answer(self, jobs: list[_Job], act: Callable[[list[_Job]], list[Any]]) -> None:
        try:
            answers = self._patiently(act, jobs)
        except ArchiveError as error:
            self._fail(jobs, error)
        except Exception as error:  # noqa: BLE001 - the thread must live, and nobody may wait for ever
            self._fail(jobs, ArchiveError(f"the archive failed: {type(error).__name__}: {error}"))
        else:
            for job, answer in zip(jobs, answers, strict=True):
                if job.future.set_running_or_notify_cancel():
                    job.future.set_result(answer)
        self._leave(len(jobs))

    def _patiently(self, act: Callable[[list[_Job]], list[Any]], jobs: list[_Job]) -> list[Any]:
        """What an act answers; a database that is away is waited for, which changes nothing that was committed before."""
        until, wait = time.monotonic() + self._patience, _FIRST_WAIT
        while True:
            try:
                return act(jobs)
            except (UnreachableError, BrokenOffError) as error:
                left = until - time.monotonic()
                if left <= 0 or self._closed:
                    raise
                logger.warning("%s: waiting for it, at most %d s more", error, left)
                with self._state:
                    self._state.wait_for(lambda: self._closed, timeout=min(wait, left))
                wait = min(2 * wait, _LONGEST_WAIT)

    def _fail(self, jobs: list[_Job], error: ArchiveError) -> None:
        for job in jobs:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(error)

    def _leave(self, number: int) -> None:
        with self._state:
            self._pending -= number
            free = self._waiting if self._pending < self._limit else []
            if free:
                self._waiting = []
        for future in free:
            future.set_result(None)
