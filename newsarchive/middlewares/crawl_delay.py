"""Crawl-delay: the pace a site's robots.txt asks for is kept, whatever the site's speed would allow."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class CrawlDelay:
    """Keeps the delay between two requests to a host at what its robots.txt asks for, AUTOTHROTTLE_MAX_DELAY at most.

    Crawl-delay is no part of RFC 9309, but sites that write it mean it; Scrapy reads it and does nothing with it.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self._longest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._asked: dict[str, float] = {}
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension of one crawl."""
        return cls(crawler)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the delay a host asks for, and begin with it."""
        asked = robotparser.crawl_delay(self._agent)
        if not asked:
            return
        key = self.crawler.engine.downloader.get_slot_key(request)
        self._asked[key] = min(asked, self._longest)
        logger.info("%s asks for %s seconds between requests%s", key, asked,
                    f", {self._longest} are kept" if asked > self._longest else "")  # fmt: skip
        self._keep(key)

    def response_downloaded(self, request: Request) -> None:
        """Raise again what AutoThrottle has lowered."""
        self._keep(request.meta.get("download_slot", ""))

    def _keep(self, key: str) -> None:
        slot = self.crawler.engine.downloader.slots.get(key)
        if slot is not None and key in self._asked:
            slot.delay = max(slot.delay, self._asked[key])
