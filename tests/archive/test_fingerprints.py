from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.archive.fingerprints import content_digest, normalised, text_digest, url_key


def test_case_punctuation_and_white_space_do_not_make_another_text() -> None:
    assert normalised("«\u00a0L’Internet\u00a0» :\n1500  CONNEXIONS !") == "l internet 1500 connexions"
    assert normalised("L'internet: 1500 connexions") == "l internet 1500 connexions"


def test_a_changed_number_or_accent_makes_another_text() -> None:
    assert normalised("1500 morts") != normalised("1600 morts")
    assert normalised("il a tue") != normalised("il a tué")


def test_soft_hyphens_ligatures_and_composed_accents_do_not_make_another_text() -> None:
    assert normalised("\ufb01n de l\u00adannée e\u0301clair") == normalised("fin de lannée éclair")


def test_marks_of_scripts_that_need_them_are_kept() -> None:
    assert normalised("कि") != normalised("का")


def test_no_text_is_the_empty_text() -> None:
    assert normalised(None) == normalised("") == normalised(" …! ") == ""


@given(st.text())
def test_splitting_into_other_lines_changes_nothing(text: str) -> None:
    assert normalised(text.replace(" ", "\n")) == normalised(text)


@given(st.text(), st.text())
def test_digests_are_of_fixed_length_and_a_title_is_not_the_text(title: str, words: str) -> None:
    assert len(text_digest(words)) == len(content_digest(title, words)) == 32
    if title:
        assert content_digest(title, words) != content_digest("", words)


@given(st.text())
def test_any_url_has_a_key(url: str) -> None:
    assert len(url_key(url)) == len(url_key(f"http://[{url}")) == 16


def test_keys_of_one_host_lie_together() -> None:
    first, second, other = (url_key(u) for u in ("https://a.org/1", "https://a.org/2", "https://b.org/1"))
    assert first[:4] == second[:4] != other[:4]
    assert first != second
