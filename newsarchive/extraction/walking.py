"""The walk over a parsed page: its text in runs between block boundaries, the elements that hold them, its media.

It decides nothing about articles: what it gives is what is on the page, as plain tuples in document order. `_walk`, where
it was built (a C compiler is all it takes), is the same walk at five times the speed; set NEWSARCHIVE_PURE to do without.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive import compiled as compiling
from newsarchive.extraction import vocabulary

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

# Tag, parent's number in the list (-1 for none), depth, place (how many nodes that are no text come before it, the root
# included: what `root.traverse()` gives at that place), words of class, id, role and itemprop, style, whether it has
# the attribute `hidden`, the weight of all text inside, the number of blocks inside, whether a word of the vocabulary may be
# among its words.
FlatBox = tuple[str, int, int, int, str, str | None, bool, int, int, bool]
# Text, its box, characters that are link text, that are bold, `<time>` elements as (datetime, text), weight, share of link
# text.
FlatBlock = tuple[str, int, int, int, list[tuple[str | None, str]] | None, int, float]
# Tag, place, its box, the block it stands before.
FlatMedium = tuple[str, int, int, int]
Flat = tuple[list[FlatBox], list[FlatBlock], list[FlatMedium]]

# What to do at a tag; the numbers are those of _walk.c.
_PLAIN, _SKIP, _LINK, _STRONG, _TIME, _BREAK, _MEDIUM, _READING, _BLOCK = range(9)
_ACTIONS: dict[str, int] = {
    **dict.fromkeys(SKIPPED | {"-comment", "-doctype"}, _SKIP),
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
_WORDED = ("class", "id", "role", "itemprop")


@cache
def _known() -> tuple[tuple[str, int] | None, ...]:
    """The tags that the parser knows, by number: asking a node for its number costs a third of asking for its name."""
    tree = LexborHTMLParser("<!-- -->")
    known: list[tuple[str, int] | None] = [None] * _OWN_IDS
    for tag in sorted(_BLOCK_TAGS.union(name for name in _ACTIONS if name[0] != "-")):
        number = tree.create_node(tag).tag_id
        if number < _OWN_IDS:
            known[number] = (tag, _ACTIONS.get(tag, _BLOCK))
    return tuple(known)


def walk(root: LexborNode) -> Flat:
    """The boxes, blocks and media of the tree below a node, each in document order."""
    built = compiled()
    if built is None:
        return Walk().run(root)
    flat: Flat = built.walk(
        root.mem_id, root.tag, _known(), _ACTIONS, MAX_DEPTH, MAX_BLOCKS, MAX_BOXES, MAX_MEDIA, _bracket()
    )
    return flat


@cache
def _bracket() -> int:
    return LexborHTMLParser("<!-- -->").create_node("rp").tag_id


@cache
def compiled() -> ModuleType | None:
    """The walk in C, where it was built and finds what it needs in the parser; else None."""
    built = compiling.reading_the_parser("extraction._walk")
    if built is not None:
        built.learn(vocabulary.WORDS, vocabulary.STEMS)
    return built


class Walk:
    """One walk in Python, iterative: any depth of nesting is safe."""

    def __init__(self) -> None:
        self.boxes: list[_Box] = []
        self.blocks: list[FlatBlock] = []
        self.media: list[FlatMedium] = []
        self._begin()
        self.link_chars = self.strong_chars = 0

    def _begin(self) -> None:
        """Begin the next run of text."""
        self.parts: list[str] = []
        self.times: list[tuple[str | None, str]] | None = None
        self.breaks = 0
        self.closed = self.opened = False  # an inline element ended after the last text, and after that another began

    def _add(self, text: str) -> None:
        if self.opened and self.parts and _are_apart(self.parts[-1][-1], text[0]):
            self.parts.append(" ")
        self.parts.append(text)
        self.closed = self.opened = False

    def _end(self, box: int) -> bool:
        """End the run: a block, if it holds any text; true when there are as many blocks as may be."""
        text = " ".join("".join(self.parts).split())
        if text:
            weight = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
            linked = min(1.0, self.link_chars / len(text))
            self.blocks.append((text, box, self.link_chars, self.strong_chars, self.times, weight, linked))
            holder = self.boxes[box]
            holder.size += weight
            holder.count += 1
            self.link_chars = self.strong_chars = 0
        self._begin()
        return len(self.blocks) >= MAX_BLOCKS

    def run(self, root: LexborNode) -> Flat:  # noqa: C901 - one loop over every node of the page: calls are its cost
        """The boxes, blocks and media of the tree below a node."""
        boxes, media = self.boxes, self.media
        boxes.append(_Box(root.tag or "", -1, 0, root, 0))
        box = links = strongs = place = 0
        stack: list[tuple[LexborNode | None, int]] = []  # what comes after an open element, and what it is
        node = root.first_child
        known = _known()
        while True:
            if node is None:
                if not stack:
                    break
                node, action = stack.pop()
                if action == _BLOCK:
                    if self.parts and self._end(box):
                        break
                    box = max(boxes[box].parent, 0)
                    continue
                self.closed = True
                if action == _LINK:
                    links -= 1
                elif action == _STRONG:
                    strongs -= 1
                continue
            if node.is_text_node:
                if not (text := node.text_content or "") or text.isspace():
                    if self.parts and text:
                        self._add(" ")
                else:
                    self._add(text)
                    self.breaks = 0
                    if links:
                        self.link_chars += len(text.strip())
                    if strongs:
                        self.strong_chars += len(text.strip())
                node = node.next
                continue
            place += 1
            number = node.tag_id
            found = known[number] if number < _OWN_IDS else None
            tag, action = found or ((name := node.tag or ""), _ACTIONS.get(name, _BLOCK if name else _SKIP))
            if action == _READING:
                action = _PLAIN if _is_in_brackets(node) else _SKIP
            if action == _SKIP:
                place += _below(node)
                node = node.next
                continue
            if action == _BREAK:
                self.breaks += 1
                if self.breaks > 1:
                    if self._end(box):
                        break
                elif self.parts:
                    self.parts.append(" ")
                node = node.next
                continue
            if action == _MEDIUM:
                if len(media) < MAX_MEDIA:
                    media.append((tag, place, box, len(self.blocks) + bool(self.parts)))
                place += _below(node)
                node = node.next
                continue
            child = node.first_child
            if action == _BLOCK:
                if self.parts and self._end(box):
                    break
                if child is not None:
                    if len(stack) < MAX_DEPTH:
                        boxes.append(_Box(tag, box, boxes[box].depth + 1, node, place))
                        box = len(boxes) - 1
                        if len(boxes) >= MAX_BOXES:
                            break
                    else:
                        action = _PLAIN
            elif action == _TIME:
                self.times = [*(self.times or ()), (node.attributes.get("datetime"), node.text().strip())]
            elif child is not None:
                if action == _LINK:
                    links += 1
                elif action == _STRONG:
                    strongs += 1
            if child is None:
                node = node.next
            else:
                self.opened = self.opened or (self.closed and action != _BLOCK)
                stack.append((node.next, action))
                node = child
        if self.parts:
            self._end(box)
        return self._flat_boxes(), self.blocks, media

    def _flat_boxes(self) -> list[FlatBox]:
        boxes = self.boxes
        for box in reversed(boxes):
            if box.count and box.parent >= 0:
                boxes[box.parent].size += box.size
                boxes[box.parent].count += box.count
        return [box.flat() for box in boxes]


class _Box:
    """A block element on the walk."""

    __slots__ = ("count", "depth", "node", "parent", "place", "size", "tag")

    def __init__(self, tag: str, parent: int, depth: int, node: LexborNode, place: int) -> None:
        self.tag, self.parent, self.depth, self.node, self.place = tag, parent, depth, node, place
        self.size = self.count = 0

    def flat(self) -> FlatBox:
        """The box with what its attributes say."""
        attributes = self.node.attributes
        words, style, is_hidden = "", None, False
        if attributes:
            words = " ".join([value for name in _WORDED if (value := attributes.get(name))])
            style, is_hidden = attributes.get("style"), "hidden" in attributes
        return (
            self.tag, self.parent, self.depth, self.place, words, style, is_hidden, self.size, self.count,
            vocabulary.may_speak(words),
        )  # fmt: skip


def _are_apart(before: str, after: str) -> bool:
    """Whether two inline elements that touch are apart on the screen: numbers, or a word's end and a capital, never meet."""
    return before.isdigit() if after.isdigit() else after.isupper() and (before.islower() or before.isdigit())


def _below(node: LexborNode) -> int:
    """How many nodes that are no text are below one that is passed over."""
    return sum(1 for _ in node.traverse()) - 1 if node.first_child is not None else 0


def _is_in_brackets(reading: LexborNode) -> bool:
    """True for a ruby reading that is set in brackets where it cannot stand above the text; others are left out."""
    before = reading.prev
    return before is not None and before.tag == "rp"
