"""robots.txt as RFC 9309 has it: bounded, and what cannot be read forbids."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from newsarchive import options
from newsarchive.middlewares.guard import RefusedAddress, RefusedScheme

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_RECEIVED = "newsarchive_robots_received"
_REDIRECTS = 5
_AGE = 24 * 3600.0
"""Seconds after which a robots.txt is read again: a crawl may take days, and RFC 9309 (2.4) allows a day."""
_LONG = 32_000
"""Bytes of a robots.txt that is parsed in a thread: 500 KB take Protego 50 to 400 ms, which the reactor cannot wait."""


class RobotsForbidden(IgnoreRequest):
    """A request that the site's robots.txt forbids."""


class RobotsUnreachable(IgnoreRequest):
    """A request to a site whose robots.txt exists but cannot be had now, so that nothing may be asked (RFC 9309, 2.3.1.4)."""


def cut(body: bytes, limit: int) -> bytes:
    """The first `limit` bytes of a robots.txt at most, ended at a line end: half a rule is a wrong rule."""
    if len(body) <= limit:
        return body
    head = body[:limit]
    return head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1]


def meta() -> dict[str, Any]:
    """The meta of a request for a robots.txt, however long that says it is: it is stopped when there is enough of it."""
    return {"dont_obey_robotstxt": True, _RECEIVED: [0], "download_maxsize": 0, "redirect_ttl": _REDIRECTS}


class BoundedRobotParser(ProtegoRobotParser):
    """Protego, given no more of a robots.txt than NEWSARCHIVE_ROBOTS_MAX_SIZE."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Parse the first part of a robots.txt."""
        limit = options.value(crawler.settings, "NEWSARCHIVE_ROBOTS_MAX_SIZE")
        return cls(cut(robotstxt_body, limit), crawler.spider)


class _Unreachable(RobotParser):
    """Stands for a robots.txt that could not be had: every question ends in RobotsUnreachable."""

    def __init__(self, why: str, cause: Exception | None = None) -> None:
        self.why, self.cause = why, cause

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:  # noqa: ARG003
        return cls(robotstxt_body.decode())

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        raise RobotsUnreachable(self.why) from self.cause


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware, with the answers of RFC 9309 to a missing file and to a broken server.

    A robots.txt that is not there (4xx) allows everything; one that cannot be had now (5xx, no connection, no end)
    allows nothing until the next crawl. No more of it than NEWSARCHIVE_ROBOTS_MAX_SIZE is downloaded.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._read_at: dict[str, float] = {}
        self._limit: int = options.value(crawler.settings, "NEWSARCHIVE_ROBOTS_MAX_SIZE")
        self._maxsize = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        crawler.signals.connect(self._bytes_received, signal=signals.bytes_received)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise RobotsForbidden or RobotsUnreachable for a request that may not be made."""
        try:
            await super().process_request(request)
        except RobotsUnreachable:
            raise
        except IgnoreRequest as error:
            raise RobotsForbidden(str(error)) from None

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of a request's host, fetched once; None where there are none."""
        parts = urlparse_cached(request)
        if monotonic() - self._read_at.get(parts.netloc, 0.0) > _AGE and not isinstance(
            self._parsers.get(parts.netloc), Deferred
        ):
            self._parsers.pop(parts.netloc, None)
        if parts.netloc not in self._parsers:
            self._read_at[parts.netloc] = monotonic()
            waiting: Deferred[RobotParser | None] = Deferred()
            self._parsers[parts.netloc] = waiting
            parser = await self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", request)
            self._parsers[parts.netloc] = parser
            waiting.callback(parser)
        known = self._parsers[parts.netloc]
        if isinstance(known, Deferred):
            await maybe_deferred_to_future(known)
            # Read again, not taken from the wait: a Deferred gives its result to the first who turns it into a Future,
            # and None, which would mean "no rules", to all others.
            known = self._parsers[parts.netloc]
            assert not isinstance(known, Deferred)
        return known

    def forbids(self, request: Request) -> bool:
        """True where the rules of a request's host are known, and forbid it."""
        rules = self._parsers.get(urlparse_cached(request).netloc)
        if rules is None or isinstance(rules, Deferred):
            return False
        agent = self._robotstxt_useragent or request.headers.get(b"User-Agent", self._default_useragent)
        try:
            return not rules.allowed(request.url, agent or "")
        except RobotsUnreachable:
            return False

    async def _fetch(self, url: str, page: Request) -> RobotParser | None:
        request = Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta(), callback=NO_CALLBACK)
        self._stats.inc_value("robotstxt/request_count")
        try:
            response = await self.crawler.engine.download_async(request)
        except (RefusedAddress, RefusedScheme):
            return None  # the page itself is refused for the same reason, under its own name
        except IgnoreRequest as error:
            if "redirect" not in str(error):
                return self._unreachable(url, error)
            logger.info("robots.txt of %s is redirected without end: there are no rules (RFC 9309, 2.3.1.2)", url)
            return None
        except Exception as error:  # noqa: BLE001 - whatever a download can end in, it ends in no permission
            return self._unreachable(url, error)
        self._stats.inc_value("robotstxt/response_count")
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500 or response.status == 429:
            return _Unreachable(f"{url}: http {response.status}")
        body = response.body if 200 <= response.status < 300 else b""
        if len(body) > _LONG:
            parser: RobotParser = await run_in_thread(build_from_crawler, self._parserimpl, self.crawler, body)
        else:
            parser = build_from_crawler(self._parserimpl, self.crawler, body)
        await self.crawler.signals.send_catch_log_async(signals.robots_parsed, robotparser=parser, request=page)
        return parser

    def _unreachable(self, url: str, error: Exception) -> RobotParser:
        why = str(error) or type(error).__name__
        self._stats.inc_value(f"robotstxt/exception_count/{type(error)}")
        logger.info("No robots.txt of %s: %s", url, why)
        return _Unreachable(f"{url}: {why}", error)

    def _bytes_received(self, data: bytes, request: Request) -> None:
        """Stop the download of a robots.txt once it has all that will be read."""
        received = request.meta.get(_RECEIVED)
        if received is None:
            return
        request.meta["download_maxsize"] = self._maxsize  # of what it may open to, if it is compressed
        received[0] += len(data)
        if received[0] > self._limit:
            raise StopDownload(fail=False)
