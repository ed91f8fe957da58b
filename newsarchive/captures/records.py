"""The records of a WARC file, each with its place; a damaged one is told, and reading goes on behind it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from newsarchive.captures.members import FIRST, DamageError, Members, Packing, boundaries, packing

MAX_HEAD: Final = 1_000_000
HEADS: Final = frozenset({"response", "resource", "revisit", "warcinfo", "conversion"})
"""Records that stand for themselves; `request` and `metadata` belong to the one before them."""

ARC: Final = b"filedesc:"
_ENDS: Final = b"\r\n\r\n"


@dataclass(slots=True, kw_only=True)
class Record:
    """One record: its fields in order, its block (None where it is larger than was asked for), and where it is.

    `offset` and `length` are those of the bytes of the file; `length` is None where the record cannot be had by itself (it
    shares a gzip member with others).
    """

    offset: int
    fields: list[tuple[str, str]]
    block: bytes | None
    size: int
    length: int | None = None
    version: str = "WARC/1.1"

    def get(self, name: str) -> str | None:
        """The first field of a name, whatever its letter case."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)

    @property
    def kind(self) -> str:
        """The WARC-Type, "" where there is none."""
        return (self.get("WARC-Type") or "").strip().lower()

    @property
    def url(self) -> str | None:
        """The WARC-Target-URI, without the angle brackets some writers put round it."""
        uri = (self.get("WARC-Target-URI") or "").strip()
        return (uri[1:-1] if uri.startswith("<") and uri.endswith(">") else uri) or None

    @property
    def date(self) -> datetime | None:
        """The WARC-Date, aware; None where there is none that can be read."""
        text = self.get("WARC-Date")
        try:
            moment = datetime.fromisoformat(text.strip()) if text else None
        except ValueError:
            return None
        return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None

    def wrong_digest(self) -> str | None:
        """Which digest the block does not match, in words; None where all that are stated match, or none is."""
        if self.block is None:
            return None
        stated = self.get("WARC-Block-Digest")
        if stated and matches(stated, self.block) is False:
            return f"the block is not {stated}"
        return None


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where no whole record is: a standard reason, and what else is known."""

    offset: int
    reason: str
    detail: str | None = None
    url: str | None = None


def matches(stated: str, data: bytes) -> bool | None:
    """Whether data has a digest ("sha1:BASE32", "sha256:HEX"); None for an algorithm nobody here knows."""
    name, _, value = stated.strip().partition(":")
    try:
        digest = hashlib.new(name.lower().replace("-", ""), data, usedforsecurity=False).digest()
    except ValueError:
        return None
    return value.upper().rstrip("=") in (base64.b32encode(digest).decode().rstrip("="), digest.hex().upper())


def packed(file: BinaryIO) -> Packing:
    """How an open file is packed."""
    file.seek(0)
    return packing(file.read(8))


def is_warc(path: Path) -> bool:
    """True when a file begins as a WARC (or an ARC) does, packed or not, or is named like one."""
    if path.name.lower().endswith((".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")):
        return True
    with path.open("rb") as file:
        how = packed(file)
        try:
            members = Members(file, how)
            return members.begin() and members.block().startswith((FIRST, ARC))
        except DamageError:
            return False


def at(file: BinaryIO, offset: int, *, max_block: int) -> Record | Damage:
    """The record that begins at a place of a file."""
    for found in read(file, offset, offset + 1, max_block=max_block):
        return found
    return Damage(offset, "torn record", "the file ends before it")


def read(file: BinaryIO, start: int, end: int, *, max_block: int) -> Iterator[Record | Damage]:
    """The records that begin in a part of a file, in order, from a place where one begins.

    After damage it goes on at the next place where a record seems to begin. A block larger than `max_block` bytes is read
    over and left out.
    """
    how = packed(file)
    reader = _Reader(file, how, max_block)
    while start < end:
        try:
            yield from reader.read(start, end)
        except _Lost as lost:
            yield lost.damage
            start = next(boundaries(file, how, max(lost.offset, start + 1), end), end)
        else:
            return


class _Lost(Exception):  # noqa: N818 - it is caught here, and nobody else's
    """Reading cannot go on where it stands; it may from `offset` on."""

    def __init__(self, damage: Damage, offset: int) -> None:
        super().__init__(damage.reason)
        self.damage, self.offset = damage, offset


@dataclass(slots=True)
class _Feed:
    """The opened bytes of one member, taken piece by piece; `taken` counts them."""

    members: Members
    held: bytes = b""
    taken: int = 0
    ended: bool = field(default=False)

    def more(self) -> bool:
        if self.ended:
            return False
        data = self.members.block()
        self.ended = not data
        self.held += data
        return bool(data)

    def head(self) -> bytes:
        """Everything up to a blank line; DamageError where none comes."""
        while True:
            for mark in (b"\r\n\r\n", b"\n\n"):
                if (found := self.held.find(mark)) >= 0 and found <= MAX_HEAD:
                    return self.take(found + len(mark))
            if len(self.held) > MAX_HEAD or not self.more():
                raise DamageError("damaged record", "its fields do not end")

    def take(self, size: int) -> bytes:
        data, self.held = self.held[:size], self.held[size:]
        self.taken += len(data)
        return data

    def body(self, size: int, *, keep: bool) -> bytes | None:
        """That many bytes, or None when they are not to be kept; DamageError where there are fewer."""
        parts, left = [], size
        while left:
            if not self.held and not self.more():
                raise DamageError("torn record", "it is shorter than it says")
            data = self.take(left)
            left -= len(data)
            if keep:
                parts.append(data)
        return b"".join(parts) if keep else None

    def blank(self) -> bool:
        """Take the line ends behind a record; False at the end of the member."""
        while True:
            rest = self.held.lstrip(b"\r\n")
            self.take(len(self.held) - len(rest))
            if rest:
                return True
            if not self.more():
                return False


class _Reader:
    def __init__(self, file: BinaryIO, how: Packing, max_block: int) -> None:
        self.file, self.how, self.max_block = file, how, max_block

    def read(self, start: int, end: int) -> Iterator[Record | Damage]:
        members = Members(self.file, self.how, start)
        while members.position < end:
            begin = members.position
            try:
                if not members.begin():
                    return
                if self.how is Packing.NONE:
                    yield from self._plain(members, end)
                    return
                begin = members.start
                yield from self._member(members)
            except DamageError as error:
                raise _Lost(Damage(begin, error.reason, error.detail), begin + 1) from error

    def _member(self, members: Members) -> Iterator[Record | Damage]:
        """The records of one member; where it holds one, as it should, that one can be had by itself."""
        feed = _Feed(members)
        alone = True
        while True:
            try:
                record = self._record(feed, members.start)
            except _FormError as error:  # the member may be sound all the same: the next one is
                self._drain(feed)
                yield Damage(members.start, error.reason, error.detail)
                return
            another = feed.blank()
            if alone and not another:
                record.length = members.position - members.start
            yield record
            if not another:
                return
            alone = False

    def _plain(self, members: Members, end: int) -> Iterator[Record]:
        base = members.start
        feed = _Feed(members)
        going = feed.blank()
        while going and (offset := base + feed.taken) < end:
            try:
                record = self._record(feed, offset)
                ended = feed.taken
                going = feed.blank()
                if going and feed.taken == ended:
                    raise _FormError("wrong length", "no blank line follows where it ends")
            except DamageError as error:
                raise _Lost(Damage(offset, error.reason, error.detail), offset + 1) from error
            record.length = base + feed.taken - offset
            yield record

    def _record(self, feed: _Feed, offset: int) -> Record:
        head = feed.head()
        version, fields = _fields(head)
        record = Record(offset=offset, fields=fields, block=None, size=0, version=version)
        stated = record.get("Content-Length") or ""
        if not stated.strip().isdecimal():
            raise _FormError("wrong length", f"Content-Length: {stated[:40]}" if stated else "no Content-Length")
        record.size = int(stated)
        keep = record.size <= self.max_block
        try:
            record.block = feed.body(record.size, keep=keep)
        except DamageError as error:
            if self.how is not Packing.NONE and feed.ended:
                raise _FormError(error.reason, error.detail) from error
            raise
        return record

    def _drain(self, feed: _Feed) -> None:
        feed.held = b""
        while feed.more():
            feed.held = b""


class _FormError(DamageError):
    """A record that is not one, inside bytes that are whole."""


def _fields(head: bytes) -> tuple[str, list[tuple[str, str]]]:
    """The version and the fields of a record's head; a line that begins with white space goes on the one before."""
    first, *lines = head.decode("utf-8", "surrogateescape").split("\n")
    version = first.strip()
    if version.startswith(ARC.decode()):
        raise _FormError("arc file", "an ARC file: convert it with `warcio recompress`")
    if not version.startswith("WARC/"):
        raise _FormError("damaged record", f"no WARC record begins here: {version[:40]!r}")
    fields: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in " \t" and line.strip() and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        elif ":" in line:
            name, _, value = line.partition(":")
            fields.append((name.strip(), value.strip()))
    return version, fields
