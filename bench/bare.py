"""A bare Scrapy spider that downloads the pages of a benchmark site and does nothing: what a crawl is compared with."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class BareSpider(scrapy.Spider):
    """Fetches every URL of a file, one a line."""

    name = "bare"
    urls = ""

    async def start(self) -> AsyncIterator[Any]:
        for url in Path(self.urls).read_text(encoding="utf-8").splitlines():
            yield scrapy.Request(url)

    def parse(self, response: Response) -> None:
        return None


def main(urls: str) -> None:
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "TWISTED_DNS_RESOLVER": "bench.site.LoopbackResolver",
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "RETRY_ENABLED": False,
        }
    )
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, urls=urls)
    process.start()
    assert crawler.stats
    stats = crawler.stats.get_stats()
    print(json.dumps({"pages": stats["response_received_count"], "seconds": stats["elapsed_time_seconds"]}))


if __name__ == "__main__":
    main(sys.argv[1])
