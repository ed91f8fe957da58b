"""What a spider's callback made of a page: an item (settled by the pipelines), links alone, nothing, or an error."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.spidermiddlewares.httperror import HttpError

from newsarchive import bookkeeping
from newsarchive.article import Verdict

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

# What a spider may say in `response.meta`: what a page is that lists articles and is none (one of LISTINGS, or what is
# wrong with it), and that it has settled a page itself.
LISTINGS = frozenset({"feed", "sitemap", "index", "robots.txt"})
ROLE = "newsarchive_role"
SETTLED = bookkeeping.SETTLED
NEWS = "newsarchive_news"
"""How many URLs a listing brought that were never seen."""


class RecordingCallbacks:
    """Settles the pages that gave no item: those with links as listings, others as "no article", errors as failed."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The recorder of one crawl."""
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass everything on; at the end of it, settle a page without an item."""
        items = requests = 0
        async for output in result:
            if isinstance(output, Request):
                requests += 1
            elif output is not None:
                items += 1
            yield output
        if not items and not response.meta.get(SETTLED):
            self._settle(response, response.meta.get(ROLE) or (Verdict.INDEX.value if requests else "no article"))

    def _settle(self, response: Response, reason: str) -> None:
        books, redirects = bookkeeping.of(self.crawler), response.meta.get("redirect_urls", ())
        # A robots.txt that is not there is an answer, too.
        status = f"http {response.status}" if response.status >= 400 else None
        if status and reason != "robots.txt":
            books.rejected(response.url, status, aliases=redirects)
        elif reason not in LISTINGS:
            books.rejected(response.url, reason, aliases=redirects)
        else:
            news = response.meta.get(NEWS, 0)
            books.settle(response.url, bookkeeping.State.LISTING, reason, status, aliases=redirects, news=news)

    def process_spider_exception(self, response: Response, exception: Exception) -> None:
        """Settle the page of a callback that broke; Scrapy logs the error and counts it."""
        if not isinstance(exception, (HttpError, CloseSpider)):
            bookkeeping.of(self.crawler).failed(
                response.url, f"spider: {type(exception).__name__}", str(exception)[:300] or None,
                aliases=response.meta.get("redirect_urls", ()),
            )  # fmt: skip
