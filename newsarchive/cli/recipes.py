"""The recipe of the site a page belongs to, found in the spiders' attributes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsarchive.recipe import Recipe, current

if TYPE_CHECKING:
    from scrapy.settings import Settings


class Recipes:
    """The recipes of all sites of a project, by host."""

    def __init__(self, settings: Settings) -> None:
        from scrapy.spiderloader import get_spider_loader

        loader = get_spider_loader(settings)
        self._spiders = [loader.load(name) for name in sorted(loader.list())]

    def recipe(self, url: str, captured_at: datetime | None) -> Recipe | None:
        """What the site's own file says of a page captured then; None for a site without a file."""
        host = (urlsplit(url).hostname or "").lower()
        for spider in self._spiders:
            domains = getattr(spider, "allowed_domains", None) or ()
            recipes = getattr(spider, "recipe", None)
            if recipes and any(host == domain or host.endswith(f".{domain}") for domain in domains):
                return current(recipes, captured_at)
        return None
