"""What the archive knows of the dates around a page, asked before the page is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import DeferredLock

from newsarchive import urls
from newsarchive.archive import ArchiveError
from newsarchive.archive.neighbours import Neighbours
from newsarchive.extraction.dates import Known
from newsarchive.pipelines.session import Session

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

SITES: Final = 64
"""For how many sites an answer is held; one that had to go is asked for again."""


class Around:
    """Bounds for the dates of pages, from the archive of a crawl; none where the crawl has no archive.

    The archive is asked once for a site, off the reactor, before the first page of it is read: so what a run adds does
    not bear on the run's own dates, whatever comes first. When the archive cannot answer, pages are dated without it,
    which the stats count.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._session: Session | None = None
        self._held: dict[str, Neighbours] = {}
        self._one_at_a_time = DeferredLock()

    async def known(self, url: str) -> Known | None:
        """What the articles around an address say of its date; None where that is nothing."""
        site = urls.site(url)
        session = self._session = self._session or self.crawler.get_extension(Session)
        if not site or session is None or session.writer is None:
            return None
        neighbours = self._held.get(site)
        if neighbours is None:
            await maybe_deferred_to_future(self._one_at_a_time.acquire())
            try:
                neighbours = self._held.get(site) or await self._asked(session, site)
            finally:
                self._one_at_a_time.release()
        bounds = neighbours.around(url)
        return Known(**bounds._asdict()) if any(bounds) else None

    async def _asked(self, session: Session, site: str) -> Neighbours:
        """The archive's answer for a site, held from now on."""
        try:
            assert session.writer is not None
            neighbours = await run_in_thread(session.writer.archive.neighbours, site)
        except ArchiveError:
            neighbours = Neighbours()
            if self.crawler.stats is not None:
                self.crawler.stats.inc_value("newsarchive/dates/unbounded")
        if len(self._held) >= SITES:
            self._held.pop(next(iter(self._held)))
        self._held[site] = neighbours
        return neighbours
