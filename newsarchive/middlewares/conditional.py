"""Conditional requests: a page that has not changed is not sent again, where its host proves honest about that.

A page visited before is asked for with what it said of its state (RFC 9110, section 13). The first 304s of a host, and one in
twenty later, are verified by fetching the page whole; a host that said 304 of a page that had changed is asked for whole pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import deferred_from_coro

from newsarchive import bookkeeping
from newsarchive.archive import Archive, ArchiveError
from newsarchive.archive.hosts import Trust
from newsarchive.bookkeeping import State
from newsarchive.middlewares.callbacks import NEWS

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

VALIDATORS: Final = "newsarchive_validators"
"""In `request.meta`: the ETag and Last-Modified of the visit before, either may be None."""
_ASKED: Final = "newsarchive_conditional"
_VERIFYING: Final = "newsarchive_verifying"
_CONDITIONS: Final = (b"If-None-Match", b"If-Modified-Since")


class NotModified(IgnoreRequest):
    """A page that its host says has not changed since the last visit, and the host is believed."""


class Conditional:
    """Asks with conditions, keeps what pages say of their state, and tests who answers 304."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.books = bookkeeping.of(crawler)
        self._trust: dict[str, Trust] = {}
        self._changed: set[str] = set()
        self._seen: dict[str, tuple[str | None, str | None]] = {}
        self._tested: dict[str, dict[str, Any]] = {}
        self._archive: Archive | None = None
        self.books.listeners.append(self._settled)
        crawler.signals.connect(self._item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self._item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(self._spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Add the conditions of a page visited before, where its host is believed; a redirect's target gets none."""
        known = request.meta.get(VALIDATORS)
        if not known or request.meta.get("redirect_urls") or request.meta.get(_VERIFYING):
            for name in _CONDITIONS:
                request.headers.pop(name, None)
            request.meta.pop(_ASKED, None)
            return
        host = urlsplit(request.url).netloc
        if host not in self._trust:
            self._trust[host] = await self._read(host)
        if self._trust[host].is_asked(datetime.now(UTC)):
            for name, value in zip(_CONDITIONS, known, strict=True):
                if value:
                    request.headers[name] = value
            request.meta[_ASKED] = True

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Believe a 304 (NotModified), or ask for the page whole; of a page that came, keep what it says of its state."""
        if response.status == 304 and request.meta.get(_ASKED):
            return self._not_modified(request)
        if response.status == 200 and not request.meta.get("redirect_urls"):
            stated = (_header(response, "ETag"), _header(response, "Last-Modified"))
            if any(stated) or request.meta.get(VALIDATORS):
                self._seen[request.url] = stated
            if request.meta.get(_VERIFYING):
                self._tested[request.url] = request.meta
        return response

    def _not_modified(self, request: Request) -> Request:
        host = urlsplit(request.url).netloc
        trust = self._trust[host] = self._trust[host].after_answer()
        self._changed.add(host)
        self._count("answered")
        if not trust.is_doubted():
            raise NotModified("not modified")
        self._count("verified")
        return request.replace(meta={**request.meta, _VERIFYING: True}, dont_filter=True)

    def _settled(self, names: Iterable[str]) -> None:
        for name in names:
            if (stated := self._seen.pop(name, None)) is not None and self.books.remember is not None:
                self.books.remember(name, *stated)
            meta = self._tested.get(name)
            if meta is not None and NEWS in meta:  # a list: it lied when it brings something new
                self._test(name, is_changed=bool(meta[NEWS]))

    def _item_scraped(self, response: Response | None) -> None:
        if response is not None:
            self._test(response.url, is_changed=True)

    def _item_dropped(self, response: Response | None, exception: Exception) -> None:
        if response is not None and getattr(exception, "state", None) is State.UNCHANGED:
            self._test(response.url, is_changed=False)

    def _test(self, url: str, *, is_changed: bool) -> None:
        """Note whether a page that was verified had changed."""
        if self._tested.pop(url, None) is None:
            return
        host = urlsplit(url).netloc
        self._trust[host] = self._trust[host].after_test(url, is_changed=is_changed, now=datetime.now(UTC))
        self._changed.add(host)
        if is_changed:
            self._count("lied")
            deferred_from_coro(self._keep({host: self._trust[host]}))  # at once: a crawl may be killed before it ends

    async def _read(self, host: str) -> Trust:
        archive = self.books.archive
        if not isinstance(archive, Archive):
            return Trust()
        self._archive = archive
        try:
            return await run_in_thread(archive.trust, host)
        except ArchiveError:
            return Trust()

    async def _spider_closed(self) -> None:
        """Keep what was learned of hosts."""
        await self._keep({host: self._trust[host] for host in self._changed})

    async def _keep(self, learned: dict[str, Trust]) -> None:
        archive = self._archive
        if archive is None or not learned:
            return
        try:
            await run_in_thread(archive.keep_trust, learned)
        except ArchiveError:
            self._count("unwritten")

    def _count(self, what: str) -> None:
        self.books.stats.inc_value(f"newsarchive/not_modified/{what}")


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
