"""Reads the pages of a WARC file, ours or anyone's; a torn or damaged record is a reason, never an end of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Final

from w3lib.encoding import http_content_type_encoding

from newsarchive.captures import listings, records
from newsarchive.captures.crawled import MEDIA_TYPE, Crawled
from newsarchive.captures.exchange import ROLE_FIELD, Location
from newsarchive.captures.found import Saved, Skipped
from newsarchive.captures.members import DamageError
from newsarchive.captures.messages import Message, parse
from newsarchive.captures.records import HEADS, Damage, Record
from newsarchive.captures.waczs import Inside, Window
from newsarchive.captures.wanted import Wanted
from newsarchive.page import Page

is_warc = records.is_warc
Resolve = Callable[[Record], tuple[str, Record] | None]
"""From a revisit record to the record that holds its payload, and that one's file; None where nobody knows it."""

_ROOM: Final = 65_536
"""What a record may hold beside the body: status line and headers."""


def read(file: Path, *, max_bytes: int, wanted: Wanted = Wanted(), resolve: Resolve | None = None) -> Iterator[Saved | Skipped]:  # noqa: B008 - frozen  # fmt: skip
    """The wanted pages of a WARC file, in order.

    Requests, redirects and other media are passed over; an HTML answer with another status, a record that is too large,
    torn or does not match its digest is Skipped with its reason.
    """
    with file.open("rb") as stream:
        size = file.stat().st_size
        reader = PageReader(stream, str(file), file.name, max_bytes=max_bytes, wanted=wanted, resolve=resolve)
        yield from reader.pages(0, size)


def read_inside(file: Path, inside: Inside, max_bytes: int, wanted: Wanted) -> Iterator[Saved | Skipped]:
    """The pages of a WARC file inside of a WACZ; their places are those of the WACZ."""
    with file.open("rb") as stream:
        window = Window(stream, inside.base, inside.size)
        reader = PageReader(window, str(file), file.name, max_bytes=max_bytes, wanted=wanted, base=inside.base)
        yield from reader.pages(0, inside.size)


@dataclass(slots=True, kw_only=True)
class _Group:
    """A record that stands for itself, and what was written about it right behind."""

    head: Record
    crawled: Crawled = field(default_factory=Crawled)


class PageReader:
    """Reads the pages of one open WARC file; `place` is how messages name it, `name` how locations do.

    `base` is where it begins in the file of that name, if it is a part of one.
    """

    def __init__(
        self,
        stream: BinaryIO,
        place: str,
        name: str,
        *,
        max_bytes: int,
        wanted: Wanted = Wanted(),  # noqa: B008 - it is frozen
        resolve: Resolve | None = None,
        base: int = 0,
    ) -> None:
        self.base = base
        self.stream, self.place, self.name = stream, place, name
        self.max_bytes, self.wanted, self.resolve = max_bytes, wanted, resolve
        self.begin: int | None = None
        self.end = 0
        self.records = 0

    def pages(self, start: int, end: int) -> Iterator[Saved | Skipped]:
        """The pages whose records begin between two places; `begin`, `end` and `records` are known when it is through."""
        for one in self._groups(start, end):
            if isinstance(one, Damage):
                yield Skipped(f"{self.place}:{self.base + one.offset}", one.reason, one.detail, one.url)
            elif found := self._found(one):
                yield found

    def _groups(self, start: int, end: int) -> Iterator[_Group | Damage]:
        held: _Group | None = None
        self.begin, self.end, self.records = None, end, 0
        size = self.stream.seek(0, 2)
        for one in records.read(self.stream, start, size, max_block=self.max_bytes + _ROOM):
            if isinstance(one, Damage) or one.kind in HEADS:
                if one.offset >= end:
                    self.end = one.offset
                    break
                self.begin = one.offset if self.begin is None else self.begin
                if held:
                    yield held
                held = None
                if isinstance(one, Damage):
                    yield one
                else:
                    held = _Group(head=one)
            elif held and one.block is not None and _is_about(one, held.head):
                held.crawled = Crawled.of_fields(one.block)
            self.records += 1
        else:
            self.end = max(end, size)
        if held:
            yield held

    def _found(self, group: _Group) -> Saved | Skipped | None:
        """The page of a record, or why there is none; None for what never was a page, or is not wanted."""
        head, url = group.head, group.head.url
        if head.kind not in ("response", "resource", "revisit") or not url or not self.wanted.takes_url(url):
            return None
        if not url.lower().startswith(("http://", "https://")):
            return None  # a screenshot, a DNS answer
        try:
            return self._page(group, url)
        except DamageError as error:
            return self._skipped(head, error.reason, error.detail)

    def _page(self, group: _Group, url: str) -> Saved | Skipped | None:
        head = record = group.head
        file = self.name
        if head.kind == "revisit":
            original = self.resolve(head) if self.resolve else None
            if original is None:
                return self._skipped(head, "revisit", "the record it repeats is not at hand")
            file, record = original
        elif head.kind == "response" and "http" not in (head.get("Content-Type") or "http").lower():
            return None  # the answer of another protocol
        if record.block is None:
            return self._skipped(head, "too large", f"more than {self.max_bytes} bytes")
        message = Message(200, [("Content-Type", record.get("Content-Type") or "")], record.block)
        if record.kind != "resource":
            message = parse(record.block)
        if 300 <= message.status < 400:
            return None
        if not self.wanted.takes_type(message.get("Content-Type")):
            kind = _listing(message, _role(group))
            return self._skipped(head, kind) if kind else None
        if problem := _wrong(record, message):
            return self._skipped(head, "wrong digest", problem)
        if message.status not in self.wanted.statuses:
            return self._skipped(head, f"http {message.status}")
        return self._body(group, url, message, self._location(file, head, record))

    def _body(self, group: _Group, url: str, message: Message, location: Location | None) -> Saved | Skipped:
        head = group.head
        body = message.opened(self.max_bytes + 1)
        if len(body) > self.max_bytes:
            return self._skipped(head, "too large", f"more than {self.max_bytes} bytes")
        if not body or body.isspace():
            return self._skipped(head, "empty page")
        if role := _role(group):
            return self._skipped(head, role)
        own = parse(head.block) if head.kind == "revisit" and head.block else message
        return Saved(self._place(head), _as_page(url, body, head, own), location, group.crawled)

    def _skipped(self, record: Record, reason: str, detail: str | None = None) -> Skipped:
        return Skipped(self._place(record), reason, detail, record.url)

    def _place(self, record: Record) -> str:
        return f"{self.place}:{self.base + record.offset}"

    def _location(self, file: str, head: Record, record: Record) -> Location | None:
        if record.length is None:
            return None
        offset = record.offset + (self.base if head is record else 0)
        return Location(file, offset, record.length, record.get("WARC-Payload-Digest") or "")


def _role(group: _Group) -> str | None:
    """What the crawl that captured it knew a record to be, where it is no article."""
    return group.head.get(ROLE_FIELD) or group.crawled.role


def _is_about(record: Record, head: Record) -> bool:
    """Whether a record is the metadata of the one before it."""
    media_type = record.get("Content-Type") or ""
    same = record.get("WARC-Concurrent-To") == head.get("WARC-Record-ID")
    return record.kind == "metadata" and same and media_type.startswith(MEDIA_TYPE)


def _listing(message: Message, role: str | None) -> str | None:
    """The kind of list an XML document is; None for all else that is no page."""
    if not listings.may_be(message.get("Content-Type")) or message.status != HTTPStatus.OK:
        return None
    return role or listings.kind_of(message.opened(listings.LOOKED_AT))


def _as_page(url: str, body: bytes, record: Record, message: Message) -> Page:
    return Page(
        url=url,
        body=body,
        captured_at=record.date,
        encoding=http_content_type_encoding(message.get("Content-Type")),
        last_modified=message.get("Last-Modified"),
    )


def _wrong(record: Record, message: Message) -> str | None:
    """The digest that a record does not match. A payload is taken with and without its chunks: writers differ."""
    stated = record.get("WARC-Payload-Digest")
    if stated is None or record.kind == "resource":
        return record.wrong_digest()
    if records.matches(stated, message.body) is not False:
        return None
    if "chunked" in (message.get("Transfer-Encoding") or "").lower():
        dechunked = Message(message.status, [("Transfer-Encoding", "chunked")], message.body)
        if records.matches(stated, dechunked.opened(len(message.body))) is not False:
            return None
    if record.get("WARC-Truncated") and record.wrong_digest() is None:
        return None  # some writers state the digest of the whole
    return f"the payload is not {stated}"
