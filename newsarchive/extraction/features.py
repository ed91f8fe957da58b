"""What can be said of each block of a page, in numbers: the input of the weights that choose the body.

Every number is cheap, general (no site, no language alone decides) and says something a reader would see or a template
betrays: how long the text is, how much of it is links, what box it stands in, what stands before and after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newsarchive.extraction import chrome, regions
from newsarchive.extraction.chrome import Judge
from newsarchive.extraction.outline import Block, Box
from newsarchive.extraction.vocabulary import SILENT

FAR = 9
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TELLING = chrome.HARD_TAGS | chrome.OUT_TAGS | {"header", "li"}
_TAGS = {"p": 1, "li": 3, "dd": 3, "dt": 3, "td": 4, "th": 4, "div": 5, "section": 5, "article": 5, "blockquote": 6}

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
        scene, judge, tag = self.scene, self.scene.judge, box.tag
        if box is scene.region:
            return (FAR, FAR, FAR, 0, False, False, False, True, box in scene.main)
        out, text, standfirst, boxed, caption, listed, hard, region, main = around
        light = judge.masses.get(box, 0) <= judge.limit
        if tag in _TELLING:
            if tag in chrome.HARD_TAGS:
                hard = hard or light
            elif tag == "header":
                boxed = 3
            elif tag == "li":
                listed = True
            else:
                boxed = 2 if tag == "figure" else 1
        out = out + 1 if out < FAR else FAR
        text = text + 1 if text < FAR else FAR
        standfirst = standfirst + 1 if standfirst < FAR else FAR
        said = box.said
        if said is not SILENT:
            if said.out and light:
                out = 0
            if said.text:
                text = 0
            if said.standfirst:
                standfirst = 0
        caption = caption or box in judge.out or box.hidden
        return (out, text, standfirst, boxed, caption, listed, hard, region, main or box in scene.main)


def read(blocks: Sequence[Block], scene: Scene) -> tuple[list[Block], list[list[float]]]:
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
) -> list[list[float]]:
    homes = [regions.container(block) for block in candidates]
    containers = _containers(candidates, homes, prose)
    kinds, heaviest = _kinds(scene)
    sorts = {home: regions.likeness(home) for home in containers}
    alike = Counter(sorts.values())
    first, last = scene.first, scene.last
    span = max(1, last - first)
    floor = min((box.depth for box in scene.main), default=scene.region.depth)
    places: dict[Box, tuple[float, ...]] = {}
    for home, (chars, links_in, blocks_in, prose_in) in containers.items():
        same, sort_share = alike[sorts[home]], kinds.get(sorts[home], 0) / heaviest
        places[home] = (
            home in scene.outer, sort_share, min(FAR, home.depth - floor), links_in / chars, blocks_in, prose_in,
            prose_in / chars, same, sort_share * heaviest / same,
        )  # fmt: skip
    headline = scene.headline.index if scene.headline is not None else None
    twins = Counter([block.text for block in blocks])
    rows: list[list[float]] = []
    under, stated, described, title = FAR * 2, scene.stated, scene.described, scene.title
    links = [block.link_density for block in candidates]
    ranks = [int(block.tag[1]) if block.tag in _HEADINGS else 0 for block in candidates]
    last_index = len(candidates) - 1
    heading_links, since = 0.0, FAR
    for i, block in enumerate(candidates):
        text, index, rank = block.text, block.index, ranks[i]
        out, text_box, standfirst_box, boxed, caption, listed, _, region, main = facts[i]
        length = len(text)
        size = block.weight
        outer, share, depth, linked, count, prosaic, shape, kin, weight = places[homes[i]]
        invitation = size < 300 and chrome.is_invitation(text)
        if rank or (invitation and size < 60):
            under = 0 if invitation else FAR * 2
        elif under < FAR * 2:
            under += 1
        since += 1
        if rank:
            heading_links, since = links[i], 0
        inner = i < last_index
        after = candidates[i + 1] if inner else block
        rows.append([
            size, text.count(" "), links[i], chrome.ends_sentence(text), _TAGS.get(block.tag, 2 if rank else 7), rank,
            out, boxed, caption, invitation, region, main, outer, share, depth, max(0, first - index), max(0, index - last),
            (index - first) / span, index - headline if headline is not None else -99,
            inner and after.index in prose, len(candidates[i - 1].text) if i else 0, len(after.text) if inner else 0,
            links[i - 1] if i else 1.0, links[i + 1] if inner else 1.0, inner and facts[i + 1][8],
            (1 if text[4:44] in stated else -1) if stated else 0, twins[text], block.strong_chars / length,
            text in described, chrome.count_marks(text) if size < 300 else 0, text_box, standfirst_box,
            linked, count, prosaic, text.count(",") + text.count("，") + text.count("、"),
            under, text == title, listed, ranks[i + 1] if inner else 0, shape,
            heading_links if since < 4 else 0.0, kin, weight,
        ])  # fmt: skip
    return rows


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
