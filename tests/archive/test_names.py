"""A page of many names is asked for again by one of them, in whatever order they were met."""

from __future__ import annotations

from itertools import permutations

import pytest

from newsarchive.archive import Archive, Entry, Lead, Wish
from tests.archive.samples import article

OWN, TRACKED, MOVED = (f"https://example.org/{path}" for path in ("news/1", "news/1?utm_source=home", "old/1"))


def read(archive: Archive, *asked: str) -> None:
    """The page, fetched by these names."""
    archive.save([article(1, url=OWN, aliases=[name for name in asked if name != OWN], published=None)])
    archive.record([Entry(url=name, state="archived") for name in asked])


def asked_again(archive: Archive) -> list[str]:
    frontier = archive.frontier("example.org")
    frontier.again()
    return [waiting.url for waiting in frontier.due(Wish(limit=10))]


@pytest.mark.parametrize("order", list(permutations((OWN, TRACKED, MOVED))))
def test_a_page_is_asked_for_again_by_its_own_name(archive: Archive, order: tuple[str, ...]) -> None:
    frontier = archive.frontier("example.org")
    for name in order:
        frontier.discover([Lead(url=name, priority=5)])
        for waiting in frontier.due(Wish(limit=10)):
            if waiting.state == "known":
                read(archive, waiting.url, *([OWN] if waiting.url == MOVED else []))
    assert asked_again(archive) == [OWN]


def test_a_name_its_site_does_not_list_is_not_asked_for(archive: Archive) -> None:
    frontier = archive.frontier("example.org")
    frontier.discover([Lead(url=MOVED), Lead(url=TRACKED)])
    read(archive, MOVED, OWN)
    read(archive, TRACKED)
    assert asked_again(archive) == [MOVED]


def test_another_page_with_the_same_text_is_asked_for_by_itself(archive: Archive) -> None:
    frontier = archive.frontier("example.org")
    other = "https://example.org/wire/1"
    frontier.discover([Lead(url=OWN), Lead(url=f"{other}?utm_source=home")])
    read(archive, OWN)
    archive.save([article(1, url=other, aliases=[f"{other}?utm_source=home"], published=None)])
    frontier.discover([Lead(url=other)])
    assert sorted(asked_again(archive)) == [OWN, other]
