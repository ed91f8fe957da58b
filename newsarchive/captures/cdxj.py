"""CDXJ: the index of captures, a line each, sorted by address and time, as players and tools of web archives read it.

A line is `KEY TIMESTAMP {"url": …, "mime": …, "status": …, "digest": …, "length": …, "offset": …, "filename": …}`; the key
is the address turned about (SURT), the timestamp 14 digits of UTC. Beside each WARC file stands its own sorted index;
`index.cdxj` is all of them as one.
"""

from __future__ import annotations

import heapq
import json
import mmap
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from surt import surt

from newsarchive.captures.exchange import Location

MERGED: Final = "index.cdxj"
SUFFIX: Final = ".cdxj"
REVISIT: Final = "warc/revisit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One capture of an address: when, what a server said, and where it is kept."""

    url: str
    captured_at: datetime
    mime: str
    status: int | None
    location: Location

    @property
    def is_revisit(self) -> bool:
        """True where the same payload was kept before, and this record only says so."""
        return self.mime == REVISIT

    def __str__(self) -> str:
        place = self.location
        facts = {
            "url": self.url,
            "mime": self.mime,
            "status": str(self.status) if self.status is not None else "-",
            "digest": place.digest,
            "length": str(place.length),
            "offset": str(place.offset),
            "filename": place.file,
        }
        return f"{key(self.url)} {timestamp(self.captured_at)} {json.dumps(facts, ensure_ascii=False)}"


def key(url: str) -> str:
    """The sort key of an address; the address itself where it has no such key."""
    try:
        found: str = surt(url)
    except (ValueError, UnicodeError, AttributeError, IndexError):
        found = url
    return "".join(found.split()) or "-"


def timestamp(moment: datetime) -> str:
    """14 digits of UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def parse(text: str) -> Line | None:
    """The capture of a line; None for what is none."""
    parts = text.rstrip("\r\n").split(" ", 2)
    try:
        facts = json.loads(parts[2])
        moment = datetime.strptime(parts[1][:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        status = str(facts.get("status") or "-")
        place = Location(
            str(facts["filename"]), int(facts["offset"]), int(facts["length"]), str(facts.get("digest") or "")
        )
        return Line(
            url=str(facts["url"]),
            captured_at=moment,
            mime=str(facts.get("mime") or "-"),
            status=int(status) if status.isdecimal() else None,
            location=place,
        )
    except (IndexError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(path: Path, lines: Iterable[str]) -> None:
    """Write an index, sorted, whole or not at all."""
    _replace(path, sorted(lines))


def merge(folder: Path) -> int:
    """Make `index.cdxj` of all indexes of a folder, streamed; the number of its lines."""
    with ExitStack() as stack:
        parts = [stack.enter_context(path.open(encoding="utf-8", errors="surrogateescape")) for path in indexes(folder)]
        whole = (line.rstrip("\n") for line in heapq.merge(*parts))
        return _replace(folder / MERGED, whole)


def indexes(folder: Path) -> list[Path]:
    """The index of each file of a folder; the merged one is not among them."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.name != MERGED)


def find(path: Path, url: str) -> Iterator[Line]:
    """The captures of an address in a sorted index, in the order of their times; found by halving, without reading it all."""
    wanted = f"{key(url)} ".encode("utf-8", "surrogateescape")
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            at = _first(data, wanted)
            while at < len(data):
                end = data.find(b"\n", at)
                end = len(data) if end < 0 else end
                raw = data[at:end]
                if not raw.startswith(wanted):
                    return
                if line := parse(raw.decode("utf-8", "surrogateescape")):
                    yield line
                at = end + 1


def _first(data: mmap.mmap, wanted: bytes) -> int:
    """Where the first line that is not less than `wanted` begins."""
    low, high = 0, len(data)
    while low < high:
        middle = (low + high) // 2
        begin = data.rfind(b"\n", 0, middle) + 1
        end = data.find(b"\n", begin)
        end = len(data) if end < 0 else end
        if data[begin : min(end, begin + len(wanted))] < wanted:
            low = end + 1
        else:
            high = begin
    return low


def _replace(path: Path, lines: Iterable[str]) -> int:
    count = 0
    partial = path.with_name(f"{path.name}.new")
    with partial.open("w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        for line in lines:
            file.write(f"{line}\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return count
