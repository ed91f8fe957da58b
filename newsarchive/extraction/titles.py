"""The title as the reader sees it: the headline on the page, checked against what the page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsarchive.extraction import text as texts
from newsarchive.extraction.outline import Block, Outline
from newsarchive.extraction.selectors import NOTHING, Marked
from newsarchive.extraction.structured import Structured, strings, types

_SEPARATOR = re.compile(r"\s+[-–—|·•:»«/\\~>]+\s+|\s*[|»]\s*")
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|topline|overline|roofline|dachzeile|eyebrow|supertitle|pretitle|antetitulo|volanta|surtitre|"
    r"occhiello|spitzmarke|cintillo|label|rubric|rubrik|category)(?:$|[\s_-])"
)
_LEADING = " :|/-–—•·"
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


def title(outline: Outline, structured: Structured, url: str = "", marked: Marked = NOTHING) -> Title:
    """The headline of a page: a heading on it that its own statements bear out, else the best of those statements."""
    names = {key for name in site_names(structured, url) if (key := texts.key(name))}
    claims = _claims(structured, names)
    if marked.title:
        own = texts.key(marked.title)
        return Title(marked.title, "recipe", next((b for b in outline.blocks if texts.key(b.text) == own), None))
    best: tuple[float, Block] | None = None
    headings: list[Block] = []
    for block in outline.blocks:
        if not _is_heading(block):
            continue
        own = texts.key(block.text)
        if not own or own in names:
            continue
        if block.tag == "h1":
            headings.append(block)
        score = _support(block.text, own, claims) + (0.15 if block.tag == "h1" else 0.0)
        if best is None or score > best[0]:
            best = (score, block)
    if best is not None and best[0] >= (0.5 if best[1].tag == "h1" else 0.9):
        return Title(_without_kicker(best[1], claims), best[1].tag, best[1])
    if headings and len(headings[0].text.split()) >= (3 if len(headings) == 1 else 5):
        return Title(_without_kicker(headings[0], claims), "h1", headings[0])
    place = best[1] if best is not None and best[1].tag == "h1" else None
    for claim in claims:
        return Title(claim.text, claim.rule, place)
    if place is None and headings:
        place = headings[0]
    return Title(_without_kicker(place, claims), "h1", place) if place is not None else Title(None, "none")


def _is_heading(block: Block) -> bool:
    if block.tag[0] == "h" and block.tag in ("h1", "h2", "h3"):
        return True
    parent = block.box.parent
    return parent is not None and parent.tag == "h1"


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a page says its title is: the text without the site's name, and what it can be compared by."""

    rule: str
    text: str
    key: str
    parts: frozenset[str]
    words: frozenset[str]


def _claims(structured: Structured, names: set[str]) -> list[_Claim]:
    values: list[tuple[str, str | None]] = [
        ("json-ld headline", next((t for a in structured.articles for t in strings(a.get("headline"))), None)),
        ("og:title", structured.meta("og:title")),
        ("twitter:title", structured.meta("twitter:title")),
        ("title", structured.title),
    ]
    found: list[_Claim] = []
    for rule, value in values:
        text = clean(value)
        if not text or texts.key(text) in names:
            continue
        text = _without(text, names)
        parts = frozenset(key for part in _SEPARATOR.split(text) if len(key := texts.key(part)) > 8)
        found.append(_Claim(rule, text, texts.key(text), parts, _words(text)))
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _support(text: str, own: str, claims: list[_Claim]) -> float:
    """How well a heading on the page is borne out by what the page says of itself, 0 to 1."""
    best = 0.0
    words = None
    for claim in claims:
        if own == claim.key:
            return 1.0
        if own in claim.parts:
            best = max(best, 0.95)
        elif own.endswith(claim.key) and len(claim.key) >= 0.4 * len(own):
            best = max(best, 0.9)
        elif best < 0.9:
            words = words or _words(text)
            if words and claim.words:
                best = max(best, len(words & claim.words) / len(words | claim.words))
    return best


def _without_kicker(block: Block, claims: list[_Claim]) -> str | None:
    """A heading without the topic set before its headline, where its markup or the page's statements tell them apart."""
    title = clean(block.text)
    if title is None:
        return None
    stated = any(claim.key == texts.key(title) for claim in claims)
    for node in () if stated else block.box.node.css("[class]"):
        kicker = texts.fold_spaces(node.text()) if _KICKER.search((node.attributes.get("class") or "").lower()) else ""
        if kicker and title.startswith(kicker) and len(rest := title[len(kicker) :].lstrip(_LEADING)) > 8:
            title = rest
            break
    own = len(texts.key(title))
    for claim in claims:
        if len(claim.text) < len(title) and title.endswith(claim.text) and len(claim.key) >= 0.4 * own:
            return claim.text
    topic, _, rest = title.rpartition(" - ")
    if topic and len(rest) > len(topic) and any(c.text.endswith(rest) and topic not in c.text for c in claims):
        return rest
    return title
