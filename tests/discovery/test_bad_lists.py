"""Feeds and sitemaps that are hostile or broken: a reason, whatever they held before, and little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsarchive.discovery import feeds, sitemaps, xml

URL = "https://example.org/list"
READ = """
import resource, sys
from newsarchive.discovery import feeds, sitemaps
reader = {"feed": feeds, "sitemap": sitemaps}[sys.argv[2]]
reader.read(b"<urlset><url><loc>https://example.org/a</loc></url></urlset>", "https://example.org/")
body = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = reader.read(body, "https://example.org/list")
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
print(grown, len(found.links), found.problem)
"""
URLSET = b"<urlset>"
ENTRY = b"<url><loc>https://example.org/2024/05/06/%07d/a-slug-of-words.html</loc></url>"
SMILE = "\U0001f600".encode()

# What a list of 50 MB is made of, and what is said of it.
HUGE = {
    "entries and one wide character": ("sitemap", b"<urlset><!--" + SMILE + b"-->", ENTRY, "too many entries"),
    "one entry that never ends": ("sitemap", URLSET + b"<url>", b"<a/>", "too many elements"),
    "no entry": ("sitemap", URLSET, b"<a></a>", "too many elements"),
    "a word without end": ("sitemap", b"", b"xxxxxxxx", "not a sitemap"),
    "HTML": ("feed", b"<html><body>", b"<p>No feed here</p>", "not a feed"),
    "JSON": ("feed", b'{"items": [', b'{"url": "/a"},', "too large"),
    "brackets": ("feed", b'{"items": ', b"[", "too large"),
    "items": (
        "feed",
        b"<rss>",
        b"<item><link>https://example.org/a</link><title>A title</title></item>",
        "too many entries",
    ),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_list_of_fifty_megabytes_is_read_to_its_cap_in_little_memory(name: str, tmp_path: Path) -> None:
    kind, head, part, reason = HUGE[name]
    file = tmp_path / "list"
    many = 50_000_000 // len(part)
    with file.open("wb") as out:
        out.write(head)
        if b"%" in part:
            out.writelines(part % n for n in range(many))
        else:
            out.write(part * many)
    done = subprocess.run(
        [sys.executable, "-c", READ, file, kind], capture_output=True, text=True, timeout=60, check=True
    )
    grown, _, problem = done.stdout.strip().split(" ", 2)
    assert problem == reason
    assert int(grown) < 100  # MiB beside the bytes themselves


def test_a_list_that_is_cut_off_keeps_what_came_before() -> None:
    whole = b"<urlset><url><loc>https://example.org/1</loc></url><url><loc>https://exam"
    assert [link.url for link in sitemaps.read(whole, URL).links] == ["https://example.org/1"]


def test_what_comes_before_the_limit_of_size_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_BYTES", 200_000)
    found = sitemaps.read(b"<urlset>" + b"".join(ENTRY % n for n in range(5_000)), URL)
    assert found.problem == "too large"
    assert 2_000 < len(found.links) < 5_000


def test_an_entity_declared_late_is_not_expanded_either() -> None:
    late = (
        b"<rss><channel>"
        + b"<x>y</x>" * 5_000
        + b'<!ENTITY a "haha"><item><title>&a;</title><link>https://example.org/a</link></item>'
    )
    found = feeds.read(late, URL)
    assert (found.links, found.problem) == ([], "document type declarations")


@pytest.mark.parametrize("edge", range(60))
def test_marks_at_the_border_of_two_pieces_are_read_whole(edge: int) -> None:
    start = b"<rss><channel><item><link>https://example.org/a</link><title>"
    body = (
        start
        + b"x" * (3 * 64 * 1024 - len(start) - edge)
        + " caf&eacute; & thé <b>ici</b> ".encode()
        + b"</title></item></channel></rss>"
    )
    (link,) = feeds.read(body, URL).links
    assert link.title is not None
    assert link.title.endswith("x café & thé ici")
