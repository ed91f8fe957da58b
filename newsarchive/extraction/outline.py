"""A page as a reader meets it: its text blocks in order, each in its boxes, made by one walk and shared by every field.

The parsed tree has thousands of nodes; all rules about what is title, body, byline or chrome look at this outline
instead, so the tree is walked once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

SKIPPED = frozenset(
    "script style noscript template svg math head select option datalist textarea canvas map link meta "
    "base param source track frame frameset noframes".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr picture q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
STRONG = frozenset("b strong".split())
MEDIA = frozenset("img amp-img iframe video amp-video audio object embed".split())


@dataclass(slots=True, eq=False)
class Box:
    """A block element that holds others: its tag, its class/id/role words (lower case), and the box around it."""

    tag: str
    hints: str
    parent: Box | None
    node: LexborNode
    depth: int
    hidden: bool = False

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
    as (datetime attribute, text).
    """

    index: int
    text: str
    tag: str
    box: Box
    link_chars: int = 0
    strong_chars: int = 0
    times: list[tuple[str | None, str]] = field(default_factory=list)

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


class _Walk:
    """The state of one walk: the open box, and the text run being gathered."""

    def __init__(self, body: LexborNode) -> None:
        self.box = Box("body", hints(body), None, body, 0)
        self.outline = Outline(boxes=[self.box])
        self.links = self.strongs = 0
        self.begin()

    def begin(self) -> None:
        self.parts: list[str] = []
        self.times: list[tuple[str | None, str]] = []
        self.link_chars = self.strong_chars = self.breaks = 0

    def flush(self) -> None:
        """End the run: a block, if it holds any text."""
        if self.parts:
            text = " ".join("".join(self.parts).split())
            if text:
                blocks = self.outline.blocks
                box = self.box
                blocks.append(Block(len(blocks), text, box.tag, box, self.link_chars, self.strong_chars, self.times))
            self.begin()

    def text(self, text: str) -> None:
        self.parts.append(text)
        if stripped := len(text.strip()):
            self.breaks = 0
            if self.links:
                self.link_chars += stripped
            if self.strongs:
                self.strong_chars += stripped

    def line_break(self) -> None:
        """One `<br>` is white space, two in a row end a paragraph."""
        self.breaks += 1
        self.parts.append("\n")
        if self.breaks > 1:
            self.flush()

    def enter(self, tag: str, node: LexborNode) -> None:
        if tag not in INLINE:
            self.flush()
            attributes = node.attributes
            self.box = Box(tag, hints(node), self.box, node, self.box.depth + 1, _hidden(attributes))
            self.outline.boxes.append(self.box)
        elif tag == "a":
            self.links += 1
        elif tag in STRONG:
            self.strongs += 1
        elif tag == "time":
            self.times.append((node.attributes.get("datetime"), node.text().strip()))

    def leave(self, tag: str) -> None:
        if tag not in INLINE:
            self.flush()
            self.box = self.box.parent or self.box
        elif tag == "a":
            self.links -= 1
        elif tag in STRONG:
            self.strongs -= 1

    def medium(self, tag: str, node: LexborNode) -> None:
        before = len(self.outline.blocks) + bool(self.parts)
        self.outline.media.append(Medium(tag, node, self.box, before))


def hints(node: LexborNode) -> str:
    """The words of an element's class, id, role and itemprop, lower case, separated by spaces."""
    get = node.attributes.get
    words = [value for name in ("class", "id", "role", "itemprop") if (value := get(name))]
    return " ".join(words).lower()


def _hidden(attributes: dict[str, str | None]) -> bool:
    style = attributes.get("style")
    return "hidden" in attributes or bool(style and "display:none" in style.replace(" ", "").lower())


def read(tree: LexborHTMLParser) -> Outline:
    """The outline of a parsed page, by one iterative walk (any depth of nesting is safe)."""
    body = tree.body
    if body is None:
        return Outline()
    walk = _Walk(body)
    stack: list[tuple[LexborNode, str]] = []
    node = body.first_child
    while node is not None or stack:
        if node is None:
            node, tag = stack.pop()
            walk.leave(tag)
            node = node.next
            continue
        tag = node.tag or "-other"
        if tag == "-text":
            walk.text(node.text_content or "")
        elif tag == "br":
            walk.line_break()
        elif tag in MEDIA:
            walk.medium(tag, node)
        elif tag[0] != "-" and tag not in SKIPPED:
            walk.enter(tag, node)
            stack.append((node, tag))
            node = node.first_child
            continue
        node = node.next
    walk.flush()
    return walk.outline
