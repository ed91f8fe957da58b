"""A page as a reader meets it: its text blocks in order, each in its boxes, made by one walk and shared by every field.

The parsed tree has thousands of nodes; all rules about what is title, body, byline or chrome look at this outline
instead, so the tree is walked once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.extraction import walking
from newsarchive.extraction.nodes import Nodes
from newsarchive.extraction.vocabulary import SAID, SILENT, Meaning, apart
from newsarchive.extraction.walking import MAX_DEPTH

__all__ = ["MAX_DEPTH", "Block", "Box", "Medium", "Outline", "hints", "read"]


class Box:
    """A block element that holds others: its tag, the box around it, and on demand its node and what its attributes say."""

    __slots__ = ("_flat", "_hints", "_nodes", "_said", "depth", "parent", "tag")

    def __init__(self, flat: walking.FlatBox, parent: Box | None, nodes: Nodes) -> None:
        self.tag: str = flat[0]
        self.depth: int = flat[2]
        self.parent, self._flat, self._nodes = parent, flat, nodes
        self._hints: str | None = None
        self._said: Meaning | None = None

    @property
    def size(self) -> int:
        """The weight of all text inside."""
        return self._flat[7]

    @property
    def count(self) -> int:
        """The number of blocks inside."""
        return self._flat[8]

    @property
    def node(self) -> LexborNode:
        """The parsed element."""
        return self._nodes.at(self._flat[3])

    @property
    def hints(self) -> str:
        """The words of class, id, role and itemprop, lower case, words of camelCase names set apart by hyphens."""
        hints = self._hints
        if hints is None:
            words = self._flat[4]
            hints = self._hints = apart(words) if words else ""
        return hints

    @property
    def said(self) -> Meaning:
        """What those words say the element is."""
        said = self._said
        if said is None:
            flat = self._flat
            said = self._said = SAID[flat[4]] if flat[9] else SILENT
        return said

    @property
    def hidden(self) -> bool:
        """True when the element's own attributes hide it."""
        flat = self._flat
        return flat[6] or (flat[5] is not None and "display:none" in flat[5].replace(" ", "").lower())

    def is_in(self, boxes: Collection[Box]) -> bool:
        """True when this box or one around it is among the boxes."""
        box: Box | None = self
        while box is not None:
            if box in boxes:
                return True
            box = box.parent
        return False

    def chain(self) -> list[Box]:
        """This box and those around it, innermost first."""
        boxes: list[Box] = []
        box: Box | None = self
        while box is not None:
            boxes.append(box)
            box = box.parent
        return boxes


class Block:
    """A run of text between block boundaries, white space folded.

    `tag` is the element that holds it directly (p, h1, li, td, div, ...), `box` that element's box, `link_chars` how
    many of its characters are link text, `strong_chars` how many are bold; `times` are the `<time>` elements inside,
    as (datetime attribute, text). `weight` is how much text it is, in bytes: a Chinese character counts for about a
    word's worth of Latin ones. `link_density` is the share of its characters that are link text, 0 to 1.
    """

    __slots__ = ("box", "index", "link_chars", "link_density", "strong_chars", "tag", "text", "times", "weight")

    def __init__(self, index: int, flat: walking.FlatBlock, box: Box) -> None:
        self.index, self.box, self.tag = index, box, box.tag
        self.text, _, self.link_chars, self.strong_chars, times, self.weight, self.link_density = flat
        self.times: Sequence[tuple[str | None, str]] = times or ()


@dataclass(slots=True, eq=False)
class Medium:
    """An image, video or embed: its node (on demand), its box, and the index of the block it stands before."""

    tag: str
    place: int
    box: Box
    before: int
    nodes: Nodes

    @property
    def node(self) -> LexborNode:
        """The parsed element."""
        return self.nodes.at(self.place)


@dataclass(slots=True)
class Outline:
    """All blocks and media of a page in document order."""

    blocks: list[Block] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def hints(node: LexborNode) -> str:
    """The words of an element's class, id, role and itemprop, lower case, separated by spaces."""
    get = node.attributes.get
    return apart(" ".join([value for value in (get("class"), get("id"), get("role"), get("itemprop")) if value]))


def read(tree: LexborHTMLParser) -> Outline:
    """The outline of a parsed page."""
    body = tree.body
    if body is None:
        return Outline()
    flat_boxes, flat_blocks, flat_media = walking.walk(body)
    nodes = Nodes(body)
    boxes: list[Box] = []
    for flat in flat_boxes:
        boxes.append(Box(flat, boxes[flat[1]] if boxes else None, nodes))
    blocks = [Block(index, flat, boxes[flat[1]]) for index, flat in enumerate(flat_blocks)]
    media = [Medium(tag, place, boxes[number], before, nodes) for tag, place, number, before in flat_media]
    return Outline(blocks, media, boxes)
