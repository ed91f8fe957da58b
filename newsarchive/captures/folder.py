"""A folder of captures: what it holds of an address, and a record by its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newsarchive.captures import cdxj, records
from newsarchive.captures.cdxj import Line
from newsarchive.captures.exchange import Location
from newsarchive.captures.files import JOURNAL, index_of
from newsarchive.captures.members import DamageError
from newsarchive.captures.messages import Message, parse
from newsarchive.captures.records import Damage, Record

NAMES: Final = ("*.warc", "*.warc.gz", "*.warc.zst")
_MAX_BLOCK: Final = 64_000_000


class Folder:
    """The WARC files of a folder and their indexes; a file without one is read through when it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def files(self) -> list[Path]:
        """The WARC files, by their names."""
        return sorted({file for name in NAMES for file in self.path.glob(name)})

    def captures(self, url: str) -> list[Line]:
        """Every capture of an address, the oldest first."""
        return sorted(self._lines(url), key=lambda line: (line.captured_at, line.location.file, line.location.offset))

    def nearest(self, url: str, at: datetime | None = None) -> Line | None:
        """The capture of an address that is nearest to a time (default: the newest)."""
        lines = self.captures(url)
        if not lines or at is None:
            return lines[-1] if lines else None
        wanted = at if at.tzinfo else at.replace(tzinfo=UTC)
        return min(lines, key=lambda line: abs(line.captured_at - wanted))

    def record(self, location: Location) -> Record | Damage:
        """The record at a place; OSError where the file cannot be read."""
        with (self.path / location.file).open("rb") as file:
            return records.at(file, location.offset, max_block=_MAX_BLOCK)

    def message(self, location: Location) -> Message:
        """The response at a place, that of the payload where the record only repeats one; DamageError where there is none."""
        record = self.record(location)
        if isinstance(record, Damage):
            raise DamageError(record.reason, record.detail)
        if record.kind == "revisit":
            found = self.resolve(record)
            if found is None:
                raise DamageError("revisit", "the record it repeats is not at hand")
            _, record = found
        if record.block is None:
            raise DamageError("too large", f"more than {_MAX_BLOCK} bytes")
        return parse(record.block)

    def resolve(self, revisit: Record) -> tuple[str, Record] | None:
        """The record whose payload a revisit repeats, and its file; None where it is not here."""
        url = revisit.get("WARC-Refers-To-Target-URI") or revisit.url
        digest = revisit.get("WARC-Payload-Digest")
        if not url:
            return None
        for line in self.captures(url):
            if not line.is_revisit and (not digest or line.location.digest == digest):
                try:
                    record = self.record(line.location)
                except OSError:
                    continue
                if isinstance(record, Record):
                    return line.location.file, record
        return None

    def _lines(self, url: str) -> Iterator[Line]:
        for file in self.files():
            index = index_of(file)
            if index.exists():
                yield from cdxj.find(index, url)
                continue
            journal = file.with_name(file.name + JOURNAL)
            if journal.exists():
                yield from self._of_journal(journal, url)

    def _of_journal(self, journal: Path, url: str) -> Iterator[Line]:
        """Of a file that is being written."""
        wanted = f"{cdxj.key(url)} "
        with journal.open(encoding="utf-8", errors="surrogateescape") as lines:
            for text in lines:
                if text.startswith(wanted) and (line := cdxj.parse(text)):
                    yield line
