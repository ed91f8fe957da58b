"""The elements of a page that speak to machines, wherever they stand, picked in one walk over the parsed tree.

`_pick`, where it was built, is the same at several times the speed (see compiled.py): a search by CSS goes through all
nodes for every selector, and makes a dictionary of every attribute of what it finds.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from newsarchive import compiled as compiling

# Tag, the values of its wanted attributes (None where one is missing or has no value), the text inside where it is wanted.
Element = tuple[str, tuple[str | None, ...], str]


class Wanted(NamedTuple):
    """The attributes read of a tag's elements; the first must be there and hold `part`, in any case, unless that is None."""

    tag: str
    attributes: tuple[str, ...]
    part: str | None = None
    with_text: bool = False


WANTED = (
    Wanted("title", ("id",), with_text=True),
    Wanted("base", ("href",), ""),
    Wanted("meta", ("content", "value", "property", "name", "itemprop", "http-equiv")),
    Wanted("link", ("rel", "href"), ""),
    Wanted("a", ("rel", "href"), "next"),
    Wanted("script", ("type",), "ld+json", with_text=True),
)


def read(tree: LexborHTMLParser) -> list[Element]:
    """The wanted elements of a page, those of one tag in page order."""
    root, built = tree.root, compiled()
    if root is None:
        return []
    if built is None:
        return [element for wanted in WANTED for element in _found(tree, wanted)]
    picked: list[Element] = built.pick(root.mem_id, _numbered())
    return picked


def _found(tree: LexborHTMLParser, wanted: Wanted) -> list[Element]:
    """The elements of one tag."""
    selector = wanted.tag
    if wanted.part is not None:
        selector += f'[{wanted.attributes[0]}*="{wanted.part}" i]' if wanted.part else f"[{wanted.attributes[0]}]"
    found = []
    for node in tree.css(selector):
        values = node.attributes
        text = node.text() if wanted.with_text else ""
        found.append((wanted.tag, tuple([values.get(name) for name in wanted.attributes]), text))
    return found


@cache
def _numbered() -> tuple[tuple[int, str, tuple[str, ...], str | None, bool], ...]:
    """What is wanted, each with the number that the parser gives its tag."""
    tree = LexborHTMLParser("<!-- -->")
    return tuple((tree.create_node(wanted.tag).tag_id, *wanted) for wanted in WANTED)


@cache
def compiled() -> ModuleType | None:
    """The walk in C, where it was built and finds what it needs in the parser; else None."""
    return compiling.reading_the_parser("extraction._pick")
