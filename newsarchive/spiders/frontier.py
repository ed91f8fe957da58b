"""What a crawl asks for next: the ledger's most urgent URLs, a bounded number of them at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scrapy.exceptions import CloseSpider
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newsarchive.archive import ArchiveError, Discovered, Lead, Waiting, Wish
from newsarchive.bookkeeping import BUDGET, RUNNING
from newsarchive.pipelines.answers import answer

if TYPE_CHECKING:
    from datetime import date

    from scrapy.crawler import Crawler

    from newsarchive.archive import Frontier as SiteFrontier
    from newsarchive.archive import Writer
    from newsarchive.bookkeeping import Books

logger = logging.getLogger("newsarchive")

T = TypeVar("T")

_TICK: Final = 1.0
"""Seconds between two looks at the clock and at the engine while nothing happens."""
_SETTLE_SECONDS: Final = 0.05
"""Scrapy sees that it is idle when start() ends, or else at its next heartbeat, seconds later."""
NO_OUTCOME: Final = "no outcome"


class Frontier:
    """The frontier of a crawl: pages are handed out, most urgent first, and come back as settled through the books.

    At most `window` pages are out at a time, and nothing else of the frontier is in memory. A page of which the books never
    hear is settled here, as failed, when the engine has nothing left to do: no page is lost without a word, or waited for
    for ever.
    """

    def __init__(
        self, crawler: Crawler, writer: Writer, books: Books, *, window: int, keep: Callable[[], bool] = lambda: True
    ) -> None:
        self.crawler, self.writer, self.books, self.keep = crawler, writer, books, keep
        self.window = window
        self.articles = 0
        """Articles handed out so far."""
        self._out: dict[str, int] = {}
        self._back: set[int] = set()
        self._news = False
        self._waiting: Deferred[None] | None = None
        books.listeners.append(self._settled)

    async def ask(self, question: Callable[[], T]) -> T:
        """The answer of the archive's thread; CloseSpider when the archive cannot be asked."""
        try:
            return await answer(self.writer.ask(question))
        except ArchiveError as error:
            raise CloseSpider("archive unavailable") from error

    async def discover(self, frontier: SiteFrontier, found: Sequence[Lead], found_on: str | None = None) -> Discovered:
        """Enter URLs into the ledger; when it returns they cannot be lost any more."""
        counts = await self.ask(lambda: frontier.discover(found, found_on))
        if counts.new:
            self._news = True
            self._wake()
        return counts

    async def due(
        self,
        frontier: SiteFrontier,
        *,
        limit: int = 0,
        end: float | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> AsyncIterator[Waiting]:
        """Pages as they are due, until none is and all are settled; `limit` articles at most, none after `end` (monotonic).

        `since` and `until` (days, included) bound the period the articles are of.
        """
        while True:
            self._news = False
            room = self.window - len(self._out)
            room = min(room, limit - self.articles) if limit else room
            wish = Wish(limit=room, skip=tuple(self._out.values()), since=since, until=until)
            chosen = [] if room <= 0 else [each for each in await self._chosen(frontier, wish) if self._is_new(each)]
            self._back.clear()
            for each in chosen:
                self._check(end)
                self._hand_out(each)
                yield each
            if not chosen and not self._out:
                break
            # With pages to come: as soon as half of them are back. With none: when there is news, or all are back.
            while (len(self._out) > self.window // 2) if chosen else (self._out and not self._news):
                await self._change(end)
        await self._pause(_SETTLE_SECONDS)

    async def among(self, chosen: Sequence[Waiting], end: float | None = None) -> AsyncIterator[Waiting]:
        """These pages, as there is room; none after `end` (monotonic)."""
        for each in chosen:
            self._check(end)
            while len(self._out) >= self.window:
                await self._change(end)
            self._hand_out(each)
            yield each

    async def drained(self) -> None:
        """Wait until all that was handed out is settled."""
        while self._out:
            await self._change(None)
        await self._pause(_SETTLE_SECONDS)

    async def _chosen(self, frontier: SiteFrontier, wish: Wish) -> list[Waiting]:
        """What is due next; the crawl ends if its lock was lost with a connection and another one has it now."""
        chosen = await self.ask(lambda: frontier.due(wish) if self.keep() else None)
        if chosen is None:
            logger.error("The lock of %s was lost, and another crawl has it now: this one ends", frontier.site)
            raise CloseSpider(RUNNING)
        return chosen

    def _is_new(self, waiting: Waiting) -> bool:
        """False, once told, for a page that was settled under another name and would be handed out for ever."""
        if waiting.id not in self._back:
            return True
        self.books.failed(waiting.url, NO_OUTCOME, "it was fetched, but what came of it has another address")
        return False

    def _hand_out(self, waiting: Waiting) -> None:
        self._out[waiting.url] = waiting.id
        self.articles += waiting.kind == "article"

    def _settled(self, names: Iterable[str]) -> None:
        for name in names:
            if (row := self._out.pop(name, None)) is not None:
                self._back.add(row)
                self._wake()

    def _check(self, until: float | None) -> None:
        if until is not None and time.monotonic() >= until:
            raise CloseSpider(BUDGET)

    async def _change(self, until: float | None) -> None:
        """Wait for a page to be settled or news to come; give up on what the engine knows nothing of."""
        self._waiting = Deferred()
        timed_out = await self._pause(_TICK, self._waiting)
        self._waiting = None
        self._check(until)
        if timed_out and self._is_engine_idle():
            await self._pause(_TICK)
            if self._is_engine_idle():
                for url in list(self._out):
                    self.books.failed(url, NO_OUTCOME)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.called:
            self._waiting.callback(None)

    async def _pause(self, seconds: float, until: Deferred[None] | None = None) -> bool:
        """Wait some seconds, or until something else happens; True when it did not."""
        from twisted.internet import reactor as running  # the reactor is installed by now, whichever it is

        reactor: Any = running

        waited: Deferred[None] = until or Deferred()
        timed_out = []

        def end() -> None:
            timed_out.append(True)
            if not waited.called:
                waited.callback(None)

        call = reactor.callLater(seconds, end)
        try:
            await maybe_deferred_to_future(waited)
        finally:
            if call.active():
                call.cancel()
        return bool(timed_out)

    def _is_engine_idle(self) -> bool:
        """True when no request is anywhere and no response is being worked on."""
        engine = self.crawler.engine
        if engine is None or engine.scheduler is None or engine.scraper.slot is None:
            return False
        busy = engine.downloader.active or engine.scheduler.has_pending_requests()
        return not busy and engine.scraper.slot.is_idle() and not self.writer.pending
