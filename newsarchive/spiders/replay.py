"""Replay: saved pages and WARC records take the way of a live response, from extraction to the archive, without network."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import scrapy
from scrapy import signals
from scrapy.spiderloader import get_spider_loader

from newsarchive import bookkeeping, options
from newsarchive.captures import Saved, Skipped, Wanted, read
from newsarchive.captures.saved import MetaError, instant
from newsarchive.extraction.dates import Hint
from newsarchive.middlewares.callbacks import LISTINGS
from newsarchive.spiders import reading, replaying, sites
from newsarchive.spiders.arguments import ArgumentError
from newsarchive.spiders.neighbours import Around
from newsarchive.spiders.readers import Reader, ReadingError
from newsarchive.spiders.replaying import FAILURES

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from newsarchive.article import Article

_SETTLE_SECONDS: Final = 0.05


class ReplaySpider(scrapy.Spider):
    """Reads pages from files instead of the network: `newsarchive replay PATH…`, or `scrapy crawl replay -a paths=PATH`.

    paths: files and folders, as a list or as one string separated by the system's path separator (":").
    url: the address of a page that does not state its own.
    captured_at: the time of capture, in ISO 8601, of pages that do not state it; else it stays unknown.
    """

    name = "replay"

    def __init__(
        self,
        paths: str | Sequence[str | Path] = (),
        *args: Any,
        url: str | None = None,
        captured_at: str | datetime | None = None,
        wanted: Wanted | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names: Iterable[str | Path] = paths.split(os.pathsep) if isinstance(paths, str) else paths
        self.paths = [Path(name) for name in names if name]
        if not self.paths:
            raise ArgumentError("replay needs files or folders: -a paths=PATH")
        for path in self.paths:
            if not path.exists():
                raise ArgumentError(f"paths: {path}: no such file or folder")
        self.url, self.wanted = url, wanted or Wanted()
        try:
            self.captured_at = instant(captured_at) if isinstance(captured_at, str) else captured_at
        except MetaError as error:
            raise ArgumentError(f"captured_at: {error}") from error

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, listening to what becomes of its items."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider._item_ended, signal=signal)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The article of every page, in the order of the files.

        Pages are read ahead, a few for each worker. Scrapy takes start items without limit, so the ones in the
        pipelines are bounded here: enough to fill the archive's batches, whatever the size of the input.
        """
        self._books = bookkeeping.of(self.crawler)
        self._around = Around(self.crawler)
        self._sites = sites.of_project(get_spider_loader(self.settings))
        workers = options.value(self.settings, "NEWSARCHIVE_WORKERS")
        timeout = options.value(self.settings, "NEWSARCHIVE_EXTRACTION_TIMEOUT")
        in_pipelines = 2 * options.value(self.settings, "NEWSARCHIVE_BATCH_SIZE") + 2 * workers
        self._room = asyncio.Semaphore(in_pipelines)
        reader = Reader(size=workers, timeout=timeout)
        try:
            async for article in self._articles(reader, ahead=2 * workers + 1):
                await self._room.acquire()
                yield article
            for _ in range(in_pipelines):
                await self._room.acquire()
            # Scrapy sees that it is idle when start() ends, or else at its next heartbeat, seconds later.
            await asyncio.sleep(_SETTLE_SECONDS)
        finally:
            await asyncio.to_thread(reader.close)

    async def _articles(self, reader: Reader, *, ahead: int) -> AsyncIterator[Article]:
        found = iter(read(self.paths, url=self.url, captured_at=self.captured_at, wanted=self.wanted))
        coming: deque[asyncio.Task[Article | None]] = deque()
        while True:
            one = await asyncio.to_thread(next, found, None)
            if isinstance(one, Saved):
                coming.append(asyncio.ensure_future(self._read(reader, one)))
            elif one is not None:
                self._skip(one)
            while coming and (one is None or len(coming) >= ahead):
                article = await coming.popleft()
                if article is not None:
                    yield article
            if one is None:
                return

    async def _read(self, reader: Reader, saved: Saved) -> Article | None:
        """The article of a page; None, with a row that says why, for a page that could not be read."""
        self._books.fetched()
        page = saved.page
        known = await self._around.known(page.url)
        rules = sites.recipe(self._sites, page.url, page.captured_at)
        hints = [Hint(source=source, role=role, value=value) for source, role, value in saved.crawled.dates]
        try:
            job = reading.Job(page=page, recipe=rules, hints=hints, known=known)
            article = (await reader.read(job)).article
        except ReadingError as error:
            self._books.failed(page.url, error.reason, error.detail)
            return None
        return replaying.known(article, saved)

    def _skip(self, skipped: Skipped) -> None:
        url = skipped.url or Path(skipped.place).absolute().as_uri()
        if skipped.reason in LISTINGS:
            self._books.settle(url, bookkeeping.State.LISTING, skipped.reason)
            return
        settle = self._books.failed if skipped.reason in FAILURES else self._books.rejected
        settle(url, skipped.reason, skipped.detail or skipped.place)

    def _item_ended(self) -> None:
        self._room.release()
