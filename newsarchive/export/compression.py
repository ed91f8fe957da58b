"""Compress and measure what is written, and read it back, by the end of the file's name."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BROKEN: Final = (gzip.BadGzipFile, zlib.error, zstd.ZstdError, EOFError)
"""What reading a packed file raises where it is damaged."""
SUFFIXES: Final = ("gz", "zst")
_GZIP_LEVEL: Final = 6


class Measured(io.BufferedIOBase):
    """What is written through it is counted and digested on its way."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._digest = sha256()
        self.bytes = 0

    @property
    def sha256(self) -> str:
        """The SHA-256 of everything written, in hexadecimal."""
        return self._digest.hexdigest()

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write, count and digest."""
        self._digest.update(data)
        self._out.write(data)
        written = memoryview(data).nbytes
        self.bytes += written
        return written

    def tell(self) -> int:
        """How much was written."""
        return self.bytes

    def flush(self) -> None:
        """Flush what it writes to."""
        self._out.flush()


@contextmanager
def compressed(out: BinaryIO, suffix: str | None) -> Iterator[BinaryIO]:
    """A stream whose bytes reach `out` compressed; the same bytes in give the same bytes out."""
    if suffix == "gz":
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=out, mtime=0) as packed:
            yield cast("BinaryIO", io.BufferedWriter(packed, 1 << 18))
    elif suffix == "zst":
        with zstd.ZstdFile(out, "wb", options={zstd.CompressionParameter.checksum_flag: 1}) as packed:
            yield cast("BinaryIO", packed)
    else:
        yield out


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read, unpacked on its way where its name says it is packed."""
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as source:
            yield cast("BinaryIO", source)
    elif path.suffix == ".zst":
        with zstd.open(path, "rb") as source:
            yield cast("BinaryIO", source)
    else:
        with path.open("rb") as source:
            yield source


def split(path: Path) -> tuple[str, str | None]:
    """The end of a file's name that says its format, and the one that says its compression."""
    suffixes = [suffix.lower().removeprefix(".") for suffix in path.suffixes]
    packed = suffixes.pop() if suffixes and suffixes[-1] in SUFFIXES else None
    return (suffixes[-1] if suffixes else ""), packed
