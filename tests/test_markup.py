"""No markup may cost more than its size allows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsarchive import charsets, markup
from newsarchive.markup import MAX_CHARS, bounded, is_plain

HUGE = {
    "nested div": "<div>" * 100_000,
    "nested lists": "<ul><li>" * 60_000,
    "nested options": "<select>" + "<option>" * 60_000,
    "open formatting": "".join(f"<b id={i}>" for i in range(40_000)) + "word",
    "links across blocks": "<a><div></a>" * 40_000,
    "end tags that close nothing": "<div></q>" * 60_000,
    "attributes": "<div " + " ".join(f"a{i}" for i in range(200_000)) + ">word",
    "quoted attributes": "<div " + " ".join(f'a{i}=">"' for i in range(60_000)) + ">word",
    "open comments": "<!--" * 200_000,
    "plaintext": "<plaintext>" + "<div>" * 100_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_a_page_made_to_be_slow_is_parsed_in_a_second(text: str) -> None:
    start = time.process_time()
    LexborHTMLParser(bounded(text))
    assert time.process_time() - start < 1.5


PIECES = st.sampled_from(
    [
        "<p>word</p>", "<div ", "a=1 ", "<a b", ">", "x" * 26_000, "{" + '"k":1,' * 4000 + "}", "é", "Ã", "©", "â€™", "Ð¾", "中", "\ufeff",
        "\x00", "\x1b$", "<" * 3001, ">" * 10_001, "<b>" * 3001,
        "<DIV\x1cx>" * 300, "</div>" * 300, "<script>" + "<div>" * 700 + "</scripts>", "<!-->" + "<i>" * 40 + "-->", "<p><br>" * 3500,
        "<a></A>" * 3500, "</ſcript>", "<title>", "<plaintext>", "<x\xa0y>" * 600, "<!-- " + "<a>" * 80,
    ]
)  # fmt: skip
STRAY = st.sampled_from(
    [b"\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf0\x80\x80\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b""]
)


@given(st.lists(PIECES, max_size=12), STRAY, st.integers(0, 40))
def test_bytes_are_called_plain_only_where_nothing_would_change_them(
    pieces: list[str], stray: bytes, place: int
) -> None:
    body = "".join(pieces).encode()
    body = body[:place] + stray + body[place:]
    decoded = charsets.read(body)
    assert not is_plain(body) or (decoded.is_exact and bounded(decoded.text) is decoded.text)


@pytest.mark.skipif(markup._scan() is None, reason="the module in C was not built here")
@pytest.mark.parametrize(
    "page",
    [
        "<p>Prose, naïve, NÃO, £5, “quoted”, 中文, 🗞</p>" * 500,
        "<script>" + '{"a": "1 < 2"},' * 3000 + "</script><p>after</p>",
        "<p>a</p>" + "word " * 9000,
        ("<div>" * 500 + "<b><i>word</i></b><br>" * 3000 + "</div>" * 500),
        "<!--" + "<div>" * 7000 + "--><script>" + "<div>" * 7000 + "</script><p>word<p>",
    ],
)
def test_an_ordinary_page_is_called_plain(page: str) -> None:
    assert is_plain(page.encode())


def test_an_ordinary_page_is_left_as_it_is() -> None:
    page = "<html><body>" + "<div><p>One <b>word</b> <br> more.</p></div>" * 3000 + "</body></html>"
    assert bounded(page) is page


def test_unclosed_paragraphs_and_items_are_no_depth() -> None:
    page = "<ul>" + "<li>item<p>text" * 8000 + "</ul>"
    assert bounded(page) is page


def test_the_text_below_the_deepest_level_is_kept_and_what_follows_too() -> None:
    page = "<div>" * 9000 + "<span>deep</span>" + "</div>" * 9000 + "<p>after</p>"
    tree = LexborHTMLParser(bounded(page))
    assert tree.body is not None
    assert tree.body.text() == "deepafter"
    after = tree.css_first("p")
    assert after is not None
    assert after.parent is not None
    assert after.parent.tag == "body"


def test_markup_inside_scripts_and_comments_is_no_markup() -> None:
    page = "<script>" + '"<div>"' * 8000 + "</SCRIPT><!-- " + "<div>" * 8000 + " --><p>text</p>"
    assert bounded(page) is page


def test_a_long_value_of_one_attribute_is_kept() -> None:
    page = '<div data-props="' + "x" * 200_000 + '"><p>text</p></div>'
    assert bounded(page) is page


def test_more_than_six_million_characters_are_not_read() -> None:
    assert len(bounded("<p>word " * 1_000_000)) == MAX_CHARS


@given(st.text(alphabet="<>/!-ab \"'=", max_size=200).map(lambda text: text * 40))
def test_any_markup_passes_without_error_and_never_grows(text: str) -> None:
    assert len(bounded(text)) <= len(text) + 1
