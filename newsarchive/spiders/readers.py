"""The bridge from Scrapy's callbacks to the pool of workers: awaited, bounded, closed with the spider."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred, DeferredSemaphore

from newsarchive.spiders import reading
from newsarchive.spiders.reading import Job, Reading
from newsarchive.spiders.workers import Pool, ReadingError


class Reader:
    """Reads pages off the reactor; at most two a worker are under way, the others wait their turn in their callbacks."""

    def __init__(self, *, size: int, timeout: float) -> None:
        self.pool: Pool[Job, Reading] = Pool(reading.run, size=size, timeout=timeout)
        self._turns = DeferredSemaphore(max(1, 2 * size))

    async def read(self, job: Job) -> Reading:
        """What the page gave; ReadingError with a standard reason when it could not be read."""
        await maybe_deferred_to_future(self._turns.acquire())
        try:
            return await maybe_deferred_to_future(_deferred(self.pool.submit(job)))
        finally:
            self._turns.release()

    def close(self) -> None:
        """End the workers."""
        self.pool.close()


def _deferred(future: Future[Reading]) -> Deferred[Reading]:
    """The future as a Deferred that fires in the reactor's thread."""
    from twisted.internet import reactor  # the reactor is installed by now, whichever it is

    deferred: Deferred[Reading] = Deferred()

    def arrived(done: Future[Reading]) -> None:
        error = done.exception()
        if error is None:
            deferred.callback(done.result())
        else:
            deferred.errback(error)

    if future.done():
        arrived(future)
    else:
        schedule: Any = reactor
        future.add_done_callback(lambda done: schedule.callFromThread(arrived, done))
    return deferred


__all__ = ["Reader", "ReadingError"]
