"""WACZ files written: captures as one file that players of web archives open, streamed, in the memory of one record.

See https://specs.webrecorder.net/wacz/1.1.1/. WARC records are copied as they stand; only what zstd packed is packed again,
since players read gzip.
"""

from __future__ import annotations

import contextlib
import hashlib
import heapq
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from newsarchive.captures import records
from newsarchive.captures.cdxj import Line
from newsarchive.captures.exchange import LEVELS, Location, warcinfo
from newsarchive.captures.files import line_of
from newsarchive.captures.folder import Folder
from newsarchive.captures.members import Members, Packing, pack
from newsarchive.captures.records import HEADS, Damage, Record

VERSION: Final = "1.1.1"
FILE: Final = "archive/captures.warc.gz"
INDEX: Final = "indexes/index.cdx"
PAGES: Final = "pages/pages.jsonl"
_MAX_BLOCK: Final = 64_000_000
_SORTED_AT_ONCE: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A page for the package: where it is kept, and what a list of pages says of it."""

    location: Location
    url: str
    title: str | None = None
    published: str | None = None
    text: str | None = None


@dataclass(slots=True)
class Written:
    """What a package holds, and what could not be put in, by reason."""

    pages: int = 0
    bytes: int = 0
    missing: dict[str, int] = field(default_factory=dict)

    def lacks(self, reason: str) -> None:
        """Count a page that is not in it."""
        self.missing[reason] = self.missing.get(reason, 0) + 1


def write(
    path: Path,
    folder: Folder,
    items: Iterable[Item],
    *,
    title: str,
    software: str,
    created: datetime,
    told: Callable[[int], None] = lambda _: None,
) -> Written:
    """Write a package, whole or not at all; pages whose capture is gone or damaged are counted."""
    written = Written()
    partial = path.with_name(f"{path.name}.partial")
    try:
        with zipfile.ZipFile(partial, "w") as archive, ExitStack() as stack:
            package = _Package(archive)
            lists = _Lists(stack)
            with package.entry(FILE, stored=True) as out:
                records_ = _copied(out, folder, items, lists, written, software)
                for number in records_:
                    told(number)
            package.add(INDEX, (f"{line}\n".encode("utf-8", "surrogateescape") for line in lists.sorted()))
            package.add(PAGES, lists.pages())
            package.close(title=title, software=software, created=created)
        partial.replace(path)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()
    written.bytes = path.stat().st_size
    return written


class _Package:
    """A ZIP that knows the digest and the size of each of its files."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.resources: list[dict[str, Any]] = []

    @contextlib.contextmanager
    def entry(self, path: str, *, stored: bool) -> Iterator[_Hashed]:
        """A file of the package, to be written piece by piece."""
        info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        with self.archive.open(info, "w", force_zip64=True) as out:
            hashed = _Hashed(out)
            yield hashed
        facts = {"name": Path(path).name, "path": path, "hash": hashed.hash, "bytes": hashed.bytes}
        self.resources.append(facts)

    def add(self, path: str, parts: Iterable[bytes]) -> None:
        with self.entry(path, stored=False) as out:
            for part in parts:
                out.write(part)

    def close(self, *, title: str, software: str, created: datetime) -> None:
        """Write what says what is in it, and the digest of that."""
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "software": software,
            "created": created.isoformat().replace("+00:00", "Z"),
            "resources": self.resources,
        }
        data = json.dumps(package, ensure_ascii=False, indent=2).encode()
        self.archive.writestr(zipfile.ZipInfo("datapackage.json", (1980, 1, 1, 0, 0, 0)), data)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        self.archive.writestr(
            zipfile.ZipInfo("datapackage-digest.json", (1980, 1, 1, 0, 0, 0)), json.dumps(digest, indent=2)
        )


class _Hashed:
    """A file that is written and digested at once."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._digest, self.bytes = out, hashlib.sha256(), 0

    @property
    def hash(self) -> str:
        return f"sha256:{self._digest.hexdigest()}"

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self.bytes += len(data)


class _Lists:
    """The index and the list of pages, which are written after the records they are of: on the disk until then."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._lines: list[str] = []
        self._runs: list[IO[str]] = []
        self._pages: IO[str] = stack.enter_context(_temporary())
        self.has_text = False

    def add(self, line: Line, item: Item) -> None:
        self._lines.append(str(line))
        if len(self._lines) >= _SORTED_AT_ONCE:
            run = self._stack.enter_context(_temporary())
            run.writelines(f"{one}\n" for one in sorted(self._lines))
            self._runs.append(run)
            self._lines = []
        moment = line.captured_at.isoformat().replace("+00:00", "Z")
        identity = hashlib.sha256(f"{line.url} {moment}".encode("utf-8", "surrogateescape")).hexdigest()[:22]
        page = {"id": identity, "url": line.url, "title": item.title or item.url, "ts": moment}
        page |= {name: value for name, value in (("date_published", item.published), ("text", item.text)) if value}
        self.has_text = self.has_text or item.text is not None
        self._pages.write(json.dumps(page, ensure_ascii=False) + "\n")

    def sorted(self) -> Iterator[str]:
        for run in self._runs:
            run.seek(0)
        return (line.rstrip("\n") for line in heapq.merge(*self._runs, (f"{line}\n" for line in sorted(self._lines))))

    def pages(self) -> Iterator[bytes]:
        head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": self.has_text}
        yield json.dumps(head).encode() + b"\n"
        self._pages.seek(0)
        for line in self._pages:
            yield line.encode("utf-8", "surrogateescape")


def _temporary() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogateescape", newline="\n")


def _copied(
    out: _Hashed, folder: Folder, items: Iterable[Item], lists: _Lists, written: Written, software: str
) -> Iterator[int]:
    """Copy the records of every page once; gives how many pages are done."""
    out.write(warcinfo(Path(FILE).name, {"software": software, "format": "WARC File Format 1.1"}))
    done: set[tuple[str, int]] = set()
    for item in items:
        place = (item.location.file, item.location.offset)
        if place in done:
            continue
        done.add(place)
        offset = out.bytes
        try:
            group = _group(folder.path / item.location.file, item.location.offset)
        except OSError as error:
            written.lacks(error.strerror or "unreadable file")
            continue
        if isinstance(group, Damage):
            written.lacks(group.reason)
            continue
        head, parts = group
        for part in parts:
            out.write(part)
        line = line_of(replace(head, offset=offset, length=len(parts[0])), Path(FILE).name)
        if line is not None:
            lists.add(line, item)
            written.pages += 1
        yield written.pages


def _group(path: Path, offset: int) -> tuple[Record, list[bytes]] | Damage:
    """A record and those that belong to it, each as the bytes that are to be written."""
    with path.open("rb") as file:
        how = records.packed(file)
        size = path.stat().st_size
        found: list[Record] = []
        for one in records.read(file, offset, size, max_block=_MAX_BLOCK):
            if isinstance(one, Damage):
                if not found:
                    return one
                break
            if found and one.kind in HEADS:
                break
            if one.length is None:
                return Damage(offset, "shares a gzip member with other records")
            found.append(one)
        if not found:
            return Damage(offset, "torn record")
        return found[0], [_bytes(file, how, one) for one in found]


def _bytes(file: BinaryIO, how: Packing, record: Record) -> bytes:
    assert record.length is not None
    if how is Packing.GZIP:
        file.seek(record.offset)
        return file.read(record.length)
    members, data = Members(file, how, record.offset), b""
    if how is Packing.NONE:
        file.seek(record.offset)
        data = file.read(record.length)
    elif members.begin():
        data = b"".join(iter(members.block, b""))
    return pack(data, Packing.GZIP, LEVELS[Packing.GZIP])
