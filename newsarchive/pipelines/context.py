"""What a pipeline knows besides the item: the recipe of the spider that gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from newsarchive.recipe import Recipe, current

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler


class FieldPipeline:
    """A pipeline of one field; subclasses say in `process_item` what becomes of it."""

    def __init__(self, crawler: Crawler | None = None) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline of one crawl."""
        return cls(crawler)

    def recipe(self, captured_at: datetime | None = None) -> Recipe:
        """What the spider says of its site; an empty recipe where it says nothing (a hand-written spider)."""
        spider: Any = self.crawler.spider if self.crawler is not None else None
        said = getattr(spider, "recipe", None)
        recipes = [part for part in (said if isinstance(said, (list, tuple)) else [said]) if isinstance(part, Recipe)]
        return current(recipes, captured_at)
