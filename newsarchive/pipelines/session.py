"""The session of one crawl with the archive: opens it, keeps the books of items, and closes it, flushed, at the end."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import CloseSpider, DropItem
from scrapy.http import Response
from scrapy.utils.asyncio import run_in_thread

from newsarchive import bookkeeping, options
from newsarchive.archive import Archive, ArchiveError, Outcome, Writer
from newsarchive.archive.outcomes import Entry as LedgerEntry
from newsarchive.archive.outcomes import Validators
from newsarchive.bookkeeping import NAMES, SETTLED, Entry, State
from newsarchive.pipelines.fields import url_of
from newsarchive.pipelines.settling import Settled

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from newsarchive.archive.locks import Lock

logger = logging.getLogger("newsarchive")


class _RunningError(ArchiveError):
    """Another crawl of the same site is running on the same archive."""


class Session:
    """The extension that owns the archive's writer; `writer` is there from the spider's opening to its close.

    An archive that cannot be opened ends the crawl before it begins, with one line. Every item ends here: settled by a
    pipeline, dropped by another, or broken.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.books = bookkeeping.of(crawler)
        self.writer: Writer | None = None
        self._lock: Lock | None = None
        self.outcomes: dict[int, tuple[Any, Outcome]] = {}
        """Items that were saved while they were looked up, with what became of them, until they are counted."""
        self._broken = False
        for handler, signal in (
            (self.spider_opened, signals.spider_opened),
            (self.spider_closed, signals.spider_closed),
            (self.item_scraped, signals.item_scraped),
            (self.item_dropped, signals.item_dropped),
            (self.item_error, signals.item_error),
            (self.request_dropped, signals.request_dropped),
        ):
            crawler.signals.connect(handler, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The session of one crawl."""
        return cls(crawler)

    async def spider_opened(self) -> None:
        """Open the archive, off the reactor since it may have to migrate; without it there is no crawl."""
        try:
            self.writer = await run_in_thread(self._open, getattr(self.crawler.spider, "locked_site", None))
        except _RunningError as error:
            logger.error("%s", error)  # noqa: TRY400 - one line, no traceback
            raise CloseSpider(bookkeeping.RUNNING) from None
        except (ArchiveError, options.OptionError) as error:
            logger.error("The archive cannot be opened: %s", error)  # noqa: TRY400 - one line, no traceback
            raise CloseSpider("archive unavailable") from None
        self.books.write, self.books.archive = self._write, self.writer.archive
        self.books.remember = self._remember
        if options.value(self.crawler.settings, "NEWSARCHIVE_CONTACT") is None:
            logger.info("Set NEWSARCHIVE_CONTACT (a URL or an address), so that those you crawl can reach you")

    def _open(self, site: str | None) -> Writer:
        settings = self.crawler.settings
        archive = Archive.open(options.value(settings, "NEWSARCHIVE_DATABASE_URL"))
        archive.revisits = options.value(settings, "NEWSARCHIVE_REVISITS")
        try:
            if site is not None and (lock := archive.lock(site)) is None:
                raise _RunningError(f"another crawl of {site} is running on {archive}: this one has nothing to do")
            self._lock = lock if site is not None else None
            archive.begin_run(f"crawl {self.crawler.spidercls.name}", site)
        except ArchiveError:
            archive.close()
            raise
        return Writer(
            archive,
            options.value(settings, "NEWSARCHIVE_BATCH_SIZE"),
            options.value(settings, "NEWSARCHIVE_BATCH_SECONDS"),
            patience=options.value(settings, "NEWSARCHIVE_DATABASE_PATIENCE"),
        )

    async def spider_closed(self, reason: str) -> None:
        """Write what is left, note how the run ended, close the archive."""
        if self.writer is None:
            return
        self.books.write = self.books.archive = self.books.remember = None
        writer, left = self.writer, getattr(self.crawler.spider, "left", None)

        def flush() -> dict[str, int]:
            writer.close()
            return left(reason) if left is not None else {}

        def close() -> None:
            if self._lock is not None:
                self._lock.release()
            writer.archive.close()

        try:
            for name, number in (await run_in_thread(flush)).items():
                self.crawler.stats.inc_value(f"newsarchive/{name}", number)
            stats = self.crawler.stats.get_stats()
            counts = {key.removeprefix("newsarchive/"): stats[key] for key in stats if key.startswith("newsarchive/")}
            complete = bookkeeping.exit_code({**stats, "finish_reason": reason}) == bookkeeping.COMPLETE
            await run_in_thread(writer.archive.end_run, "complete" if complete else "incomplete", counts)
        except ArchiveError as error:
            self._unwritten(error)
        finally:
            await run_in_thread(close)
        self.writer = None

    def keep(self) -> bool:
        """True while this crawl is the only one of its site; the archive is asked, and may raise ArchiveError."""
        return self._lock is None or self._lock.keep()

    def item_scraped(self, item: Any, response: Response | None) -> None:
        """The page an item was read on is archived, under whatever name it came."""
        self._page(response, url_of(item), State.ARCHIVED, None)

    def item_dropped(self, item: Any, response: Response | None, exception: DropItem) -> None:
        """Settle an item that a pipeline dropped: ours say why; of others the message is kept."""
        if not isinstance(exception, Settled):
            exception = Settled(State.REJECTED, "dropped", str(exception) or None)
        url = url_of(item) or (response.url if response is not None else None)
        if exception.state is State.FAILED:
            self.books.failed(url, exception.reason or "unknown", exception.detail)
        else:
            self.books.settle(url, exception.state, exception.reason, exception.detail, row=not exception.written)
        self._page(response, url, exception.state, exception.reason)

    def item_error(self, item: Any, response: Response | None, failure: Failure) -> None:
        """Settle an item whose pipeline broke: counted, kept with its reason, and the exit code says so."""
        url = url_of(item) or (response.url if response is not None else None)
        reason = f"pipeline: {type(failure.value).__name__}"
        self.books.failed(url, reason, " ".join(str(failure.value).split())[:300] or None)
        self._page(response, url, State.FAILED, reason)

    def request_dropped(self, request: Request) -> None:
        """Settle a page that redirects to one already asked for."""
        for url in request.meta.get("redirect_urls", ())[:1]:
            self.books.settle(url, State.DUPLICATE, "redirect", f"redirected to {request.url}")

    def _page(self, response: Response | None, url: str | None, state: State, reason: str | None) -> None:
        """Rows, not counts, for the names a page was fetched under that are not the item's own."""
        # An item of an errback comes with the failure, which knows its request alone; what is settled has its own row.
        asked = response if isinstance(response, Response) else getattr(response, "request", None)
        meta = asked.meta if asked is not None else {}
        own: list[str] = []
        if isinstance(response, Response) and not meta.get(SETTLED):
            own = [response.url, *meta.get("redirect_urls", ())]
        for name in dict.fromkeys([*own, *meta.get(NAMES, ())]):
            if name != url:
                self.books.note(name, state, reason, f"see {url}" if url else None)

    def _write(self, entry: Entry) -> None:
        """Send a row to the ledger; a row that cannot be written is told once."""
        assert self.writer is not None
        state = State.ARCHIVED if entry.state is State.UNCHANGED else entry.state
        future = self.writer.record(
            LedgerEntry(
                url=entry.url,
                state=state.value,  # type: ignore[arg-type]
                reason=entry.reason,
                detail=entry.detail,
                news=entry.news,
            )
        )
        future.add_done_callback(self._written)

    def _remember(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Keep what a page said of its state."""
        assert self.writer is not None
        future = self.writer.remember(Validators(url=url, etag=etag, last_modified=last_modified))
        future.add_done_callback(self._written)

    def _written(self, future: Future[None]) -> None:
        if (error := future.exception()) is not None:
            self._unwritten(error)

    def _unwritten(self, error: BaseException) -> None:
        if not self._broken:
            self._broken = True
            logger.error("The archive cannot be written: %s", error)
            self.crawler.stats.inc_value("newsarchive/failed")
            self.crawler.stats.inc_value("newsarchive/failed/ledger")
