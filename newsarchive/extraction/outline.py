"""A page as a reader meets it: its text blocks in order, each in its boxes, made by one walk and shared by every field.

The parsed tree has thousands of nodes; all rules about what is title, body, byline or chrome look at this outline
instead, so the tree is walked once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

SKIPPED = frozenset(
    "script style noscript template svg math head select option datalist textarea canvas map link meta "
    "base param source track frame frameset noframes".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr picture q rb rp rt rtc ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
STRONG = frozenset("b strong".split())
MEDIA = frozenset("img amp-img iframe video amp-video audio object embed".split())
MAX_DEPTH = 512  # as browsers do: elements nested deeper are read as if they were not nested

MAX_BLOCKS, MAX_BOXES, MAX_MEDIA = 10_000, 50_000, 2_000  # a page with more is read so far: no article is that long

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_PLAIN, _SKIP, _LINK, _STRONG, _TIME, _BREAK, _MEDIUM, _READING, _BLOCK = range(9)
_ACTIONS: dict[str | None, int] = {
    **dict.fromkeys(SKIPPED | {"-comment", "-doctype", None}, _SKIP),
    **dict.fromkeys(INLINE, _PLAIN),
    **dict.fromkeys(STRONG, _STRONG),
    **dict.fromkeys(MEDIA, _MEDIUM),
    "a": _LINK,
    "time": _TIME,
    "br": _BREAK,
    "rt": _READING,
}
_BLOCK_TAGS = frozenset(
    "address article aside blockquote button caption center col colgroup dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr input label legend li main menu meter nav ol p pre progress search "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_OWN_IDS = 1024  # the parser numbers the tags it knows from 1; an unknown tag's number is only good for one page


def _known_tags() -> dict[int, tuple[str, int]]:
    """The tags that the parser knows by number: asking a node for its number costs a third of asking for its name."""
    tree = LexborHTMLParser("<!-- -->")
    known: dict[int, tuple[str, int]] = {}
    for tag in sorted(_BLOCK_TAGS.union(name for name in _ACTIONS if name and name[0] != "-")):
        number = tree.create_node(tag).tag_id
        if number < _OWN_IDS:
            known[number] = (tag, _ACTIONS.get(tag, _BLOCK))
    return known


_KNOWN = _known_tags()


class Box:
    """A block element that holds others: its tag, the box around it, and on demand what its attributes say.

    `size` is the weight of all text inside, `count` the number of its blocks.
    """

    __slots__ = ("_hidden", "_hints", "count", "depth", "node", "parent", "size", "tag")

    def __init__(self, tag: str, parent: Box | None, node: LexborNode, depth: int) -> None:
        self.tag, self.parent, self.node, self.depth = tag, parent, node, depth
        self.size = self.count = 0
        self._hints: str | None = None

    @property
    def hints(self) -> str:
        """The words of class, id, role and itemprop, lower case, words of camelCase names set apart by hyphens."""
        if self._hints is None:
            self._read()
        return self._hints or ""

    @property
    def hidden(self) -> bool:
        """True when the element's own attributes hide it."""
        if self._hints is None:
            self._read()
        return self._hidden

    def _read(self) -> None:
        attributes = self.node.attributes
        if not attributes:
            self._hints, self._hidden = "", False
            return
        self._hints = _hints(attributes)
        style = attributes.get("style")
        self._hidden = "hidden" in attributes or bool(style and "display:none" in style.replace(" ", "").lower())

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


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between block boundaries, white space folded.

    `tag` is the element that holds it directly (p, h1, li, td, div, ...), `box` that element's box, `link_chars` how
    many of its characters are link text, `strong_chars` how many are bold; `times` are the `<time>` elements inside,
    as (datetime attribute, text). `weight` is how much text it is, in bytes: a Chinese character counts for about a
    word's worth of Latin ones.
    """

    index: int
    text: str
    tag: str
    box: Box
    link_chars: int = 0
    strong_chars: int = 0
    times: list[tuple[str | None, str]] = field(default_factory=list)
    weight: int = 0

    @property
    def link_density(self) -> float:
        """The share of the block's characters that are link text, 0 to 1."""
        return min(1.0, self.link_chars / len(self.text)) if self.text else 0.0


@dataclass(slots=True, eq=False)
class Medium:
    """An image, video or embed: its node, its box, and the index of the block it stands before."""

    tag: str
    node: LexborNode
    box: Box
    before: int


@dataclass(slots=True)
class Outline:
    """All blocks and media of a page in document order."""

    blocks: list[Block] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def hints(node: LexborNode) -> str:
    """The words of an element's class, id, role and itemprop, lower case, separated by spaces."""
    return _hints(node.attributes)


def _hints(attributes: dict[str, str | None]) -> str:
    get = attributes.get
    words = get("class") or ""
    if len(attributes) > 1:
        words = " ".join([value for value in (words, get("id"), get("role"), get("itemprop")) if value])
    elif not words:
        words = get("id") or get("role") or get("itemprop") or ""
    lower = words.lower()
    return lower if lower == words else _CAMEL.sub("-", words).lower()


class _Run:
    """The text being gathered between two block boundaries."""

    __slots__ = ("blocks", "breaks", "link_chars", "parts", "strong_chars", "times")

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.parts: list[str] = []
        self.times: list[tuple[str | None, str]] = []
        self.link_chars = self.strong_chars = self.breaks = 0

    def flush(self, box: Box) -> None:
        """End the run: a block, if it holds any text."""
        parts = self.parts
        text = " ".join((parts[0] if len(parts) == 1 else "".join(parts)).split())
        if text:
            blocks = self.blocks
            weight = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
            blocks.append(
                Block(len(blocks), text, box.tag, box, self.link_chars, self.strong_chars, self.times, weight)
            )
            box.size += weight
            box.count += 1
            self.link_chars = self.strong_chars = 0
        self.times = []  # never shared: the next run adds to its own
        self.breaks = 0
        self.parts = []


def _is_in_brackets(reading: LexborNode) -> bool:
    """True for a ruby reading that is set in brackets where it cannot stand above the text; others are left out."""
    before = reading.prev
    return before is not None and before.tag == "rp"


def read(tree: LexborHTMLParser) -> Outline:  # noqa: C901 - one loop over every node of the page: calls are its cost
    """The outline of a parsed page, by one iterative walk (any depth of nesting is safe)."""
    body = tree.body
    if body is None:
        return Outline()
    box = Box("body", None, body, 0)
    outline = Outline(boxes=[box])
    blocks, boxes, media = outline.blocks, outline.boxes, outline.media
    run = _Run(blocks)
    parts = run.parts
    links = strongs = 0
    stack: list[tuple[LexborNode | None, int]] = []  # what comes after an open element, and what it is
    node = body.first_child
    known_tag = _KNOWN.get
    while True:
        if node is None:
            if not stack:
                break
            node, action = stack.pop()
            if action == _BLOCK:
                if parts:
                    run.flush(box)
                    parts = run.parts
                    if len(blocks) >= MAX_BLOCKS:
                        break
                box = box.parent or box
            elif action == _LINK:
                links -= 1
            elif action == _STRONG:
                strongs -= 1
            continue
        if node.is_text_node:
            if node.is_empty_text_node or not (text := node.text_content) or text.isspace():
                if parts:
                    parts.append(" ")
            else:
                parts.append(text)
                run.breaks = 0
                if links:
                    run.link_chars += len(text.strip())
                if strongs:
                    run.strong_chars += len(text.strip())
            node = node.next
            continue
        known = known_tag(node.tag_id)
        if known is None:
            tag = node.tag or ""
            action = _ACTIONS.get(node.tag, _BLOCK)
        else:
            tag, action = known
        if action == _READING:
            action = _PLAIN if _is_in_brackets(node) else _SKIP
        if action == _SKIP:
            node = node.next
            continue
        if action == _BREAK:
            run.breaks += 1
            if run.breaks > 1:
                run.flush(box)
                parts = run.parts
                if len(blocks) >= MAX_BLOCKS:
                    break
            elif parts:
                parts.append(" ")
            node = node.next
            continue
        if action == _MEDIUM:
            if len(media) < MAX_MEDIA:
                media.append(Medium(tag, node, box, len(blocks) + bool(parts)))
            node = node.next
            continue
        child = node.first_child
        if action == _BLOCK:
            if parts:
                run.flush(box)
                parts = run.parts
                if len(blocks) >= MAX_BLOCKS:
                    break
            if child is not None:
                if len(stack) < MAX_DEPTH:
                    box = Box(tag, box, node, box.depth + 1)
                    boxes.append(box)
                    if len(boxes) >= MAX_BOXES:
                        break
                else:
                    action = _PLAIN
        elif action == _TIME:
            run.times.append((node.attributes.get("datetime"), node.text().strip()))
        elif child is not None:
            if action == _LINK:
                links += 1
            elif action == _STRONG:
                strongs += 1
        if child is None:
            node = node.next
        else:
            stack.append((node.next, action))
            node = child
    if run.parts:
        run.flush(box)
    for box in reversed(boxes):
        if box.count and box.parent is not None:
            box.parent.size += box.size
            box.parent.count += box.count
    return outline
