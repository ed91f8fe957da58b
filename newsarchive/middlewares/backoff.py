"""Back-off: a host that says "not now" is left alone for as long as it asks, and a run asks a host only so much."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError, IgnoreRequest
from scrapy.utils.defer import _schedule_coro
from twisted.internet.error import ConnectError, ConnectionClosed, TimeoutError
from twisted.python.failure import Failure

from newsarchive import bookkeeping, options
from newsarchive.middlewares.pauses import BUSY, Pauses, retry_after

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_NO_ANSWER = (
    DownloadTimeoutError, DownloadConnectionRefusedError, DownloadFailedError, TimeoutError, ConnectError, ConnectionClosed,
)  # fmt: skip

_TRIES = 5
_SLOWEST_START = 1.0
_EASE = 0.7


class HostUnavailable(IgnoreRequest):
    """A request to a host that was given up for this run: it asked to be left alone, or did not answer any more."""


class BudgetSpent(IgnoreRequest):
    """A request over what one run may ask of a host; it is left for the next run, and nothing is settled."""


class BackOff:
    """Pauses a host after 429 and 503 (Retry-After, up to NEWSARCHIVE_MAX_PAUSE), slows it down, and keeps its budget.

    Scrapy's retry asks such a page again at once; AutoThrottle looks at the speed of answers alone. A host that asks for more
    than the longest pause, or goes on refusing or failing, is given up for the run: its pages fail as "host unavailable"
    without being asked, and the next run tries again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pauses = Pauses(longest=options.value(crawler.settings, "NEWSARCHIVE_MAX_PAUSE"))
        self._budget: int = options.value(crawler.settings, "NEWSARCHIVE_HOST_BUDGET")
        self._slowest: float = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._tries: int = crawler.settings.getint("RETRY_TIMES")
        self._asked: Counter[str] = Counter()
        self._usual: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse what a given up host, or one whose budget is spent, would be asked."""
        host = self._host(request)
        if host in self.pauses.given_up:
            raise HostUnavailable(f"{host}: {self.pauses.given_up[host]}")
        self._asked[host] += 1
        if self._budget and self._asked[host] > self._budget:
            self._end(host)
            raise BudgetSpent(f"{host}: {self._budget} requests")

    def process_response(self, request: Request, response: Response) -> Response:
        """Note how a host answers, and pause it when it says so."""
        host = self._host(request)
        if response.status not in BUSY:
            self.pauses.answered(host)
            self._ease(host)
            return response
        asked = retry_after(_header(response), datetime.now(UTC))
        seconds = self.pauses.refused(host, response.status, asked)
        if self._tries and (asked is not None or response.status == 429):  # it is told to wait, and not broken
            request.meta.setdefault("max_retry_times", max(self._tries, _TRIES))
        self._pause(host, seconds)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that a host did not answer."""
        if isinstance(exception, _NO_ANSWER):
            host = self._host(request)
            known = host in self.pauses.given_up
            self.pauses.broke(host)
            if host in self.pauses.given_up and not known:
                self._give_up(host)

    def _pause(self, host: str, seconds: float) -> None:
        """Send nothing more to a host for so many seconds, and then more slowly than before."""
        slot = self.crawler.engine.downloader.slots.get(host)
        self._count("pauses")
        if host in self.pauses.given_up:
            self._give_up(host)
        elif slot is not None:
            logger.info("%s is left alone for %.0f seconds, as it says it is asked too much", host, seconds)
            self._usual.setdefault(host, slot.delay)
            slot.delay = min(max(2 * slot.delay, min(_SLOWEST_START, seconds)), self._slowest)
            # The next request is sent a delay after the last: by the slot's clock, that one is still to come.
            slot.lastseen = max(slot.lastseen, monotonic() + seconds)

    def _ease(self, host: str) -> None:
        """Come back to the usual pace by and by, as a host that was paused answers again."""
        slot = self.crawler.engine.downloader.slots.get(host) if host in self._usual else None
        if slot is not None:
            slot.delay = max(self._usual[host], slot.delay * _EASE)
            if slot.delay <= self._usual[host] + 0.01:
                slot.delay = self._usual.pop(host)

    def _give_up(self, host: str) -> None:
        logger.warning("%s is asked nothing more in this run: %s", host, self.pauses.given_up[host])
        self._count("hosts given up")
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot is not None:
            _empty(slot, f"{host}: {self.pauses.given_up[host]}")

    def _end(self, host: str) -> None:
        """End the run, as its budget is spent; what waits in the ledger is for the next one."""
        if self._asked[host] == self._budget + 1:
            logger.info("%s was asked %s times, which is its budget for one run", host, self._budget)
            _schedule_coro(self.crawler.engine.close_spider_async(reason=bookkeeping.BUDGET))

    def _host(self, request: Request) -> str:
        return self.crawler.engine.downloader.get_slot_key(request)

    def _count(self, what: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"newsarchive/backoff/{what}")


def _empty(slot: Slot, why: str) -> None:
    """End the requests that wait for their turn: after a long pause nobody would wait for them."""
    while slot.queue:
        _, waiting = slot.queue.popleft()
        waiting.errback(Failure(HostUnavailable(why)))  # type: ignore[no-untyped-call]


def _header(response: Response) -> str | None:
    value = response.headers.get("Retry-After")
    return value.decode("latin-1") if value is not None else None
