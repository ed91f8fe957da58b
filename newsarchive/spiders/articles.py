"""The callbacks of article pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from scrapy import Request

from newsarchive.archive import Waiting
from newsarchive.bookkeeping import NAMES, SETTLED, State
from newsarchive.discovery.link import Link, LinkKind
from newsarchive.extraction.joining import MAX_PAGES, join
from newsarchive.middlewares.captures import CAPTURE, CRAWLED
from newsarchive.spiders import finding, known
from newsarchive.spiders.listings import ListingSpider

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newsarchive.article import Article


class ArticleSpider(ListingSpider):
    """A spider that reads article pages, too."""

    follow: bool = False

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        self.pages_read = 0

    def request(self, waiting: Waiting) -> Request:
        """The request for a page of the frontier, by the name that was found, since it is the one known to be answered."""
        if waiting.kind == "listing":
            return self.request_listing(waiting)
        given: dict[str, Any] = {"link": finding.link(waiting), "source": waiting.source, "twins": waiting.twins}
        meta = {CRAWLED: known.crawled(given["link"], waiting.source, waiting.twins), **finding.validators(waiting)}
        return Request(waiting.url, self.parse, cb_kwargs=given, meta=meta, priority=waiting.priority, dont_filter=True)

    async def parse(
        self,
        response: Response,
        link: Link | None = None,
        source: str | None = None,
        twins: Sequence[str] = (),
        is_original: bool = False,
    ) -> AsyncIterator[Any]:
        """The article of a page, whatever its verdict, and with `follow` the articles it links to.

        An AMP or mobile form says less than the page it is a form of: that one is asked for first.
        """
        self.pages_read += 1
        reading = await self.read(response, follow=self.follow, hints=known.dates(link, source))
        if reading is None:
            return
        article = self._complete(reading.article, response, link, twins)
        if reading.original and not is_original:
            response.meta[SETTLED] = True  # when its original has come, or not
            given = {"link": link, "source": source, "twins": twins, "twin": article}
            given["names"] = [response.url, *response.meta.get("redirect_urls", ())]
            yield response.request.replace(  # type: ignore[union-attr]
                url=reading.original,
                callback=self.parse_original,
                errback=self.without_original,
                cb_kwargs=given,
                meta={CRAWLED: known.crawled(link, source, [*article.aliases, article.url])} if link else {},
            )
            return
        # What a page links to is entered before the page is: a crawl that dies between the two reads it again.
        if reading.links:
            listing = replace(reading.links, links=[x for x in reading.links.links if x.kind is LinkKind.ARTICLE])
            async for request in self.found(response, listing, "page"):
                yield request
        if article.next_page:
            response.meta[SETTLED] = True  # when its other pages have come, or not
            yield self._page_after([article], response, [response.url, *response.meta.get("redirect_urls", ())])
            return
        yield article

    async def parse_following(self, response: Response, parts: Sequence[Article]) -> AsyncIterator[Any]:
        """What follows the pages of an article that are there already: the next one, or in the end the whole article."""
        reading = await self.read(response, follow=False)
        if reading is None:
            yield join(parts)
            return
        names = response.meta.get("redirect_urls", ())
        self.books.settle(
            response.url, State.DUPLICATE, "alias", f"page {len(parts) + 1} of {parts[0].url}", aliases=names
        )
        response.meta[SETTLED] = True
        whole = [*parts, replace(reading.article, aliases=[*reading.article.aliases, *names])]
        met = {part.next_page for part in parts}
        following = reading.article.next_page
        if following and following not in met and reading.article.body and len(whole) < MAX_PAGES:
            yield self._page_after(whole, response, response.meta[NAMES])
        else:
            yield join(whole)

    def without_following(self, failure: Failure) -> Iterator[Article]:
        """The pages of an article that could be had, where the next one cannot (which is settled)."""
        yield join(failure.request.cb_kwargs["parts"])  # type: ignore[attr-defined]  # Scrapy adds it

    def _page_after(self, parts: Sequence[Article], response: Response, names: Sequence[str]) -> Request:
        """The request for the page of an article that follows its `parts`."""
        assert response.request is not None
        return response.request.replace(
            url=parts[-1].next_page,
            callback=self.parse_following,
            errback=self.without_following,
            cb_kwargs={"parts": parts},
            meta={NAMES: names},
        )

    async def parse_original(
        self, response: Response, twin: Article, names: Sequence[str], **given: Any
    ) -> AsyncIterator[Any]:
        """What `parse` gives, under the names of the twin that led here, too."""
        self.books.settle(names[0], State.DUPLICATE, "alias", f"see {response.url}", aliases=names[1:])
        async for output in self.parse(response, is_original=True, **given):
            if isinstance(output, type(twin)):
                all_names = dict.fromkeys([*output.aliases, *twin.aliases, twin.url])
                yield replace(output, aliases=[name for name in all_names if name != output.url])
            else:
                yield output

    def without_original(self, failure: Failure) -> Iterator[Article]:
        """The twin's own article, where the page it is a form of cannot be had (which is settled)."""
        yield failure.request.cb_kwargs["twin"]  # type: ignore[attr-defined]  # Scrapy adds it

    def _complete(self, article: Article, response: Response, link: Link | None, twins: Sequence[str]) -> Article:
        """The article with what only the crawl knows: redirects, the link that was found, its twins, the capture."""
        found = [link.url, *twins] if link else []
        names = [*article.aliases, *found, *response.meta.get("redirect_urls", ()), response.url]
        place = response.meta.get(CAPTURE)
        provenance = {**article.provenance, "capture": asdict(place)} if place else article.provenance
        aliases = [name for name in dict.fromkeys(names) if name != article.url]
        return replace(article, aliases=aliases, provenance=provenance)
