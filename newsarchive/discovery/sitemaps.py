"""Sitemap bytes to links: XML, gzip, text, indexes, and the Google News extension."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree

from newsarchive.discovery import xml
from newsarchive.discovery.link import Link, LinkKind, Listing
from newsarchive.urls import is_web

MAX_ENTRIES = 100_000
_ENTRIES = frozenset(("url", "sitemap"))
_ROOT = re.compile(r"<(?:[\w.-]+:)?(urlset|sitemapindex)\b", re.IGNORECASE)
_MARKUP = re.compile(r"^\s*<")
_IMAGE_OR_VIDEO = re.compile(r"sitemap-(?:image|video)", re.IGNORECASE)


def read(body: bytes, url: str, *, encoding: str | None = None) -> Listing:
    """The entries of a sitemap fetched at `url`, in its order; never raises, what went wrong is in `problem`.

    An index gives links of kind SITEMAP, a news sitemap links of kind ARTICLE with title, date and language, any other
    links of kind PAGE. Entries without a web address are counted in `dropped`.
    """
    found = Listing()
    try:
        text = xml.decoded(xml.unpacked(body), encoding)
        root = _ROOT.search(text[:20_000])
        if root is not None:
            found.kind = "index" if root[1].lower() == "sitemapindex" else "sitemap"
            _read_xml(text, url, found)
        elif _MARKUP.match(text):
            found.problem = "not a sitemap"
        else:
            _read_text(text, found)
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


def _read_xml(text: str, url: str, found: Listing) -> None:
    for element in xml.elements(text, _ENTRIES):
        if len(found.links) >= MAX_ENTRIES:
            found.problem = "too many entries"
            return
        link = _entry(element, url)
        if link is None:
            found.dropped["no address"] += 1
        else:
            found.links.append(link)


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
        return Link(url=joined, kind=LinkKind.PAGE, modified=modified)
    hints = {xml.local(part): xml.text_of(part) for part in news.iter()}
    return Link(
        url=joined,
        kind=LinkKind.ARTICLE,
        title=hints.get("title"),
        published=hints.get("publication_date"),
        modified=modified,
        language=hints.get("language"),
    )


def _joined(url: str, address: str | None) -> str | None:
    try:
        joined = urljoin(url, (address or "").replace("&amp;", "&"))
    except ValueError:
        return None
    return joined if address and is_web(joined) else None


def _read_text(text: str, found: Listing) -> None:
    for line in text.splitlines():
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
    if found.links:
        found.kind = "text"
    else:
        found.dropped.clear()
        found.problem = "not a sitemap"
