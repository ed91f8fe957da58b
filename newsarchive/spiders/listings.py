"""The callbacks of pages that list articles: robots.txt, feeds, sitemaps, sections. What they list enters the ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from scrapy import Request
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import DeferredSemaphore

from newsarchive.archive import Lead, Waiting
from newsarchive.discovery import backfill, pagination, sitemaps, xml
from newsarchive.discovery.link import Link, LinkKind, Listing
from newsarchive.middlewares import robots
from newsarchive.middlewares.callbacks import NEWS, ROLE
from newsarchive.recipe import Source
from newsarchive.spiders import finding
from newsarchive.spiders.pages import PageSpider

if TYPE_CHECKING:
    from scrapy.http import Response

    from newsarchive.archive import Discovered

# In the order they are asked for: what is new first.
_SITEMAPS: Final = ("/news-sitemap.xml", "/sitemap.xml", "/sitemap_index.xml")
_FEEDS: Final = ("/feed", "/rss.xml", "/feed.xml")
_MAX_SITEMAP_DEPTH: Final = 5
_MAX_SITEMAPS: Final = 1_000
_AT_ONCE: Final = 2
"""Sitemaps that are in memory at a time, opened: one of 50,000 entries takes some 50 MB."""
_MANY: Final = 1_000
"""Links of one page whose rows are made in a thread."""
_ROLES: Final = {"robots": "robots.txt", "section": "index"}
"""What the ledger calls a page of a role, where that is not the role's own name."""


class ListingSpider(PageSpider):
    """A spider that reads lists of articles; what it finds is entered, and asked for when its turn comes."""

    sources: Sequence[Source] = ()
    max_sections: int = 50
    max_depth: int = 2
    max_following: int = 5
    since: Any = None
    until: Any = None

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        self.sections = self.sitemaps = 0
        self.lists_read = self.links_seen = 0
        self._turns = DeferredSemaphore(_AT_ONCE)

    async def enter(self, found: Sequence[Lead], found_on: str | None = None) -> Discovered | None:
        """Enter URLs into the frontier; None where there is none, because nothing is archived (`scrapy parse`)."""
        raise NotImplementedError

    def request(self, waiting: Waiting) -> Request:
        """The request for a page of the frontier."""
        raise NotImplementedError

    def request_listing(self, waiting: Waiting) -> Request:
        """The request for a page that lists articles and is none itself."""
        role, hints = str(waiting.hints.get("role", "section")), waiting.hints
        callbacks = {"robots": self.parse_robots, "feed": self.parse_feed, "sitemap": self.parse_sitemap}
        given: dict[str, Any] = {}
        if role in ("sitemap", "section"):
            given["depth"] = int(hints.get("depth") or 0)
        if role == "section":
            given |= {"number": int(hints.get("number") or 1), "is_new": waiting.state == "known"}
        if role == "section" and hints.get("home"):
            given["home"] = True
        # A feed or a sitemap may lie on a host that only serves it; the articles it lists may not.
        meta = {
            ROLE: _ROLES.get(role, role),
            "allow_offsite": role in ("feed", "sitemap"),
            **finding.validators(waiting),
        }
        if role in ("feed", "sitemap"):  # sitemaps.org allows 50 MB, more than any page may have
            meta["download_maxsize"] = xml.MAX_BYTES
        if role == "robots":
            meta |= {**robots.meta(), "handle_httpstatus_all": True}
        if hints.get("probe"):  # that nothing is there is no failure
            meta |= {"handle_httpstatus_all": True, "dont_retry": True}
        callback = callbacks.get(role, self.parse_section)
        return Request(waiting.url, callback, meta=meta, priority=waiting.priority, dont_filter=True, cb_kwargs=given)

    async def parse_robots(self, response: Response) -> AsyncIterator[Request]:
        """The sitemaps robots.txt names, or the places where they usually are."""
        named = sitemaps.declared(response.body) if response.status == 200 else []
        found = [finding.listing(url, "sitemap", "robots") for url in named]
        if not named:
            places = [urljoin(response.url, path) for path in _SITEMAPS]
            found = [finding.listing(url, "sitemap", "start", probe=True) for url in places]
        async for request in self._taken(response, found):
            yield request

    async def parse_feed(self, response: Response) -> AsyncIterator[Request]:
        """The articles a feed lists."""
        if listing := await self.list(response, is_sitemap=False):
            self.lists_read += 1
            async for request in self.found(response, listing, "feed"):
                yield request

    async def parse_sitemap(self, response: Response, depth: int = 0) -> AsyncIterator[Request]:
        """The articles a sitemap lists, or the sitemaps an index lists, newest first; few at a time, since they are long."""
        await maybe_deferred_to_future(self._turns.acquire())
        try:
            async for request in self._read_sitemap(response, depth):
                yield request
        finally:
            self._turns.release()

    async def _read_sitemap(self, response: Response, depth: int) -> AsyncIterator[Request]:
        listing = await self.list(response, is_sitemap=True)
        if listing is None:
            return
        self.lists_read += 1
        nested = [link for link in listing.links if link.kind is LinkKind.SITEMAP]
        taken: list[Lead] = []
        refused: list[Lead] = []
        for link in sorted(nested, key=sitemaps.order):
            if self._is_outside(link):
                self.skip(link.url, "out of period")
            elif depth >= _MAX_SITEMAP_DEPTH or self.sitemaps + len(taken) >= _MAX_SITEMAPS:
                self.skip(link.url, "sitemap limit")
                refused.append(finding.left_out(link, "sitemap", "sitemap limit"))
            else:
                taken.append(finding.listing(link.url, "sitemap", "sitemap", link.modified, depth=depth + 1))
        self.sitemaps += len(taken)
        await self._note(response, refused)
        async for request in self._taken(response, taken):
            yield request
        listing = replace(listing, links=[link for link in listing.links if link.kind is not LinkKind.SITEMAP])
        async for request in self.found(response, listing, "sitemap"):
            yield request

    async def parse_section(
        self, response: Response, depth: int = 0, home: bool = False, number: int = 1, is_new: bool = True
    ) -> AsyncIterator[Request]:
        """The articles, sections and (from the front page) feeds that a page of the site links to, and the page after it.

        `number` counts the pages of a list; a page that was read before leads on only when it brings something new.
        """
        reading = await self.read(response, follow=True)
        if reading is None or reading.links is None:
            return
        self.lists_read += 1
        listing = reading.links
        others = [link for link in listing.links if link.kind is not LinkKind.ARTICLE]
        listing.links = [link for link in listing.links if link.kind is LinkKind.ARTICLE]
        async for request in self.found(response, listing, "page"):
            yield request
        lists = self._lists(response, others, depth, home)
        if listing.next_page and listing.links and (is_new or response.meta.get(NEWS)):
            lists += self._following(listing.next_page, depth, number)
        async for request in self._taken(response, lists):
            yield request

    def _following(self, url: str, depth: int, number: int) -> list[Lead]:
        """The page of a list after its page `number`, unless these were enough."""
        if number >= self.max_following:
            self.skip(url, "max_following")
        elif not finding.refused(Link(url=url), "page", self.allowed_domains):
            return [finding.listing(url, "section", "page", depth=depth, number=number + 1)]
        return []

    def _is_outside(self, link: Link) -> bool:
        """True for a list of which it is known, before it is fetched, that it holds nothing of the period."""
        first, last = self.since.first if self.since else None, self.until.last if self.until else None
        return (first or last) is not None and backfill.in_period(link, first, last) is False

    def _lists(self, response: Response, found: list[Link], depth: int, home: bool) -> list[Lead]:
        """The feeds and sections among the links of a page."""
        taken: list[Lead] = []
        declared = [link.url for link in found if link.kind is LinkKind.FEED]
        if not self.sources:
            taken += [finding.listing(url, "feed", "page") for url in declared]
            usual = () if declared or not home else _FEEDS
            taken += [finding.listing(urljoin(response.url, path), "feed", "start", probe=True) for path in usual]
        for link in found:
            dated = pagination.archive(link) if self.since or self.until else None
            if dated is not None:
                if self._is_outside(dated):
                    self.skip(link.url, "out of period")
                else:
                    taken.append(finding.listing(link.url, "section", "page", depth=depth))
            elif link.kind is LinkKind.PAGE:
                self.skip(link.url, "not an article link")
            elif link.kind is LinkKind.SECTION and self._wants(link, depth):
                taken.append(finding.listing(link.url, "section", "page", depth=depth + 1))
        return taken

    def _wants(self, section: Link, depth: int) -> bool:
        if depth >= self.max_depth:
            self.skip(section.url, "max_depth")
        elif self.sections >= self.max_sections:
            self.skip(section.url, "max_sections")
        else:
            return True
        return False

    async def found(self, response: Response, listing: Listing, source: str) -> AsyncIterator[Request]:
        """Enter the article links of a listing; what is left out is counted with its reason.

        What a feed or sitemap names is the site's own word for an article, so it has a row; a page links to anything.
        """
        for dropped, count in listing.dropped.items():
            self.skip(response.url, dropped, count)
        if listing.problem:
            self.count(f"problem/{listing.problem}")
            self.logger.info("%s: %s", response.url, listing.problem)
            response.meta[ROLE] = listing.problem if not listing.links else response.meta.get(ROLE)
        taken: list[Link] = []
        refused: list[Lead] = []
        for link in listing.links:
            if reason := finding.refused(link, source, self.allowed_domains):
                self.skip(link.url, reason)
                refused.append(finding.left_out(link, source, reason))
            else:
                taken.append(link)
        if source != "page":
            await self._note(response, refused)
        self.count(f"found/{source}", len(listing.links))
        self.links_seen += len(taken)
        if len(taken) > _MANY:  # a sitemap of 50,000 would keep the reactor for a second
            found = await run_in_thread(finding.articles, taken, source)
        else:
            found = finding.articles(taken, source)
        async for request in self._taken(response, found):
            yield request

    async def _note(self, response: Response, refused: Sequence[Lead]) -> None:
        """Rows for what a list names and the crawl does not ask for."""
        if refused:
            await self.enter(refused, next(iter(response.meta.get("redirect_urls", ())), response.url))

    async def _taken(self, response: Response, found: Sequence[Lead]) -> AsyncIterator[Request]:
        """Enter what a page listed; a request each where there is no frontier to enter it into."""
        if not found:
            return
        origin = next(iter(response.meta.get("redirect_urls", ())), response.url)
        counts = await self.enter(found, origin)
        if counts is None:
            for each in found:
                yield self.request(finding.waiting(each))
            return
        response.meta[NEWS] = response.meta.get(NEWS, 0) + counts.new
        if found[0].kind == "article":
            self.count("skipped/known", len(found) - counts.new - counts.twins)
            self.count("skipped/twin", counts.twins)
        elif found[0].hints.get("role") == "section" or found[-1].hints.get("role") == "section":
            self.sections += max(0, counts.new - self._forbidden(found))

    def _forbidden(self, found: Sequence[Lead]) -> int:
        """How many of these robots.txt forbids: they get their rows, and take no place of those that can be read."""
        middleware = self.crawler.get_downloader_middleware(robots.Robots)
        return sum(middleware.forbids(Request(each.url)) for each in found) if middleware is not None else 0
