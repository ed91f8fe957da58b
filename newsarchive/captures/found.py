"""What reading captures gives: a page, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsarchive.captures.crawled import Crawled
from newsarchive.captures.exchange import Location
from newsarchive.page import Page


@dataclass(frozen=True, slots=True)
class Saved:
    """A page read back, the place it came from (a file; for a WARC record with its offset), and what a crawl knew of it."""

    place: str
    page: Page
    location: Location | None = None
    crawled: Crawled = field(default_factory=Crawled)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that gives no page: a reason in standard words, with detail where there is some."""

    place: str
    reason: str
    detail: str | None = None
    url: str | None = None
