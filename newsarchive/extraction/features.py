"""What can be said of each block of a page, in numbers: the input of the weights that choose the body.

Every number is cheap, general (no site, no language alone decides) and says something a reader would see or a template
betrays: how long the text is, how much of it is links, what box it stands in, what stands before and after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsarchive.extraction import chrome, regions
from newsarchive.extraction.chrome import Judge
from newsarchive.extraction.outline import Block, Box
from newsarchive.extraction.vocabulary import SILENT

FAR = 9
Row = Sequence[float]
Column = Sequence[Any]
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TELLING = chrome.HARD_TAGS | chrome.OUT_TAGS | {"header", "li"}
_RANKS = {tag: int(tag[1]) for tag in _HEADINGS}
_TAGS = {
    **dict.fromkeys(_HEADINGS, 2),
    "p": 1,
    "li": 3,
    "dd": 3,
    "dt": 3,
    "td": 4,
    "th": 4,
    "div": 5,
    "section": 5,
    "article": 5,
    "blockquote": 6,
}

NAMES = (
    "size", "words", "links", "ending", "tag", "rank", "out", "boxed", "caption", "invitation", "region", "main", "outer",
    "kind", "depth", "before", "after", "place", "headline", "next_prose", "previous_size", "next_size", "previous_links",
    "next_links", "next_main", "stated", "twin", "bold", "described", "marks", "text_box", "standfirst_box",
    "container_links", "container_blocks", "container_prose", "commas", "under", "title", "listed", "next_rank", "shape",
    "heading_links", "alike", "alike_prose",
)  # fmt: skip
NEAR = 10  # blocks further than this from the article's first and last are only looked at if they are prose


@dataclass(slots=True)
class Scene:
    """What is known of a page before its blocks are judged one by one."""

    judge: Judge
    prose: Sequence[Block]
    region: Box
    main: Collection[Box]
    outer: Collection[Box]
    first: int
    last: int
    headline: Block | None
    title: str | None
    stated: str
    described: Collection[str]


# What a box and those around it say: how many boxes away the nearest words of chrome, text and standfirst are, the kind
# of element around, whether it is a caption, in a list, hard chrome, in the region, in a container of the article.
_Facts = tuple[int, int, int, int, bool, bool, bool, bool, bool]
_FACTS = ("out", "text_box", "standfirst_box", "boxed", "caption", "listed", "hard", "region", "main")
_CONTAINED = (
    "outer", "kind", "depth", "container_links", "container_blocks", "container_prose", "shape", "alike", "alike_prose",
)  # fmt: skip
_NOTHING: _Facts = (FAR, FAR, FAR, 0, False, False, False, False, False)


class _Boxes:
    """The facts of boxes, each worked out once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.known: dict[Box | None, _Facts] = {None: _NOTHING}

    def facts(self, box: Box) -> _Facts:
        known = self.known
        facts = known.get(box)
        if facts is not None:
            return facts
        trail: list[Box] = []
        outer: Box | None = box
        while outer is not None and outer not in known:
            trail.append(outer)
            outer = outer.parent
        facts = known[outer]
        step = self._step
        while trail:
            box = trail.pop()
            facts = known[box] = step(box, facts)
        return facts

    def _step(self, box: Box, around: _Facts) -> _Facts:
        scene, judge, tag, said = self.scene, self.scene.judge, box.tag, box.said
        if box is scene.region:
            return (FAR, FAR, FAR, 0, False, False, False, True, box in scene.main)
        out, text, standfirst, boxed, caption, listed, hard, region, main = around
        out = out + 1 if out < FAR else FAR
        text = text + 1 if text < FAR else FAR
        standfirst = standfirst + 1 if standfirst < FAR else FAR
        if tag in _TELLING:
            if tag in chrome.HARD_TAGS:
                hard = hard or judge.masses.get(box, 0) <= judge.limit
            elif tag == "header":
                boxed = 3
            elif tag == "li":
                listed = True
            else:
                boxed = 2 if tag == "figure" else 1
        if said is not SILENT:
            if said.out and judge.masses.get(box, 0) <= judge.limit:
                out = 0
            if said.text:
                text = 0
            if said.standfirst:
                standfirst = 0
        caption = caption or box in judge.out or box.hidden
        return (out, text, standfirst, boxed, caption, listed, hard, region, main or box in scene.main)


def read(blocks: Sequence[Block], scene: Scene) -> tuple[list[Block], list[Row]]:
    """The blocks that may be body, and a row of numbers for each, in the order of `NAMES`."""
    boxes = _Boxes(scene)
    facts: list[_Facts] = []
    candidates: list[Block] = []
    prose = {block.index for block in scene.prose}
    low, high = scene.first - NEAR, scene.last + NEAR
    for block in blocks:
        if block.link_chars and block.tag not in _HEADINGS and block.tag != "p" and block.link_density > 0.9:
            continue
        if not low <= block.index <= high and block.index not in prose and not block.box.is_in((scene.region,)):
            continue
        found = boxes.facts(block.box)
        if not found[6]:
            candidates.append(block)
            facts.append(found)
    return candidates, _rows(candidates, facts, scene, blocks, prose)


def _rows(
    candidates: Sequence[Block], facts: Sequence[_Facts], scene: Scene, blocks: Sequence[Block], prose: Collection[int]
) -> list[Row]:
    """The rows, made column by column: one pass over the blocks for each number is far quicker than all numbers for each."""
    if not candidates:
        return []
    columns = _of_texts(candidates, scene)
    columns["twin"] = list(map(Counter([block.text for block in blocks]).__getitem__, columns.pop("text")))
    columns.update(zip(_FACTS, zip(*facts, strict=True), strict=True))
    columns.update(_of_places(candidates, scene))
    columns.update(_of_containers(candidates, scene, prose))
    columns.update(_of_neighbours(candidates, columns, prose))
    return list(zip(*[columns[name] for name in NAMES], strict=True))


def _of_texts(candidates: Sequence[Block], scene: Scene) -> dict[str, Column]:
    """What each text is by itself."""
    texts = [block.text for block in candidates]
    sizes = [block.weight for block in candidates]
    short = [text if size < 300 else "" for text, size in zip(texts, sizes, strict=True)]
    stated, described, title = scene.stated, scene.described, scene.title
    return {
        "text": texts,
        "size": sizes,
        "words": [text.count(" ") for text in texts],
        "commas": [text.count(",") if text.isascii() else sum(map(text.count, ",，、")) for text in texts],
        "ending": list(map(chrome.ends_sentence, texts)),
        "invitation": [bool(text) and chrome.is_invitation(text) for text in short],
        "marks": [chrome.count_marks(text) if text else 0 for text in short],
        "stated": [1 if text[4:44] in stated else -1 for text in texts] if stated else [0] * len(texts),
        "described": [text in described for text in texts],
        "title": [text == title for text in texts],
        "links": [block.link_density for block in candidates],
        "bold": [block.strong_chars / len(block.text) for block in candidates],
        "tag": [_TAGS.get(block.tag, 7) for block in candidates],
        "rank": [_RANKS.get(block.tag, 0) for block in candidates],
    }


def _of_places(candidates: Sequence[Block], scene: Scene) -> dict[str, Column]:
    """How far each block is from the article's first and last sentence and from its headline."""
    first, last = scene.first, scene.last
    span = max(1, last - first)
    headline = scene.headline.index if scene.headline is not None else None
    places = [block.index for block in candidates]
    return {
        "before": [first - place if place < first else 0 for place in places],
        "after": [place - last if place > last else 0 for place in places],
        "place": [(place - first) / span for place in places],
        "headline": [place - headline for place in places] if headline is not None else [-99] * len(places),
    }


def _of_containers(candidates: Sequence[Block], scene: Scene, prose: Collection[int]) -> dict[str, Column]:
    """What holds each block together with its neighbours."""
    homes = [regions.container(block) for block in candidates]
    containers = _containers(candidates, homes, prose)
    kinds, heaviest = _kinds(scene)
    sorts = {home: regions.likeness(home) for home in containers}
    alike = Counter(sorts.values())
    floor = min((box.depth for box in scene.main), default=scene.region.depth)
    places: dict[Box, tuple[float, ...]] = {}
    for home, (chars, links_in, blocks_in, prose_in) in containers.items():
        same, share = alike[sorts[home]], kinds.get(sorts[home], 0) / heaviest
        places[home] = (
            home in scene.outer, share, min(FAR, home.depth - floor), links_in / chars, blocks_in, prose_in,
            prose_in / chars, same, share * heaviest / same,
        )  # fmt: skip
    return dict(zip(_CONTAINED, zip(*[places[home] for home in homes], strict=True), strict=True))


def _of_neighbours(
    candidates: Sequence[Block], columns: Mapping[str, Column], prose: Collection[int]
) -> dict[str, Column]:
    """What stands before and after each block, and under what heading or invitation it stands."""
    links, ranks = columns["links"], columns["rank"]
    lengths = [len(block.text) for block in candidates]
    unders: list[float] = []
    heading_links: list[float] = []
    under, since, linked = FAR * 2, FAR, 0.0
    for rank, invitation, size, link in zip(ranks, columns["invitation"], columns["size"], links, strict=True):
        if rank or (invitation and size < 60):
            under = 0 if invitation else FAR * 2
        elif under < FAR * 2:
            under += 1
        since += 1
        if rank:
            linked, since = link, 0
        unders.append(under)
        heading_links.append(linked if since < 4 else 0.0)
    return {
        "next_prose": [*[block.index in prose for block in candidates[1:]], False],
        "previous_size": [0, *lengths[:-1]],
        "next_size": [*lengths[1:], 0],
        "previous_links": [1.0, *links[:-1]],
        "next_links": [*links[1:], 1.0],
        "next_main": [*columns["main"][1:], False],
        "next_rank": [*ranks[1:], 0],
        "under": unders,
        "heading_links": heading_links,
    }


def _containers(candidates: Sequence[Block], homes: Sequence[Box], prose: Collection[int]) -> dict[Box, list[int]]:
    """For each container: its characters, those that are links, its blocks, and its characters of prose."""
    found: dict[Box, list[int]] = {}
    for block, home in zip(candidates, homes, strict=True):
        sums = found.setdefault(home, [0, 0, 0, 0])
        size = len(block.text)
        sums[0] += size
        sums[1] += block.link_chars
        sums[2] += 1
        if block.index in prose:
            sums[3] += size
    return found


def _kinds(scene: Scene) -> tuple[dict[tuple[str, str], int], int]:
    kinds: dict[tuple[str, str], int] = {}
    for block in scene.prose:
        if not scene.judge.is_out(block.box):
            kind = regions.likeness(regions.container(block))
            kinds[kind] = kinds.get(kind, 0) + block.weight
    return kinds, max(kinds.values(), default=1)
