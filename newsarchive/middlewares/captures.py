"""Captures: every page as it came over the wire, on disk before anybody reads it."""

from __future__ import annotations

import os
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newsarchive import __version__, options
from newsarchive.captures import CaptureWriter, Exchange, Location
from newsarchive.middlewares.callbacks import LISTINGS, ROLE

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers
    from twisted.internet.base import ReactorBase

CAPTURE: Final = "newsarchive_capture"
"""The key of `response.meta` under which a page's Location is found."""
CAPTURED_AT: Final = "newsarchive_captured_at"
"""The key of `response.meta` under which the time of the capture is found, the one its record carries."""

_HTML: Final = (b"text/html", b"application/xhtml+xml")


class Captures:
    """Writes pages and redirects to WARC files in NEWSARCHIVE_CAPTURES; without that setting it is not there.

    It stands next to the downloader (order 995), where bodies are still content-encoded and redirects are still
    redirects. A page goes on only when its record is on disk; when it cannot be written, the request fails.
    """

    def __init__(self, crawler: Crawler) -> None:
        folder = options.value(crawler.settings, "NEWSARCHIVE_CAPTURES")
        if folder is None:
            raise NotConfigured
        name = f"{crawler.spidercls.name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}"
        self.writer = CaptureWriter(folder, name, software=f"newsarchive/{__version__}")
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
        if is_wanted(request, response):
            fetched_at = datetime.now(UTC).replace(microsecond=0)
            location = await _answer(self.writer.submit(exchange(request, response, fetched_at)))
            request.meta[CAPTURE], request.meta[CAPTURED_AT] = location, fetched_at
        return response

    async def spider_closed(self) -> None:
        """Close the last file."""
        await run_in_thread(self.writer.close)


def is_wanted(request: Request, response: Response) -> bool:
    """True for HTML pages and redirects; not for robots.txt, feeds, sitemaps and other media."""
    if request.callback is NO_CALLBACK:
        return False
    if 300 <= response.status < 400:
        return True
    kind = (response.headers.get(b"Content-Type") or b"text/html").partition(b";")[0].strip().lower()
    return kind in _HTML


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
