"""What a site's recipe says of a page: the elements its CSS selectors pick, found in the outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from newsarchive.extraction import text as texts
from newsarchive.extraction.outline import Box, Outline
from newsarchive.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Marked:
    """What a recipe's selectors picked: texts for title and standfirst, boxes for the body and for what is dropped."""

    title: str | None = None
    standfirst: str | None = None
    body: frozenset[Box] = frozenset()
    drop: frozenset[Box] = frozenset()


NOTHING = Marked()


def read(tree: LexborHTMLParser, outline: Outline, recipe: Recipe | None) -> Marked:
    """What the selectors of a recipe pick on a page; a selector that is not CSS raises ValueError with its text."""
    if recipe is None or not (recipe.title or recipe.standfirst or recipe.body or recipe.drop):
        return NOTHING
    return Marked(
        _text(tree, recipe.title),
        _text(tree, recipe.standfirst),
        _boxes(tree, outline, recipe.body, every=False),
        _boxes(tree, outline, recipe.drop, every=True),
    )


def _text(tree: LexborHTMLParser, selectors: Sequence[str]) -> str | None:
    for selector in selectors:
        for node in _css(tree, selector):
            if text := texts.fold_spaces(node.text(separator=" ")):
                return text
    return None


def _boxes(tree: LexborHTMLParser, outline: Outline, selectors: Sequence[str], *, every: bool) -> frozenset[Box]:
    found: set[Box] = set()
    for selector in selectors:
        ids = {node.mem_id for node in _css(tree, selector)}
        found.update(box for box in outline.boxes if box.node.mem_id in ids)
        if found and not every:
            break
    return frozenset(found)


def _css(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError as error:
        raise ValueError(f"not a CSS selector: {selector!r}") from error
