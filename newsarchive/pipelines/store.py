"""Store: the article into the archive; done when it is durable."""

from __future__ import annotations

from typing import Any

from newsarchive import bookkeeping
from newsarchive.archive import ArchiveError, Outcome
from newsarchive.bookkeeping import State
from newsarchive.pipelines.archiving import ArchivePipeline
from newsarchive.pipelines.settling import Settled


class Store(ArchivePipeline):
    """Hands the article to the archive's writer and waits, off the reactor, for what became of it."""

    async def process_item(self, item: Any) -> Any:
        """The item when it is stored or a new version; Settled when it turned out to be known, or could not be kept."""
        try:
            saved = self.saved(item)
            outcome = saved if saved is not None else await self.kept(self.article(item))
        except ArchiveError as error:
            raise Settled(State.FAILED, "archive", str(error)) from error
        if outcome.status not in ("stored", "new_version"):
            raise _settled(outcome)
        assert self.crawler is not None
        books = bookkeeping.of(self.crawler)
        books.settle(outcome.url, State.ARCHIVED, count=outcome.status, row=False)
        for name in filter(None, (outcome.change and f"change/{outcome.change}", outcome.reason)):
            books.stats.inc_value(f"newsarchive/{outcome.status}/{name}")
        return item


def _settled(outcome: Outcome) -> Settled:
    """An outcome that leaves nothing new in the archive; rows are the archive's own."""
    return Settled(State(outcome.status), outcome.reason, outcome.detail or outcome.duplicate_of, written=True)
