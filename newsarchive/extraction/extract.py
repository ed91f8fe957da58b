"""Composes the fields: the one place that knows them all."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from newsarchive.article import Article
from newsarchive.extraction import bodies, standfirsts, titles
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.page import Page
from newsarchive.recipe import Recipe

try:
    EXTRACTOR = f"newsarchive/{version('newsarchive')}"
except PackageNotFoundError:  # run from a checkout that was never installed
    EXTRACTOR = "newsarchive/0"


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
    headline = titles.title(outline, structured, page.url)
    body = bodies.read(outline, structured, headline.block)
    standfirst = standfirsts.read(outline, structured, body, headline.block)
    return Article(
        url=page.url,
        title=headline.text,
        standfirst=standfirst.text,
        standfirst_truncated=standfirst.truncated,
        body=standfirsts.without(body.paragraphs, standfirst),
        captured_at=page.captured_at,
        extractor=EXTRACTOR,
        provenance={"title": headline.rule, "standfirst": standfirst.rule, "body": body.rule},
    )
