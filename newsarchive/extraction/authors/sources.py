"""Where a page names its authors: structured data, metas, and the byline a reader sees; weighed into one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from newsarchive.extraction.authors import names
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured, Thing
from newsarchive.page import Page
from newsarchive.recipe import Recipe

METAS = (
    "author", "sailthru.author", "parsely-author", "cxenseparse:author", "byl", "dc.creator", "dcterms.creator", "dc.author",
    "article:author_name", "article:author", "og:article:author", "og:author", "citation_author", "dcsext.author",
    "vr:author", "rbauthors", "authors", "creator", "twitter:data1",
)  # fmt: skip
BYLINES = (
    '[rel~="author"], [itemprop~="author"], [itemprop~="creator"], [class*="author" i], [class*="byline" i], '
    '[class*="autor" i], [class*="auteur" i], [data-testid*="byline" i], [data-testid*="author" i], '
    '[class*="by-line" i], [class*="writer" i], [class*="reporter" i], [class*="journalist" i]'
)
_LABELS_OF_DATA1 = re.compile(
    r"^(?:written by|author|by|verfasst von|geschrieben von|von|écrit par|escrito por|auteur)$", re.I
)
_OUTSIDE = re.compile(
    r"comment|related|recommend|teaser|sidebar|widget|popular|promo|trending|most-|carousel|footer|newsletter|reply|"
    r"disqus|menu|card|list-item|latest|more-",
)


@dataclass(slots=True)
class Authors:
    """Who wrote an article: `people` in the order credited (house and agency credits too), the `agencies` among them."""

    people: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    rule: str | None = None


def read(page: Page, structured: Structured, outline: Outline, recipe: Recipe | None = None) -> Authors:
    """The authors of a page by the first source that names any; nobody where none does."""
    for rule, people in _candidates(page, structured, outline, recipe):
        if people:
            return Authors(people, names.agencies(people), rule)
    return Authors()


def _candidates(
    page: Page, structured: Structured, outline: Outline, recipe: Recipe | None
) -> Iterator[tuple[str, list[str]]]:
    for selector in recipe.authors if recipe else ():
        yield "recipe", names.clean([node.text(separator=" ") for node in page.tree.css(selector)])
    yield "json-ld", _json_ld(structured)
    for name in METAS:
        yield f"meta {name}", _meta(structured, name)
    yield from _visible(page)


def _json_ld(structured: Structured) -> list[str]:
    for thing in structured.articles:
        for key in ("author", "creator"):
            if value := thing.get(key):
                found = names.clean(_resolved(value, structured.things))
                if found:
                    return found
    return []


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


def _visible(page: Page) -> Iterator[tuple[str, list[str]]]:
    for node in page.tree.css(BYLINES)[:200]:
        text = " ".join(node.text(separator=" ").split())
        if 1 < len(text) < 200 and not _is_outside(node):
            yield "byline", names.clean(text)


def _is_outside(node: LexborNode) -> bool:
    """True when an element stands in a comment, a teaser, a side column or a footer."""
    steps, box = 0, node.parent
    while box is not None and steps < 12:
        attributes = box.attributes
        hints = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        if box.tag in ("aside", "nav", "footer") or (hints.strip() and _OUTSIDE.search(hints)):
            return True
        box, steps = box.parent, steps + 1
    return False
