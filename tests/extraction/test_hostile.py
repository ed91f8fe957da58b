"""Bad input: bounded time, a verdict, never an exception."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from newsarchive import extract

PARAGRAPH = "<p>Some words here and there, and a sentence more of them for the weight.</p>"
HOSTILE = {
    "nothing": "",
    "nested div": "<div>" * 60_000,
    "nested div with text": "<div>a" * 60_000,
    "unclosed everything": "<html><body><table><ul><li><p><b><i><a href=x><div><span>text" * 3000,
    "plaintext": f"{PARAGRAPH}<plaintext>" + "<div>" * 50_000,
    "frames": "<html><frameset><frame src=a><frame src=b></frameset></html>",
    "no body": "<title>Title only</title>",
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">word",
    "paragraphs": PARAGRAPH * 80_000,
    "one long paragraph": "<p>" + "lorem ipsum dolor " * 150_000,
    "one long word": "<p>" + "a" * 2_000_000,
    "headings": "<h1>hello world of headings</h1>" * 30_000,
    "images": "<img src=a.jpg>" * 50_000,
    "times": '<time datetime="2024-01-01">x</time>' * 30_000,
    "metas": '<meta name="author" content="b">' * 60_000,
    "links": '<a href="/x">word</a> ' * 60_000,
    "bylines": "<p>By Jo Person</p>" * 30_000,
    "ampersands": "<title>" + "&amp;" * 60_000 + "</title><h1>" + "&amp;" * 60_000,
    "deep json": '<script type="application/ld+json">' + "[" * 200_000 + "</script>" + PARAGRAPH,
    "many json": '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>' * 5000,
    "json served as html": '{"html": "' + PARAGRAPH * 500 + '"}',
    "controls": PARAGRAPH.replace(" ", "\x00 \x0b\ufeff\u202e") * 50,
}


LIMIT = 2.0
"""Seconds of one processor that does LOOPS additions in QUICK seconds."""
LOOPS, QUICK = 500_000, 0.02
SLOWEST = 5.0
"""A machine more than so many times slower than that one gets no more time."""


def slowness() -> float:
    """How many times slower this processor is right now than the one the limit is meant for; never below 1."""
    start = time.process_time()
    for number in range(LOOPS):
        number += 1
    return min(max((time.process_time() - start) / QUICK, 1.0), SLOWEST)


@contextmanager
def untraced() -> Iterator[None]:
    """No tracer (coverage, a debugger) counts in what is timed here."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_read_in_two_seconds(text: str) -> None:
    with untraced():
        slow = slowness()
        start = time.process_time()
        article = extract(text.encode(), "https://example.org/2024/05/06/x")
        took = time.process_time() - start
        slow = max(slow, slowness())
    assert took < LIMIT * slow
    assert article.verdict
    (article.title or "").encode()
    article.text.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        b"%PDF-1.7\n" + bytes(range(256)) * 100,
        b"\xff\xfe<\x00p\x00>\x00",
        b"\xed\xa0\x80<p>\xed\xb0\x80</p>",
        b"{}",
    ],
    ids=["empty", "zeros", "pdf", "utf-16", "surrogates", "json"],
)
def test_bytes_that_are_no_page_are_no_error(raw: bytes) -> None:
    article = extract(raw, "https://example.org/x")
    article.text.encode()


@pytest.mark.parametrize(
    "url", ["", "not a url", "http://[::1", "data:text/html,x", "https://example.org/" + "a/" * 5000]
)
def test_an_odd_address_is_no_error(url: str) -> None:
    assert extract(PARAGRAPH.encode(), url).text
