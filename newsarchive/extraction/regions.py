"""Where on a page the article stands: the box that holds its prose, and the containers its paragraphs share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from newsarchive.extraction.outline import Block, Box, Outline

_HOLDERS = frozenset("p h1 h2 h3 h4 h5 h6 li ul ol dl dd dt blockquote q pre td th tr tbody table center".split())
_COUNTERS = re.compile(r"\d\d*")  # begins with a class, not a repeat: found by a scan


def total(blocks: Iterable[Block]) -> int:
    """The weight of all the blocks."""
    return sum(block.weight for block in blocks)


def masses(blocks: Iterable[Block]) -> dict[Box, int]:
    """The weight of the blocks in every box, its inner boxes included."""
    mass: dict[Box, int] = {}
    for block in blocks:
        size = block.weight
        box: Box | None = block.box
        while box is not None:
            mass[box] = mass.get(box, 0) + size
            box = box.parent
    return mass


def is_inside(box: Box | None, region: Box) -> bool:
    """True when a box is the region or within it."""
    depth = region.depth
    while box is not None and box.depth > depth:
        box = box.parent
    return box is region


def find(prose: Sequence[Block], headline: Block | None) -> Box | None:
    """The smallest box that holds most of the prose, the one with the headline preferred."""
    mass = masses(prose)
    children: dict[Box, list[Box]] = {}
    box = None
    for item in mass:
        if item.parent is None:
            box = item
        else:
            children.setdefault(item.parent, []).append(item)
    around = set(headline.box.chain()) if headline is not None else set()
    while box is not None and box in children:
        best = max(children[box], key=mass.__getitem__)
        with_headline = [child for child in children[box] if child in around and mass[child] >= 0.3 * mass[box]]
        if with_headline:
            box = with_headline[0]
            continue
        if best.tag == "p" or mass[best] < 0.7 * mass[box]:
            break
        box = best
    return box


def container(block: Block) -> Box:
    """The box that holds a paragraph together with its neighbours: the nearest that is no paragraph, list or cell."""
    box = block.box
    while box.tag in _HOLDERS and box.parent is not None:
        box = box.parent
    return box


def likeness(box: Box) -> tuple[str, str]:
    """What boxes made by the same template share: tag and class words without counters, the parent's where it has none."""
    hints = box.hints
    if not hints and box.parent is not None:
        return (box.tag, "<" + _without_counters(box.parent.hints))
    return (box.tag, _without_counters(hints))


@lru_cache(maxsize=8192)
def _without_counters(hints: str) -> str:
    return _COUNTERS.sub("", hints)


def main_containers(prose: Sequence[Block]) -> tuple[set[Box], set[Box]]:
    """The containers that hold the article's paragraphs.

    The heaviest kind of container (chunks of one template count together, those in list items for less) is the
    article's; others join it when they hold at least a quarter as much, or half where they come after it, and so do
    the containers around it.
    """
    kinds: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    boxes: dict[Box, tuple[str, str]] = {}
    for block in prose:
        box = container(block)
        kind = boxes.get(box) or boxes.setdefault(box, likeness(box))
        size = block.weight
        kinds[kind] = kinds.get(kind, 0) + (size if not _in_list(box) else size // 3)
        first.setdefault(kind, block.index)
        last[kind] = block.index
    if not kinds:
        return set(), set()
    best = max(kinds, key=kinds.__getitem__)
    found: set[Box] = set()
    for box, kind in boxes.items():
        share = 0.25 if first[kind] < last[best] else 0.5
        if kinds[kind] >= share * kinds[best]:
            found.add(box)
    around = {outer for box in found for outer in box.chain()}
    return found, {box for box in boxes if box in around}


def _in_list(box: Box) -> bool:
    for _ in range(4):
        if box.tag in ("li", "td"):
            return True
        if box.parent is None:
            return False
        box = box.parent
    return False


def caption_boxes(outline: Outline, whole: int) -> set[Box]:
    """The boxes that hold a picture and a few words about it: little beside the `whole` weight of prose."""
    found: set[Box] = set()
    limit = min(500, whole // 4)
    for medium in outline.media:
        box: Box | None = medium.box
        while box is not None and not box.count:
            box = box.parent
        if box is not None and box.tag not in _HOLDERS and box.size <= limit and box.count <= 3:
            found.add(box)
    return found
