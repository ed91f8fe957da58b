"""Single nodes of a parsed page, found without a Python object for every node on the way.

`_nodes`, where it was built, tells the way to a node in C; set NEWSARCHIVE_PURE to do without.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from types import ModuleType

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive import compiled as compiling

_MOST_SINGLE = 64


class Nodes:
    """The nodes below one by their place on the walk (see `walking`), found when asked for: rules ask for few.

    Keeping all nodes takes as long as finding a dozen, so that is done only for a page that is asked much.
    """

    __slots__ = ("_found", "_places", "_root")

    def __init__(self, root: LexborNode) -> None:
        self._root = root
        self._found: dict[int, LexborNode] = {0: root}
        self._places = [0]  # of what was found, in order: what comes after one of them is counted from there

    def at(self, place: int) -> LexborNode:
        """The node at a place that the walk gave."""
        if (known := self._found.get(place)) is not None:
            return known
        built = compiled()
        if built is None or len(self._places) >= _MOST_SINGLE:
            self._found = dict(enumerate(self._root.traverse()))
            return self._found[place]
        index = bisect(self._places, place)
        before = self._places[index - 1]
        way = built.at(self._root.mem_id, self._found[before].mem_id, place - before)
        node = self._found[place] = _follow(self._root, way)
        self._places.insert(index, place)
        return node


def holding(
    root: LexborNode, attributes: tuple[str, ...], words: tuple[str, ...], most: int, tag: str | None = None
) -> Iterator[LexborNode]:
    """The first elements from the root on, in page order, that have one of the words, in any case, in one of the attributes.

    The words are parts of words, ASCII and lower case, 16 of them at the most. Elements of the tag are given too.
    """
    built = compiled()
    if built is None:
        found = (node for node in root.traverse() if node.tag == tag or _holds(node, attributes, words))
        yield from islice(found, most)
        return
    for way in built.holding(root.mem_id, attributes, words, _number(tag) if tag else 0, most):
        yield _follow(root, way)


@cache
def _number(tag: str) -> int:
    """The parser's number of a tag that it knows."""
    return LexborHTMLParser("<!-- -->").create_node(tag).tag_id


def _holds(node: LexborNode, attributes: Iterable[str], words: Iterable[str]) -> bool:
    values = [value.lower() for name in attributes if (value := node.attributes.get(name))]
    return any(word in value for value in values for word in words)


def _follow(root: LexborNode, way: Sequence[int]) -> LexborNode:
    """The node at the end of a way; see `_nodes.c` for what its steps are."""
    node: LexborNode | None = root
    for step in way:
        if node is None:
            break
        if step >= 0:
            node = node.first_child
            while step and node is not None:
                node, step = node.next, step - 1
        else:
            node = node.last_child
            while step < -1 and node is not None:
                node, step = node.prev, step + 1
    if node is None:
        raise LookupError("the parsed page was changed after it was walked")
    return node


@cache
def compiled() -> ModuleType | None:
    """What finds nodes in C, where it was built and finds what it needs in the parser; else None."""
    return compiling.reading_the_parser("extraction._nodes")
