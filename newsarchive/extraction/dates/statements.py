"""Dates that a page states to machines: JSON-LD, meta elements in all their dialects, and what feeds say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from newsarchive.extraction import structured as statements
from newsarchive.extraction.dates.candidates import MODIFIED, PUBLISHED
from newsarchive.extraction.structured import Structured, Thing


class Statement(NamedTuple):
    """A raw date with its source, the exact place, its role and its rank."""

    raw: str
    source: str
    rule: str
    role: str
    rank: int


# Meta names that state the day of publishing, the most exact first, with their rank.
PUBLISHED_METAS: dict[str, int] = {
    "article:published_time": 1, "og:article:published_time": 1, "article:published": 1, "og:published_time": 1,
    "og:article:published": 1, "datepublished": 1, "article.published": 1, "rnews:datepublished": 1,
    "parsely-pub-date": 2, "sailthru.date": 2, "article_date_original": 2, "originalpublicationdate": 2,
    "pubdate": 2, "publish_date": 2, "publish-date": 2, "published_date": 2, "publication_date": 2,
    "publicationdate": 2, "published": 2, "publisheddate": 2, "published_at": 2, "published-date": 2,
    "article_publication_date": 2, "article.published_time": 2, "cxenseparse:recs:publishtime": 2,
    "cxenseparse:publishtime": 2, "cxense:publishtime": 2, "dateposted": 2, "date_published": 2, "release_date": 2,
    "datepublic": 2, "article-publication-date": 2, "bt:pubdate": 2, "nrk:publish-date": 2, "vr:published_time": 2,
    "dcterms.issued": 2, "dc.date.issued": 2, "dcterms.date.issued": 2, "dc.issued": 2, "dcterms.available": 2,
    "citation_publication_date": 3, "citation_online_date": 2, "prism.publicationdate": 2, "displaydate": 2,
    "video:release_date": 3, "og:video:release_date": 3, "ptime": 2, "pub_date": 2, "pdate": 2, "shareaholic:article_published_time": 2,
    "date.published": 2, "gallery.date": 3, "article:post_date": 2, "lastpublished": 4, "mediator_published_time": 2,
    "firstpublished": 1, "first_published": 1, "article:create_at": 3, "dc.date.created": 3, "dcterms.created": 3,
    "dc.created": 3, "created": 3, "datecreated": 3, "date.created": 3, "created_at": 3, "date.release": 2, "artifactdate": 2,
    "time": 4, "analyticsattributes.articledate": 2, "news_publish_date": 2, "weibo:article:create_at": 3, "og:pubdate": 2,
    "uploaddate": 4,
}  # fmt: skip
VAGUE_METAS: dict[str, int] = {
    "date": 4, "dc.date": 4, "dcterms.date": 4, "dc:date": 4, "article:date": 3, "eomportal-lastupdate": 5,
    "sort_date": 4, "search_date": 4, "rbpubdate": 2, "dcsext.articlefirstpublished": 1, "date_issued": 3, "content_create_date": 3,
    "cse-date": 4, "last-publish-date": 5, "moddate": 6, "issued": 3, "doc_date": 4, "newsdate": 3,
}  # fmt: skip
MODIFIED_METAS = frozenset(
    "article:modified_time og:article:modified_time article:modified og:updated_time og:modified_time datemodified "
    "dcterms.modified dc.date.modified dc.modified last-modified lastmod modified modified_time last_modified "
    "cxenseparse:recs:articlelastmodified dateupdated updated article:updated_time updated_time revision_date "
    "lastmodified last-updated date.modified article:last_modified modification_date dc.date.x-modified".split()
)
_PAGES = frozenset(
    "WebPage ItemPage VideoObject AudioObject PodcastEpisode DiscussionForumPosting Product MediaGallery ImageGallery".split()
)
_LD_PUBLISHED = (("datePublished", 0), ("dateCreated", 3), ("uploadDate", 4))


def read(structured: Structured, url: str) -> Iterator[Statement]:
    """Every machine-readable date of a page, the best places first."""
    yield from _linked(structured, url)
    for name, values in structured.metas.items():
        key = name if name in PUBLISHED_METAS or name in VAGUE_METAS else name.replace("_", "-")
        rank = PUBLISHED_METAS.get(name) or PUBLISHED_METAS.get(key) or VAGUE_METAS.get(name)
        role = PUBLISHED if rank is not None else MODIFIED if name in MODIFIED_METAS else None
        if role is not None:
            for value in values[:2]:
                yield Statement(value, "meta", name, role, rank if rank is not None else 2)


def _linked(structured: Structured, url: str) -> Iterator[Statement]:
    """The dates of the JSON-LD thing that is this page's article."""
    thing = main(structured.articles, url)
    others = [other for other in structured.things if other is not thing]
    if thing is not None:
        yield from _of(thing, 0)
    for other in others:
        if not _PAGES.isdisjoint(statements.types(other)):
            yield from _of(other, 2)


def _of(thing: Thing, rank: int) -> Iterator[Statement]:
    kind = (statements.types(thing) or ["?"])[0]
    for key, extra in _LD_PUBLISHED:
        for value in _texts(thing.get(key)):
            yield Statement(value, "json-ld", f"{kind}.{key}", PUBLISHED, rank + extra)
    for value in _texts(thing.get("dateModified")):
        yield Statement(value, "json-ld", f"{kind}.dateModified", MODIFIED, rank)


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


def _same(name: Any, url: str) -> bool:
    if isinstance(name, dict):
        name = name.get("@id") or name.get("url")
    return isinstance(name, str) and name.split("#")[0].split("?")[0].rstrip("/") == url.split("#")[0].split("?")[
        0
    ].rstrip("/")
