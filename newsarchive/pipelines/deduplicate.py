"""Deduplicate: what the archive already has goes no further."""

from __future__ import annotations

from typing import Any

from newsarchive.archive import ArchiveError
from newsarchive.bookkeeping import State
from newsarchive.pipelines.archiving import ArchivePipeline, answer
from newsarchive.pipelines.settling import Settled


class Deduplicate(ArchivePipeline):
    """Asks the archive what it knows by URL, alias or text; drops what is unchanged or a duplicate, counted as such.

    The store notes the visit: the article's last day seen, the duplicate's other name.
    """

    async def process_item(self, item: Any) -> Any:
        """The item, or Settled."""
        article = self.article(item)
        writer = self.writer()
        try:
            known = await answer(writer.recognise(article))
            if known is None or known.status not in ("unchanged", "duplicate"):
                return item
            outcome = await self.kept(article)
        except ArchiveError as error:
            raise Settled(State.FAILED, "archive", str(error)) from error
        if outcome.status in ("unchanged", "duplicate"):
            raise Settled(State(outcome.status), outcome.reason, outcome.duplicate_of, written=True)
        self.remember(item, outcome)  # it changed in between; asked again, the archive would call it unchanged
        return item
