from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.archive.letters import Letters
from newsarchive.archive.search.words import tokens


def _spaced(letter: str) -> str:
    category = unicodedata.category(letter)
    return "" if category == "Cf" else " " if category[0] in "PZ" or category == "Cc" else letter


LETTERS = Letters(_spaced)


@given(st.text())
def test_every_letter_is_replaced_as_if_it_stood_alone(text: str) -> None:
    assert LETTERS.replaced(text) == "".join(map(_spaced, text))


def test_lone_surrogates_pass() -> None:
    assert LETTERS.replaced("a\ud800, é") == "a\ud800  é"


def test_a_text_of_very_many_different_marks_is_replaced_too() -> None:
    marks = [chr(code) for code in range(0x3000) if _spaced(chr(code)) != chr(code)]
    assert len(marks) > 200
    assert LETTERS.replaced("x".join(marks)) == "x".join(map(_spaced, marks))


@given(st.text(alphabet="abé'’_-.,\u0640\u0301الكتاب¼中ไ \n"))
def test_the_words_of_search_are_those_a_pattern_finds(text: str) -> None:
    written = re.findall(r"[^\W_][\w\u0301\u0640'’]*", unicodedata.normalize("NFC", text).replace("_", " ").casefold())
    assert tokens(text, "fr") == [token for word in written for token in tokens(word, "fr")]
