"""Deduplicate: what the archive already has goes no further."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from newsarchive.archive import ArchiveError
from newsarchive.bookkeeping import State
from newsarchive.pipelines.answers import answer
from newsarchive.pipelines.archiving import ArchivePipeline
from newsarchive.pipelines.settling import Settled
from newsarchive.pipelines.store import Store


class Deduplicate(ArchivePipeline):
    """Asks the archive what it knows by URL, alias or text; drops what is unchanged or a duplicate, counted as such.

    The store notes the visit: the article's last day seen, the duplicate's other name. Where nothing stands between this and
    `Store`, the article is saved here at once, which answers the same question, and the store only counts it.
    """

    @cached_property
    def _is_followed_by_store(self) -> bool:
        engine = self.crawler.engine if self.crawler is not None else None
        chain = engine.scraper.itemproc.middlewares if engine is not None else ()
        following = chain[chain.index(self) + 1 :] if self in chain else ()
        return bool(following) and isinstance(following[0], Store)

    async def process_item(self, item: Any) -> Any:
        """The item, or Settled."""
        article = self.article(item)
        writer = self.writer()
        try:
            if not self._is_followed_by_store:
                known = await answer(writer.recognise(article))
                if known is None or known.status not in ("unchanged", "duplicate"):
                    return item
            outcome = await self.kept(article)
        except ArchiveError as error:
            raise Settled(State.FAILED, "archive", str(error)) from error
        if outcome.status in ("unchanged", "duplicate"):
            raise Settled(State(outcome.status), outcome.reason, outcome.duplicate_of, written=True)
        self.remember(item, outcome)  # asked again, the archive would call it unchanged
        return item
