"""Reads one fetched page whole: its article and, when asked, its links. Pure, and what the worker processes do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsarchive import urls
from newsarchive.article import Article
from newsarchive.discovery import links
from newsarchive.discovery.link import Listing
from newsarchive.extraction.dates import Hint
from newsarchive.extraction.extract import read as extract
from newsarchive.page import Page
from newsarchive.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a reader is asked: a page, the recipe of its time, and whether to look for links inside `domains`.

    `hints` are the dates that the feed or sitemap gave which led to the page.
    """

    page: Page
    recipe: Recipe | None = None
    follow: bool = False
    domains: Sequence[str] = ()
    hints: Sequence[Hint] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page gave: its article (whatever the verdict), and its links when they were asked for."""

    article: Article
    links: Listing | None = None


def read(
    page: Page,
    recipe: Recipe | None = None,
    follow: bool = False,
    domains: Sequence[str] = (),
    hints: Sequence[Hint] = (),
) -> Reading:
    """The article of a page and, with `follow`, the links that stay inside `domains` (default: the page's own site)."""
    article = extract(page, recipe, hints)
    found = links.read(page.tree, page.url, domains=domains) if follow else None
    return Reading(article=_named(article), links=found)


def run(job: Job) -> Reading:
    """Do a job."""
    return read(job.page, job.recipe, job.follow, job.domains, job.hints)


def _named(article: Article) -> Article:
    """The article with its AMP page among its aliases, where that is a form of its own URL."""
    amp = article.amp_url
    if amp is None or amp == article.url or amp in article.aliases or urls.key(amp) != urls.key(article.url):
        return article
    return replace(article, aliases=[*article.aliases, amp])
