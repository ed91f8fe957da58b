"""Article links are told from the others on section pages of thirty kinds of sites: bench/links.py has the table."""

from __future__ import annotations

import pytest

from bench import links


@pytest.mark.parametrize("half", ["open", "held"])
def test_nearly_every_article_link_is_found_and_nearly_nothing_else(half: str) -> None:
    whole = links.total(half)
    assert whole.links > 700
    assert whole.precision >= 0.97
    assert whole.recall >= 0.98


def test_no_advertisement_and_no_link_to_another_site_is_let_in() -> None:
    assert links.total().let_in == []


def test_every_kind_of_site_has_most_of_its_articles_found() -> None:
    assert [name for name, one in links.sites() if one.recall < 0.9 or one.precision < 0.85] == []
