"""WACZ files read: a ZIP with WARC files in it, which stand there uncompressed, so that each is a window of the file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from newsarchive.captures.found import Skipped

SUFFIX: Final = ".wacz"
_WARCS: Final = (".warc", ".warc.gz", ".warc.zst")
_LOCAL: Final = struct.Struct("<4s5H3L2H")


@dataclass(frozen=True, slots=True)
class Inside:
    """A WARC file inside of a WACZ: where its bytes begin, and how many they are."""

    name: str
    base: int
    size: int


class Window(io.RawIOBase, BinaryIO):
    """A part of an open file, as a file of its own."""

    def __init__(self, file: BinaryIO, base: int, size: int) -> None:
        self._file, self._base, self._size, self._at = file, base, size, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move as in any file, not before its beginning."""
        self._at = max(0, {0: 0, 1: self._at, 2: self._size}[whence] + offset)
        return self._at

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, not beyond its end."""
        left = max(0, self._size - self._at)
        self._file.seek(self._base + self._at)
        data = self._file.read(left if size is None or size < 0 else min(size, left))
        self._at += len(data)
        return data


def is_wacz(file: Path) -> bool:
    """True for a file of that name; a broken one is told when it is read."""
    return file.name.lower().endswith(SUFFIX)


def warcs(file: Path) -> Iterator[Inside | Skipped]:
    """The WARC files inside, in the order of their names, or why there is none."""
    try:
        with zipfile.ZipFile(file) as archive, file.open("rb") as raw:
            inside = [info for info in archive.infolist() if info.filename.lower().endswith(_WARCS)]
            for info in sorted(inside, key=lambda info: info.filename):
                yield _inside(file, raw, info)
    except zipfile.BadZipFile as error:
        yield Skipped(str(file), "unreadable file", f"no WACZ: {error}")
        return
    if not inside:
        yield Skipped(str(file), "no warc", "there is no WARC file inside")


def _inside(file: Path, raw: BinaryIO, info: zipfile.ZipInfo) -> Inside | Skipped:
    place = f"{file}:{info.filename}"
    if info.compress_type != zipfile.ZIP_STORED:
        return Skipped(place, "unreadable file", "it is compressed inside of the WACZ: unzip it first")
    raw.seek(info.header_offset)
    head = raw.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        return Skipped(place, "unreadable file", "no file begins where the WACZ says")
    *_, name, extra = _LOCAL.unpack(head)
    return Inside(info.filename, info.header_offset + _LOCAL.size + name + extra, info.file_size)
