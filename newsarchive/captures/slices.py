"""Parts of files small enough for one worker at a time, so that one large file is read by many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from newsarchive.captures import records, saved, waczs
from newsarchive.captures.found import Saved, Skipped
from newsarchive.captures.members import boundaries
from newsarchive.captures.saved import MAX_BYTES, Meta
from newsarchive.captures.wanted import Wanted
from newsarchive.captures.warcs import PageReader, Resolve

SIZE: Final = 4_000_000
FILES: Final = 32


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a WARC file: what begins in it, from `start` up to `end`.

    `base` and `size` are a window of the file (a WARC inside of a WACZ); else they are 0 and the file's size. `exact`
    says that a record is known to begin at `start`.
    """

    file: Path
    start: int
    end: int
    base: int = 0
    size: int = 0
    exact: bool = False

    @property
    def place(self) -> str:
        """How a checkpoint names it."""
        return f"{self.file}:{self.base + self.start}"


@dataclass(frozen=True, slots=True)
class Files:
    """Some saved pages."""

    files: tuple[Path, ...]

    @property
    def place(self) -> str:
        """How a checkpoint names it."""
        return str(self.files[0])


Unit = Slice | Files


def plan(paths: Iterable[Path], size: int = SIZE) -> Iterator[Unit | Skipped]:
    """The units of files and folders, in a fixed order; the same again for the same input."""
    loose: list[Path] = []
    for path in paths:
        for file in saved.files(path) if path.is_dir() else [path]:
            try:
                units = list(_of_file(file, size))
            except OSError as error:
                units = [Skipped(str(file), "unreadable file", error.strerror)]
            if not units:
                loose.append(file)
            if units or len(loose) == FILES:
                if loose:
                    yield Files(tuple(loose))
                    loose = []
                yield from units
    if loose:
        yield Files(tuple(loose))


def _of_file(file: Path, size: int) -> Iterator[Unit | Skipped]:
    """The slices of a WARC or WACZ file; none for any other."""
    if waczs.is_wacz(file):
        for inside in waczs.warcs(file):
            if isinstance(inside, Skipped):
                yield inside
            else:
                yield from _slices(file, inside.base, inside.size, size)
    elif records.is_warc(file):
        whole = file.stat().st_size
        if not whole:
            yield Skipped(str(file), "empty file")
        yield from _slices(file, 0, whole, size)


def _slices(file: Path, base: int, whole: int, size: int) -> Iterator[Slice]:
    for start in range(0, whole, size):
        yield Slice(file, start, min(start + size, whole), base, whole, exact=start == 0)


@contextmanager
def opened(part: Slice) -> Iterator[BinaryIO]:
    """The WARC file a slice is of."""
    with part.file.open("rb") as file:
        yield file if not part.base else waczs.Window(file, part.base, part.size)


def begin(part: Slice) -> int | None:
    """Where the first record of a slice begins; None where none does."""
    if part.exact:
        return part.start
    with opened(part) as file:
        return next(boundaries(file, records.packed(file), part.start, part.end), None)


@contextmanager
def read(
    part: Slice, wanted: Wanted, resolve: Resolve | None
) -> Iterator[tuple[PageReader, Iterator[Saved | Skipped]]]:
    """The reader of a slice and its pages."""
    with opened(part) as file:
        first = begin(part)
        place, name = str(part.file), part.file.name
        reader = PageReader(file, place, name, max_bytes=MAX_BYTES, wanted=wanted, resolve=resolve, base=part.base)
        yield reader, iter(()) if first is None else reader.pages(first, part.end)


def pages(unit: Files, stated: Meta) -> Iterator[Saved | Skipped]:
    """The pages of saved files."""
    for file in unit.files:
        yield saved.one(file, stated)


def total(paths: Iterable[Path]) -> int:
    """Bytes of all files of an input."""
    return sum(file.stat().st_size for path in paths for file in (saved.files(path) if path.is_dir() else [path]))
