"""Where on a page the article stands: the smallest box that holds its prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsarchive.extraction.chrome import weight
from newsarchive.extraction.outline import Block, Box


def total(blocks: Iterable[Block]) -> int:
    """The weight of all the blocks."""
    return sum(weight(block.text) for block in blocks)


def masses(blocks: Iterable[Block]) -> dict[Box, int]:
    """The weight of the blocks in every box, its inner boxes included."""
    mass: dict[Box, int] = {}
    for block in blocks:
        size = weight(block.text)
        box: Box | None = block.box
        while box is not None:
            mass[box] = mass.get(box, 0) + size
            box = box.parent
    return mass


def is_inside(box: Box | None, region: Box) -> bool:
    """True when a box is the region or within it."""
    while box is not None and box is not region:
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
