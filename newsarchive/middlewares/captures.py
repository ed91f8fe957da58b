"""Captures: every page as it came over the wire, on disk before anybody reads it."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newsarchive import __version__, bookkeeping, options
from newsarchive.archive import Archive, ArchiveError, Payload
from newsarchive.captures import CaptureWriter, Crawled, Exchange, Location, Original, Packing
from newsarchive.middlewares.callbacks import LISTINGS, ROLE

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers
    from twisted.internet.base import ReactorBase

logger = logging.getLogger("newsarchive")

CAPTURE: Final = "newsarchive_capture"
"""The key of `response.meta` under which a page's Location is found."""
CAPTURED_AT: Final = "newsarchive_captured_at"
"""The key of `response.meta` under which the time of the capture is found, the one its record carries."""

CRAWLED: Final = "newsarchive_crawled"
"""The key of `request.meta` under which a spider may say, as a Crawled, what it knows of a page before it comes."""

_HTML: Final = (b"text/html", b"application/xhtml+xml")
_KINDS: Final = {"index": "sections", "feed": "feeds", "sitemap": "sitemaps", "robots.txt": "sitemaps"}


class Captures:
    """Writes pages and redirects to WARC files in NEWSARCHIVE_CAPTURES; without that setting it is not there.

    It stands next to the downloader (order 995), where bodies are still content-encoded and redirects are still
    redirects. A page goes on only when its record is on disk; when it cannot be written, the request fails. The archive,
    where the crawl has one, remembers the digests of what was kept, so that a page that stays the same is kept once.
    """

    def __init__(self, crawler: Crawler) -> None:
        folder = options.value(crawler.settings, "NEWSARCHIVE_CAPTURES")
        if folder is None:
            raise NotConfigured
        self.crawler = crawler
        self._held: Archive | None = None
        self.kinds: frozenset[str] = options.value(crawler.settings, "NEWSARCHIVE_CAPTURES_KINDS")
        self.writer = CaptureWriter(
            folder,
            f"{crawler.spidercls.name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}",
            software=f"newsarchive/{__version__}",
            max_size=options.value(crawler.settings, "NEWSARCHIVE_CAPTURES_FILE_SIZE"),
            packing=Packing(options.value(crawler.settings, "NEWSARCHIVE_CAPTURES_COMPRESSION")),
            info={"robots": "obey" if crawler.settings.getbool("ROBOTSTXT_OBEY") else "ignore"},
            known=self._known,
            keep=self._keep,
        )
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The captures of one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Forget the capture of a redirect that led here."""
        request.meta.pop(CAPTURE, None)
        request.meta.pop(CAPTURED_AT, None)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Pass a response on once it is on disk; CaptureError when it cannot be."""
        if is_wanted(request, response, self.kinds):
            fetched_at = datetime.now(UTC).replace(microsecond=0)
            location = await _answer(self.writer.submit(exchange(request, response, fetched_at)))
            request.meta[CAPTURE], request.meta[CAPTURED_AT] = location, fetched_at
        return response

    async def spider_closed(self) -> None:
        """Close the last file."""
        await run_in_thread(self.writer.close)

    def _archive(self) -> Archive | None:
        """The crawl's archive, where it has one; it is held on to, since the last digests come when it is closing."""
        found = bookkeeping.of(self.crawler).archive
        if isinstance(found, Archive):
            self._held = found
        return self._held

    def _known(self, digests: Sequence[str]) -> dict[str, Original]:
        """What the archive says of payloads; nothing where it cannot be asked: they are then kept once more."""
        archive = self._archive()
        try:
            found = archive.payloads(digests) if archive is not None else {}
        except ArchiveError as error:
            logger.warning("captures: the archive cannot be asked for digests: %s", error)
            return {}
        return {digest: _original(payload) for digest, payload in found.items()}

    def _keep(self, added: Iterable[tuple[str, Original]]) -> None:
        archive = self._archive()
        if archive is not None:
            archive.keep_payloads([_payload(digest, original) for digest, original in added])


def is_wanted(request: Request, response: Response, kinds: Collection[str]) -> bool:
    """True for what is of one of these kinds; of what was asked for as an article, for HTML pages only."""
    if request.callback is NO_CALLBACK:
        return False
    if response.status == 304:
        return False  # nothing came
    if 300 <= response.status < 400:
        return "redirects" in kinds
    kind = _KINDS.get(request.meta.get(ROLE) or "", "articles")
    if kind not in kinds:
        return False
    media_type = (response.headers.get(b"Content-Type") or b"text/html").partition(b";")[0].strip().lower()
    return kind in ("feeds", "sitemaps") or media_type in _HTML


def exchange(request: Request, response: Response, fetched_at: datetime) -> Exchange:
    """The request and its response as WARC has them."""
    return Exchange(
        url=response.url,
        fetched_at=fetched_at,
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        method=request.method,
        request_headers=_pairs(request.headers),
        request_body=request.body,
        protocol=response.protocol if response.protocol in ("HTTP/1.0", "HTTP/1.1") else "HTTP/1.1",
        ip=str(response.ip_address) if response.ip_address else None,
        truncated="disconnect" if "dataloss" in response.flags else None,
        role=role if (role := request.meta.get(ROLE)) in LISTINGS else None,
        crawled=_crawled(request),
    )


def _crawled(request: Request) -> Crawled:
    """What the spider knows of the page, and the redirects that led to it."""
    said = request.meta.get(CRAWLED)
    known = said if isinstance(said, Crawled) else Crawled()
    names = dict.fromkeys([*known.names, *request.meta.get("redirect_urls", ())])
    return replace(known, names=tuple(name for name in names if name != request.url))


def _original(payload: Payload) -> Original:
    place = Location(payload.file, payload.offset, payload.length, payload.digest)
    return Original(url=payload.url, fetched_at=payload.captured_at, location=place)


def _payload(digest: str, original: Original) -> Payload:
    place = original.location
    return Payload(
        digest=digest,
        url=original.url,
        captured_at=original.fetched_at,
        file=place.file,
        offset=place.offset,
        length=place.length,
    )


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]


async def _answer(future: Future[Location]) -> Location:
    """The result of a future of the writer's thread, without blocking the reactor."""
    from twisted.internet import reactor as running

    reactor: ReactorBase = running
    deferred: Deferred[Any] = Deferred()
    future.add_done_callback(lambda _: reactor.callFromThread(deferred.callback, None))
    await maybe_deferred_to_future(deferred)
    return future.result()
