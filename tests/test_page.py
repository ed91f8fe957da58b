"""A fetched page: decoded and parsed once, only when asked."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from newsarchive.page import Page

URL = "https://news.example/a"


def test_text_and_tree_are_made_once() -> None:
    page = Page(url=URL, body="<title>Été</title>".encode("cp1252"), encoding="utf-8")
    assert page.decoded == ("cp1252", "<title>Été</title>", False)
    assert page.text is page.text
    assert page.tree is page.tree


def test_what_is_no_page_says_what_it_is() -> None:
    assert Page(url=URL, body=b"%PDF-1.7").foreign_type == "application/pdf"
    assert Page(url=URL, body=b"<p>x").foreign_type is None


def test_a_page_of_nuls_and_broken_bytes_has_a_tree() -> None:
    page = Page(url=URL, body=b"<p>a\x00\xff\xfe\xd8\x00b</p>" * 50)
    assert page.tree.css_first("p") is not None


def test_bytes_that_are_utf8_as_they_stand_parse_as_their_text_does() -> None:
    for body in (
        "<p>caf\u00e9</p>".encode(),
        b"\xef\xbb\xbf<p>x",
        b"<p>a\x00b",
        "<p>d\u00c3\u00a9j\u00c3\u00a0 vu \u00c3\u00a9".encode(),
        b"<p>caf\xe9 \x97",
    ):
        page = Page(url=URL, body=body)
        assert page.tree.html == LexborHTMLParser(page.text).html
    assert Page(url=URL, body="<p>caf\u00e9".encode()).decoded.is_exact
    assert not Page(url=URL, body="<p>caf\u00e9".encode("cp1252")).decoded.is_exact
