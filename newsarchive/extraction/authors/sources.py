"""Where a page names its authors: structured data, metas, and the byline a reader sees; weighed into one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import urlsplit

from newsarchive.extraction import text as texts
from newsarchive.extraction.authors import bylines, names
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured, Thing, strings, types
from newsarchive.page import Page
from newsarchive.recipe import Recipe

METAS = (
    "author", "sailthru.author", "parsely-author", "cxenseparse:author", "byl", "dc.creator", "dcterms.creator", "dc.author",
    "article:author_name", "article:author", "og:article:author", "og:author", "citation_author", "dcsext.author",
    "vr:author", "rbauthors", "authors", "creator", "twitter:data1",
)  # fmt: skip
_LABELS_OF_DATA1 = re.compile(
    r"^(?:written by|author|by|verfasst von|geschrieben von|von|écrit par|escrito por|auteur|autor|scritto da|geschreven door|"
    r"skriven av|skrevet av|автор|написано автором|yazan|ditulis oleh|napisane przez|نوشته شده توسط|كُتب بواسطة)$",
    re.IGNORECASE,
)
_UNSURE = frozenset(("meta author", "meta creator", "meta dc.creator", "meta twitter:data1"))
_SEEN = ("byline", "line", "closing", "name")
_MAX_THINGS = 40
_LOGIN = re.compile(r"^[a-z0-9_]+(?:[.\-_][a-z0-9_]+)*$")


@dataclass(slots=True)
class Authors:
    """Who wrote an article: `people` in the order credited (house and agency credits too), the `agencies` among them.

    `offered` is what other sources say, as (rule, names), the most trusted first.
    """

    people: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    rule: str | None = None
    offered: list[tuple[str, str]] = field(default_factory=list)


def read(page: Page, structured: Structured, outline: Outline, recipe: Recipe | None = None) -> Authors:
    """The authors of a page: the first source that names people, else the first that credits the house.

    Nobody is named where no source does. `rule` is the source taken.
    """
    own = _own(structured, page.url)
    weak: list[tuple[int, str, list[str]]] = []
    for rule, found in _candidates(page, structured, outline, recipe):
        if not found:
            continue
        seen = rule.startswith(_SEEN)
        people = _without_house(found, own) if seen or rule.startswith("meta") else found
        weaker = all(_is_weak(name, own) for name in people) or rule == "json-ld organisation"
        if rule == "recipe" or not (weaker or (rule in _UNSURE and not _is_shown(people, outline))):
            return Authors(people, names.agencies(found), rule, _others(people, weak, structured))
        weak.append((_weakness(rule, found), rule, found))
    if not weak:
        return Authors()
    _, rule, found = min(weak, key=lambda entry: entry[0])
    return Authors(found, names.agencies(found), rule, _others(found, weak, structured))


def _others(chosen: list[str], weak: list[tuple[int, str, list[str]]], structured: Structured) -> list[tuple[str, str]]:
    """What was weighed and not taken, and the metas that were not asked, where they name somebody else."""
    offered = [(rule, "; ".join(found)) for _, rule, found in weak]
    asked = {rule for rule, _ in offered}
    known = {_key(name) for name in chosen}
    for name in METAS:
        if name in structured.metas and (rule := f"meta {name}") not in asked:
            said = "; ".join(structured.metas[name][:3])[:200]
            if not any(name in _key(said) for name in known):
                offered.append((rule, said))
    return offered


def _is_shown(people: list[str], outline: Outline) -> bool:
    """True when a reader sees one of the people somewhere in a short line of the page."""
    folded = [name.casefold() for name in people if bylines.PERSON.match(name) or len(name.split()) == 1]
    return any(name in block.text.casefold() for block in outline.blocks if len(block.text) < 300 for name in folded)


def _weakness(rule: str, found: list[str]) -> int:
    """How little a credit says that names no person: what a reader sees before what machines are told, logins last."""
    return 2 * all(_LOGIN.match(name) for name in found) + (not rule.startswith(_SEEN))


def _candidates(
    page: Page, structured: Structured, outline: Outline, recipe: Recipe | None
) -> Iterator[tuple[str, list[str]]]:
    """Every source's names, the most trusted source first."""
    for selector in recipe.authors if recipe else ():
        yield "recipe", names.clean([node.text(separator=" ") for node in page.tree.css(selector)])
    yield _json_ld(structured)
    for name in METAS:
        if name in structured.metas:
            yield f"meta {name}", _meta(structured, name)
    for found in bylines.marked(page.tree):
        yield "byline", found
    yield from bylines.lines(outline, structured.meta("og:title", "twitter:title") or structured.title)
    yield "name alone", bylines.alone(outline)


def _json_ld(structured: Structured) -> tuple[str, list[str]]:
    title = _key(structured.meta("og:title") or structured.title or "")
    ranked = sorted(
        ((_rank(thing, title), n, thing) for n, thing in enumerate(structured.articles[:_MAX_THINGS])), key=_by_rank
    )
    own = bool(ranked) and ranked[0][0] == 0
    for rank, _, thing in ranked:
        if own and rank and (thing.get("headline") or thing.get("name")):
            break  # another story, named beside this page's own
        for key in ("author", "creator"):
            if value := thing.get(key):
                value = _resolved(value, structured.things)
                if found := names.clean(value):
                    first = value[0] if isinstance(value, list) else value
                    organisation = isinstance(first, dict) and any("Organization" in kind for kind in types(first))
                    return ("json-ld organisation" if organisation and len(found) == 1 else "json-ld"), found
    return "json-ld", []


def _by_rank(entry: tuple[int, int, Thing]) -> tuple[int, int]:
    return entry[0], entry[1]


def _rank(thing: Thing, title: str) -> int:
    """How far an article of the structured data is from being the page's own: its headline, then its kind, tells."""
    headline = _key(next(iter(strings(thing.get("headline") or thing.get("name"))), ""))
    own = len(headline) > 8 and (headline[:60] in title or title in headline)
    plain = any(kind.endswith(("Article", "Posting", "Report")) for kind in types(thing))
    return 0 if own else 1 if plain else 2


def _resolved(value: object, things: list[Thing]) -> object:
    """An author with references by `@id` replaced by the thing they point at."""
    if isinstance(value, list):
        return [_resolved(item, things) for item in value[:30]]
    if isinstance(value, dict) and "@id" in value and "name" not in value:
        for thing in things:
            if thing.get("@id") == value["@id"] and thing.get("name"):
                return thing
    return value


def _meta(structured: Structured, name: str) -> list[str]:
    values = structured.metas.get(name, [])
    if name == "twitter:data1":
        label = structured.meta("twitter:label1")
        values = values if label and _LABELS_OF_DATA1.match(label.strip()) else []
    return names.clean([value for value in values if "://" not in value and not value.startswith("www.")])


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    if text.isascii():
        return texts.key(text)
    return "".join(filter(str.isalnum, normalize("NFKD", text.casefold())))


def _own(structured: Structured, url: str) -> set[str]:
    """What the site calls itself: its publisher, its site name, its host."""
    stated = [value for thing in structured.articles for value in strings(thing.get("publisher"))]
    stated += [
        value for thing in structured.things if "WebSite" in types(thing) for value in strings(thing.get("name"))
    ]
    for name in ("og:site_name", "publisher", "application-name", "twitter:site", "copyright", "dc.publisher"):
        stated += structured.metas.get(name, [])
    own = {_key(value) for value in stated}
    try:
        host = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        host = []
    own.update(_key(label) for label in host[:-1] if label not in ("www", "m", "amp", "com", "co", "blog", "news"))
    return {value for value in own if len(value) > 1}


def _is_weak(name: str, own: set[str]) -> bool:
    """True for a credit that names no person: the site itself, a desk, a login name."""
    key = _key(name)
    if key in own or (names.is_house(name) and not names.is_agency(name)):
        return True
    if any((len(known) > 3 and key.startswith(known)) or (len(known) > 6 and known in key) for known in own):
        return True
    if " " in name and "".join(word[0] for word in name.casefold().split()) in own:
        return True
    if " " not in name and any(len(key) > 3 and known.startswith(key) for known in own):
        return True
    return bool(_LOGIN.match(name)) and any(mark in name for mark in "._-0123456789")


def _without_house(found: list[str], own: set[str]) -> list[str]:
    """People without the house that a byline names after them ("Jane Doe, CNN")."""
    if len(found) < 2:
        return found
    return [found[0], *(name for name in found[1:] if not _is_weak(name, own))]
