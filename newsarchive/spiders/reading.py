"""Reads one fetched page whole: its article and links, or the entries of a feed or sitemap. What the workers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsarchive import urls
from newsarchive.article import Article
from newsarchive.discovery import feeds, links, sitemaps
from newsarchive.discovery.link import Listing
from newsarchive.extraction.dates import Hint, Known
from newsarchive.extraction.extract import read as extract
from newsarchive.page import Page
from newsarchive.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a reader is asked: a page, the recipe of its time, and whether to look for links inside `domains`.

    `hints` are the dates that the feed or sitemap gave which led to the page, `known` what the archive knows around it.
    """

    page: Page
    recipe: Recipe | None = None
    follow: bool = False
    domains: Sequence[str] = ()
    hints: Sequence[Hint] = ()
    known: Known | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListJob:
    """What a reader is asked: the entries of a feed or (`is_sitemap`) a sitemap; `encoding` is the HTTP header's."""

    url: str
    body: bytes
    encoding: str | None = None
    is_sitemap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page gave: its article (whatever the verdict), and its links when they were asked for.

    `original` is the address of the page itself, where this one is its AMP or mobile form and says so.
    """

    article: Article
    links: Listing | None = None
    original: str | None = None


def read(
    page: Page,
    recipe: Recipe | None = None,
    follow: bool = False,
    domains: Sequence[str] = (),
    hints: Sequence[Hint] = (),
    known: Known | None = None,
) -> Reading:
    """The article of a page and, with `follow`, the links that stay inside `domains` (default: the page's own site)."""
    article = extract(page, recipe, hints, known)
    found = links.read(page.tree, page.url, domains=domains) if follow else None
    return Reading(article=_named(article), links=found, original=_original(page))


def run(job: Job | ListJob) -> Reading | Listing:
    """Do a job: a Reading for a Job, a Listing for a ListJob."""
    if isinstance(job, ListJob):
        lister = sitemaps.read if job.is_sitemap else feeds.read
        return lister(job.body, job.url, encoding=job.encoding)
    return read(job.page, job.recipe, job.follow, job.domains, job.hints, job.known)


def _original(page: Page) -> str | None:
    """The declared canonical URL of an AMP or mobile form, where it is another form of the same page."""
    if not urls.is_twin(page.url):
        return None
    node = page.tree.css_first("link[rel=canonical][href]")
    declared = (node.attributes.get("href") or "").strip() if node else ""
    if urls.is_twin(declared) or urls.key(declared) != urls.key(page.url):
        return None
    return declared


def _named(article: Article) -> Article:
    """The article with its AMP page among its aliases, where that is a form of its own URL."""
    amp = article.amp_url
    if amp is None or amp == article.url or amp in article.aliases or urls.key(amp) != urls.key(article.url):
        return article
    return replace(article, aliases=[*article.aliases, amp])
