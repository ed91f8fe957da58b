"""What the pipelines that ask the archive share: the session, and the article of an item."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from newsarchive import bookkeeping
from newsarchive.archive import Outcome, Writer
from newsarchive.article import Article
from newsarchive.bookkeeping import State
from newsarchive.pipelines import conversion
from newsarchive.pipelines.answers import answer
from newsarchive.pipelines.context import FieldPipeline
from newsarchive.pipelines.session import Session
from newsarchive.pipelines.settling import Settled


class ArchivePipeline(FieldPipeline):
    """A pipeline that asks the archive."""

    @cached_property
    def _session(self) -> Session | None:
        return self.crawler.get_extension(Session) if self.crawler is not None else None

    def writer(self) -> Writer:
        """The crawl's writer; Settled as failed where the project turned the session off."""
        session = self._session
        if session is not None and session.writer is not None:
            return session.writer
        why = "newsarchive.pipelines.session.Session is not among EXTENSIONS"
        if session is None and self.crawler is not None:  # nobody else would settle the item
            bookkeeping.of(self.crawler).failed(None, "archive", why)
        raise Settled(State.FAILED, "archive", why)

    def remember(self, item: Any, outcome: Outcome) -> None:
        """Keep what the archive made of an item for the pipeline that stores it."""
        if (session := self._session) is not None:
            session.outcomes[id(item)] = item, outcome

    def saved(self, item: Any) -> Outcome | None:
        """What the archive made of an item already, if it was asked to save it before."""
        session = self._session
        found = session.outcomes.pop(id(item), None) if session is not None else None
        return found[1] if found is not None else None

    def article(self, item: Any) -> Article:
        """The article of an item; Settled as failed where the item does not say where it was read."""
        found = conversion.article(item, self.recipe())
        if found is None:
            raise Settled(State.FAILED, "no url", f"an item of {type(item).__name__} without a web address")
        return found

    async def kept(self, article: Article) -> Outcome:
        """What became of an article that is handed to the archive, once it is durable; ArchiveError when it cannot be."""
        outcome = await answer(self.writer().submit(article))
        assert self.crawler is not None
        bookkeeping.of(self.crawler).tell([outcome.url, article.url, *article.aliases])
        return outcome
