"""Composes the fields: the one place that knows them all."""

from __future__ import annotations

from datetime import datetime

from newsarchive.article import Article
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.extraction import titles
from newsarchive.page import Page
from newsarchive.recipe import Recipe


def extract(
    html: bytes,
    url: str,
    *,
    captured_at: datetime | None = None,
    encoding: str | None = None,
    recipe: Recipe | None = None,
) -> Article:
    """The article on a page: the same bytes, URL and capture time always give the same answer.

    `html` is the raw page, `url` where it was fetched, `captured_at` (aware) when; it is "now" for every date on the
    page. `encoding` is what the HTTP header declared, `recipe` what is known of the site. Never raises for any bytes:
    what the page turned out to be is in `verdict`.
    """
    return read(Page(url=url, body=html, captured_at=captured_at, encoding=encoding), recipe)


def read(page: Page, recipe: Recipe | None = None) -> Article:
    """The article on a `Page`; see `extract`."""
    structured = statements.read(page.tree)
    outline = outlines.read(page.tree)
    return Article(url=page.url, title=titles.title(outline, structured), captured_at=page.captured_at)
