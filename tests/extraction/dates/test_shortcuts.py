"""What reading dates passes over without a look cannot hold one: the long way gives the same answer on every fixture page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction import outline, structured
from newsarchive.extraction.dates import clocks, names, places, relative, visible
from newsarchive.extraction.dates.stamps import Context
from newsarchive.extraction.outline import Block, Outline
from newsarchive.page import Page

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGES = sorted(Path("fixtures").rglob("page.html"))[::3]
MONTHS = sorted({*names._MONTHS, *names._OTHER})
PHRASES = sorted(relative._PHRASES)


def seen(path: Path) -> tuple[Outline, str | None]:
    tree = Page(url="", body=path.read_bytes()).tree
    return outline.read(tree), structured.read(tree).title


def whole(blocks: list[Block], _: places.Places) -> set[int]:
    """The blocks that may hold a date, each looked at in full."""
    return {place for place, block in enumerate(blocks) if visible._LIKELY.search(block.text)}


@pytest.mark.parametrize("context", [Context(), Context(NOW, "en", "US")], ids=["unknown", "now"])
def test_the_end_of_a_paragraph_holds_no_date_that_counts(monkeypatch: pytest.MonkeyPatch, context: Context) -> None:
    monkeypatch.setattr(visible, "MAX_ELSEWHERE", 10**6)  # the long way looks at more, and would stop sooner
    pages = [seen(path) for path in PAGES]
    quick = [visible.read(page, places.Places(page, title), context) for page, title in pages]
    monkeypatch.setattr(visible, "_likely", whole)
    for (page, title), found in zip(pages, quick, strict=True):
        assert [one for one in visible.read(page, places.Places(page, title), context) if one not in found] == []
    assert sum(map(len, quick)) > 100


def headline(page: Outline, title: str) -> Block | None:
    """The block most like the title, every heading compared word by word."""
    wanted = set(re.findall(r"\w+", title.casefold()))
    best: tuple[float, Block | None] = (-1.0, None)
    for block in page.blocks:
        bonus = places._HEADINGS.get(block.tag)
        if len(block.text) > 300 or (bonus is None and not (len(block.text) > 20 and block.text in title)):
            continue
        words = set(re.findall(r"\w+", block.text.casefold()))
        score = len(words & wanted) / max(1, len(words | wanted)) + (bonus or 0.0)
        if 2 * len(words & wanted) >= len(words) and score > best[0]:
            best = (score, block)
        if score > places._HEADINGS["h1"] + 0.8:
            break
    return best[1] or next((block for block in page.blocks if block.tag == "h1"), None)


def test_a_heading_passed_over_is_not_the_headline() -> None:
    for path in PAGES:
        page, title = seen(path)
        for stated in (title, next((block.text for block in page.blocks if len(block.text) > 60), None)):
            if stated and re.search(r"\w", stated):
                assert places._headline(page, stated) is headline(page, stated)


@given(
    st.sampled_from(MONTHS), st.sampled_from(["", ".", "d'"]), st.booleans(), st.sampled_from(["", "al-awwal", "2024"])
)
def test_a_word_that_begins_no_month_names_none(name: str, mark: str, capital: bool, following: str) -> None:
    first, _, second = name.partition(" ")
    word = mark + first if mark == "d'" else first + mark
    word = word.capitalize() if capital else word
    if names.month(word, second or following or None) is not None:
        assert names.may_be_month(word)


@given(st.sampled_from(PHRASES), st.sampled_from(["", "posted ", "x"]), st.sampled_from(["", " by us", "x"]))
def test_every_phrase_of_the_time_gone_by_is_found(phrase: str, before: str, after: str) -> None:
    text = before + phrase + after
    found = relative._phrased(text, len(text), NOW) is not None
    assert found == any(f" {text} ".startswith(f" {one} ") or f" {text} ".endswith(f" {one} ") for one in PHRASES)
    assert relative.may_tell(text) or not found


@given(st.text(alphabet="10:.h, apm年٣", max_size=24), st.integers(0, 24))
def test_a_clock_is_found_where_its_pattern_finds_one(text: str, position: int) -> None:
    position = min(position, len(text))
    if clocks._AFTER.match(text, position, position + 48) is None:
        assert clocks.after(text, position) is None
    if re.search(r"\d", text[position : position + 48]) is None:
        assert clocks._AFTER.match(text, position, position + 48) is None
    begin = max(0, position - 32)
    if re.search(r"\d", text[begin:position]) is None:
        assert clocks._BEFORE.search(text[begin:position]) is None
