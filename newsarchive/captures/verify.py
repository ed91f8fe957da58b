"""Verifies WARC files: every member, every record, every digest, every line of the index; torn tails are cut when asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsarchive.captures import cdxj, records
from newsarchive.captures.cdxj import Line
from newsarchive.captures.files import TORN, index_of, is_open, line_of, mend
from newsarchive.captures.folder import Folder
from newsarchive.captures.members import DamageError
from newsarchive.captures.messages import Message, parse
from newsarchive.captures.records import Damage, Record

_MAX_BLOCK: Final = 128_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be: where, what in a standard phrase, and what was done about it."""

    file: str
    offset: int
    what: str
    done: str | None = None

    def __str__(self) -> str:
        mended = f" ({self.done})" if self.done else ""
        return f"{self.file}:{self.offset}: {self.what}{mended}"


@dataclass(slots=True)
class Checked:
    """What verifying one file gave."""

    file: str
    records: int = 0
    bytes: int = 0
    problems: list[Problem] = field(default_factory=list)
    busy: bool = False
    """True for a file that a crawl is writing: it is left alone."""


def folder(path: Path, *, repair: bool = False) -> Iterator[Checked]:
    """Every WARC file of a folder, one after the other; with `repair` torn tails are cut and indexes made anew.

    What is cut is kept beside the file, in `NAME.torn-OFFSET`. Damage inside a file is told and left: the records behind
    it are read all the same, and every place that is stored stays right.
    """
    mended = mend(path) if repair else []
    cuts = {one.file: one.cut for one in mended}
    for file in Folder(path).files():
        checked = check(file, repair=repair)
        if cut := cuts.get(file.name):
            size = file.stat().st_size
            checked.problems.append(Problem(file.name, size, f"torn tail of {cut:,} bytes", "cut"))
        yield checked
    if repair and path.is_dir() and cdxj.indexes(path):
        cdxj.merge(path)


def check(file: Path, *, repair: bool = False) -> Checked:
    """One file: its records, and its index against them."""
    checked = Checked(file.name)
    if is_open(file):
        checked.busy = True
        return checked
    lines: list[Line] = []
    torn: Problem | None = None
    with file.open("rb") as stream:
        checked.bytes = size = os.fstat(stream.fileno()).st_size
        end = 0
        for found in records.read(stream, 0, size, max_block=_MAX_BLOCK):
            if torn is not None:
                checked.problems.append(torn)
                torn = None
            if isinstance(found, Damage):
                what = found.reason + (f": {found.detail}" if found.detail else "")
                torn = Problem(file.name, found.offset, what)
                continue
            end = found.offset + (found.length or 0)
            checked.records += 1
            checked.problems += _of_record(file.name, found)
            if line := line_of(found, file.name):
                lines.append(line)
    if torn is not None:
        checked.problems.append(_cut(file, torn, max(end, 0)) if repair else torn)
    _check_index(file, lines, checked, repair=repair)
    return checked


def _of_record(name: str, record: Record) -> Iterator[Problem]:
    if record.length is None:
        yield Problem(name, record.offset, "shares a gzip member with other records")
    if record.block is None:
        yield Problem(name, record.offset, f"too large to be checked: {record.size:,} bytes")
        return
    if wrong := record.wrong_digest():
        yield Problem(name, record.offset, f"wrong digest: {wrong}")
    stated = record.get("WARC-Payload-Digest")
    if record.kind != "response" or not stated:
        return
    try:
        message = parse(record.block)
        bodies = [message.body]
        if "chunked" in (message.get("Transfer-Encoding") or "").lower():
            plain = Message(message.status, [("Transfer-Encoding", "chunked")], message.body)
            bodies.append(plain.opened(len(message.body)))
    except DamageError as error:
        yield Problem(name, record.offset, error.reason)
        return
    if all(records.matches(stated, body) is False for body in bodies):
        yield Problem(name, record.offset, f"wrong digest: the payload is not {stated}")


def _cut(file: Path, torn: Problem, whole: int) -> Problem:
    """Cut what is behind the last whole record, keeping it in a file of its own; a file without any record is left."""
    if not whole:
        return torn
    size = file.stat().st_size
    with file.open("rb+") as stream:
        stream.seek(whole)
        kept = file.with_name(f"{file.name}{TORN}-{whole}")
        with kept.open("xb") as copy:
            while data := stream.read(1_048_576):
                copy.write(data)
            copy.flush()
            os.fsync(copy.fileno())
        stream.truncate(whole)
        os.fsync(stream.fileno())
    return Problem(torn.file, whole, torn.what, f"{size - whole:,} bytes cut, kept in {kept.name}")


def _check_index(file: Path, lines: list[Line], checked: Checked, *, repair: bool) -> None:
    """The index of a file must say what is in it; with `repair` it is made anew where it does not."""
    index = index_of(file)
    right = sorted(str(line) for line in lines)
    stated: list[str] | None = None
    if index.exists():
        stated = index.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    if stated == right or (stated is None and not right):
        return
    what = "no index: --repair, or the next crawl, makes it" if stated is None else "the index is not that of the file"
    if stated is not None and {cdxj.parse(one) for one in stated} == {cdxj.parse(one) for one in right}:
        return
    done = None
    if repair:
        cdxj.write(index, right)
        done = "made anew"
    checked.problems.append(Problem(file.name, 0, what, done))
