"""The recipes of a project's sites, by the domains their spiders are allowed: plain values, fit to be sent to workers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsarchive.recipe import Recipe, current

if TYPE_CHECKING:
    from scrapy.spiderloader import SpiderLoaderProtocol

Sites = Sequence[tuple[tuple[str, ...], tuple[Recipe, ...]]]
"""Domains, and the recipes of the site they are of."""


class Recipes:
    """The recipes of a project's sites, found by the hosts their spiders are allowed."""

    def __init__(self, loader: SpiderLoaderProtocol) -> None:
        self.sites = of_project(loader)

    def recipe(self, url: str, captured_at: datetime | None) -> Recipe | None:
        """What the site's own file says of a page captured then; None for a site without a file."""
        return recipe(self.sites, url, captured_at)


def of_project(loader: SpiderLoaderProtocol) -> Sites:
    """Domains and recipes of every spider that has any, by the names of the spiders."""
    found = []
    for name in sorted(loader.list()):
        spider = loader.load(name)
        said = getattr(spider, "recipe", None)
        recipes = tuple(one for one in (said if isinstance(said, (list, tuple)) else [said]) if isinstance(one, Recipe))
        domains = tuple(getattr(spider, "allowed_domains", None) or ())
        if recipes and domains:
            found.append((domains, recipes))
    return tuple(found)


def recipe(sites: Sites, url: str, captured_at: datetime | None) -> Recipe | None:
    """What the site's own file says of a page captured then; None for a site without a file."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    for domains, recipes in sites:
        if any(host == domain or host.endswith(f".{domain}") for domain in domains):
            return current(recipes, captured_at)
    return None
