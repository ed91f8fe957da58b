"""A pool of worker processes that read pages, so that the reactor never waits for one.

A worker is `python -c`: it imports newsarchive alone, never the caller's script, and speaks length-prefixed pickles on
its standard streams. A page that takes longer than the limit, or takes its worker down, costs that worker (a new one is
started) and comes back as a reason; no other page notices.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import IO, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_LENGTH = struct.Struct(">Q")
_TICK = 0.1
_START_TIME = 60.0
_CLOSE_GRACE = 2.0
_PIPE = 1 << 20
"""Bytes that a pipe takes at once: a page goes through in one go, without its sender waiting for its reader."""
_BOOT = "import sys; sys.path[:] = {path!r}; from newsarchive.spiders import workers; workers.serve({function!r})"


class ReadingError(Exception):
    """A page that could not be read; `reason` is the standard phrase of the ledger, `detail` what else is known."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason if detail is None else f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Pool(Generic[T, R]):
    """Runs one module-level function on many jobs, in `size` worker processes, `timeout` seconds a job at most.

    `function` is imported by name in the workers; jobs and results are pickled. With size 0 the function runs in the
    caller's own thread, without a limit. `submit` waits (never the reactor's business: see `waiting`) for nothing:
    the caller bounds what it submits. Close the pool when done; a pool that is forgotten ends with its process.
    """

    def __init__(self, function: Callable[[T], R], *, size: int, timeout: float) -> None:
        self.function = function
        self.size = size
        self.timeout = timeout
        self._jobs: queue.SimpleQueue[tuple[T, Future[R]] | None] = queue.SimpleQueue()
        self._workers: list[_Worker[T, R]] = []
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, job: T) -> Future[R]:
        """The result to come of a job; its exception is a ReadingError. RuntimeError on a closed pool."""
        if self._closed:
            raise RuntimeError("the pool is closed")
        future: Future[R] = Future()
        if self.size == 0:
            _settle(future, _tried(self.function, job))
            return future
        self.start()
        self._jobs.put((job, future))
        return future

    def waiting(self) -> int:
        """How many jobs wait for a worker, roughly."""
        return self._jobs.qsize()

    def pids(self) -> list[int]:
        """The process ids of the workers that run now."""
        return [pid for worker in self._workers if (pid := worker.pid) is not None]

    def close(self) -> None:
        """End the workers; jobs that are still waiting come back as ReadingError("extraction cancelled")."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        while True:
            try:
                waiting = self._jobs.get_nowait()
            except queue.Empty:
                break
            if waiting is not None:
                _settle(waiting[1], ReadingError("extraction cancelled"))
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers:
            worker.end()

    def start(self) -> None:
        """Start the workers, if they do not run yet; the first job does so, too."""
        with self._lock:
            if self._workers or self._closed:
                return
            name = f"{self.function.__module__}:{self.function.__qualname__}"
            self._workers = [_Worker(name, self._jobs, self.timeout) for _ in range(self.size)]
            for worker in self._workers:
                worker.start()
            threading.Thread(target=self._watch, name="newsarchive-watch", daemon=True).start()

    def _watch(self) -> None:
        """Kill every worker whose page has had its time; one thread looks after all of them."""
        while not self._closed:
            time.sleep(_TICK)
            now = time.monotonic()
            for worker in self._workers:
                worker.check(now)


class _Worker(threading.Thread, Generic[T, R]):
    """One worker process, and the thread that feeds it: a job at a time, a new process when the old one is gone."""

    def __init__(self, function: str, jobs: queue.SimpleQueue[tuple[T, Future[R]] | None], timeout: float) -> None:
        super().__init__(name="newsarchive-worker", daemon=True)
        self.function = function
        self.jobs = jobs
        self.timeout = timeout
        self.process: subprocess.Popen[bytes] | None = None
        self.deadline: float | None = None
        self.timed_out = False
        self.has_worked = False

    @property
    def pid(self) -> int | None:
        process = self.process
        return process.pid if process is not None and process.poll() is None else None

    def run(self) -> None:
        try:
            self._ensure()
        except OSError:
            self.process = None
        while (work := self.jobs.get()) is not None:
            job, future = work
            self.has_worked = True
            if future.set_running_or_notify_cancel():
                _settle(future, self._done(job))
        self._quit()

    def check(self, now: float) -> None:
        deadline, process = self.deadline, self.process
        if deadline is not None and now > deadline and process is not None:
            self.timed_out = True
            process.kill()

    def end(self) -> None:
        if not self.has_worked and self.process is not None:  # it may still be starting
            self.process.kill()
        self.join(_CLOSE_GRACE)
        if self.is_alive() and self.process is not None:
            self.process.kill()
            self.join(_CLOSE_GRACE)

    def _done(self, job: T) -> R | ReadingError:
        """The answer of the worker process, or the reason why there is none."""
        try:
            frame = pickle.dumps((self.timeout, job), pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            return ReadingError("extraction error", f"the job cannot be pickled: {error}")
        try:
            process = self._ensure()
        except OSError as error:
            return ReadingError("extraction crashed", f"no worker could be started: {error}")
        self.timed_out = False
        self.deadline = time.monotonic() + self.timeout
        answer = _exchange(process, frame)
        self.deadline = None
        if answer is None:
            return self._lost(process)
        result: R | ReadingError = pickle.loads(answer)  # noqa: S301  our own worker wrote it
        return result

    def _lost(self, process: subprocess.Popen[bytes]) -> ReadingError:
        process.kill()
        code = process.wait()
        self._discard()
        if self.timed_out or -code == getattr(signal, "SIGALRM", 0):
            return ReadingError("extraction timeout", f"after {self.timeout:g} s")
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return ReadingError("extraction crashed", f"the worker ended with {how}")

    def _ensure(self) -> subprocess.Popen[bytes]:
        """The process that runs, or a new one that has said it is ready; OSError when it does not."""
        if self.process is not None and self.process.poll() is None:
            return self.process
        self._discard()
        process = self.process = subprocess.Popen(  # noqa: S603  this interpreter, with our own code
            [sys.executable, "-c", _BOOT.format(path=sys.path, function=self.function)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0 if os.name == "posix" else None,  # Ctrl-C is the crawler's business
            pipesize=_PIPE if sys.platform == "linux" else -1,
        )
        self.deadline = time.monotonic() + _START_TIME
        ready = _exchange(process, None)
        self.deadline = None
        if ready is None:
            process.kill()
            self._discard()
            raise OSError("it ended before its first page")
        return process

    def _discard(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            process.wait()

    def _quit(self) -> None:
        """Let an idle process end by itself: its standard input closes."""
        self._discard()


def _exchange(process: subprocess.Popen[bytes], frame: bytes | None) -> bytes | None:
    """Send a frame (if any) and wait for the answer; None when the process is gone."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        if frame is not None:
            _write(process.stdin, frame)
        return _read(process.stdout)
    except (OSError, ValueError):
        return None


def _write(stream: IO[bytes], frame: bytes) -> None:
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)  # apart: a page is not copied once more
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(head)[0]
    frame = stream.read(length)
    return frame if len(frame) == length else None


def _settle(future: Future[R], result: R | ReadingError) -> None:
    if not future.running() and not future.set_running_or_notify_cancel():
        return
    if isinstance(result, ReadingError):
        future.set_exception(result)
    else:
        future.set_result(result)


def _tried(function: Callable[[T], R], job: T) -> R | ReadingError:
    """The result, or its error as a ReadingError: a bug in one page's reading must not end the crawl."""
    try:
        return function(job)
    except ReadingError as error:
        return error
    except MemoryError:
        return ReadingError("extraction crashed", "out of memory")
    except Exception as error:  # noqa: BLE001  whatever a page does to the reader is that page's reason
        return ReadingError("extraction error", f"{type(error).__name__}: {error}")


def serve(function: str) -> None:
    """The whole life of a worker process: read a job, do it, answer, until the parent's end of the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stdin = sys.stdin.buffer
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    call = _imported(function)
    collect_seldom()
    _write(stdout, b"ready")
    while (frame := _read(stdin)) is not None:
        timeout, job = pickle.loads(frame)  # noqa: S301  our own parent wrote it
        _alarm(timeout)
        result = _tried(call, job)
        _alarm(None)
        try:
            answer = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            answer = pickle.dumps(ReadingError("extraction error", f"the result cannot be pickled: {error}"))
        _write(stdout, answer)


def collect_seldom(objects: int = 100_000) -> None:
    """Let this process look for cycles seldom: reading a page makes many objects and next to no cycles among them.

    It looks when there are so many `objects` more than before, and never among those there are now.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(objects, 20, 20)


def _alarm(timeout: float | None) -> None:
    """Let the system end this process a while after the limit, if the parent that should do it is no more."""
    if hasattr(signal, "alarm"):
        signal.alarm(0 if timeout is None else math.ceil(timeout) + 5)


def _imported(function: str) -> Callable[[object], object]:
    import importlib

    module, _, name = function.partition(":")
    found: object = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    if not callable(found):
        raise TypeError(f"{function} cannot be called")
    return found
