"""The spiders: `NewsSpider`, which reads any site, and one small file of attributes a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsarchive.spiders.news import NewsSpider

__all__ = ["NewsSpider"]


def __getattr__(name: str) -> Any:
    """`NewsSpider` when it is asked for: a worker process imports this package and must not load Scrapy."""
    if name == "NewsSpider":
        from newsarchive.spiders.news import NewsSpider

        return NewsSpider
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
