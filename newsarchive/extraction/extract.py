"""Composes the fields: the one place that knows them all."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from newsarchive import urls
from newsarchive.article import Article
from newsarchive.extraction import (
    authors,
    bodies,
    dates,
    images,
    languages,
    provenance,
    sections,
    selectors,
    standfirsts,
    titles,
    verdicts,
)
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.extraction.dates import Hint, Known
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

    `html` is the raw page, `url` where it was fetched, `captured_at` when (a naive time is taken for UTC); it is "now" for
    every date on the page. `encoding` is what the HTTP header declared, `recipe` what is known of the site. Never raises for any bytes:
    what the page turned out to be is in `verdict`.
    """
    if captured_at is not None and captured_at.tzinfo is None:
        captured_at = captured_at.replace(tzinfo=UTC)
    return read(Page(url=url, body=html, captured_at=captured_at, encoding=encoding), recipe)


def read(page: Page, recipe: Recipe | None = None, hints: Sequence[Hint] = (), known: Known | None = None) -> Article:
    """The article on a `Page`; see `extract`. Feeds and sitemaps give `hints` of dates, an archive what is `known`."""
    # What is made of a page holds no cycles and is freed as soon as the page is read; the cyclic collector would go through
    # those thousands of objects several times a page, for a tenth of the whole time.
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(page, recipe, hints, known)
    finally:
        if is_collecting:
            gc.enable()


def _read(page: Page, recipe: Recipe | None, hints: Sequence[Hint], known: Known | None) -> Article:
    address, page = page.url.encode("utf-8", "replace").decode(), _with_sound_address(page)
    structured = statements.read(page.tree)
    outline = outlines.read(page.tree)
    marked = selectors.read(page.tree, outline, recipe)
    headline = titles.title(outline, structured, page.url, marked)
    boilerplate = recipe.boilerplate if recipe else ()
    body = bodies.read(outline, structured, headline.block, marked, boilerplate, title=headline.text)
    standfirst = standfirsts.read(outline, structured, body, headline.block, marked)
    paragraphs = standfirsts.without(body.paragraphs, standfirst)
    url, aliases = urls.identity(page.url, declared=structured.canonical)
    article = Article(
        url=url or address,
        aliases=aliases,
        site=urls.site(url) or None,
        title=headline.text,
        standfirst=standfirst.text,
        standfirst_truncated=standfirst.truncated,
        body=paragraphs,
        captured_at=page.captured_at,
        extractor=EXTRACTOR,
        provenance={
            "url": provenance.address(url, structured, page.url),
            "title": provenance.entry(headline.rule, headline.text, headline.offered),
            "standfirst": provenance.entry(standfirst.rule, standfirst.text, standfirst.offered),
            "body": provenance.body(body.rule, body.blocks, structured),
        },
    )
    _place(article, page, structured, outline, recipe)
    _credit(article, page, structured, outline, recipe, body)
    _date(article, page, structured, outline, recipe, hints, known)
    judged = verdicts.read(page, structured, outline, paragraphs, article.title, page.url)
    article.verdict = judged.verdict
    article.provenance["verdict"] = provenance.entry(judged.rule, None, judged.doubts.items())
    article.provenance = {field: entry for field, entry in article.provenance.items() if entry}
    return article


def _with_sound_address(page: Page) -> Page:
    """The page, its address empty where it is none at all (half a bracket, no Unicode), so that no field has to ask."""
    try:
        urlsplit(page.url).hostname  # noqa: B018 - a port or bracket that is none is told here
        page.url.encode()
    except ValueError:
        return replace(page, url="")
    return page


def _place(
    article: Article,
    page: Page,
    structured: statements.Structured,
    outline: outlines.Outline,
    recipe: Recipe | None,
) -> None:
    """Language, section, tags, publisher, free access, AMP and next page."""
    article.language = languages.read(article.text, structured, recipe, page.url)
    article.provenance["language"] = provenance.language(article.language, languages.declared(structured, recipe))
    found = sections.read(structured, outline, page.url)
    article.provenance |= found.provenance
    article.section, article.tags, article.publisher = found.section, found.tags, found.publisher
    article.is_free, article.amp_url, article.next_page = found.is_free, found.amp_url, found.next_page


def _credit(
    article: Article,
    page: Page,
    structured: statements.Structured,
    outline: outlines.Outline,
    recipe: Recipe | None,
    body: bodies.Body,
) -> None:
    """Authors, agencies and images."""
    credited = authors.read(page, structured, outline, recipe)
    article.authors, article.agencies = credited.people, credited.agencies
    article.provenance["authors"] = provenance.entry(credited.rule, "; ".join(credited.people), credited.offered)
    shown = images.read(page, structured, outline, body.blocks)
    article.images = shown.images
    article.provenance["images"] = provenance.entry(shown.rule, None, shown.offered)


def _date(
    article: Article,
    page: Page,
    structured: statements.Structured,
    outline: outlines.Outline,
    recipe: Recipe | None,
    hints: Sequence[Hint],
    known: Known | None,
) -> None:
    """When it was published and changed, and the dates that were not chosen."""
    found = dates.read(page, structured, outline, recipe, article.language, hints, known)
    article.published, article.modified, article.date_evidence = found.published, found.modified, found.evidence
    if found.bounds:  # what the archive knew decided: another archive might have said otherwise
        article.provenance["archive"] = found.bounds
    for field, date in (("published", found.published), ("modified", found.modified)):
        if date is not None:
            article.provenance[field] = provenance.entry(f"{date.source} {date.rule}" if date.rule else date.source)
