"""One HTTP exchange as it went over the wire, and its form as WARC 1.1 records."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from w3lib.url import safe_url_string
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.captures.crawled import MEDIA_TYPE, Crawled
from newsarchive.captures.members import Packing, pack

VERSION: Final = "1.1"
LEVELS: Final = {Packing.GZIP: 2, Packing.ZSTD: 3, Packing.NONE: 0}
"""warcio writes at level 9: eight times the time for 15 % less space on news pages sent uncompressed; a body that came
compressed, as nearly all do, takes next to nothing at any level."""
IDENTICAL: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
WORTH_A_REVISIT: Final = 256
"""Bytes of a payload below which a revisit record would save nothing."""

ROLE_FIELD: Final = "Newsarchive-Role"
"""A field of our own, as WARC allows: what a page was fetched for that lists articles and is none."""

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its response.

    `body` is the payload as sent, still content-encoded but without chunking; `fetched_at` is aware; `truncated` is a
    WARC-Truncated reason ("length", "time", "disconnect") where the body is not whole. Header values are text decoded
    as latin-1, so that every byte is kept. `role` says of a page that is no article's what it was fetched for ("index"),
    `crawled` what else the crawl knew of it.
    """

    url: str
    fetched_at: datetime
    status: int
    headers: Headers
    body: bytes
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""
    protocol: str = "HTTP/1.1"
    ip: str | None = None
    truncated: str | None = None
    role: str | None = None
    crawled: Crawled = field(default_factory=Crawled)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a capture is: the file's name, the record's offset and length in bytes, the payload's digest."""

    file: str
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A payload that is kept already: of which address and time, and where."""

    url: str
    fetched_at: datetime
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The records of an exchange, each packed by itself: the response or revisit, and those that belong to it."""

    head: bytes
    others: bytes
    kind: str


def digest_of(body: bytes) -> str:
    """The digest of a payload as WARC tools write it: "sha1:" and base 32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def packed(exchange: Exchange, digest: str, how: Packing = Packing.GZIP, original: Original | None = None) -> Packed:
    """The records of an exchange: response (or, with an original, a revisit of it), request, and metadata if there is any.

    `digest` is that of its payload. ValueError for an exchange that was no HTTP.
    """
    if not exchange.url.startswith(("http://", "https://")):
        raise ValueError(f"not an http(s) address: {exchange.url!r}")
    writer = _Memory(how)
    date = stamp(exchange.fetched_at)
    named = {"WARC-Date": date, "WARC-Payload-Digest": digest} | _stated(exchange)
    head = _response_head(exchange)
    if original is None:
        record = writer.record(exchange.url, "response", exchange.body, head, named)
    else:
        named |= {
            "WARC-Profile": IDENTICAL,
            "WARC-Refers-To-Target-URI": original.url,
            "WARC-Refers-To-Date": stamp(original.fetched_at),
        }
        record = writer.record(exchange.url, "revisit", b"", head, named)
    kind, first = record.rec_type, writer.take()
    beside = {"WARC-Date": date, "WARC-Concurrent-To": record.rec_headers.get_header("WARC-Record-ID")}
    writer.record(exchange.url, "request", exchange.request_body, _request_head(exchange), dict(beside))
    others = writer.take()
    if exchange.crawled:
        writer.record(exchange.url, "metadata", exchange.crawled.as_fields(), None, dict(beside), MEDIA_TYPE)
        others += writer.take()
    return Packed(head=first, others=others, kind=kind)


def _stated(exchange: Exchange) -> dict[str, str]:
    stated = (
        ("WARC-IP-Address", exchange.ip),
        ("WARC-Truncated", exchange.truncated),
        (ROLE_FIELD, exchange.role),
    )
    return {name: value for name, value in stated if value}


def warcinfo(file: str, fields: dict[str, str], how: Packing = Packing.GZIP) -> bytes:
    """The record that opens a file: who wrote it and what to know of it."""
    writer = _Memory(how)
    writer.writer.write_record(writer.writer.create_warcinfo_record(file, fields))
    return writer.take()


def stamp(moment: datetime) -> str:
    """A WARC-Date: UTC, to the microsecond where there is one, as WARC 1.1 allows; ValueError on a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"the time of a capture must be aware: {moment!r}")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """Status line and headers, written as the bytes they came as; warcio would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, "latin-1")


class _Memory:
    """A warcio writer whose records are taken out packed."""

    def __init__(self, how: Packing) -> None:
        self.how = how
        self.buffer = io.BytesIO()
        self.writer = WARCWriter(self.buffer, gzip=False, warc_version=VERSION)

    def record(
        self,
        url: str,
        kind: str,
        payload: bytes,
        head: StatusAndHeaders | None,
        named: dict[str, str],
        media_type: str | None = None,
    ) -> Any:
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=head,
            warc_headers_dict=named,
            warc_content_type=media_type or "",
        )
        self.writer.write_record(record)
        return record

    def take(self) -> bytes:
        """All records written since the last call, packed as one."""
        data = pack(self.buffer.getvalue(), self.how, LEVELS[self.how])
        self.buffer.seek(0)
        self.buffer.truncate()
        return data


def _response_head(exchange: Exchange) -> StatusAndHeaders:
    """Status and headers; what said how the body was chunked is left out, since the body no longer is."""
    try:
        phrase = HTTPStatus(exchange.status).phrase
    except ValueError:
        phrase = ""
    headers = [(name, value) for name, value in exchange.headers if name.lower() != "transfer-encoding"]
    return _Head(f"{exchange.status} {phrase}".strip(), headers, protocol=exchange.protocol)


def _request_head(exchange: Exchange) -> StatusAndHeaders:
    parts = urlsplit(safe_url_string(exchange.url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = list(exchange.request_headers)
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    line = f"{exchange.method} {path} {exchange.protocol}"
    return _Head(line, headers, is_http_request=True)
