"""The title as the reader sees it: the headline on the page, checked against what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from newsarchive.extraction import text as texts
from newsarchive.extraction.outline import Block, Box, Outline
from newsarchive.extraction.selectors import NOTHING, Marked
from newsarchive.extraction.structured import Structured, strings, types

_SEPARATOR = re.compile(r"\s+[-–—|·•:»«/\\~>]+\s+|\s*[|»]\s*")
_MARKS_OF_SEPARATORS = re.compile(r"[-–—|·•:»«/\\~>]")
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|topline|overline|roofline|dachzeile|eyebrow|supertitle|pretitle|antetitulo|volanta|surtitre|"
    r"occhiello|spitzmarke|cintillo|strapline|catchline|label|rubric|rubrik|category)(?:$|[\s_-])"
)
_HEADLINE = re.compile(r"(?:^|[\s_-])(?:entry|post|article|story|page)?[-_]{0,2}(?:title|headline)(?:$|[\s_-])")
_SITE = re.compile(
    r"(?:^|[\s_-])(?:logo|site[-_]?(?:title|name|branding)|navbar-brand|widget-?title|screen-reader-text)(?:$|[\s_-])"
)
_ROOT = re.compile(r"^(?:\.?/)?(?:index\.\w{3,5})?$|(?:^|/)https?://[^/?#]+/?(?:index\.\w{3,5})?$")
_BETWEEN = re.compile(r":(?=\s)|(?<=\s)[-–—|/](?=\s)")
_LEADING = " :|/-–—•·"
_SITE_TYPES = frozenset({"WebSite", "Organization", "NewsMediaOrganization", "Newspaper"})
_RANKS = frozenset(("h1", "h2", "h3"))
_LONGEST_NAME = 60
_MOST_HEADINGS = 200


@dataclass(frozen=True, slots=True)
class Title:
    """A headline and the rule that gave it; `block` is where it stands on the page, if it does.

    `offered` is all that might have been the title, as (rule, text), the most trusted first.
    """

    text: str | None
    rule: str
    block: Block | None = None
    offered: tuple[tuple[str, str], ...] = ()


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
    while _MARKS_OF_SEPARATORS.search(title):
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        last, first = cuts[-1], cuts[0]
        if _key(title[last.end() :]) in names and title[: last.start()].strip():
            title = title[: last.start()].strip()
        elif _key(title[: first.start()]) in names and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            return title
    return title


@lru_cache(maxsize=2048)
def _key(text: str) -> str:
    return texts.key(text)


def site_names(structured: Structured, url: str) -> list[str]:
    """The names a page gives its site, and the host's own."""
    names = [
        *structured.metas.get("og:site_name", ()),
        *structured.metas.get("application-name", ()),
        *structured.metas.get("apple-mobile-web-app-title", ()),
        *structured.metas.get("twitter:site", ()),
    ]
    for thing in structured.things:
        if "name" in thing and _SITE_TYPES.intersection(types(thing)):
            names.extend(strings(thing.get("name")))
    for article in structured.articles:
        names.extend(strings(article.get("publisher")))
    names = [name for name in names if len(name) <= _LONGEST_NAME]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if host:
        names.extend([host, f"www.{host}", *host.split(".")[:-1]])
    return list(dict.fromkeys(names))


def title(outline: Outline, structured: Structured, url: str = "", marked: Marked = NOTHING) -> Title:
    """The headline of a page: a heading on it that its own statements bear out, else the best of those statements."""
    names = {key for name in site_names(structured, url) if (key := _key(name))}
    claims = _claims(structured, names)
    candidates = _headings(outline, names)
    offered = (*((c.rule, c.text) for c in claims), *((b.tag, b.text) for b, _ in candidates if b.tag == "h1"))
    if marked.title:
        own = texts.key(marked.title)
        block = next((b for b in outline.blocks if texts.key(b.text) == own), None)
        return Title(marked.title, "recipe", block, offered)
    text, rule, block = _choose(candidates, claims, names)
    return Title(text, rule, block, offered)


def _choose(
    candidates: list[tuple[Block, str]], claims: list[_Claim], names: set[str]
) -> tuple[str | None, str, Block | None]:
    """The text of the title, the rule that gave it and the heading it stands in."""
    best: tuple[float, Block] | None = None
    headings: list[Block] = []
    labels: list[Block] = []
    distinct: dict[str, _Claim] = {}  # most pages state one text several times, last and least trusted in `title`
    for claim in claims:
        distinct.setdefault(claim.text, claim)
    for block, own in candidates:
        if block.tag == "h1":
            if _is_label(block):
                labels.append(block)
                continue
            if _names_site(block):
                continue
            headings.append(block)
        score = _support(block, own, distinct.values())
        if best is None or score > best[0]:
            best = (score, block)
    if best is not None and best[0] >= (0.5 if best[1].tag == "h1" else 0.9):
        return _headline(best[1], claims, names), best[1].tag, best[1]
    if headings and _stands_alone(headings):
        return _headline(headings[0], claims, names), "h1", headings[0]
    place = best[1] if best is not None and best[1].tag == "h1" else None
    stated = claims[0] if claims else None
    if labels and (stated is None or stated.rule != "json-ld headline"):
        label = labels[0]
        if stated is None or any(_support(label, texts.key(label.text), [claim]) >= 0.5 for claim in claims):
            return _headline(label, claims, names), "h1", place
    if stated is not None:
        return stated.text, stated.rule, place
    place = place or (headings[0] if headings else None)
    return (_headline(place, claims, names), "h1", place) if place is not None else (None, "none", None)


def _headings(outline: Outline, names: set[str]) -> list[tuple[Block, str]]:
    """The headings of the first three ranks, and parts of a first one, that are no name of the site, with their keys."""
    found: list[tuple[Block, str]] = []
    for block in [
        block
        for block in outline.blocks
        if block.tag in _RANKS or ((parent := block.box.parent) is not None and parent.tag == "h1")
    ]:
        own = texts.key(block.text)
        if own and own not in names:
            found.append((block, own))
            if len(found) >= _MOST_HEADINGS:
                break
    return found


def _stands_alone(headings: list[Block]) -> bool:
    """True when the first of the page's h1 is a headline though no statement bears it out: by its length or its class."""
    words = len(headings[0].text.split())
    return words >= (3 if len(headings) == 1 else 5) or (
        len(headings) == 1 and _HEADLINE.search(headings[0].box.hints) is not None
    )


def _is_label(block: Block) -> bool:
    """True for a heading that stands in a breadcrumb trail or a menu: a short title for machines, not the headline."""
    box: Box | None = block.box
    for _ in range(6):
        if box is None or box.tag in ("main", "article", "header", "body"):
            return False
        if box.tag == "nav" or "crumb" in box.hints:
            return True
        box = box.parent
    return False


def _names_site(block: Block) -> bool:
    """True for a heading that is a logo: by its class, or since it is a link to the site's front page."""
    if _SITE.search(block.box.hints) or (block.box.parent is not None and _SITE.search(block.box.parent.hints)):
        return True
    if block.link_density < 0.9:
        return False
    link = block.box.node.css_first("a[href]") or block.box.node.parent
    href = link.attributes.get("href") if link is not None and link.tag == "a" else None
    return href is not None and _ROOT.search(href.strip()) is not None


class _Claim:
    """What a page says its title is: the text without the site's name, and what it can be compared by."""

    __slots__ = ("_parts", "_words", "key", "rule", "text")

    def __init__(self, rule: str, text: str, key: str) -> None:
        self.rule, self.text, self.key = rule, text, key
        self._parts: frozenset[str] | None = None
        self._words: frozenset[str] | None = None

    @property
    def parts(self) -> frozenset[str]:
        """The keys of what separators set apart in it, short ones left out."""
        parts = self._parts
        if parts is None:
            cut = _SEPARATOR.split(self.text) if _MARKS_OF_SEPARATORS.search(self.text) else ()
            parts = self._parts = frozenset([key for part in cut if len(key := texts.key(part)) > 8])
        return parts

    @property
    def words(self) -> frozenset[str]:
        """Its words without case."""
        words = self._words
        if words is None:
            words = self._words = _words(self.text)
        return words


def _claims(structured: Structured, names: set[str]) -> list[_Claim]:
    values: list[tuple[str, str | None]] = [
        ("json-ld headline", next((t for a in structured.articles for t in strings(a.get("headline"))), None)),
        ("og:title", structured.meta("og:title")),
        ("twitter:title", structured.meta("twitter:title")),
        ("title", structured.title),
    ]
    found: list[_Claim] = []
    known: dict[str | None, tuple[str, str] | None] = {}  # most pages say the same more than once
    for rule, value in values:
        if value not in known:
            known[value] = _claimed(value, names)
        said = known[value]
        if said is not None:
            found.append(_Claim(rule, *said))
    return found


def _claimed(value: str | None, names: set[str]) -> tuple[str, str] | None:
    """What a statement claims for a title, and its key; None where that is nothing, or the site's name."""
    text = clean(value)
    if not text or (key := texts.key(text)) in names:
        return None
    own = _without(text, names)
    return own, key if own == text else texts.key(own)


_WORD = re.compile(r"\w+")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _support(block: Block, own: str, claims: Iterable[_Claim]) -> float:
    """How well a heading is borne out by what the page says of itself, 0 to 1; a first heading gets a little more."""
    best = 0.0
    first = block.tag == "h1" and not _KICKER.search(block.box.hints)
    words = None
    size = len(own)
    for claim in claims:
        key = claim.key
        if own == key:
            best = max(best, 0.98 if claim.rule == "title" else 1.0)
        elif size < len(key) and own in claim.parts:
            best = max(best, 0.9 + 0.06 * size / len(key))
        elif size > len(key) and own.endswith(key) and len(key) >= 0.4 * size:
            best = max(best, 0.9)
        elif best < 0.9 and (first or 0.8 < size / (len(key) or 1) < 1.25):
            words = words or _words(block.text)
            if words and claim.words:
                best = max(best, len(words & claim.words) / len(words | claim.words))
    return best + 0.15 if first else best


def _headline(block: Block, claims: list[_Claim], names: set[str]) -> str | None:
    """A heading's text without the topic set before its headline, the date after it and the site's name."""
    title = clean(block.text)
    if title is None:
        return None
    title = _without(title, names)
    own = texts.key(title)
    same = next((claim for claim in claims if claim.key == own and claim.rule != "title"), None)
    marked = _has_elements(block.box.node)
    for claim in claims:
        if len(claim.text) >= len(title) or len(claim.key) < 0.4 * len(own):
            continue
        if title.endswith(claim.text) and (claim.rule != "title" or same is None or marked):
            return claim.text
        if title.startswith(claim.text) and title[len(claim.text) :].lstrip(_LEADING)[:1].isdigit():
            return claim.text
    first = _BETWEEN.search(same.text) if same is not None else None
    if same is not None and (same.text == title or first is None or first.group() == ":"):
        return same.text if _unmarked(same.text) == _unmarked(title) else title
    if marked and (kicker := _kicker(block, title, claims)):
        return kicker
    if same is not None:
        return title
    topic, _, rest = title.rpartition(" - ")
    if topic and len(rest) > len(topic) and any(c.text.endswith(rest) and topic not in c.text for c in claims):
        return rest
    return title


def _has_elements(node: LexborNode) -> bool:
    child = node.first_child
    while child is not None and child.is_text_node:
        child = child.next
    return child is not None


def _unmarked(text: str) -> str:
    """A text without the marks that set its parts apart: a heading's own markup may stand for them."""
    return " ".join(_MARKS_OF_SEPARATORS.sub(" ", text).split())


def _kicker(block: Block, title: str, claims: list[_Claim]) -> str | None:
    """The headline after a topic that the markup sets apart: by its class, or where a statement sets it apart too."""
    for node in block.box.node.css("[class]"):
        if not _KICKER.search((node.attributes.get("class") or "").lower()):
            continue
        kicker = texts.fold_spaces(node.text())
        if kicker and title.startswith(kicker) and len(rest := title[len(kicker) :].lstrip(_LEADING)) > 8:
            return rest
    child = block.box.node.css_first("span, small, em, strong, a")
    kicker = texts.fold_spaces(child.text()) if child is not None else ""
    if not kicker or not title.startswith(kicker) or len(rest := title[len(kicker) :].lstrip(_LEADING)) <= 8:
        return None
    apart = [texts.key(kicker), texts.key(rest)]
    for claim in claims:
        if sorted(map(texts.key, _SEPARATOR.split(claim.text, maxsplit=1))) == sorted(apart) and claim.text != title:
            return rest
    return None
