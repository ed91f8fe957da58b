"""The links of a fetched page: which lead to articles, which to sections, feeds and the next page, and why.

A link is scored: the shape of its URL (`shapes`), how its anchor reads and where it stands. The parts of a score are
kept with the link, so that a wrong choice can be explained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.discovery import shapes
from newsarchive.discovery.link import Link, LinkKind, Listing
from newsarchive.urls import is_web, key, site

ARTICLE_POINTS = 5
MAX_LINKS = 3_000
MAX_URL = 2_048
_MAX_ANCESTORS = 14
_FEED_TYPES = frozenset(
    (
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json+feed",
    )
)
_COMMENT_FEED = re.compile(r"comment", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_CHROME = frozenset(("nav", "footer", "header"))
_CHROME_ROLES = frozenset(("navigation", "contentinfo", "banner", "menu", "menubar"))
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|breadcrumbs?|pagination|pager|social|toolbar)(?:$|[\s_-])", re.I
)
_ADVERT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|sponsor(?:ed|s)?|promoted|outbrain|taboola|publicit\w*|pub|werbung|anzeige|partner-content|"
    r"native-?ad|dfp|adsense)(?:$|[\s_-])",
    re.I,
)
_CARD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:card|teaser|story|headline|title|titre|article|news|post|entry)(?:$|[\s_-])", re.I
)
_WORDS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an anchor stands on its page."""

    heading: bool = False
    card: bool = False
    chrome: bool = False
    advert: bool = False


def read(tree: LexborHTMLParser, url: str, *, domains: Sequence[str] = ()) -> Listing:
    """The links of a parsed page fetched at `url`, each once, articles first, each kind in page order.

    Links to hosts outside the page's site (or outside `domains`, when given), advertisements, files, services and what
    is no web address are left out and counted in `dropped`.
    """
    found = Listing(kind="page")
    base = _base(tree, url)
    found.links.extend(_feeds(tree, base))
    best: dict[str, Link] = {}
    places: dict[int, _Place] = {}
    anchors = tree.css("a[href]")
    if len(anchors) > MAX_LINKS:
        found.dropped["too many links"] += len(anchors) - MAX_LINKS
    for anchor in anchors[:MAX_LINKS]:
        target = _target(anchor, base)
        reason = "no web address" if target is None else _refused(target, url, domains)
        if target is None or reason:
            found.dropped[reason or "no web address"] += 1
            continue
        if key(target) == key(url):
            continue
        link = _judged(anchor, target, places)
        if link is None:
            found.dropped["advertisement"] += 1
            continue
        name = key(target)
        known = best.get(name)
        if known is None or link.score > known.score:
            best[name] = link
    order = (LinkKind.ARTICLE, LinkKind.SECTION, LinkKind.PAGE)
    found.links.extend(sorted(best.values(), key=lambda link: order.index(link.kind)))
    found.next_page = _next(tree, base)
    return found


def is_inside(target: str, url: str, domains: Sequence[str] = ()) -> bool:
    """True when `target` is on one of the domains or below them; without domains, on the same site as `url`."""
    if not domains:
        return site(target) == site(url)
    host, netloc = urlsplit(target).hostname or "", urlsplit(target).netloc
    return any(netloc == domain or host == domain or host.endswith(f".{domain}") for domain in domains)


def unfit(url: str) -> str | None:
    """Why a web URL is not to be asked for, whatever it leads to: "too long", "credentials"; None when it may be."""
    if len(url) > MAX_URL:
        return "too long"
    return "credentials" if "@" in urlsplit(url).netloc else None


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    try:
        return urljoin(url, (node.attributes.get("href") or "").strip()) if node else url
    except ValueError:
        return url


def _target(anchor: LexborNode, base: str) -> str | None:
    href = (anchor.attributes.get("href") or "").strip()
    try:
        target = urljoin(base, href)
    except ValueError:
        return None
    if not is_web(target):
        return None
    return target if "#!" in target else urldefrag(target)[0]


def _refused(target: str, url: str, domains: Sequence[str]) -> str | None:
    if reason := unfit(target):
        return reason
    if not is_inside(target, url, domains):
        return "offsite"
    if shapes.is_file(target):
        return "file"
    return "service page" if shapes.is_service(target) else None


def _judged(anchor: LexborNode, target: str, places: dict[int, _Place]) -> Link | None:
    """The link with its kind and points; None for an advertisement."""
    rel = (anchor.attributes.get("rel") or "").lower().split()
    place = _place(anchor, places)
    if place.advert or "sponsored" in rel:
        return None
    text = " ".join(anchor.text(separator=" ").split())
    total = _anchored(shapes.score(target), text)
    if place.heading or anchor.css_first("h1,h2,h3,h4,h5"):
        total = total.plus(3, "headline")
    elif place.card:
        total = total.plus(1, "card")
    if place.chrome:
        total = total.plus(-5, "menu or footer")
    if "author" in rel or "tag" in rel or "nofollow" in rel:
        total = total.plus(-3, f"rel={' '.join(rel)}")
    kind = LinkKind.SECTION if _is_section(target, text) else LinkKind.PAGE
    if total.points >= ARTICLE_POINTS:
        kind = LinkKind.ARTICLE
    return Link(
        url=target, kind=kind, title=text or anchor.attributes.get("title") or None, score=total.points, why=total.why
    )


def _anchored(total: shapes.Score, text: str) -> shapes.Score:
    words = len(_WORDS.findall(text)) + len(_UNSPACED.findall(text)) // 2
    if words >= 5:
        return total.plus(3, "reads as a headline")
    if words >= 3:
        return total.plus(1, "three words and more")
    return total.plus(-1, "short label") if words else total


def _is_section(target: str, text: str) -> bool:
    """A short path of plain words with a short label: a list to look for articles in."""
    parts = urlsplit(target)
    segments = [segment for segment in parts.path.split("/") if segment]
    return bool(text) and len(text) <= 40 and len(segments) <= 3 and not parts.query and not shapes.is_listing(target)


def _place(anchor: LexborNode, known: dict[int, _Place]) -> _Place:
    """What the ancestors of an anchor say of it; shared by the anchors below one parent."""
    passed: list[int] = []
    node = anchor.parent
    place = _Place()
    chain: list[LexborNode] = []
    while node is not None and node.tag not in ("body", "html") and len(chain) < _MAX_ANCESTORS:
        if node.mem_id in known:
            place = known[node.mem_id]
            break
        chain.append(node)
        passed.append(node.mem_id)
        node = node.parent
    for ancestor in reversed(chain):
        place = _joined(place, ancestor)
        known[ancestor.mem_id] = place
    return place


def _joined(place: _Place, node: LexborNode) -> _Place:
    tag = node.tag or ""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    # A card's own <header> or <nav> is not the site's.
    in_article = place.card and tag == "header"
    chrome = not in_article and (
        tag in _CHROME or (attributes.get("role") or "") in _CHROME_ROLES or bool(_CHROME_NAMES.search(names))
    )
    return _Place(
        heading=place.heading or tag in _HEADINGS,
        card=place.card or tag == "article" or bool(_CARD_NAMES.search(names)),
        chrome=place.chrome or chrome,
        advert=place.advert or bool(_ADVERT_NAMES.search(names)),
    )


def _feeds(tree: LexborHTMLParser, base: str) -> list[Link]:
    links = []
    for node in tree.css("link[rel][href]"):
        attributes = node.attributes
        if "alternate" not in (attributes.get("rel") or "").lower().split():
            continue
        if (attributes.get("type") or "").split(";")[0].strip().lower() not in _FEED_TYPES:
            continue
        target = _target(node, base)
        title = attributes.get("title") or None
        if target and not _COMMENT_FEED.search(f"{target} {title or ''}"):
            links.append(Link(url=target, kind=LinkKind.FEED, title=title))
    return links


def _next(tree: LexborHTMLParser, base: str) -> str | None:
    for node in tree.css("link[rel][href],a[rel][href]"):
        if "next" in (node.attributes.get("rel") or "").lower().split():
            return _target(node, base)
    return None
