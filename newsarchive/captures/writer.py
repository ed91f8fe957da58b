"""Writes captures to WARC files: appended, synced to disk, and only then acknowledged."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final

from newsarchive.captures import cdxj
from newsarchive.captures.cdxj import Line
from newsarchive.captures.exchange import (
    WORTH_A_REVISIT,
    Exchange,
    Location,
    Original,
    digest_of,
    packed,
    warcinfo,
)
from newsarchive.captures.files import OpenFile, mend
from newsarchive.captures.members import Packing

MAX_SIZE: Final = 1_000_000_000
BATCH: Final = 64
REMEMBERED: Final = 100_000
"""Digests of this run that are kept in memory; older ones are asked for."""
SUFFIXES: Final = {Packing.GZIP: ".warc.gz", Packing.ZSTD: ".warc.zst", Packing.NONE: ".warc"}
_NOTE = (
    "Responses as the HTTP client handed them over: content codings kept, chunking removed, header names in its own "
    "letter case, reason phrases those of the standard"
)

_Job = tuple[Exchange, "Future[Location]"]
Known = Callable[[Sequence[str]], Mapping[str, Original]]
Keep = Callable[[Iterable[tuple[str, Original]]], None]

logger = logging.getLogger("newsarchive")


class CaptureError(Exception):
    """A capture that could not be kept: the disk is full, the folder is gone or may not be written."""


class CaptureWriter:
    """A thread that appends exchanges to `FOLDER/NAME-00000.warc.gz`, `-00001` and so on.

    `submit` may be called from any thread; its future gives the Location once the bytes are on disk, or a CaptureError.
    Exchanges that wait together share one sync. A file is closed when it passes `max_size` bytes. After a failed write
    the file is cut back to its last whole record, so that nothing torn stays inside; what a crash left torn is mended before
    the first record is written.

    A payload that was written before becomes a revisit record, and its Location is that of the payload. `known` says
    of digests what earlier runs hold of them, `keep` takes what this one added; both are called on the thread.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        software: str,
        max_size: int = MAX_SIZE,
        packing: Packing = Packing.GZIP,
        info: Mapping[str, str] | None = None,
        known: Known | None = None,
        keep: Keep | None = None,
    ) -> None:
        self.folder, self.name, self.max_size, self.packing = folder, name, max_size, packing
        self._info = {"software": software, "format": "WARC File Format 1.1", "description": _NOTE, **(info or {})}
        self._known, self._keep = known, keep
        self._written: OrderedDict[str, Original] = OrderedDict()
        self._added: dict[str, Original] = {}
        self._file: OpenFile | None = None
        self._closed_files = 0
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
        """Write what is queued, then close the file and bring the index up to date; safe to call twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        mended = self._mend()
        open_ = True
        while open_:
            batch, open_ = self._next_batch()
            if batch := [job for job in batch if job[1].set_running_or_notify_cancel()]:
                self._write(batch)
        self._end_file()
        self._hand_over()
        if mended or self._closed_files:
            try:
                cdxj.merge(self.folder)
            except OSError as error:
                logger.warning("captures: the index could not be written: %s", error)

    def _mend(self) -> int:
        try:
            mended = mend(self.folder) if self.folder.is_dir() else []
        except OSError:
            return 0  # the first write will say it
        for one in mended:
            logger.warning(
                "captures: %s was left open by a crash; %d torn bytes were cut off its end", one.file, one.cut
            )
        return len(mended)

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """What waits now, at least one job, and whether more may come."""
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) >= BATCH or self._jobs.empty():
                return batch, True
            job = self._jobs.get()
        return batch, False

    def _write(self, batch: list[_Job]) -> None:
        written: list[tuple[Future[Location], Location]] = []
        waiting = [future for _, future in batch]
        added: dict[str, Original] = {}
        try:
            digests = [digest_of(exchange.body) for exchange, _ in batch]
            earlier = self._earlier(digests)
            for (exchange, future), digest in zip(batch, digests, strict=True):
                original = added.get(digest) or earlier.get(digest)
                try:
                    location = self._append(exchange, digest, original)
                except (ValueError, TypeError, AttributeError) as error:
                    waiting.remove(future)
                    future.set_exception(CaptureError(f"not an exchange WARC can hold: {error}"))
                    continue
                written.append((future, location))
                if original is None and len(exchange.body) >= WORTH_A_REVISIT and not exchange.truncated:
                    added[digest] = Original(url=exchange.url, fetched_at=exchange.fetched_at, location=location)
            if self._file is not None:
                self._file.sync()
        except Exception as error:  # noqa: BLE001 - a full disk or a bug: the thread must live, and nobody wait for ever
            self._end_file()
            if len(waiting) > 1:  # one may fit where all together do not
                for job in [job for job in batch if job[1] in waiting]:
                    self._write([job])
                return
            for future in waiting:
                future.set_exception(CaptureError(f"capture not written: {error}"))
            return
        for future, location in written:
            future.set_result(location)
        self._remember(added)

    def _earlier(self, digests: list[str]) -> dict[str, Original]:
        """What is kept of these payloads already, in this run or, where its file still is there, in an earlier one."""
        found = {digest: self._written[digest] for digest in digests if digest in self._written}
        asked = [digest for digest in dict.fromkeys(digests) if digest not in found]
        if self._known is not None and asked:
            known = self._known(asked)
            found |= {digest: original for digest, original in known.items() if self._is_there(original.location)}
        return found

    def _is_there(self, location: Location) -> bool:
        try:
            return (self.folder / location.file).stat().st_size >= location.offset + location.length
        except OSError:
            return False

    def _remember(self, added: dict[str, Original]) -> None:
        self._written.update(added)
        while len(self._written) > REMEMBERED:
            self._written.popitem(last=False)
        self._added |= added
        if len(self._added) >= BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        """Tell whoever keeps them for later runs; should it fail, a payload is kept once more, and nothing is lost."""
        added, self._added = self._added, {}
        if self._keep is not None and added:
            try:
                self._keep(added.items())
            except Exception as error:  # noqa: BLE001 - whatever the keeper is, captures go on
                logger.warning("captures: digests could not be kept: %s", error)

    def _append(self, exchange: Exchange, digest: str, original: Original | None) -> Location:
        records = packed(exchange, digest, self.packing, original)
        file = self._current()
        offset = file.append(records.head)
        file.append(records.others)
        location = Location(file.name, offset, len(records.head), digest)
        kind = next((value for name, value in exchange.headers if name.lower() == "content-type"), "-")
        mime = cdxj.REVISIT if original else kind.partition(";")[0].strip().lower() or "-"
        line = Line(
            url=exchange.url, captured_at=exchange.fetched_at, mime=mime, status=exchange.status, location=location
        )
        file.note(line)
        return original.location if original else location

    def _current(self) -> OpenFile:
        """The open file; a new one, begun with its warcinfo, at first and after `max_size`."""
        if self._file is not None and self._file.end >= self.max_size:
            self._file.sync()
            self._end_file()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = f"{self.name}-{self._serial:05}{SUFFIXES[self.packing]}"
            self._serial += 1
            self._file = OpenFile(self.folder, name)
            self._file.append(warcinfo(name, self._info, self.packing))
        return self._file

    def _end_file(self) -> None:
        """Close the file, cut to what is known to be whole (it is removed where nothing is)."""
        file, self._file = self._file, None
        if file is not None:
            self._closed_files += file.synced > 0
            with contextlib.suppress(OSError):
                file.close()
