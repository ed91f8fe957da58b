"""Bad input: bounded time, a verdict, never an exception."""

from __future__ import annotations

import subprocess
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
HUGE = {
    "1 MB of nested div": b"<div>" * 210_000,
    "20 MB of paragraphs": PARAGRAPH.encode() * 270_000,
    "20 MB of links": b'<a href="/x" class="y">w</a>' * 700_000,
    "20 MB of one word": b"<p>" + b"a" * 20_000_000,
    "20 MB of opening brackets": b"<" * 20_000_000,
    "20 MB in a legacy encoding": b"<meta charset=shift_jis><p>" + "日本語".encode("shift_jis") * 3_300_000,
    "20 MB in no encoding at all": b"<p>caf\xe9 " * 2_500_000,
    "16 MB of statements": b'<script type="application/ld+json">{"@type":"NewsArticle","x":['
    + b'{"a":1},' * 2_000_000
    + b"1]}</script>",
    "a million attributes": ("<div " + " ".join(f"a{i}=1" for i in range(1_000_000)) + ">word").encode(),
    "a million quoted attributes": ("<div " + " ".join(f'a{i}="x>y"' for i in range(1_000_000)) + ">word").encode(),
    "a million attributes on many tags": b"<p a=1 b=2 c=3 d=4>x" * 250_000,
    "a megabyte of unclosed everything": b"<html><body><table><ul><li><p><b><i><a href=x><div><span>text" * 20_000,
    "6 MB of plaintext": PARAGRAPH.encode() + b"<plaintext>" + b"<div>x" * 1_000_000,
    "20 MB of NULs": b"\x00" * 20_000_000,
    "NULs between all words": PARAGRAPH.replace(" ", "\x00").encode() * 20_000,
    "6 MB of lone surrogates": b"<p>" + b"\xed\xa0\x80\xed\xb0\x80" * 1_000_000,
    "frames in frames": b"<frameset>" * 100_000 + b"<frame src=a>" * 100_000,
    "no body": b"<html><head><title>Title only</title></head>" + b" " * 1_000_000,
    "20 MB of JSON served as HTML": b'{"html":"' + b"<p>x</p>" * 2_500_000 + b'"}',
    "a PDF of 20 MB": b"%PDF-1.7\n" + bytes(range(256)) * 80_000,
}


LIMIT = 2.0
"""Seconds of one processor that does LOOPS additions in QUICK seconds."""
LOOPS, QUICK = 500_000, 0.02
MOST_MEMORY = 500
"""MiB that the reading of one page may take beside the page itself."""
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


@pytest.mark.parametrize(
    "page",
    [*(text.encode() for text in HOSTILE.values()), *HUGE.values()],
    ids=[*HOSTILE, *HUGE],
)
def test_a_hostile_page_is_read_in_two_seconds(page: bytes) -> None:
    with untraced():
        slow = slowness()
        start = time.process_time()
        article = extract(page, "https://example.org/2024/05/06/x")
        took = time.process_time() - start
        slow = max(slow, slowness())
    assert took < LIMIT * slow
    assert article.verdict
    (article.title or "").encode()
    article.text.encode()


LIMITED = """
import pathlib, resource, sys
from newsarchive import extract
raw = sys.stdin.buffer.read()
extract(b"<p>warm</p>", "https://example.org/x")
held = int(pathlib.Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + int(sys.argv[1]) * 2**20,) * 2)
print(extract(raw, "https://example.org/x").verdict.value)
"""


def within(mebibytes: int, page: bytes) -> int:
    """The exit code of a process that reads a page and may take so much memory more than it holds before."""
    command = [sys.executable, "-c", LIMITED, str(mebibytes)]
    return subprocess.run(command, input=page, capture_output=True, check=False).returncode


@pytest.mark.skipif(sys.platform != "linux", reason="limits address space as Linux does")
@pytest.mark.parametrize("name", ["20 MB of links", "a million attributes on many tags", "6 MB of lone surrogates"])
def test_a_huge_page_is_read_in_bounded_memory(name: str) -> None:
    assert within(MOST_MEMORY, HUGE[name]) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="limits address space as Linux does")
def test_the_bound_of_memory_is_one() -> None:
    assert within(1, HUGE["20 MB of paragraphs"]) != 0


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
