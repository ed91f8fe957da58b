"""The elements that speak to machines, picked in C and found by CSS: one answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsarchive.extraction import elements
from newsarchive.extraction.elements import WANTED, Element
from newsarchive.page import Page

FIXTURES = sorted(Path("fixtures").rglob("page.html"))
compiled = pytest.mark.skipif(elements.compiled() is None, reason="the module in C was not built here")

PARTS = """
<meta content="é &amp;" name=a>
<meta content property=b>
<META VALUE=c itemprop>
<meta name=x>
<link rel href=/a>
<link rel="next Nofollow" href=/b>
<link href=/c>
<a rel=next href=/d>e</a>
<a rel="prev NEXT">f</a>
<a rel=nex>
<a>
<script type="application/LD+json">{"a": "<b>"}</script>
<script type>g</script>
<title>h <b>i</title>
<svg><title>j</title><a rel=next><script type=ld+json>k</script></svg>
<div>
</div>
<noscript><meta name=n content=o></noscript>
<template><meta name=p content=q></template>
<head>
<body>
<!-- <meta name=r> -->
text
""".strip().split("\n")


def both(tree: LexborHTMLParser) -> tuple[list[Element], list[Element]]:
    tags = [wanted.tag for wanted in WANTED]
    picked = sorted(elements.read(tree), key=lambda element: tags.index(element[0]))
    return picked, [element for wanted in WANTED for element in elements._found(tree, wanted)]


@compiled
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_both_find_the_same_on_every_fixture_page(path: Path) -> None:
    picked, found = both(Page(url="", body=path.read_bytes()).tree)
    assert picked == found


@compiled
@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_both_find_the_same_in_any_markup(parts: list[str]) -> None:
    picked, found = both(LexborHTMLParser("".join(parts) or "<p>"))
    assert picked == found


def test_what_is_wanted_is_found_wherever_it_stands() -> None:
    tree = LexborHTMLParser(
        "<title>T</title><meta name=a content=b><body><p><script type='application/ld+json'>{}</script>"
        "<a rel='next' href=/2>on</a><a rel=nofollow href=/3>off</a><svg><title>icon</title></svg>"
    )
    assert sorted(elements.read(tree)) == [
        ("a", ("next", "/2"), ""),
        ("meta", ("b", None, None, "a", None, None), ""),
        ("script", ("application/ld+json",), "{}"),
        ("title", (None,), "T"),
        ("title", (None,), "icon"),
    ]
