"""Text as it is kept: pure, idempotent, never a word changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction import text


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Internet\u00a0: 1500 connexions", "Internet : 1500 connexions"),
        ("Vraiment\u202f?", "Vraiment ?"),
        ("«\u00a0Oui\u00a0»\u202f; non", "« Oui » ; non"),
        ("  two \t\n lines\u2003here ", "two lines here"),
        ("Ver\u00adfas\u00adsungs\u00adgericht", "Verfassungsgericht"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("nul\x00 and lone \ud83d half", "nul and lone half"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_white_space_is_folded_and_the_invisible_taken_out(raw: str, kept: str) -> None:
    assert text.fold_spaces(raw) == kept


@given(st.text())
def test_folding_twice_is_folding_once(raw: str) -> None:
    folded = text.fold_spaces(raw)
    assert text.fold_spaces(folded) == folded
    folded.encode("utf-8")


def test_entities_escaped_twice_are_resolved() -> None:
    assert text.plain("Marks &amp;amp; Spencer&#8217;s <b>sale</b>") == "Marks & Spencer’s sale"


def test_what_only_looks_like_an_entity_is_kept() -> None:
    assert text.plain("R&D, AT&T and x < y > z") == "R&D, AT&T and x < y > z"


def test_two_texts_that_differ_in_case_and_punctuation_have_one_key() -> None:
    assert text.key("“Hello,  World!”") == text.key("hello world") == "helloworld"
