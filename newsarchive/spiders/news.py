"""The one spider: it finds a site's articles from its sources, or finds the sources too, and reads every page found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from urllib.parse import urljoin

from scrapy import Request, Spider, signals
from scrapy.utils.asyncio import run_in_thread

from newsarchive import bookkeeping, options, recipe, urls
from newsarchive.bookkeeping import State
from newsarchive.discovery import links, shapes, sitemaps
from newsarchive.discovery.link import Link, LinkKind, Listing
from newsarchive.extraction.dates import Hint
from newsarchive.middlewares.callbacks import ROLE, SETTLED
from newsarchive.middlewares.captures import CAPTURE, CRAWLED
from newsarchive.recipe import Feed, Recipe, Section, Sitemap, Source
from newsarchive.spiders import arguments, known
from newsarchive.spiders.frontier import Frontier
from newsarchive.spiders.neighbours import Around
from newsarchive.spiders.readers import Reader
from newsarchive.spiders.reading import Job, ListJob, Reading
from newsarchive.spiders.workers import ReadingError

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newsarchive.article import Article

T = TypeVar("T")

_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")
_FEEDS = ("/feed", "/rss.xml", "/feed.xml")
_MAX_SITEMAP_DEPTH = 5
_MAX_SITEMAPS = 1_000
_FIRST = 1_000_000


class NewsSpider(Spider):
    """Crawls one news site into articles; as `news` a site nobody described, or a list of article URLs.

    A site is a subclass with attributes (see docs/add-a-site.md):

    name: what `scrapy crawl` calls it.
    allowed_domains: the domains the crawl stays on, with all hosts below them.
    sources: where its articles are listed: `Feed(url)`, `Sitemap(url)`, `Section(url)`; without any, they are found
        from the front page of the first allowed domain (robots.txt, declared feeds, well-known places, sections).
    recipe: a `Recipe`, or several with `valid_until`, for what its pages do not say themselves.

    Knobs, each an attribute and an argument (`-a NAME=VALUE`):

    url: the front page; as an argument it names a site nobody described (its domain, its sources to be found).
    urls: a file of article URLs, one a line (# begins a comment); nothing else is fetched.
    max_pages: stop asking for articles after this many (0: no limit).
    max_sections: how many section pages are looked through at most (default 50).
    max_depth: how many steps from the front page a section may be (default 2).
    follow: whether links on article pages are followed too (default no).

    Arguments that begin with an underscore (Scrapyd's `_job`) are a scheduler's own; any other unknown one is kept as
    an attribute, as Scrapy does, with a warning.
    """

    name = "news"
    allowed_domains: Sequence[str] = ()
    sources: Sequence[Source] = ()
    recipe: Recipe | Sequence[Recipe] | None = None
    url: str | None = None
    urls: str | None = None
    max_pages: int = 0
    max_sections: int = 50
    max_depth: int = 2
    follow: bool = False

    def __init__(self, name: str | None = None, **given: Any) -> None:
        attributes = {knob for knob in vars(NewsSpider) if not knob.startswith("_")}
        self.strangers = sorted(arguments.strangers(given, {*dir(type(self)), "start_urls"}))
        for knob, value in given.items():
            if knob in attributes and knob not in self._READ:
                raise arguments.ArgumentError(f"{knob} cannot be given with -a: it belongs into the spider's file")
            if knob in self._READ:
                given[knob] = self._READ[knob](value)
        super().__init__(name, **given)
        self.lines = arguments.url_lines(self.urls) if self.urls else []
        if "url" in given:
            self.sources = ()
        if self.url and ("url" in given or not self.allowed_domains):
            self.allowed_domains = [known.domain(self.url)]
        if not (self.url or self.lines or self.sources or self.allowed_domains):
            raise arguments.ArgumentError(
                "no site was given: -a url=https://example.org, or -a urls=FILE for a list of articles"
            )
        self._has_news = False
        self.frontier = Frontier(max_pages=self.max_pages, max_sections=self.max_sections)

    _READ: ClassVar[dict[str, Any]] = {
        "url": arguments.web_url,
        "urls": str,
        "max_pages": lambda value: arguments.number("max_pages", value),
        "max_sections": lambda value: arguments.number("max_sections", value),
        "max_depth": lambda value: arguments.number("max_depth", value),
        "follow": lambda value: arguments.flag("follow", value),
    }

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider of a crawl, with its readers; ArgumentError for arguments that cannot be meant."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.reader = Reader(
            size=options.value(crawler.settings, "NEWSARCHIVE_WORKERS"),
            timeout=options.value(crawler.settings, "NEWSARCHIVE_EXTRACTION_TIMEOUT"),
        )
        spider.around = Around(crawler)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        return spider

    reader: Reader
    around: Around

    @property
    def books(self) -> bookkeeping.Books:
        """The books of the crawl, where what became of each page is settled."""
        return bookkeeping.of(self.crawler)

    def idle(self) -> None:
        """A site that lists no article any more is a failure, and not a quiet success."""
        if not self.frontier.pages and not self._has_news:
            self._has_news = True  # told once
            home = self.url or next((source.url for source in self.sources), None)
            self.books.failed(home, "no article found")

    async def closed(self, reason: str) -> None:
        """End the readers, which may be in the middle of a page, without making the reactor wait."""
        await run_in_thread(self.reader.close)

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: the listed articles, or the sources, or the places where a site's sources are found."""
        for stranger in self.strangers:
            near = arguments.near(stranger, self._READ)
            self.logger.warning("Unknown argument %s%s: kept as an attribute", stranger, near)
        if self.urls:
            for request in self._listed():
                yield request
            return
        for source in self.sources:
            yield self._source(source)
        if not self.sources:
            home = self.url or f"https://{self.allowed_domains[0]}/"
            self.frontier.is_new(home)
            yield self._request(
                urljoin(home, "/robots.txt"),
                self.parse_robots,
                "robots.txt",
                dont_obey_robotstxt=True,
                handle_httpstatus_all=True,
            )
            yield self._request(home, self.parse_section, "index", cb_kwargs={"home": True})

    def _listed(self) -> Iterator[Request]:
        for line in self.lines:
            link = Link(url=line, kind=LinkKind.ARTICLE)
            reason = "not a url" if not urls.is_web(line) or " " in line else self._refused(link, "list")
            if reason:
                self.books.rejected(line[: links.MAX_URL], reason)
            elif request := self._article(link, "list"):
                yield request

    def _source(self, source: Source) -> Request:
        self.frontier.is_new(source.url)
        match source:
            case Feed():
                return self._request(source.url, self.parse_feed, "feed")
            case Sitemap():
                return self._request(source.url, self.parse_sitemap, "sitemap")
            case Section():
                return self._request(source.url, self.parse_section, "index")

    def _request(self, url: str, callback: Any, role: str, **more: Any) -> Request:
        """A request for a page that lists articles and is none itself; `role` is what the ledger calls it."""
        # A feed or a sitemap may lie on a host that only serves it; the articles it lists may not.
        meta = {ROLE: role, "allow_offsite": role in ("feed", "sitemap")}
        meta |= {key: more.pop(key) for key in list(more) if key.startswith(("dont_", "handle_"))}
        return Request(url, callback, meta=meta, priority=_FIRST, dont_filter=True, **more)

    def _probe(self, home: str, path: str, callback: Any, role: str) -> Request | None:
        """A request for a place where something may be; that nothing is there is no failure."""
        url = urljoin(home, path)
        if not self.frontier.is_new(url):
            return None
        return self._request(url, callback, role, handle_httpstatus_all=True, dont_retry=True)

    # --- Lists of articles -------------------------------------------------------------------------------------------

    def parse_robots(self, response: Response) -> Iterator[Request]:
        """The sitemaps robots.txt names, or the places where they usually are."""
        named = sitemaps.declared(response.body) if response.status == 200 else []
        for url in named:
            if self.frontier.is_new(url):
                yield self._request(url, self.parse_sitemap, "sitemap")
        if not named:
            for path in _SITEMAPS:
                if probe := self._probe(response.url, path, self.parse_sitemap, "sitemap"):
                    yield probe

    async def parse_feed(self, response: Response) -> AsyncIterator[Request]:
        """The articles a feed lists."""
        if listing := await self._list(response, is_sitemap=False):
            for request in self._found(response, listing, "feed"):
                yield request

    async def parse_sitemap(self, response: Response, depth: int = 0) -> AsyncIterator[Request]:
        """The articles a sitemap lists, or the sitemaps an index lists, newest first."""
        listing = await self._list(response, is_sitemap=True)
        if listing is None:
            return
        nested = [link for link in listing.links if link.kind is LinkKind.SITEMAP]
        for link in sorted(nested, key=known.newest):
            if depth >= _MAX_SITEMAP_DEPTH or self.frontier.sitemaps >= _MAX_SITEMAPS:
                self._skip(link.url, "sitemap limit")
            elif self.frontier.is_new(link.url):
                self.frontier.sitemaps += 1
                yield self._request(link.url, self.parse_sitemap, "sitemap", cb_kwargs={"depth": depth + 1})
        listing = replace(listing, links=[link for link in listing.links if link.kind is not LinkKind.SITEMAP])
        for request in self._found(response, listing, "sitemap"):
            yield request

    async def parse_section(self, response: Response, depth: int = 0, home: bool = False) -> AsyncIterator[Request]:
        """The articles, sections and (from the front page) feeds that a page of the site links to."""
        reading = await self._read(response, follow=True)
        if reading is None or reading.links is None:
            return
        listing = reading.links
        others = [link for link in listing.links if link.kind is not LinkKind.ARTICLE]
        listing.links = [link for link in listing.links if link.kind is LinkKind.ARTICLE]
        for request in self._found(response, listing, "page"):
            yield request
        for request in self._sources(response, others, depth, home):
            yield request

    def _sources(self, response: Response, found: list[Link], depth: int, home: bool) -> Iterator[Request]:
        """Requests for the feeds and sections among the links of a page."""
        declared = [link.url for link in found if link.kind is LinkKind.FEED]
        if not self.sources:
            for url in declared:
                if self.frontier.is_new(url):
                    yield self._request(url, self.parse_feed, "feed")
            for path in () if declared or not home else _FEEDS:
                if probe := self._probe(response.url, path, self.parse_feed, "feed"):
                    yield probe
        for link in found:
            if link.kind is LinkKind.PAGE:
                self._skip(link.url, "not an article link")
            elif link.kind is LinkKind.SECTION and self._wants(link, depth):
                yield self._request(link.url, self.parse_section, "index", cb_kwargs={"depth": depth + 1})

    def _wants(self, section: Link, depth: int) -> bool:
        if depth >= self.max_depth:
            self._skip(section.url, "max_depth")
        elif not self.frontier.has_room_for_section():
            self._skip(section.url, "max_sections")
        elif self.frontier.is_new(section.url):
            self.frontier.sections += 1
            return True
        return False

    def _found(self, response: Response, listing: Listing, source: str) -> Iterator[Request]:
        """Requests for the article links of a listing; what is left out is counted with its reason."""
        for reason, count in listing.dropped.items():
            self._skip(response.url, reason, count)
        if listing.problem:
            self._count(f"problem/{listing.problem}")
            self.logger.info("%s: %s", response.url, listing.problem)
            response.meta[ROLE] = listing.problem if not listing.links else response.meta.get(ROLE)
        for link in listing.links:
            if request := self._article(link, source):
                yield request

    def _article(self, link: Link, source: str) -> Request | None:
        """The request for an article, or None when a rule says no (counted)."""
        self._count(f"found/{source}")
        reason = self._refused(link, source)
        if reason:
            self._skip(link.url, reason)
            return None
        found = self.frontier.take(link.url)
        if found.reason:
            self._skip(link.url, found.reason)
            if found.twin_of and found.twin_of != link.url:
                self.books.note(link.url, State.DUPLICATE, "alias", f"see {found.twin_of}")
            return None
        when = link.moment
        fresh = source in ("page", "feed", "list")
        return Request(
            link.url,  # by the name that was found, since it is the one known to be answered
            self.parse,
            cb_kwargs={"link": link, "source": source},
            meta={CRAWLED: known.crawled(link, source)},
            priority=when.toordinal() if when else (_FIRST - 1 if fresh else 0),
            dont_filter=True,
        )

    def _refused(self, link: Link, source: str) -> str | None:
        if unfit := links.unfit(link.url):
            return unfit
        if source == "list":
            return None
        if not links.is_inside(link.url, link.url, self.allowed_domains):
            return "offsite"
        return "file" if shapes.is_file(link.url) else None

    # --- Articles ----------------------------------------------------------------------------------------------------

    async def parse(
        self, response: Response, link: Link | None = None, source: str | None = None, is_original: bool = False
    ) -> AsyncIterator[Any]:
        """The article of a page, whatever its verdict, and with `follow` the articles it links to.

        An AMP or mobile form says less than the page it is a form of: that one is asked for first.
        """
        self._has_news = True
        reading = await self._read(response, follow=self.follow, hints=known.dates(link, source))
        if reading is None:
            return
        article = self._complete(reading.article, response, link)
        if reading.original and not is_original:
            response.meta[SETTLED] = True  # when its original has come, or not
            self.frontier.is_new(reading.original)
            given = {"link": link, "source": source, "twin": article, "name": response.url}
            yield response.request.replace(  # type: ignore[union-attr]
                url=reading.original,
                callback=self.parse_original,
                errback=self.without_original,
                cb_kwargs=given,
                meta={CRAWLED: known.crawled(link, source, [*article.aliases, article.url])} if link else {},
            )
            return
        yield article
        if reading.links:
            listing = replace(reading.links, links=[x for x in reading.links.links if x.kind is LinkKind.ARTICLE])
            for request in self._found(response, listing, "page"):
                yield request

    async def parse_original(self, response: Response, twin: Article, name: str, **given: Any) -> AsyncIterator[Any]:
        """What `parse` gives, under the names of the twin that led here, too."""
        self.books.settle(name, State.DUPLICATE, "alias", f"see {response.url}")
        async for output in self.parse(response, is_original=True, **given):
            if isinstance(output, type(twin)):
                names = dict.fromkeys([*output.aliases, *twin.aliases, twin.url])
                yield replace(output, aliases=[name for name in names if name != output.url])
            else:
                yield output

    def without_original(self, failure: Failure) -> Iterator[Article]:
        """The twin's own article, where the page it is a form of cannot be had (which is settled)."""
        yield failure.request.cb_kwargs["twin"]  # type: ignore[attr-defined]  # Scrapy adds it

    def _complete(self, article: Article, response: Response, link: Link | None) -> Article:
        """The article with what only the crawl knows: redirects, the link that was found, its twins, the capture."""
        found = [link.url, *self.frontier.twins(link.url)] if link else []
        names = [*article.aliases, *found, *response.meta.get("redirect_urls", ()), response.url]
        place = response.meta.get(CAPTURE)
        provenance = {**article.provenance, "capture": asdict(place)} if place else article.provenance
        aliases = [name for name in dict.fromkeys(names) if name != article.url]
        return replace(article, aliases=aliases, provenance=provenance)

    async def _read(self, response: Response, *, follow: bool, hints: Sequence[Hint] = ()) -> Reading | None:
        """What the readers made of a response; None when they could not, which is settled here."""
        page = known.page(response)
        rules = recipe.current(self.recipe, page.captured_at)
        domains = tuple(self.allowed_domains or ())
        around = await self.around.known(page.url)
        job = Job(page=page, recipe=rules, follow=follow, domains=domains, hints=hints, known=around)
        return await self._settled(response, self.reader.read(job))

    async def _list(self, response: Response, *, is_sitemap: bool) -> Listing | None:
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

    # --- Counts ------------------------------------------------------------------------------------------------------

    def _skip(self, url: str, reason: str, count: int = 1) -> None:
        self.logger.debug("Not fetched (%s): %s", reason, url)
        self._count(f"skipped/{reason}", count)

    def _count(self, what: str, count: int = 1) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"newsarchive/discovery/{what}", count)
