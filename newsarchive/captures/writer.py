"""Writes captures to WARC files: appended, synced to disk, and only then acknowledged."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import BinaryIO, Final

from newsarchive.captures.exchange import Exchange, Location, members, warcinfo

MAX_SIZE: Final = 1_000_000_000
BATCH: Final = 64
_NOTE = (
    "Responses as the HTTP client handed them over: content codings kept, chunking removed, header names in its own "
    "letter case, reason phrases those of the standard"
)

_Job = tuple[Exchange, "Future[Location]"]


class CaptureError(Exception):
    """A capture that could not be kept: the disk is full, the folder is gone or may not be written."""


class CaptureWriter:
    """A thread that appends exchanges to `FOLDER/NAME-00000.warc.gz`, `-00001` and so on.

    `submit` may be called from any thread; its future gives the Location once the bytes are on disk, or a CaptureError.
    Exchanges that wait together share one sync. A file is closed when it passes `max_size` bytes. After a failed write
    the file is cut back to its last whole record, so that nothing torn stays inside.
    """

    def __init__(
        self, folder: Path, name: str, *, software: str, max_size: int = MAX_SIZE, info: Mapping[str, str] | None = None
    ) -> None:
        self.folder, self.name, self.max_size = folder, name, max_size
        self._info = {"software": software, "format": "WARC File Format 1.1", "description": _NOTE, **(info or {})}
        self._file: BinaryIO | None = None
        self._file_name = ""
        self._end = 0
        self._serial = 0
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="newsarchive-captures", daemon=True)
        self._thread.start()

    def submit(self, exchange: Exchange) -> Future[Location]:
        """Queue an exchange; the future is done when it is on disk, or failed with a CaptureError."""
        future: Future[Location] = Future()
        with self._lock:
            if self._closed:
                raise CaptureError("the capture writer is closed")
            self._jobs.put((exchange, future))
        return future

    def close(self) -> None:
        """Write what is queued, then close the file; safe to call twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        open_ = True
        while open_:
            batch, open_ = self._next_batch()
            if batch := [job for job in batch if job[1].set_running_or_notify_cancel()]:
                self._write(batch)
        self._close_file()

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """What waits now, at least one job, and whether more may come."""
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH or self._jobs.empty():
                return batch, True
            job = self._jobs.get()
        return batch, False

    def _write(self, batch: list[_Job]) -> None:
        written: list[tuple[Future[Location], Location]] = []
        waiting = [future for _, future in batch]
        try:
            for exchange, future in batch:
                try:
                    packed = members(exchange)
                except (ValueError, TypeError, AttributeError) as error:
                    waiting.remove(future)
                    future.set_exception(CaptureError(f"not an exchange WARC can hold: {error}"))
                else:
                    written.append((future, self._append(*packed)))
            self._sync()
        except Exception as error:  # noqa: BLE001 - a full disk or a bug: the thread must live, and nobody wait for ever
            self._abandon()
            for future in waiting:
                future.set_exception(CaptureError(f"capture not written: {error}"))
        else:
            for future, location in written:
                future.set_result(location)

    def _append(self, response: bytes, request: bytes, digest: str) -> Location:
        file = self._current()
        offset = self._end
        self._put(file, response + request)
        return Location(self._file_name, offset, len(response), digest)

    def _put(self, file: BinaryIO, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        self._end += len(data)

    def _current(self) -> BinaryIO:
        """The open file; a new one, begun with its warcinfo, at first and after `max_size`."""
        if self._file is not None and self._end >= self.max_size:
            self._sync()
            self._close_file()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file_name = f"{self.name}-{self._serial:05}.warc.gz"
            self._serial += 1
            head = warcinfo(self._file_name, self._info)
            self._file = (self.folder / self._file_name).open("xb", buffering=0)
            self._end = self._synced = 0
            self._put(self._file, head)
        return self._file

    def _sync(self) -> None:
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._synced = self._end

    def _abandon(self) -> None:
        """Cut the file to what is known to be whole (or remove it where nothing is), and go on in a new one."""
        if self._file is None:
            return
        try:
            self._file.truncate(self._synced)
            if not self._synced:
                (self.folder / self._file_name).unlink()
        except OSError:
            pass  # the disk is past that, too; readers of captures bear a torn tail
        finally:
            self._close_file()

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
