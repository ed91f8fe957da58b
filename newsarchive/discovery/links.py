"""The links of a fetched page: which lead to articles, which to sections, feeds and the next page, and why.

A link is scored: the shape of its URL (`shapes`), how its anchor reads, where it stands (`places`), and how it agrees
with the headlines of its page (`patterns`). The parts of a score are
kept with the link, so that a wrong choice can be explained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.discovery import pagination, patterns, shapes, words
from newsarchive.discovery.link import Link, LinkKind, Listing
from newsarchive.discovery.places import Place, Places
from newsarchive.urls import is_web, key, site

ARTICLE_POINTS = 5
MAX_LINKS = 3_000
MAX_URL = 2_048
_LIKELY = 3
_HEADLINE_WORDS = 5
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
_WORDS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class _Candidate:
    """One target of the page as its best anchor shows it."""

    url: str
    text: str
    title: str | None
    score: shapes.Score
    is_headline: bool


def read(tree: LexborHTMLParser, url: str, *, domains: Sequence[str] = ()) -> Listing:
    """The links of a parsed page fetched at `url`, each once, articles first, each kind in page order.

    Links to hosts outside the page's site (or outside `domains`, when given), advertisements, files, services and what
    is no web address are left out and counted in `dropped`.
    """
    found = Listing(kind="page")
    base = _base(tree, url)
    found.links.extend(_feeds(tree, base))
    best = _candidates(tree, url, base, domains, found)
    pattern = patterns.of(one.url for one in best if one.is_headline and one.score.points >= _LIKELY)
    order = (LinkKind.ARTICLE, LinkKind.SECTION, LinkKind.PAGE)
    found.links.extend(sorted((_link(one, pattern) for one in best), key=lambda link: order.index(link.kind)))
    found.next_page = pagination.next_page(tree, url, base)
    return found


def _candidates(
    tree: LexborHTMLParser, url: str, base: str, domains: Sequence[str], found: Listing
) -> list[_Candidate]:
    """What the page links to and may be asked for, each once, in page order; what may not is counted in `found`."""
    best: dict[str, _Candidate] = {}
    known = Places()
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
        place, rel = known.of(anchor), (anchor.attributes.get("rel") or "").lower().split()
        if place.advert or "sponsored" in rel or shapes.is_advert(target):
            found.dropped["advertisement"] += 1
            continue
        one = _judged(anchor, target, place, rel)
        name = key(target)
        if name not in best or one.score.points > best[name].score.points:
            best[name] = one
    return list(best.values())


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


def _judged(anchor: LexborNode, target: str, place: Place, rel: Sequence[str]) -> _Candidate:
    """A target with the points of its address, of its anchor's words and of where that stands."""
    text = " ".join(anchor.text(separator=" ").split())
    total = _anchored(shapes.score(target), text)
    heading = place.heading or anchor.css_first("h1,h2,h3,h4,h5") is not None
    if heading:
        total = total.plus(3, "headline")
    elif place.card:
        total = total.plus(1, "card")
    if place.chrome:
        total = total.plus(-5, "menu or footer")
    if place.recording:
        total = total.plus(-4, "among recordings")
    if "author" in rel or "tag" in rel or "nofollow" in rel:
        total = total.plus(-3, f"rel={' '.join(rel)}")
    is_headline = not place.chrome and (heading or _words(text) >= _HEADLINE_WORDS)
    title = text or anchor.attributes.get("title") or None
    return _Candidate(target, text, title, total, is_headline)


def _link(one: _Candidate, pattern: patterns.Pattern) -> Link:
    total = pattern.judged(one.score, one.url)
    kind = LinkKind.SECTION if _is_section(one.url, one.text) else LinkKind.PAGE
    if total.points >= ARTICLE_POINTS:
        kind = LinkKind.ARTICLE
    return Link(url=one.url, kind=kind, title=one.title, score=total.points, why=total.why)


def _anchored(total: shapes.Score, text: str) -> shapes.Score:
    count = _words(text)
    if count >= _HEADLINE_WORDS:
        return total.plus(3, "reads as a headline")
    if count >= 3:
        return total.plus(1, "three words and more")
    return total.plus(-1, "short label") if count else total


def _words(text: str) -> int:
    return len(_WORDS.findall(text)) + len(_UNSPACED.findall(text)) // 2


def _is_section(target: str, text: str) -> bool:
    """A short path of plain words with a short label: a list to look for articles in; a site's search is none."""
    parts = urlsplit(target)
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments and segments[-1].lower().partition(".")[0] in words.SEARCH:
        return False
    return bool(text) and len(text) <= 40 and len(segments) <= 3 and not parts.query and shapes.is_section(target)


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
