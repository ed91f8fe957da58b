"""The title as the reader sees it: the headline on the page, checked against what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsarchive.extraction import text as texts
from newsarchive.extraction.outline import Block, Outline
from newsarchive.extraction.structured import Structured, strings, types

_SEPARATOR = re.compile(r"\s+[-–—|·•:»«/\\~>]+\s+|\s*[|»]\s*")
_SITE_TYPES = frozenset({"WebSite", "Organization", "NewsMediaOrganization", "Newspaper"})


@dataclass(frozen=True, slots=True)
class Title:
    """A headline and the rule that gave it; `block` is where it stands on the page, if it does."""

    text: str | None
    rule: str
    block: Block | None = None


def clean(text: str | None, *, site_name: str | None = None) -> str | None:
    """A title with entities resolved, white space folded and, where the site's name is known, without it at its ends.

    Absent or empty gives None; what is clean passes unchanged.
    """
    if text is None:
        return None
    title = texts.plain(text)
    if site_name:
        title = _without(title, {texts.key(site_name)})
    return title or None


def _without(title: str, names: set[str]) -> str:
    """The title without trailing or leading parts that are one of the names, never emptied."""
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        last, first = cuts[-1], cuts[0]
        if texts.key(title[last.end() :]) in names and title[: last.start()].strip():
            title = title[: last.start()].strip()
        elif texts.key(title[: first.start()]) in names and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            return title


def site_names(structured: Structured, url: str) -> list[str]:
    """The names a page gives its site, and the host's own."""
    names = [
        *structured.metas.get("og:site_name", ()),
        *structured.metas.get("application-name", ()),
        *structured.metas.get("apple-mobile-web-app-title", ()),
        *structured.metas.get("twitter:site", ()),
    ]
    for thing in structured.things:
        if _SITE_TYPES.intersection(types(thing)):
            names.extend(strings(thing.get("name")))
    for article in structured.articles:
        names.extend(strings(article.get("publisher")))
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if host:
        names.extend([host, f"www.{host}", *host.split(".")[:-1]])
    return list(dict.fromkeys(names))


def title(outline: Outline, structured: Structured, url: str = "") -> Title:
    """The headline of a page, or None."""
    names = {key for name in site_names(structured, url) if (key := texts.key(name))}
    claims = _claims(structured)
    keys = [texts.key(claim) for _, claim in claims]
    best: tuple[float, Block] | None = None
    for block in outline.blocks:
        if not _is_heading(block):
            continue
        own = texts.key(block.text)
        if not own or own in names:
            continue
        score = _support(own, keys) + (0.2 if block.tag == "h1" else 0.0)
        if best is None or score > best[0]:
            best = (score, block)
    if best is not None and (best[0] >= 0.7 or (not claims and best[1].tag == "h1")):
        return Title(clean(best[1].text), best[1].tag, best[1])
    place = best[1] if best is not None and best[1].tag == "h1" else None
    for rule, claim in claims:
        if rule != "title" and (cut := _without(claim, names)):
            return Title(cut, rule, place)
    if place is not None:
        return Title(clean(place.text), "h1", place)
    for rule, claim in claims:
        return Title(_without(claim, names), rule)
    return Title(None, "none")


def _is_heading(block: Block) -> bool:
    if block.tag[0] == "h" and block.tag in ("h1", "h2", "h3"):
        return True
    parent = block.box.parent
    return parent is not None and parent.tag == "h1"


def _claims(structured: Structured) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    values: Iterable[tuple[str, str | None]] = [
        ("json-ld headline", next((t for a in structured.articles for t in strings(a.get("headline"))), None)),
        ("og:title", structured.meta("og:title")),
        ("twitter:title", structured.meta("twitter:title")),
        ("title", structured.title),
    ]
    for rule, value in values:
        if value and (text := clean(value)):
            found.append((rule, text))
    return found


def _support(own: str, claims: list[str]) -> float:
    """How well a headline on the page is borne out by what the page says of itself, 0 to 1."""
    best = 0.0
    for claim in claims:
        if own == claim:
            return 1.0
        if own in claim or claim in own:
            best = max(best, min(len(own), len(claim)) / max(len(own), len(claim)), 0.5 if len(own) > 15 else 0.0)
    return best
