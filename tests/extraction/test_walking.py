"""The walk in C and the walk in Python: one answer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive import compiled as compiling
from newsarchive.extraction import outline, walking
from newsarchive.extraction.vocabulary import SILENT, apart, meaning
from newsarchive.extraction.walking import Flat, Walk
from newsarchive.page import Page

FIXTURES = sorted(Path("fixtures").rglob("page.html"))
compiled = pytest.mark.skipif(walking.compiled() is None, reason="the walk in C was not built here")


def body(html: str | bytes) -> LexborNode:
    tree = Page(url="", body=html if isinstance(html, bytes) else html.encode()).tree
    root = tree.body or tree.root  # a page of frames has no body
    assert root is not None
    return root


def both(html: str | bytes) -> tuple[Flat, Flat]:
    root = body(html)
    return walking.walk(root), Walk().run(root)


def test_the_modules_in_c_were_built_where_there_is_a_compiler_in_ci() -> None:
    if os.environ.get("CI") and shutil.which("cc") and not os.environ.get("NEWSARCHIVE_PURE"):
        assert walking.compiled() is not None
        assert compiling.module("_scan") is not None
        assert compiling.module("extraction._trees") is not None
        assert compiling.module("extraction._pick") is not None


@compiled
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_both_walks_agree_on_every_fixture_page(path: Path) -> None:
    fast, slow = both(path.read_bytes())
    assert fast == slow


@compiled
@pytest.mark.parametrize(
    "html",
    [
        "<p>One <b>bold</b><a href=/x> linked </a>, word.</p>",
        "<div>One<br>line<br> <br>two<br><br><br>three<time datetime=2004-05-06> May <b>6</b> </time><time>x</time></div>",
        "<p>a<script>b</script><style>c</style><!-- d --><noscript><i>e</i></noscript><svg><title>t</title><g/></svg>f</p>",
        "<p>a</p><img src=x><p>b<object><p>in</p></object></p><video><source></video>c<amp-img></amp-img>",
        '<div class="ImageCaption Big" id=x role=note itemprop=text style="display: none" hidden><p>word</p></div>',
        "<ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <ruby>\u6f22<rt>kan</rt></ruby>",
        "<my-tag class=''>own</my-tag><blink>old</blink><template><p>t</p></template><p id>bare",
        "<div>" * 3000 + "deep" + "</div>" * 10 + "later",
        "<p>\u00a0\u2003 wide \u3000 \u200b spaces\u0085\u001c</p><p>\u00a0</p><a>\u00a0 x\u00a0</a>\U0001f600",
        "<p><span>Dec 05, 2023</span><span>2 Shares</span><a>Politics</a><!-- c --><a>World</a><b>A</b>Ç<i>é</i><i>É</i> <i>x</i>",
        "<p><i>1</i>\u00a0<i>2</i><i> </i><i>3</i><br><i>4</i><img><i>5</i><i><b>6</b></i><i></i><i>7</i>",
        "<plaintext><p>all of it",
        "<table><tr><td>a<td>b</table>stray<frameset>",
    ],
)
def test_both_walks_agree_on_odd_markup(html: str) -> None:
    fast, slow = both(html)
    assert fast == slow


PIECES = st.sampled_from(
    "<p> </p> <div> </div> <a> </a> <b> </b> <br> <img> <li> <td> <table> <time> </time> <rt> <rp> <ruby> <svg> </svg> <x-y> "
    "<span> </span> 1 A <i> </i> <h2> <!--x--> <script></script> <select> <option> <template> <object> a é 漢 &nbsp; \u2003 \u0301".split(
        " "
    )
)


@compiled
@given(st.lists(PIECES, max_size=40).map("".join))
def test_both_walks_agree_on_any_markup(html: str) -> None:
    fast, slow = both(html)
    assert fast == slow


WORDS = st.text("aAzZ09-_ \t\x1cRrEeLlTtDdé", max_size=30) | st.lists(
    st.sampled_from(
        [
            "related",
            "Related",
            "readMore",
            "photo",
            "x-Photos2",
            "NL",
            "hidden",
            "relatedX",
            "sub",
            "_",
            "-",
            " ",
            "é",
            "Q",
        ]
    )
).map("".join)


@compiled
@given(WORDS)
def test_both_walks_agree_on_which_words_may_speak(words: str) -> None:
    fast, slow = both(f'<div class="{words}">x</div>')
    assert fast == slow
    assert fast[0][-1][-1] or meaning(apart(words)) is SILENT


def test_a_place_on_the_walk_is_the_node_that_stands_there() -> None:
    page = "<div id=a><!-- c --><svg><g><path/></g></svg><p>x<object><i>y</i></object><img id=b></p></div><div id=c>z</div>"
    found = outline.read(LexborHTMLParser(page))
    assert [box.node.attributes.get("id") for box in found.boxes] == [None, "a", None, "c"]
    assert [medium.node.tag for medium in found.media] == ["object", "img"]
    assert found.boxes[1].node.attributes == {"id": "a"}  # asked again, and out of order


def test_nodes_asked_out_of_order_again_and_again_are_still_right() -> None:
    found = outline.read(LexborHTMLParser("".join(f"<div id=n{i}>x</div>" for i in range(30))))
    assert [box.node.attributes["id"] for box in reversed(found.boxes[1:])] == [f"n{i}" for i in reversed(range(30))]


@compiled
def test_a_build_of_another_source_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking.compiled(), "SOURCE", "of another day")
    assert walking.compiled.__wrapped__() is None


@compiled
def test_the_environment_can_ask_for_the_walk_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSARCHIVE_PURE", "1")
    assert walking.compiled.__wrapped__() is None
