"""What every crawl of pages needs: the readers in their worker processes, the books, and the counts of discovery."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy import Spider
from scrapy.utils.asyncio import run_in_thread

from newsarchive import bookkeeping, options, recipe
from newsarchive.extraction.dates import Hint
from newsarchive.middlewares.callbacks import SETTLED
from newsarchive.recipe import Recipe
from newsarchive.spiders import known
from newsarchive.spiders.neighbours import Around
from newsarchive.spiders.readers import Reader
from newsarchive.spiders.reading import Job, ListJob, Reading
from newsarchive.spiders.workers import ReadingError

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newsarchive.discovery.link import Listing

T = TypeVar("T")


class PageSpider(Spider):
    """A spider whose pages are read by workers, off the reactor; each gives one item at most."""

    custom_settings = {"CONCURRENT_ITEMS": 1}
    allowed_domains: Sequence[str] = ()
    recipe: Recipe | Sequence[Recipe] | None = None
    reader: Reader
    around: Around

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider of a crawl, with its readers; ArgumentError for arguments that cannot be meant."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.reader = Reader(
            size=options.value(crawler.settings, "NEWSARCHIVE_WORKERS"),
            timeout=options.value(crawler.settings, "NEWSARCHIVE_EXTRACTION_TIMEOUT"),
        )
        spider.around = Around(crawler)
        return spider

    async def closed(self, reason: str) -> None:
        """End the readers, which may be in the middle of a page, without making the reactor wait."""
        await run_in_thread(self.reader.close)

    @property
    def books(self) -> bookkeeping.Books:
        """The books of the crawl, where what became of each page is settled."""
        return bookkeeping.of(self.crawler)

    async def read(self, response: Response, *, follow: bool, hints: Sequence[Hint] = ()) -> Reading | None:
        """What the readers made of a response; None when they could not, which is settled here."""
        page = known.page(response)
        rules = recipe.current(self.recipe, page.captured_at)
        domains = tuple(self.allowed_domains or ())
        around = await self.around.known(page.url)
        job = Job(page=page, recipe=rules, follow=follow, domains=domains, hints=hints, known=around)
        return await self._settled(response, self.reader.read(job))

    async def list(self, response: Response, *, is_sitemap: bool) -> Listing | None:
        """What a feed or sitemap lists; None when it could not be read, which is settled here."""
        job = ListJob(url=response.url, body=response.body, encoding=known.charset(response), is_sitemap=is_sitemap)
        return await self._settled(response, self.reader.list(job))

    async def _settled(self, response: Response, result: Awaitable[T]) -> T | None:
        """What the readers answer; None, with the page settled as failed, when they could not read it."""
        try:
            return await result
        except ReadingError as error:
            response.meta[SETTLED] = True
            redirects = response.meta.get("redirect_urls", ())
            self.books.failed(response.url, error.reason, error.detail, aliases=redirects)
            return None

    def skip(self, url: str, reason: str, count: int = 1) -> None:
        """Count a link that is not asked for, by its reason."""
        self.logger.debug("Not fetched (%s): %s", reason, url)
        self.count(f"skipped/{reason}", count)

    def count(self, what: str, count: int = 1) -> None:
        """Add to a count of discovery."""
        if count and self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"newsarchive/discovery/{what}", count)
