"""Sitemap bytes to links: XML, gzip, text, indexes, and the Google News extension."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urljoin, urlsplit

from lxml import etree

from newsarchive.discovery import backfill, feeds, xml
from newsarchive.discovery.link import Link, LinkKind, Listing
from newsarchive.urls import is_plain, is_web

MAX_ENTRIES = 100_000
_NEWS = re.compile(r"(?:^|[/_.-])(?:google-?)?news(?:[/_.-]|sitemap|$)")
_OTHERS = re.compile(
    r"(?:^|[/_.-])(?:tags?|post_tag|topics?|categor(?:y|ies)|authors?|users?|profiles?|sections?|taxonom(?:y|ies)|images?|videos?|pages?|"
    r"products?|autor(?:en|es)?|auteurs?|rubriques?|etiquetas?)[/_.-]"
)
_MAX_LINE = 8_192
_MAX_NONSENSE = 1_000
"""Lines without an address that a text may begin with and still be a list of addresses."""
_ENTRIES = frozenset(("url", "sitemap"))
_ROOT = re.compile(r"<(?:[\w.-]+:)?(urlset|sitemapindex)\b", re.IGNORECASE)
_MARKUP = re.compile(r"^\s*<")
_IMAGE_OR_VIDEO = re.compile(r"sitemap-(?:image|video)", re.IGNORECASE)


def read(body: bytes, url: str, *, encoding: str | None = None) -> Listing:
    """The entries of a sitemap fetched at `url`, in its order; never raises, what went wrong is in `problem`.

    An index gives links of kind SITEMAP, a news sitemap links of kind ARTICLE with title, date and language, any other
    links of kind PAGE; pages in other languages that an entry names (hreflang) are links, too. A feed, which may stand for
    a sitemap, is read as one. Entries without a web address are counted in `dropped`.
    """
    found = Listing()
    try:
        head, rest = xml.begun(xml.texts(body, encoding))
        root = _ROOT.search(head)
        if root is not None:
            found.kind = "index" if root[1].lower() == "sitemapindex" else "sitemap"
            _read_xml(chain((head,), rest), url, found)
        elif feeds.is_feed(head):
            return feeds.read(body, url, encoding=encoding)
        elif _MARKUP.match(head):
            found.problem = "not a sitemap"
        else:
            _read_text(chain((head,), rest), found)
    except xml.UnreadableError as error:
        found.problem = str(error)
    return found


def declared(robots: bytes) -> list[str]:
    """The sitemaps a robots.txt names (RFC 9309 leaves the line to sitemaps.org), in its order, each once."""
    lines = robots[:512_000].decode("utf-8", "replace").replace("\r", "\n").split("\n")
    named = [
        line.partition(":")[2].partition(" #")[0].strip()
        for line in lines
        if line.lower().lstrip("\ufeff ").startswith("sitemap:")
    ]
    return list(dict.fromkeys(url for url in named if is_web(url)))


def order(link: Link) -> tuple[int, int, int]:
    """A key that sorts the sitemaps of an index: those of news, then by their days, the newest first, and last those of other things.

    A sitemap of tags, authors, pictures or videos is known by its name.
    """
    name = urlsplit(link.url).path.lower()
    rank = 2 if _OTHERS.search(name) else 0 if _NEWS.search(name) else 1
    return rank, *backfill.newest_first(link)


def _read_xml(pieces: Iterable[str], url: str, found: Listing) -> None:
    known: set[str] = set()
    for element in xml.elements(pieces, _ENTRIES):
        link = _entry(element, url)
        if link is None:
            found.dropped["no address"] += 1
            continue
        for each in (link, *_translations(element, link)):
            if len(found.links) >= MAX_ENTRIES:
                found.problem = "too many entries"
                return
            # Each language of a page is an entry of its own in one sitemap, and only an alternate in another.
            if each is link or each.url not in known:
                found.links.append(each)
            known.add(each.url)


def _translations(element: etree._Element, link: Link) -> Iterator[Link]:
    """The same page in other languages, as `<xhtml:link rel="alternate" hreflang="…" href="…"/>` names them."""
    for child in element:
        language, address = child.get("hreflang"), child.get("href")
        if xml.local(child) != "link" or not language or language.lower() == "x-default":
            continue
        joined = _joined(link.url, address)
        if joined and joined != link.url:
            yield Link(url=joined, modified=link.modified, language=language)


def _entry(element: etree._Element, url: str) -> Link | None:
    address, modified, news = None, None, None
    for child in element:
        name = xml.local(child)
        if _IMAGE_OR_VIDEO.search(xml.space(child)):
            continue
        if name == "loc":
            address = address or xml.text_of(child)
        elif name == "lastmod":
            modified = xml.text_of(child)
        elif name == "news":
            news = child
    joined = _joined(url, address)
    if joined is None:
        return None
    if xml.local(element) == "sitemap":
        return Link(url=joined, kind=LinkKind.SITEMAP, modified=modified)
    if news is None:
        return Link(url=joined, kind=LinkKind.PAGE, modified=modified, language=_own_language(element, joined))
    hints = {xml.local(part): xml.text_of(part) for part in news.iter()}
    return Link(
        url=joined,
        kind=LinkKind.ARTICLE,
        title=hints.get("title"),
        published=hints.get("publication_date"),
        modified=modified,
        language=hints.get("language"),
    )


def _own_language(element: etree._Element, address: str) -> str | None:
    named = (child.get("hreflang") for child in element if child.get("href") == address)
    return next((name for name in named if name and name.lower() != "x-default"), None)


def _joined(url: str, address: str | None) -> str | None:
    if address and is_plain(address):
        return address
    try:
        joined = urljoin(url, (address or "").replace("&amp;", "&"))
    except ValueError:
        return None
    return joined if address and is_web(joined) else None


def _read_text(pieces: Iterable[str], found: Listing) -> None:
    for line in _lines(pieces):
        address = line.strip()
        if not address:
            continue
        if len(found.links) >= MAX_ENTRIES:
            found.problem = "too many entries"
            return
        if is_web(address) and " " not in address:
            found.links.append(Link(url=address))
        else:
            found.dropped["no address"] += 1
            if not found.links and found.dropped["no address"] >= _MAX_NONSENSE:
                break
    if found.links:
        found.kind = "text"
    else:
        found.dropped.clear()
        found.problem = "not a sitemap"


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """The lines of a text; one that is longer than any address is cut."""
    kept = ""
    for piece in pieces:
        *lines, kept = (kept + piece).split("\n")
        yield from lines
        kept = kept[:_MAX_LINE]
    yield kept
