"""The one spider: it finds a site's articles from its sources, or finds the sources too, and reads every page found."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin

from newsarchive import options, urls
from newsarchive.archive import Lead
from newsarchive.bookkeeping import BUDGET
from newsarchive.discovery import links
from newsarchive.discovery.link import Link, LinkKind
from newsarchive.pipelines.session import Session
from newsarchive.recipe import Feed, Section, Sitemap, Source
from newsarchive.spiders import arguments, finding, known
from newsarchive.spiders.articles import ArticleSpider
from newsarchive.spiders.frontier import Frontier

if TYPE_CHECKING:
    from datetime import date

    from scrapy import Request

    from newsarchive.archive import Discovered
    from newsarchive.archive import Frontier as SiteFrontier

_LINES = 200
"""Lines of a list that are looked up in the ledger at once."""


class NewsSpider(ArticleSpider):
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
    max_pages: stop asking for articles after this many (0: no limit); what is left waits in the ledger.
    budget: stop asking after this time (`10m`, `2h`, `90s`; 0: no limit); what is left waits in the ledger.
    revisit: ask again for every page that was visited before, due or not (default no: only for what is due).
    since: fetch articles from this day, month or year on only (2004, 2004-05, 2004-05-06), newest first.
    until: the same for the last day.
    max_sections: how many section pages are looked through at most (default 50).
    max_depth: how many steps from the front page a section may be (default 2).
    max_following: how many pages of one list are looked through at most (default 5).
    follow: whether links on article pages are followed too (default no).

    An attribute that a subclass declares is an argument, too. Arguments that begin with an underscore (Scrapyd's `_job`)
    are a scheduler's own; any other unknown one is refused, since a misspelt limit would be none.
    """

    name = "news"
    allowed_domains: Sequence[str] = ()
    sources: Sequence[Source] = ()
    url: str | None = None
    urls: str | None = None
    max_pages: int = 0
    budget: float = 0
    revisit: bool = False
    since: Any = None
    until: Any = None
    max_sections: int = 50
    max_depth: int = 2
    max_following: int = 5
    follow: bool = False

    def __init__(self, name: str | None = None, **given: Any) -> None:
        own = {knob for knob in vars(NewsSpider) if not knob.startswith("_")} | {"recipe"}
        if strangers := sorted(arguments.strangers(given, {*dir(type(self)), "start_urls"})):
            declared = {
                knob for each in type(self).__mro__ if issubclass(each, NewsSpider) for knob in vars(each)
            } - own
            declared = {knob for knob in declared if not (knob.startswith("_") or callable(getattr(self, knob)))}
            near = arguments.near(strangers[0], [*self._READ, *sorted(declared)])
            raise arguments.ArgumentError(f"there is no argument {strangers[0]}{near}")
        for knob, value in given.items():
            if knob in own and knob not in self._READ:
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
        if self.since and self.until and self.since.first > self.until.last:
            raise arguments.ArgumentError(f"since ({self.since.first}) must not be after until ({self.until.last})")
        self._cut = 0
        self._frontier: Frontier | None = None
        self._ledger: SiteFrontier | None = None

    _READ: ClassVar[dict[str, Any]] = {
        "url": arguments.web_url,
        "urls": str,
        "max_pages": lambda value: arguments.number("max_pages", value),
        "budget": lambda value: arguments.seconds("budget", value),
        "revisit": lambda value: arguments.flag("revisit", value),
        "since": lambda value: arguments.day("since", value),
        "until": lambda value: arguments.day("until", value),
        "max_sections": lambda value: arguments.number("max_sections", value),
        "max_depth": lambda value: arguments.number("max_depth", value),
        "max_following": lambda value: arguments.number("max_following", value),
        "follow": lambda value: arguments.flag("follow", value),
    }

    @property
    def home(self) -> str:
        """The page the crawl begins with; empty for a list of URLs."""
        places = [source.url for source in self.sources] + [f"https://{domain}/" for domain in self.allowed_domains]
        return self.url or next(iter(places), "")

    @property
    def locked_site(self) -> str | None:
        """The site that no other crawl may work on at the same time; None for a list of URLs, which may be of any."""
        if self.lines:
            return None
        domain = next(iter(self.allowed_domains), "")
        return urls.site(f"https://{domain}/" if domain and not self.url else self.home) or None

    async def start(self) -> AsyncIterator[Any]:
        """Requests for what is due: first the places where the site's articles are listed, then all that was found."""
        session = self.crawler.get_extension(Session)
        if session is None or session.writer is None:
            for found in self._starts():
                yield self.request(finding.waiting(found))
            return
        batch = options.value(self.settings, "NEWSARCHIVE_BATCH_SIZE")
        window = 2 * batch + 2 * self.settings.getint("CONCURRENT_REQUESTS")
        self._frontier = Frontier(self.crawler, session.writer, self.books, window=window, keep=session.keep)
        async for request in self._listed() if self.lines else self._due():
            self.reader.begin()
            yield request

    async def enter(self, found: Sequence[Lead], found_on: str | None = None) -> Discovered | None:
        """Enter URLs into the frontier of the site; None where there is none."""
        if self._frontier is None or self._ledger is None:
            return None
        return await self._frontier.discover(self._ledger, found, found_on)

    def _starts(self) -> list[Lead]:
        """The pages where the site's articles are listed, or where that is said."""
        roles: dict[type[Source], str] = {Feed: "feed", Sitemap: "sitemap", Section: "section"}
        if self.sources:
            return [finding.listing(source.url, roles[type(source)], "start") for source in self.sources]
        robots = finding.listing(urljoin(self.home, "/robots.txt"), "robots", "start")
        return [robots, finding.listing(self.home, "section", "start", home=True)]

    async def _due(self) -> AsyncIterator[Request]:
        """What the frontier of the site has to be asked for, until nothing is due or the run's limits are reached."""
        assert self._frontier is not None
        frontier = self._frontier
        archive, site = frontier.writer.archive, self.locked_site or ""
        ledger = self._ledger = await frontier.ask(lambda: archive.frontier(site))
        await self.enter(self._starts())
        if self.revisit:
            await frontier.ask(partial(ledger.again, None, **self._period))
        pages = frontier.due(ledger, limit=self.max_pages, end=self._end(), **self._period)
        async for waiting in pages:
            yield self.request(waiting)
        if await self._is_silent(frontier, ledger):
            self.books.failed(self.home, "no article found")

    def _end(self) -> float | None:
        """When the time given to this run is over, by the monotonic clock."""
        return time.monotonic() + self.budget if self.budget else None

    @property
    def _period(self) -> dict[str, date | None]:
        return {"since": self.since.first if self.since else None, "until": self.until.last if self.until else None}

    def left(self, reason: str) -> dict[str, int]:
        """What waits in the ledger when a crawl has ended for `reason`: "left" for its limits, "outside" of its period.

        It asks the database; all that the crawl wrote must be there.
        """
        if self._frontier is None or self._ledger is None:
            return {"left": self._cut} if self._cut else {}
        within, outside = self._ledger.left(**self._period)
        is_limited = reason == BUDGET or (self.max_pages and self._frontier.articles >= self.max_pages)
        counts = {"left": within if is_limited else 0, "outside": outside}
        return {name: number for name, number in counts.items() if number}

    async def _is_silent(self, frontier: Frontier, ledger: SiteFrontier) -> bool:
        """True for a site that lists no article, or no article any more: a failure, and not a quiet success."""
        if self.links_seen or self.pages_read:
            return False
        lists = [found for found in self._starts() if found.hints["role"] != "robots"]
        return self.lists_read >= len(lists) or not await frontier.ask(ledger.has_articles)

    async def _listed(self) -> AsyncIterator[Request]:
        """The pages of a list that are not archived yet, or due; with `revisit` all of them."""
        assert self._frontier is not None
        frontier = self._frontier
        archive, end = frontier.writer.archive, self._end()
        for start in range(0, len(self.lines), _LINES):
            found: dict[str, list[Lead]] = {}
            for line in self.lines[start : start + _LINES]:
                if (entry := self._line(line)) is not None:
                    found.setdefault(urls.site(entry.url), []).append(entry)
            for site, part in found.items():
                ledger = await frontier.ask(partial(archive.frontier, site))
                counts = await frontier.discover(ledger, part)
                self.count("skipped/known", len(part) - counts.new - counts.twins)
                self.count("skipped/twin", counts.twins)
                names = [entry.url for entry in part]
                if self.revisit:
                    await frontier.ask(partial(ledger.again, names))
                chosen = await frontier.ask(partial(ledger.among, names))
                if self.max_pages:
                    room = max(0, self.max_pages - frontier.articles)
                    self._cut += len(chosen[room:])
                    chosen = chosen[:room]
                async for waiting in frontier.among(chosen, end):
                    yield self.request(waiting)
        await frontier.drained()

    def _line(self, line: str) -> Lead | None:
        """The row of a line of a list; None, with its reason in the ledger, for what is not to be asked for."""
        link = Link(url=line, kind=LinkKind.ARTICLE)
        is_url = urls.is_web(line) and " " not in line
        if reason := finding.refused(link, "list", self.allowed_domains) if is_url else "not a url":
            self.books.rejected(line[: links.MAX_URL], reason)
            return None
        self.count("found/list")
        return finding.articles([link], "list")[0]
