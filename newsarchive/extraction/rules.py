"""The body by rules alone: prose in the article's containers, with its subheads, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence

from newsarchive.extraction import chrome, regions
from newsarchive.extraction import text as texts
from newsarchive.extraction.chrome import is_prose
from newsarchive.extraction.features import Scene
from newsarchive.extraction.outline import Block, Outline

_PARTS = frozenset("p li blockquote td th dd dt pre".split())


def choose(outline: Outline, scene: Scene) -> list[Block]:
    """The blocks of the body, by the look of a page's containers."""
    headline, judge = scene.headline, scene.judge
    inside = [b for b in outline.blocks if regions.is_inside(b.box, scene.region)]
    if headline is not None:
        after = [b for b in inside if b.index > headline.index]
        if regions.total(after) >= 0.5 * regions.total(inside):
            inside = after
    inside = [b for b in inside if not judge.is_out(b.box) and not chrome.is_boilerplate(b.text)]
    chosen = _without_lonely_subheads(_without_short_ends(_main(inside, scene)))
    if regions.total(chosen) < 300:
        short = _short(outline, scene)
        if regions.total(short) > 1.5 * regions.total(chosen):
            return short
    return chosen


def _main(inside: Sequence[Block], scene: Scene) -> list[Block]:
    own = texts.key(scene.title or "")
    kept: list[Block] = []
    seen: set[str] = set()
    for block in inside:
        if not block.box.is_in(scene.main) and regions.container(block) not in scene.outer:
            continue
        if _rank(block):
            if block.link_density < 0.5 and texts.key(block.text) != own:
                kept.append(block)
        elif is_prose(block) or (block.tag in _PARTS and block.link_density < 0.5):
            if len(block.text) > 60:
                if block.text in seen:
                    continue
                seen.add(block.text)
            kept.append(block)
    return kept


def _short(outline: Outline, scene: Scene) -> list[Block]:
    """The blocks of a page with hardly a sentence on it (a list, verses, a caption): those after its headline."""
    start = scene.headline.index + 1 if scene.headline is not None else 0
    free = [
        block
        for block in outline.blocks[start:]
        if block.link_density < 0.5
        and block.tag != "h1"
        and not scene.judge.is_out(block.box)
        and not chrome.is_boilerplate(block.text)
    ]
    region = regions.find(free, scene.headline)
    if region is None:
        return []
    free = [block for block in free if regions.is_inside(block.box, region)]
    main, around = regions.main_containers(free)
    return [b for b in free if b.box.is_in(main) or regions.container(b) in around]


def _without_short_ends(blocks: list[Block]) -> list[Block]:
    """The blocks without labels before the first and after the last that read like sentences."""
    prose = [i for i, block in enumerate(blocks) if is_prose(block)]
    if not prose:
        return []
    first, last = prose[0], prose[-1]
    return [
        b
        for i, b in enumerate(blocks)
        if first <= i <= last or (b.tag == "li" and i > last) or (_rank(b) > 1 and first - 2 < i < first)
    ]


def _without_lonely_subheads(blocks: list[Block]) -> list[Block]:
    """The blocks without subheads that nothing follows before the next one of their rank."""
    kept: list[Block] = []
    for block in reversed(blocks):
        if _rank(block) and (not kept or 0 < _rank(kept[-1]) <= _rank(block)):
            continue
        kept.append(block)
    kept.reverse()
    return kept


def _rank(block: Block) -> int:
    return int(block.tag[1]) if block.tag in chrome.SUBHEADS or block.tag == "h1" else 0
