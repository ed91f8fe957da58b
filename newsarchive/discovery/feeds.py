"""Feed bytes to article links: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, broken ones too."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from newsarchive.discovery import xml
from newsarchive.discovery.link import Link, LinkKind, Listing
from newsarchive.urls import is_web

MAX_ENTRIES = 5_000
MAX_JSON = 8_000_000
"""Characters of a JSON feed, which cannot be read piece by piece: what it is read into takes many times as much."""
_ENTRIES = frozenset(("item", "entry"))
_HEAD = frozenset(("language",))
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
_KINDS = {"rss": "rss", "channel": "rss", "feed": "atom", "rdf": "rdf"}
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKUP = re.compile(r"<[^>]{0,500}>")


def read(body: bytes, url: str, *, encoding: str | None = None) -> Listing:
    """The entries of a feed fetched at `url`, in its order; never raises, what went wrong is in `problem`.

    `encoding` is what the HTTP header declared. Entries without a web address are counted in `dropped`.
    """
    found = Listing()
    try:
        head, rest = xml.begun(xml.texts(body, encoding))
        if head.lstrip()[:1] == "{":
            _read_json(chain((head,), rest), url, found)
        else:
            _read_xml(head, rest, url, found)
    except xml.UnreadableError as error:
        found.problem = str(error)
    return found


def is_feed(head: str) -> bool:
    """True when a text begins as an RSS, RDF or Atom feed does."""
    return bool(_ROOT.search(head))


def _read_xml(head: str, rest: Iterator[str], url: str, found: Listing) -> None:
    root = _ROOT.search(head)
    if root is None:
        found.problem = "not a feed"
        return
    found.kind = _KINDS[root[1].lower()]
    if not head.lstrip().startswith("<"):  # a warning that a server printed before its feed
        head = head[root.start() :]
    language: str | None = None
    for element in xml.elements(chain((head,), rest), _ENTRIES | _HEAD):
        name = xml.local(element)
        if name in _HEAD:
            parent = element.getparent()
            if parent is not None and xml.local(parent) == "channel":
                language = xml.text_of(element)
            continue
        _keep(found, _entry(element, url, language))
        if _full(found):
            return


def _keep(found: Listing, link: Link | None) -> None:
    if link is None:
        found.dropped["no address"] += 1
    else:
        found.links.append(link)


def _full(found: Listing) -> bool:
    if len(found.links) >= MAX_ENTRIES:
        found.problem = "too many entries"
    return found.problem is not None


def _entry(element: etree._Element, url: str, language: str | None) -> Link | None:
    fields: dict[str, str] = {}
    for child in element:
        name = xml.local(child)
        value = xml.text_of(child)
        if value and name not in fields and "media" not in xml.space(child).lower():
            fields[name] = value
    base = urljoin(url, element.get(_XML_BASE) or (element.getroottree().getroot().get(_XML_BASE) or ""))
    address = _address(element, fields, base)
    if address is None:
        return None
    return Link(
        url=address,
        kind=LinkKind.ARTICLE,
        title=_plain(fields.get("title")),
        published=_first(fields, "pubdate", "published", "issued", "date", "created"),
        modified=_first(fields, "updated", "modified"),
        language=element.get(_XML_LANG) or fields.get("language") or language or _root_language(element),
    )


def _address(element: etree._Element, fields: dict[str, str], base: str) -> str | None:
    """Where an entry leads: FeedBurner's original link, Atom's alternate, RSS's link, a permanent guid."""
    candidates = [fields.get("origlink")]
    others: list[str | None] = []
    # Markup left open in a description swallows what follows it, so what is deeper is looked at last.
    for child in (*element, *element.iterdescendants()):
        if xml.local(child) == "link":
            rel = (child.get("rel") or "alternate").lower()
            (candidates if rel == "alternate" else others).append(child.get("href") or xml.text_of(child))
    guid = next((child for child in element if xml.local(child) in ("guid", "id")), None)
    if guid is not None and (guid.get("isPermaLink") or "true").lower() != "false":
        identifier = xml.text_of(guid) or ""
        candidates.append(identifier if is_web(identifier) else None)
    for candidate in candidates:
        if candidate and (address := _joined(base, candidate)):
            return address
    return None


def _joined(base: str, address: str) -> str | None:
    try:
        joined = urljoin(base, address.strip().replace("&amp;", "&"))
    except ValueError:
        return None
    return joined if is_web(joined) else None


def _root_language(element: etree._Element) -> str | None:
    return element.getroottree().getroot().get(_XML_LANG)


def _first(fields: dict[str, str], *names: str) -> str | None:
    return next((fields[name] for name in names if name in fields), None)


def _plain(title: str | None) -> str | None:
    """A title without markup, for RSS's escaped HTML."""
    if title is None:
        return None
    return " ".join(html.unescape(_MARKUP.sub("", html.unescape(title))).split()) or None


def _read_json(pieces: Iterator[str], url: str, found: Listing) -> None:
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > MAX_JSON:
            found.problem = "too large"
            return
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        found.problem = "not a feed"
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        found.problem = "not a feed"
        return
    found.kind = "json"
    for item in items:
        _keep(found, _json_entry(item, url, _text(feed.get("language"))) if isinstance(item, dict) else None)
        if _full(found):
            return


def _json_entry(item: dict[str, Any], url: str, language: str | None) -> Link | None:
    address = next((text for name in ("url", "id") if (text := _text(item.get(name)))), None)
    joined = _joined(url, address) if address and ("url" in item or is_web(address)) else None
    if joined is None:
        return None
    return Link(
        url=joined,
        kind=LinkKind.ARTICLE,
        title=_plain(_text(item.get("title"))),
        published=_text(item.get("date_published")),
        modified=_text(item.get("date_modified")),
        language=_text(item.get("language")) or language,
    )


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
