"""The bridge from Scrapy's callbacks to the pool of workers: awaited, bounded, closed with the spider."""

from __future__ import annotations

from typing import cast

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import DeferredSemaphore

from newsarchive.discovery.link import Listing
from newsarchive.pipelines.answers import answer
from newsarchive.spiders import reading
from newsarchive.spiders.reading import Job, ListJob, Reading
from newsarchive.spiders.workers import Pool, ReadingError


class Reader:
    """Reads pages off the reactor; at most two a worker are under way, the others wait their turn in their callbacks."""

    def __init__(self, *, size: int, timeout: float) -> None:
        self.pool: Pool[Job | ListJob, Reading | Listing] = Pool(reading.run, size=size, timeout=timeout)
        self._turns = DeferredSemaphore(max(1, 2 * size))

    async def read(self, job: Job) -> Reading:
        """What the page gave; ReadingError with a standard reason when it could not be read."""
        return cast(Reading, await self._done(job))

    async def list(self, job: ListJob) -> Listing:
        """What the feed or sitemap lists; ReadingError as above (a broken one is no error: see Listing.problem)."""
        return cast(Listing, await self._done(job))

    async def _done(self, job: Job | ListJob) -> Reading | Listing:
        await maybe_deferred_to_future(self._turns.acquire())
        try:
            return await answer(self.pool.submit(job))
        finally:
            self._turns.release()

    def begin(self) -> None:
        """Start the workers while the first page is on its way."""
        self.pool.start()

    def close(self) -> None:
        """End the workers."""
        self.pool.close()


__all__ = ["Reader", "ReadingError"]
