"""The bytes of a WARC file below its records: gzip members, zstd frames or neither, opened block by block, never whole."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from typing import Any, BinaryIO, Final

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

gzips: Any = zlib
"""What packs and opens gzip: isal, which has the interface of zlib and takes a quarter of its time, where it is made for the machine."""
with suppress(ImportError):
    from isal import isal_zlib as gzips

BLOCK: Final = 65_536
_OPENED: Final = 1_048_576
_SEARCHED: Final = 1_048_576
_GZIP: Final = b"\x1f\x8b\x08"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPED: Final = b"\x2a\x4d\x18"
"""The last three bytes of the magic numbers of skippable frames."""
FIRST: Final = b"WARC/"
_BEGINS: Final = re.compile(rb"WARC/\d\.\d+\r?\n")
_BROKEN: Final[tuple[type[Exception], ...]] = (gzips.error, zlib.error, zstd.ZstdError, EOFError)


class Packing(StrEnum):
    """How the records of a file are compressed."""

    GZIP = "gzip"
    ZSTD = "zstd"
    NONE = "none"


class DamageError(Exception):
    """Bytes that cannot be opened; `reason` is a standard phrase."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason if detail is None else f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


def packing(head: bytes) -> Packing:
    """How a file is packed, by its first bytes."""
    if head.startswith(_GZIP):
        return Packing.GZIP
    return Packing.ZSTD if head.startswith(_ZSTD) or head[1:4] == _ZSTD_SKIPPED else Packing.NONE


def pack(data: bytes, how: Packing, level: int) -> bytes:
    """Data as one gzip member or one zstd frame (with its checksum), or as it is."""
    if how is Packing.NONE:
        return data
    if how is Packing.ZSTD:
        options: dict[int, int] = {
            zstd.CompressionParameter.compression_level: level,
            zstd.CompressionParameter.checksum_flag: 1,
        }
        return zstd.compress(data, options=options)
    compressor = gzips.compressobj(level, gzips.DEFLATED, gzips.MAX_WBITS + 16)
    packed: bytes = compressor.compress(data) + compressor.flush()
    return packed


def ungzip(data: bytes, limit: int) -> bytes | None:
    """At most `limit` bytes of one gzip member; None for what is not one, whole and alone."""
    opener = gzips.decompressobj(gzips.MAX_WBITS + 16)
    try:
        opened: bytes = opener.decompress(data, limit)
    except _BROKEN:
        return None
    return opened if len(opened) == limit or (opener.eof and not opener.unused_data) else None


def unzstd(data: bytes, limit: int) -> bytes:
    """At most `limit` bytes of what zstd packed; DamageError for what it did not."""
    try:
        return zstd.ZstdDecompressor().decompress(data, limit)
    except zstd.ZstdError as error:
        raise DamageError("damaged body", str(error)) from error


class Members:
    """Opens a file member by member; `start` is where the open one begins, `position` where the next byte is read.

    A file that is not packed is one member from wherever it is begun.
    """

    def __init__(self, file: BinaryIO, how: Packing, position: int = 0) -> None:
        self._file, self.how = file, how
        self._raw = b""
        self._opener: Any = None
        self.start = self.position = position
        file.seek(position)

    def begin(self) -> bool:
        """Open the member at `position`; False at the end of the file, DamageError where none begins."""
        while True:
            if not self._raw:
                self._raw = self._file.read(BLOCK)
            if len(self._raw) < 4:
                self._raw += self._file.read(BLOCK)
            self.start = self.position
            if not self._raw:
                return False
            if self.how is Packing.NONE:
                self._opener = None
                return True
            if self.how is Packing.GZIP and self._raw.startswith(_GZIP):
                self._opener = gzips.decompressobj(gzips.MAX_WBITS + 16)
                return True
            if self.how is Packing.ZSTD and self._raw.startswith(_ZSTD):
                self._opener = zstd.ZstdDecompressor()
                return True
            if self.how is Packing.ZSTD and self._raw[1:4] == _ZSTD_SKIPPED:
                self._skip_frame()
                continue
            raise DamageError("damaged record", f"no {self.how} member begins here")

    def block(self) -> bytes:
        """The next opened bytes of the member, at most a megabyte; b"" at its end, DamageError where it is not whole."""
        if self._opener is None:
            data, self._raw = self._raw or self._file.read(BLOCK), b""
            self.position += len(data)
            return data
        try:
            while not self._opener.eof:
                data = self._opened()
                if data:
                    return data
        except _BROKEN as error:
            raise DamageError("damaged record", " ".join(str(error).split())) from error
        return b""

    def _opened(self) -> bytes:
        needs_input = self.how is Packing.GZIP or self._opener.needs_input
        if not self._raw and needs_input:
            self._raw = self._file.read(BLOCK)
            if not self._raw:
                raise DamageError("torn record", "the file ends inside a record")
        data: bytes = self._opener.decompress(self._raw if needs_input else b"", _OPENED)
        if self._opener.eof:
            left = self._opener.unused_data
        else:
            left = self._opener.unconsumed_tail if self.how is Packing.GZIP else b"" if needs_input else self._raw
        self.position += len(self._raw) - len(left)
        self._raw = left
        return data

    def _skip_frame(self) -> None:
        while len(self._raw) < 8:
            more = self._file.read(BLOCK)
            if not more:
                raise DamageError("torn record", "the file ends inside a skippable frame")
            self._raw += more
        self.position += 8 + int.from_bytes(self._raw[4:8], "little")
        self._raw = b""
        self._file.seek(self.position)


def boundaries(file: BinaryIO, how: Packing, start: int, end: int) -> Iterator[int]:
    """Where records seem to begin in a part of a file: a member that opens to one, or a line that begins one."""
    mark = {Packing.GZIP: _GZIP, Packing.ZSTD: _ZSTD, Packing.NONE: FIRST}[how]
    for position in range(start, end, _SEARCHED):
        lead = 1 if position else 0
        file.seek(position - lead)
        data = file.read(lead + _SEARCHED + 16)
        at = data.find(mark, lead)
        while 0 <= at < lead + _SEARCHED and position - lead + at < end:
            where = position - lead + at
            if _begins_line(data, at) if how is Packing.NONE else _opens_to_record(file, how, where):
                yield where
            at = data.find(mark, at + 1)
        if len(data) < lead + _SEARCHED:
            return


def _begins_line(data: bytes, at: int) -> bool:
    return (at == 0 or data[at - 1 : at] == b"\n") and _BEGINS.match(data, at) is not None


def _opens_to_record(file: BinaryIO, how: Packing, where: int) -> bool:
    try:
        member = Members(file, how, where)
        return member.begin() and member.block().startswith(FIRST)
    except DamageError:
        return False
