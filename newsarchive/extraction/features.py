"""What can be said of each block of a page, in numbers: the input of the weights that choose the body.

Every number is cheap, general (no site, no language alone decides) and says something a reader would see or a template
betrays: how long the text is, how much of it is links, what box it stands in, what stands before and after it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newsarchive.extraction import chrome, regions
from newsarchive.extraction import text as texts
from newsarchive.extraction.chrome import Judge, weight
from newsarchive.extraction.outline import Block, Box

FAR = 9
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TAGS = {"p": 1, "li": 3, "dd": 3, "dt": 3, "td": 4, "th": 4, "div": 5, "section": 5, "article": 5, "blockquote": 6}

NAMES = (
    "size", "words", "links", "ending", "tag", "rank", "out", "boxed", "caption", "invitation", "region", "main", "outer",
    "kind", "depth", "before", "after", "place", "headline", "previous_prose", "next_prose", "previous_size", "next_size",
    "previous_links", "next_links", "previous_main", "next_main", "stated", "twin", "bold", "described", "marks", "text_box",
    "standfirst_box", "container_links", "container_blocks", "container_prose", "commas", "under", "title", "list",
    "next_rank", "previous_rank", "colon", "shape",
)  # fmt: skip


@dataclass(slots=True)
class Scene:
    """What is known of a page before its blocks are judged one by one."""

    judge: Judge
    prose: Sequence[Block]
    region: Box
    main: Collection[Box]
    outer: Collection[Box]
    headline: Block | None
    title: str | None
    stated: str
    described: Collection[str]


@dataclass(slots=True)
class _Facts:
    """What a box and those around it say: how many boxes away the nearest hint of each kind is."""

    out: int = FAR
    text: int = FAR
    standfirst: int = FAR
    boxed: int = 0
    caption: int = 0
    listed: int = 0
    hard: bool = False
    region: bool = False
    main: bool = False


class _Boxes:
    """The facts of boxes, each worked out once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.known: dict[Box, _Facts] = {}

    def facts(self, box: Box) -> _Facts:
        trail: list[Box] = []
        outer: Box | None = box
        while outer is not None and outer not in self.known:
            trail.append(outer)
            outer = outer.parent
        facts = self.known[outer] if outer is not None else _Facts()
        for item in reversed(trail):
            facts = self._step(item, facts)
            self.known[item] = facts
        return facts

    def _step(self, box: Box, around: _Facts) -> _Facts:
        scene = self.scene
        if box is scene.region:
            return _Facts(region=True, main=box in scene.main)
        found = _Facts(
            min(FAR, around.out + 1), min(FAR, around.text + 1), min(FAR, around.standfirst + 1), around.boxed,
            around.caption, around.listed, around.hard, around.region, around.main or box in scene.main,
        )  # fmt: skip
        hints, tag = box.hints, box.tag
        light = scene.judge.masses.get(box, 0) <= scene.judge.limit
        if hints:
            if light and chrome.is_out_hint(hints):
                found.out = 0
            if chrome.TEXT_HINTS.search(hints):
                found.text = 0
            if chrome.STANDFIRST_HINTS.search(hints):
                found.standfirst = 0
        if tag in chrome.HARD_TAGS:
            found.hard = found.hard or light
        elif tag in chrome.OUT_TAGS:
            found.boxed = 2 if tag == "figure" else 1
        elif tag == "header":
            found.boxed = 3
        elif tag == "li":
            found.listed = 1
        if box in scene.judge.out or box.hidden:
            found.caption = 1
        return found


def read(blocks: Sequence[Block], scene: Scene) -> tuple[list[Block], list[list[float]]]:
    """The blocks that may be body, and a row of numbers for each, in the order of `NAMES`."""
    boxes = _Boxes(scene)
    facts: list[_Facts] = []
    candidates: list[Block] = []
    for block in blocks:
        links = block.link_density
        if links > 0.9 and block.tag not in _HEADINGS and block.tag != "p":
            continue
        if not (found := boxes.facts(block.box)).hard:
            candidates.append(block)
            facts.append(found)
    return candidates, _rows(candidates, facts, scene, blocks)


def _rows(
    candidates: Sequence[Block], facts: Sequence[_Facts], scene: Scene, blocks: Sequence[Block]
) -> list[list[float]]:
    containers: dict[Box, list[int]] = {}
    homes: list[Box] = []
    prose = {block.index for block in scene.prose}
    for block in candidates:
        home = regions.container(block)
        homes.append(home)
        sums = containers.setdefault(home, [0, 0, 0, 0])
        size = len(block.text)
        sums[0] += size
        sums[1] += block.link_chars
        sums[2] += 1
        if block.index in prose:
            sums[3] += size
    kinds, heaviest = _kinds(scene)
    likeness = {home: kinds.get(regions.likeness(home), 0) / heaviest for home in containers}
    inside = [b.index for b, f in zip(candidates, facts, strict=True) if f.main and b.index in prose]
    first, last = (inside[0], inside[-1]) if inside else (0, len(blocks))
    span = max(1, last - first)
    floor = min((box.depth for box in scene.main), default=scene.region.depth)
    headline = scene.headline.index if scene.headline is not None else None
    twins: dict[str, int] = {}
    for block in blocks:
        twins[block.text] = twins.get(block.text, 0) + 1
    title = texts.key(scene.title or "")
    rows: list[list[float]] = []
    under = FAR * 2
    stated = scene.stated
    last_index = len(candidates) - 1
    for i, (block, fact, home) in enumerate(zip(candidates, facts, homes, strict=True)):
        text, tag, index = block.text, block.tag, block.index
        size = weight(text)
        sums = containers[home]
        rank = int(tag[1]) if tag in _HEADINGS else 0
        invitation = chrome.is_invitation(text)
        if rank:
            under = 0 if invitation else FAR * 2
        elif invitation and size < 60:
            under = 0
        else:
            under = min(FAR * 2, under + 1)
        before = candidates[i - 1] if i else None
        after = candidates[i + 1] if i < last_index else None
        rows.append([
            size, text.count(" "), block.link_density, chrome.ends_sentence(text), _TAGS.get(tag, 2 if rank else 7), rank,
            fact.out, fact.boxed, fact.caption, invitation, fact.region, fact.main, home in scene.outer,
            likeness[home], min(FAR, home.depth - floor), max(0, first - index), max(0, index - last),
            (index - first) / span, index - headline if headline is not None else -99,
            before is not None and before.index in prose, after is not None and after.index in prose,
            len(before.text) if before else 0, len(after.text) if after else 0,
            before.link_density if before else 1.0, after.link_density if after else 1.0,
            i > 0 and facts[i - 1].main, i < last_index and facts[i + 1].main,
            (1 if text[4:44] in stated else -1) if stated else 0, twins[text], block.strong_chars / len(text),
            text in scene.described, chrome.count_marks(text), fact.text, fact.standfirst,
            sums[1] / sums[0], sums[2], sums[3], text.count(",") + text.count("，") + text.count("、"), under,
            bool(title) and size < 400 and texts.key(text) == title, fact.listed,
            int(after.tag[1]) if after is not None and after.tag in _HEADINGS else 0,
            int(before.tag[1]) if before is not None and before.tag in _HEADINGS else 0, text.endswith(":"),
            sums[3] / sums[0],
        ])  # fmt: skip
    return rows


def _kinds(scene: Scene) -> tuple[dict[tuple[str, str], int], int]:
    kinds: dict[tuple[str, str], int] = {}
    for block in scene.prose:
        if not scene.judge.is_out(block.box):
            kind = regions.likeness(regions.container(block))
            kinds[kind] = kinds.get(kind, 0) + weight(block.text)
    return kinds, max(kinds.values(), default=1)
