"""Reads the pages of a WARC file, ours or anyone's; a torn or damaged record is a reason, never an end of the run."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from w3lib.encoding import http_content_type_encoding
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from newsarchive.captures.exchange import ROLE_FIELD, Location
from newsarchive.captures.found import Saved, Skipped
from newsarchive.page import Page

HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
_DAMAGED: Final = (ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, EOFError, ValueError)


def is_warc(file: Path) -> bool:
    """True when a file begins as a WARC does, compressed or not, whatever its name."""
    with file.open("rb") as stream:
        head = stream.read(5)
    if head.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(file) as stream:
                head = stream.read(5)
        except (OSError, EOFError, zlib.error):
            return file.name.lower().endswith(".warc.gz")
    return head == b"WARC/" or file.name.lower().endswith((".warc", ".warc.gz"))


def read(file: Path, *, max_bytes: int) -> Iterator[Saved | Skipped]:
    """The HTML pages of a WARC file that were answered with status 200, in order.

    Requests, redirects and other media are passed over; an HTML answer with another status, a record that is too
    large, torn or does not match its digest is Skipped with its reason.
    """
    with file.open("rb") as stream:
        records = ArchiveIterator(stream, check_digests=True)
        end = 0
        while True:
            try:
                record = next(records)
                body = _body(record, max_bytes)
                records.read_to_end()
            except StopIteration:
                break
            except _DAMAGED as error:
                yield Skipped(str(file), "damaged record", " ".join(str(error).split())[:200])
                return
            offset, length = records.member_info
            end = offset + length
            if found := _found(file, record, body, (offset, length), max_bytes):
                yield found
    if _is_left(file, end):
        yield Skipped(f"{file}:{end}", "torn record", "the file ends inside a record")


def _body(record: Any, max_bytes: int) -> bytes | None:
    """The opened payload of a response, at most a byte more than `max_bytes`; None for other records."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    body: bytes = record.content_stream().read(max_bytes + 1)
    return body


def _found(
    file: Path, record: Any, body: bytes | None, member: tuple[int, int], max_bytes: int
) -> Saved | Skipped | None:
    """The page of a record that was read to its end, or why there is none; None for what never was a page."""
    url = record.rec_headers.get_header("WARC-Target-URI")
    place = f"{file}:{member[0]}"
    if getattr(record.raw_stream, "limit", None) != 0:
        return Skipped(place, "torn record", "it is shorter than it says", url)
    if body is None or not url or not _is_page(record.http_headers):
        return None
    http = record.http_headers
    if record.digest_checker.passed is False:
        return Skipped(place, "wrong digest", "; ".join(record.digest_checker.problems), url)
    if (status := http.get_statuscode()) != "200":
        return Skipped(place, f"http {status}", None, url)
    if len(body) > max_bytes:
        return Skipped(place, "too large", f"more than {max_bytes} bytes", url)
    if not body.strip():
        return Skipped(place, "empty page", None, url)
    if role := record.rec_headers.get_header(ROLE_FIELD):
        return Skipped(place, role, None, url)
    page = Page(
        url=url,
        body=body,
        captured_at=_date(record.rec_headers.get_header("WARC-Date")),
        encoding=http_content_type_encoding(http.get_header("Content-Type")),
        last_modified=http.get_header("Last-Modified"),
    )
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    return Saved(place, page, Location(file.name, *member, digest))


def _is_page(http: Any) -> bool:
    """True for an answer that is HTML, by its header, and no redirect."""
    kind = (http.get_header("Content-Type") or HTML_TYPES[0]).partition(";")[0].strip().lower()
    return kind in HTML_TYPES and not http.get_statuscode().startswith("3")


def _is_left(file: Path, end: int) -> bool:
    """True where more than blank lines follow the last record: warcio passes over a record torn in its headers."""
    with file.open("rb") as stream:
        stream.seek(end)
        return bool(stream.read(4096).strip())


def _date(text: str | None) -> datetime | None:
    """A WARC-Date as an aware datetime, or None where there is none that can be read."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
