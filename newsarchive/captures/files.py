"""The file a writer has open: appended and synced, with a journal of what is whole in it; and what a crash left, mended."""

from __future__ import annotations

import contextlib
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final

from newsarchive.captures import cdxj, records
from newsarchive.captures.cdxj import Line
from newsarchive.captures.exchange import Location
from newsarchive.captures.members import DamageError
from newsarchive.captures.messages import parse as parse_message
from newsarchive.captures.records import Damage, Record

try:
    import fcntl
except ImportError:  # not on Windows, where no second crawl may share a folder
    fcntl = None  # type: ignore[assignment]

JOURNAL: Final = ".cdxj.open"
TORN: Final = ".torn"
_NO_BLOCK: Final = 65_536

logger = logging.getLogger("newsarchive")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that a crash left open: how many bytes at its end were no whole record, and were cut."""

    file: str
    cut: int


class OpenFile:
    """A WARC file being written. `synced` is up to where it is on the disk; its index is written when it is closed.

    Its journal (`NAME.cdxj.open`) holds a line for each capture that is on the disk, and a lock as long as its writer lives.
    FileExistsError where the name is taken.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.path, self.name = folder / name, name
        self.lines: list[str] = []
        self.end = self.synced = 0
        self._waiting: list[str] = []
        journal = folder / (name + JOURNAL)
        self._journal: IO[str] = journal.open("x", encoding="utf-8", errors="surrogateescape")
        try:
            _lock(self._journal, wait=True)
            if not journal.exists():  # somebody took it for a dead one's before it was locked
                raise FileExistsError(17, "taken", str(journal))
            self._file: BinaryIO = self.path.open("xb", buffering=0)
        except OSError:
            self._journal.close()
            journal.unlink(missing_ok=True)
            raise
        with contextlib.suppress(OSError):
            _sync_folder(folder)

    def append(self, data: bytes) -> int:
        """Add bytes at the end; where they begin."""
        offset, rest = self.end, memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]
        self.end += len(data)
        return offset

    def note(self, line: Line) -> None:
        """Index a capture, from the next sync on."""
        self._waiting.append(str(line))

    def sync(self) -> None:
        """Put all that was appended on the disk, then note in the journal that it is."""
        os.fsync(self._file.fileno())
        self.synced = self.end
        lines, self._waiting = self._waiting, []
        self.lines += lines
        if lines:
            with contextlib.suppress(OSError):  # it only spares a reading: the file tells the same
                self._journal.write("".join(f"{line}\n" for line in lines))
                self._journal.flush()

    def close(self) -> None:
        """Close the file and write its index; one without a whole record is removed."""
        try:
            if self._file.closed:
                return
            if self.end != self.synced:
                self._file.truncate(self.synced)
            self._file.close()
            if self.synced:
                cdxj.write(index_of(self.path), self.lines)
            else:
                self.path.unlink()
            self.path.with_name(self.name + JOURNAL).unlink()
        except OSError as error:
            logger.warning(
                "captures: %s could not be closed: %s", self.name, error
            )  # the journal stays: it is mended later
        finally:
            self._file.close()
            self._journal.close()


def index_of(path: Path) -> Path:
    """Where the index of a WARC file stands."""
    return path.with_name(path.name + cdxj.SUFFIX)


def mend(folder: Path) -> list[Mended]:
    """Close the files that dead writers left open: cut to their last whole record, each with its index.

    What a living writer holds is left alone. Nothing that was ever acknowledged is cut: it was on the disk before.
    """
    done = []
    for journal in sorted(folder.glob(f"*{JOURNAL}")):
        try:
            with journal.open("r+", encoding="utf-8", errors="surrogateescape") as held:
                if _lock(held, wait=False) and journal.exists():
                    done.append(_mended(journal, held))
        except OSError as error:
            logger.warning("captures: %s could not be mended: %s", journal.name, error)
    return done


def is_open(path: Path) -> bool:
    """True for a file that a living writer holds."""
    try:
        with path.with_name(path.name + JOURNAL).open("r+", encoding="utf-8") as journal:
            return not _lock(journal, wait=False)
    except OSError:
        return False


def _mended(journal: Path, held: IO[str]) -> Mended:
    path = journal.with_name(journal.name.removesuffix(JOURNAL))
    cut = 0
    if path.exists():
        lines = [line for text in held if text.endswith("\n") and (line := cdxj.parse(text)) is not None]
        size = path.stat().st_size
        lines = [line for line in lines if line.location.offset + line.location.length <= size]
        start = max((line.location.offset for line in lines), default=0)
        kept = [str(line) for line in lines if line.location.offset < start]
        with path.open("rb+") as file:
            found, whole = scan(file, path.name, start, size)
            cut = size - whole
            if cut:
                file.truncate(whole)
                os.fsync(file.fileno())
        if whole:
            cdxj.write(index_of(path), [*kept, *(str(line) for line in found)])
        else:
            path.unlink()
    journal.unlink()
    return Mended(path.name, cut)


def scan(file: BinaryIO, name: str, start: int, end: int) -> tuple[list[Line], int]:
    """The index lines of the whole records that follow one another from `start`, and where the last of them ends."""
    lines, whole = [], start
    for found in records.read(file, start, end, max_block=_NO_BLOCK * 16):
        if isinstance(found, Damage) or found.length is None:
            break
        whole = found.offset + found.length
        if line := line_of(found, name):
            lines.append(line)
    return lines, whole


def line_of(record: Record, name: str) -> Line | None:
    """The index line of a record; None for one that is no capture of an address."""
    moment, url = record.date, record.url
    if record.kind not in ("response", "resource", "revisit") or not url or moment is None or record.length is None:
        return None
    status, mime = None, record.get("Content-Type") or "-"
    if record.kind != "resource" and record.block is not None:
        try:
            message = parse_message(record.block)
            status, mime = message.status, message.get("Content-Type") or "-"
        except DamageError:
            mime = "-"
    mime = cdxj.REVISIT if record.kind == "revisit" else mime.partition(";")[0].strip().lower() or "-"
    place = Location(name, record.offset, record.length, record.get("WARC-Payload-Digest") or "")
    return Line(url=url, captured_at=moment, mime=mime, status=status, location=place)


def _lock(file: IO[str], *, wait: bool) -> bool:
    """Hold a file as long as it is open; False where somebody else does."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
