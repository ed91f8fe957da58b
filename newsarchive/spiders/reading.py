"""Reads one fetched page whole: its article and, when asked, its links. Pure, and what the worker processes do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsarchive import urls
from newsarchive.article import Article
from newsarchive.discovery import links
from newsarchive.discovery.link import Listing
from newsarchive.extraction.extract import read as extract
from newsarchive.page import Page
from newsarchive.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a reader is asked: a page, the recipe of its time, and whether to look for links inside `domains`."""

    page: Page
    recipe: Recipe | None = None
    follow: bool = False
    domains: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page gave: its article (whatever the verdict), and its links when they were asked for."""

    article: Article
    links: Listing | None = None


def read(page: Page, recipe: Recipe | None = None, follow: bool = False, domains: Sequence[str] = ()) -> Reading:
    """The article of a page and, with `follow`, the links that stay inside `domains` (default: the page's own site)."""
    article = extract(page, recipe)
    found = links.read(page.tree, page.url, domains=domains) if follow else None
    return Reading(article=_named(article, page), links=found)


def run(job: Job) -> Reading:
    """Do a job."""
    return read(job.page, job.recipe, job.follow, job.domains)


def _named(article: Article, page: Page) -> Article:
    """The article under its canonical URL, with every other name it went by among its aliases."""
    name = urls.canonical(article.url)
    _, aliases = urls.identity(page.url, declared=name)
    known = dict.fromkeys([*article.aliases, *aliases])
    known.pop(name, None)
    return replace(article, url=name, site=article.site or urls.site(name) or None, aliases=list(known))
