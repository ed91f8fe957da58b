"""What a page says of itself to machines: JSON-LD and meta elements, read once and shared by every field."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from newsarchive.extraction import elements

Thing = dict[str, Any]

_ARTICLE_TYPES = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting|Review|Recipe|CreativeWork)$")
_COMMENT = re.compile(r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_DECODER = json.JSONDecoder(strict=False)
_MAX_THINGS = 500
_RELATIONS = frozenset(("canonical", "amphtml", "next"))


@dataclass(slots=True)
class Structured:
    """The machine-readable statements of one page.

    `metas` maps a lower-case meta name (name, property, itemprop or http-equiv) to its values in page order; `things`
    are all JSON-LD objects, nested ones too, in page order; `articles` those whose type is an article's.
    """

    metas: dict[str, list[str]] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    articles: list[Thing] = field(default_factory=list)
    canonical: str | None = None
    amp: str | None = None
    next: str | None = None
    title: str | None = None
    base: str | None = None
    language: str | None = None
    broken: int = 0

    def meta(self, *names: str) -> str | None:
        """The first non-empty value of the first name that has one."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return None


def read(tree: LexborHTMLParser) -> Structured:
    """All statements of a parsed page; what cannot be read is counted in `broken`, never an error."""
    found = Structured()
    titles: list[str] = []
    for tag, values, text in elements.read(tree):
        if tag == "meta":
            _state(found, *values)
        elif tag == "script":
            _parse(found, text)
        elif tag == "title":
            titles.append(text)
        elif tag == "base":
            found.base = found.base or values[0]
        else:
            _link(found, tag, *values)
    # The head comes first in a tree: later titles are those of drawings.
    found.title = " ".join(titles[0].split()) or None if titles else None
    root = tree.root
    found.language = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root else None
    found.articles = [thing for thing in found.things if is_article(thing)]
    return found


def _state(found: Structured, content: str | None, value: str | None, *names: str | None) -> None:
    """Note what a meta element says, under each of its names."""
    content = (content or value or "").strip()
    if content:
        for name in names:
            if name:
                found.metas.setdefault(_folded(name), []).append(content)


@lru_cache(maxsize=2048)
def _folded(name: str) -> str:
    return name.strip().lower()


def _parse(found: Structured, script: str) -> None:
    """Note the objects of a JSON-LD script."""
    value = loads(script)
    if value is None:
        found.broken += 1
    else:
        found.things += _objects(value, _MAX_THINGS - len(found.things))


def _link(found: Structured, tag: str, relation: str | None, href: str | None) -> None:
    """Note a link to the page's own address or another form of it, or to its next part, which stands in the text, too."""
    href = (href or "").strip()
    relations = _relations(relation or "")
    if not href or not relations:
        return
    if tag == "a":
        found.next = found.next or (href if "next" in relations else None)
    elif "canonical" in relations and found.canonical is None:
        found.canonical = href
    elif "amphtml" in relations and found.amp is None:
        found.amp = href
    elif "next" in relations and found.next is None:
        found.next = href


@lru_cache(maxsize=256)
def _relations(words: str) -> frozenset[str]:
    return _RELATIONS.intersection(words.lower().split())


def loads(text: str) -> Any | None:
    """A JSON-LD script's value, mended where sites commonly break it, or None where nothing helps.

    Mended are comment and CDATA wrappers, raw control characters in strings, trailing commas, stray text after the
    first value, and whole scripts that are HTML-escaped.
    """
    text = text.strip()
    if text[:1] not in ("{", "["):
        while (bare := _COMMENT.sub("", text).strip()) != text:
            text = bare
        if not text:
            return None
    for mend in (str, _without_trailing_commas, html.unescape):
        try:
            return _DECODER.raw_decode(mend(text).lstrip(";, \n\t\r\ufeff"))[0]
        except (ValueError, RecursionError):
            continue
    return None


def _without_trailing_commas(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", text)


def _objects(value: Any, limit: int) -> list[Thing]:
    """Every object inside a JSON value, outer first, in reading order, without recursion."""
    stack, found = [value], list[Thing]()
    while stack and len(found) < limit:
        item = stack.pop()
        if item.__class__ is dict:
            found.append(item)
            item = item.values()
        elif item.__class__ is not list:
            continue
        stack += [inner for inner in reversed(item) if inner.__class__ is dict or inner.__class__ is list]
    return found


def types(thing: Thing) -> list[str]:
    """The schema.org types of a thing, without prefix."""
    value = thing.get("@type") or thing.get("type")
    if value.__class__ is str:
        return [_without_prefix(value)] if value else []
    values = value if isinstance(value, list) else [value]
    return [_without_prefix(str(v)) for v in values if v]


@lru_cache(maxsize=1024)
def _without_prefix(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def is_article(thing: Thing) -> bool:
    """True when a thing is some kind of article by its type."""
    kind = thing.get("@type") or thing.get("type")
    if kind.__class__ is str:
        return _is_article_type(kind)
    return any(_is_article_type(name) for name in types(thing))


@lru_cache(maxsize=1024)
def _is_article_type(name: str) -> bool:
    return _ARTICLE_TYPES.search(name) is not None


def strings(value: Any) -> list[str]:
    """The plain strings in a JSON-LD value: a string, a list, or things by their `name` or `@value`."""
    if isinstance(value, str):
        text = html.unescape(value).strip() if "&" in value else value.strip()
        return [text] if text else []
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("@value"))
    return []
