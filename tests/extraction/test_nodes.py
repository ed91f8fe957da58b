"""Single nodes of a page, found in C and found in Python: one answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.extraction import nodes
from newsarchive.extraction.authors import bylines
from newsarchive.extraction.images import captions
from newsarchive.page import Page

FIXTURES = sorted(Path("fixtures").rglob("page.html"))
compiled = pytest.mark.skipif(nodes.compiled() is None, reason="the search in C was not built here")
# The marked elements as a selector: the parser's own search tells whether ours misses any.
MARKED = (
    '[class*="uthor"], [class*="yline"], [class*="utor"], [class*="uteur"], [class*="AUTHOR"], [class*="ignature"], '
    '[rel~="author"], [itemprop~="author"], [itemprop~="creator"]'
)
ATTRIBUTES, WORDS = ("class", "rel", "itemprop"), ("uthor", "yline", "utor", "ig")
PIECES = st.sampled_from(
    "<p> </p> <div> </div> <br> <!--x--> <template> </template> <svg> </svg> a é <p\tclass=AUTHOR> <a\trel=author> <a\trel=x\tid=author> "
    "<i\tclass='a\u2003b\tbyline'> <i\titemprop> <i\tclass=''> <td\tclass=utho> <td\tclass=r\tid=x\tclass=author> <x-y\tclass=autor>".split(
        " "
    )
)


def root_of(html: str | bytes) -> LexborNode:
    root = Page(url="", body=html if isinstance(html, bytes) else html.encode()).tree.root
    assert root is not None
    return root


def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "compiled", lambda: None)


def ids(root: LexborNode, most: int = 1000) -> list[int]:
    return [node.mem_id for node in nodes.holding(root, ATTRIBUTES, WORDS, most, "td")]


@compiled
@given(st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).replace("\t", " ")))
def test_both_searches_agree_on_any_markup(html: str) -> None:
    root = root_of(html)
    found = ids(root)
    with pytest.MonkeyPatch.context() as patch:
        pure(patch)
        assert ids(root) == found
        assert ids(root, 2) == found[:2]
    assert ids(root, 2) == found[:2]


@compiled
@given(st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).replace("\t", " ")))
def test_a_place_is_the_same_node_however_it_is_found(html: str) -> None:
    root = root_of(html)
    places = [node.mem_id for node in root.traverse()]
    assert [nodes.Nodes(root).at(place).mem_id for place in range(len(places))] == places
    again = nodes.Nodes(root)
    assert [again.at(place).mem_id for place in reversed(range(len(places)))] == places[::-1]
    with pytest.MonkeyPatch.context() as patch:
        pure(patch)
        assert [nodes.Nodes(root).at(place).mem_id for place in range(len(places))] == places


@compiled
def test_a_page_that_is_asked_for_very_many_nodes_is_gone_through_once() -> None:
    root = root_of("<p>x" * 50_000)
    found = nodes.Nodes(root)
    assert [found.at(place).tag for place in range(3, 50_000)] == ["p"] * 49_997


@compiled
def test_what_is_no_node_is_an_error() -> None:
    built = nodes.compiled()
    assert built is not None
    root = root_of("<p>x")
    with pytest.raises(IndexError):
        built.at(root.mem_id, root.mem_id, 10_000)
    with pytest.raises(RuntimeError):
        built.at(0, 0, 1)
    with pytest.raises(ValueError, match="short"):
        built.holding(root.mem_id, ("class",), ("x",), 0, 1)
    with pytest.raises(ValueError, match="many"):
        built.holding(root.mem_id, ("class",), ("xx",) * 17, 0, 1)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_every_marked_byline_is_found(path: Path) -> None:
    tree = LexborHTMLParser(path.read_bytes())
    assert tree.root is not None
    found = nodes.holding(tree.root, bylines._MARKING, bylines._HELD, 10_000)
    assert [node.mem_id for node in found if bylines.is_marked(node)] == list(
        dict.fromkeys(node.mem_id for node in tree.css(MARKED))
    )


CAPTIONS = (
    'figcaption, [class*="aption"], [class*="egend"], [class*="ildunterschrift"], [itemprop~="caption"], '
    '[itemprop~="description"]'
)
CREDITS = (
    '[class*="redit"], [class*="opyright"], [class*="hotographer"], [class*="ildquelle"], [itemprop~="copyrightHolder"], '
    '[itemprop~="author"], [class*="ttribution"]'
)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_every_marked_caption_and_credit_is_found(path: Path) -> None:
    tree = LexborHTMLParser(path.read_bytes())
    assert tree.root is not None
    for root in (tree.root, *tree.css("figure, figcaption, [class*=credit]")):
        found = list(nodes.holding(root, captions._MARKING, captions._HELD, 10_000, "figcaption"))
        for selector, is_marked in ((CAPTIONS, captions.is_caption), (CREDITS, captions.is_credit)):
            expected = dict.fromkeys(node.mem_id for node in root.css(selector))
            assert [node.mem_id for node in found if is_marked(node)] == list(expected)
