"""The verdict: a page that is no article (a wall, an index, an error) goes no further, with that as its reason."""

from __future__ import annotations

from typing import Any

from newsarchive.article import Article
from newsarchive.bookkeeping import State
from newsarchive.pipelines.context import FieldPipeline
from newsarchive.pipelines.settling import Settled


class Verdicts(FieldPipeline):
    """Drops articles whose verdict says there is nothing to keep; other items have no verdict and pass."""

    def process_item(self, item: Any) -> Any:
        """The item, or Settled with the verdict as the reason."""
        if isinstance(item, Article) and not item.verdict.is_readable:
            raise Settled(State.REJECTED, item.verdict.value)
        return item
