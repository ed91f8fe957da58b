"""What is known of a page from outside of it: from the link that led there, and from its HTTP headers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from w3lib.encoding import http_content_type_encoding

from newsarchive import urls
from newsarchive.captures import Crawled
from newsarchive.discovery.link import Link
from newsarchive.extraction.dates import Hint
from newsarchive.extraction.dates.candidates import MODIFIED, PUBLISHED
from newsarchive.middlewares.captures import CAPTURED_AT
from newsarchive.page import Page

if TYPE_CHECKING:
    from scrapy.http import Response


def dates(link: Link | None, source: str | None) -> list[Hint]:
    """The dates a feed or sitemap gave for a page."""
    if link is None or source not in ("feed", "sitemap"):
        return []
    stated = ((link.published, PUBLISHED), (link.modified, MODIFIED))
    return [Hint(source=source, value=value, role=role) for value, role in stated if value]


def crawled(link: Link, source: str | None, others: Sequence[str] = ()) -> Crawled:
    """What is known of a page before it comes, as captures keep it; `others` are more names of it."""
    stated = tuple((hint.source, hint.role, str(hint.value)) for hint in dates(link, source))
    return Crawled(names=tuple(dict.fromkeys([link.url, *others])), dates=stated)


def newest(link: Link) -> float:
    """A key that sorts links by their dates, the newest first."""
    when = link.moment
    return -when.timestamp() if when else 0.0


def domain(url: str) -> str:
    """The domain a crawl of a URL stays on."""
    host = urlsplit(urls.canonical(url)).hostname or ""
    return urls.registrable(host) or host


def header(response: Response, name: str) -> str | None:
    """One header of a response, None where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None


def charset(response: Response) -> str | None:
    """What the Content-Type header names as charset."""
    return http_content_type_encoding(header(response, "Content-Type"))


def page(response: Response) -> Page:
    """The page of a response that has just come: captured when its record says, or, where none is kept, now."""
    return Page(
        url=response.url,
        body=response.body,
        captured_at=response.meta.get(CAPTURED_AT) or datetime.now(UTC).replace(microsecond=0),
        encoding=charset(response),
        last_modified=header(response, "Last-Modified"),
    )
