"""Dates that a page states to machines: JSON-LD, meta elements in all their dialects, and what feeds say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from newsarchive.extraction import structured as statements
from newsarchive.extraction.dates.candidates import MODIFIED, PUBLISHED
from newsarchive.extraction.structured import Structured, Thing


class Statement(NamedTuple):
    """A raw date with its source, the exact place, its role and its cost (0 is best)."""

    raw: str
    source: str
    rule: str
    role: str
    cost: float


# Meta names that state the day of publishing, the most exact first, with their cost.
PUBLISHED_METAS: dict[str, float] = {
    "article:published_time": 0.3, "og:article:published_time": 0.3, "article:published": 0.3, "og:published_time": 0.3,
    "og:article:published": 0.3, "datepublished": 0.3, "article.published": 0.3, "rnews:datepublished": 0.3,
    "parsely-pub-date": 0.8, "sailthru.date": 0.8, "article_date_original": 0.8, "originalpublicationdate": 0.8,
    "pubdate": 0.8, "publish_date": 0.8, "publish-date": 0.8, "published_date": 0.8, "publication_date": 0.8,
    "publicationdate": 0.8, "published": 0.8, "publisheddate": 0.8, "published_at": 0.8, "published-date": 0.8,
    "article_publication_date": 0.8, "article.published_time": 0.8, "cxenseparse:recs:publishtime": 0.8,
    "cxenseparse:publishtime": 0.8, "cxense:publishtime": 0.8, "dateposted": 0.8, "date_published": 0.8, "release_date": 0.8,
    "datepublic": 0.8, "article-publication-date": 0.8, "bt:pubdate": 0.8, "nrk:publish-date": 0.8, "vr:published_time": 0.8,
    "dcterms.issued": 0.8, "dc.date.issued": 0.8, "dcterms.date.issued": 0.8, "dc.issued": 0.8, "dcterms.available": 0.8,
    "citation_publication_date": 2.2, "citation_online_date": 0.8, "prism.publicationdate": 0.8, "displaydate": 0.8,
    "video:release_date": 2.2, "og:video:release_date": 2.2, "ptime": 0.8, "pub_date": 0.8, "pdate": 0.8,
    "shareaholic:article_published_time": 0.8,
    "date.published": 0.8, "gallery.date": 2.2, "article:post_date": 0.8, "lastpublished": 3.0, "mediator_published_time": 0.8,
    "firstpublished": 0.3, "first_published": 0.3, "article:create_at": 2.2, "dc.date.created": 2.2, "dcterms.created": 2.2,
    "dc.created": 2.2, "created": 2.2, "datecreated": 2.2, "date.created": 2.2, "created_at": 2.2,
    "date.release": 0.8, "artifactdate": 0.8,
    "time": 3.0, "analyticsattributes.articledate": 0.8, "news_publish_date": 0.8, "weibo:article:create_at": 2.2, "og:pubdate": 0.8,
    "uploaddate": 3.0,
}  # fmt: skip
VAGUE_METAS: dict[str, float] = {
    "date": 3.0, "dc.date": 3.0, "dcterms.date": 3.0, "dc:date": 3.0, "article:date": 2.2, "eomportal-lastupdate": 4.0,
    "sort_date": 3.0, "search_date": 3.0, "rbpubdate": 0.8, "dcsext.articlefirstpublished": 0.3, "date_issued": 2.2,
    "content_create_date": 2.2,
    "cse-date": 3.0, "last-publish-date": 4.0, "moddate": 4.5, "issued": 2.2, "doc_date": 3.0, "newsdate": 2.2,
}  # fmt: skip
# Names that no list knows yet, but that say it themselves.
_SAYS_PUBLISHED = re.compile(r"publish|pub_?-?date|date_?-?pub|upload(?:ed)?_?-?(?:date|time)?$|posted|issued|firstpub")
_SAYS_OTHER = re.compile(
    r"publisher|modif|updat|expir|unpublish|last|url|name|author|country|place|until|end|until|status|state|id$"
)
MODIFIED_METAS = frozenset(
    "article:modified_time og:article:modified_time article:modified og:updated_time og:modified_time datemodified "
    "dcterms.modified dc.date.modified dc.modified last-modified lastmod modified modified_time last_modified "
    "cxenseparse:recs:articlelastmodified dateupdated updated article:updated_time updated_time revision_date "
    "lastmodified last-updated date.modified article:last_modified modification_date dc.date.x-modified".split()
)
_TALK = frozenset(("Comment", "Review", "UserReview", "Answer", "Question"))
_PAGES = frozenset(
    "WebPage ItemPage VideoObject AudioObject PodcastEpisode DiscussionForumPosting Product MediaGallery ImageGallery".split()
)
_LD_DATES = ("datePublished", "dateCreated", "uploadDate", "dateModified")
_LD_PUBLISHED = (("datePublished", 0.0), ("dateCreated", 1.5), ("uploadDate", 2.5))


def read(structured: Structured, url: str) -> Iterator[Statement]:
    """Every machine-readable date of a page, the best places first."""
    yield from _linked(structured, url)
    for name, values in structured.metas.items():
        cost = _cost(name)
        if cost is not None:
            for value in values[:2]:
                yield Statement(value, "meta", name, PUBLISHED, cost)
        elif name in MODIFIED_METAS:
            yield Statement(values[0], "meta", name, MODIFIED, 0.5)


@lru_cache(maxsize=2048)
def _cost(name: str) -> float | None:
    """The cost of a day of publishing that a meta of some name states, or None where it states none."""
    says = _SAYS_PUBLISHED.search(name) is not None and _SAYS_OTHER.search(name) is None
    return PUBLISHED_METAS.get(name) or VAGUE_METAS.get(name) or (2.0 if says else None)


def _linked(structured: Structured, url: str) -> Iterator[Statement]:
    """The dates of the JSON-LD thing that is this page's article."""
    thing = main(structured.articles, url) or _first_dated(structured.things)
    if thing is not None:
        yield from _of(thing, 0.0)
    for other in structured.things:
        dated = any(key in other for key in _LD_DATES) and other is not thing
        if dated and not _PAGES.isdisjoint(statements.types(other)):
            yield from _of(other, 1.0)


def _of(thing: Thing, cost: float) -> Iterator[Statement]:
    kind = (statements.types(thing) or ["?"])[0]
    for key, extra in _LD_PUBLISHED:
        for value in _texts(thing.get(key)):
            yield Statement(value, "json-ld", f"{kind}.{key}", PUBLISHED, cost + extra)
    for value in _texts(thing.get("dateModified")):
        yield Statement(value, "json-ld", f"{kind}.dateModified", MODIFIED, cost)


def _texts(value: Any) -> list[str]:
    if isinstance(value, int):
        return [str(value)]
    return statements.strings(value)[:2]


def main(articles: Iterable[Thing], url: str) -> Thing | None:
    """The JSON-LD article that is this page's: one that names its URL, else the first with a date."""
    dated = [thing for thing in articles if thing.get("datePublished") or thing.get("dateModified")]
    for thing in dated:
        names = [thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage")]
        if any(_same(name, url) for name in names):
            return thing
    return dated[0] if dated else None


def _first_dated(things: Iterable[Thing]) -> Thing | None:
    """The first thing of another type that states when it was published and has a name, comments left out."""
    for thing in things:
        if not thing.get("datePublished"):
            continue
        named = thing.get("headline") or (thing.get("name") and thing.get("author"))
        if named and not _TALK.intersection(statements.types(thing)):
            return thing
    return None


def _same(name: Any, url: str) -> bool:
    if isinstance(name, dict):
        name = name.get("@id") or name.get("url")
    return isinstance(name, str) and name.split("#")[0].split("?")[0].rstrip("/") == url.split("#")[0].split("?")[
        0
    ].rstrip("/")
