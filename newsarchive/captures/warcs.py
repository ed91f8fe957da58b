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

from newsarchive.captures.exchange import Location
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
        while True:
            try:
                record = next(records)
                found = _page(file, records, record, max_bytes) if record.rec_type == "response" else None
            except StopIteration:
                return
            except _DAMAGED as error:
                yield Skipped(str(file), "damaged record", " ".join(str(error).split())[:200])
                return
            if found is not None:
                yield found


def _page(file: Path, records: ArchiveIterator, record: Any, max_bytes: int) -> Saved | Skipped | None:
    http = record.http_headers
    url = record.rec_headers.get_header("WARC-Target-URI")
    if http is None or not url:
        return None
    kind = (http.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind and kind not in HTML_TYPES:
        return None
    status = http.get_statuscode()
    if status.startswith("3"):
        return None
    body = record.content_stream().read(max_bytes + 1)
    torn = len(body) <= max_bytes and record.raw_stream.read(1) == b"" and record.raw_stream.limit > 0
    records.read_to_end()
    offset, length = records.member_info
    place = f"{file}:{offset}"
    if torn:
        return Skipped(place, "torn record", None, url)
    if record.digest_checker.passed is False:
        return Skipped(place, "wrong digest", "; ".join(record.digest_checker.problems), url)
    if status != "200":
        return Skipped(place, f"http {status}", None, url)
    if len(body) > max_bytes:
        return Skipped(place, "too large", f"more than {max_bytes} bytes", url)
    if not body.strip():
        return Skipped(place, "empty page", None, url)
    page = Page(
        url=url,
        body=body,
        captured_at=_date(record.rec_headers.get_header("WARC-Date")),
        encoding=http_content_type_encoding(http.get_header("Content-Type")),
        last_modified=http.get_header("Last-Modified"),
    )
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    return Saved(place, page, Location(file.name, offset, length, digest))


def _date(text: str | None) -> datetime | None:
    """A WARC-Date as an aware datetime, or None where there is none that can be read."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
