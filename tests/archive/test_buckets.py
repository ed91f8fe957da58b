"""The shingles of late and all others: found wherever they are, brought over part by part, whatever breaks off."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import Connection, select

from newsarchive.archive import Archive, buckets
from newsarchive.archive.buckets import Buckets
from newsarchive.archive.engine import reading, writing
from newsarchive.archive.models import RecentShingles, Shingle
from tests.archive.samples import article
from tests.archive.test_near import edited, piece, stories, text

Who = dict[int, set[int]]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small numbers, so that a few hundred shingles go through everything."""
    monkeypatch.setattr(buckets, "RECENT", 200)
    monkeypatch.setattr(buckets, "PARTS", 4)
    monkeypatch.setattr(buckets, "_UNSORTED", 60)


@pytest.fixture
def held(archive: Archive) -> Archive:
    """An archive of twenty articles, without shingles."""
    archive.save([article(number, body=[]) for number in range(20)])
    return archive


def leave(archive: Archive, by: Buckets, left: list[tuple[int, int]]) -> None:
    with writing(archive._engine) as connection:
        by.who(connection, [key for key, _ in left])
        by.leave(connection, left)


@contextmanager
def broken_off(archive: Archive) -> Iterator[Connection]:
    """A transaction that is rolled back at its end."""
    with suppress(KeyboardInterrupt), writing(archive._engine) as connection:
        yield connection
        raise KeyboardInterrupt


def who(archive: Archive, by: Buckets, keys: list[int]) -> Who:
    with writing(archive._engine) as connection:
        found = by.who(connection, keys)
    assert all(len(articles) == len(set(articles)) for articles in found.values())
    return {key: set(articles) for key, articles in found.items()}


def bring(archive: Archive, by: Buckets) -> None:
    with writing(archive._engine) as connection:
        step = by.bring_over(connection)
    by.brought(step)


def in_table(archive: Archive) -> int:
    with reading(archive._engine) as connection:
        return len(connection.execute(select(Shingle)).all())


def batches(seed: int = 1) -> list[list[tuple[int, int]]]:
    rng = random.Random(seed)
    return [[(rng.randrange(1, 300), article) for _ in range(10)] for article in range(1, 21)]


def test_every_shingle_is_found_while_it_is_brought_over_and_afterwards(held: Archive) -> None:
    one, other = Buckets(), Buckets()
    expected: Who = {}
    for number, batch in enumerate([*batches(1), *batches(2), *batches(3)]):
        leave(held, one if number % 3 else other, batch)
        for key, article_id in batch:
            expected.setdefault(key, set()).add(article_id)
        for each in (one, other):
            assert who(held, each, list(range(300))) == expected
        if one.is_full:
            bring(held, one)
    assert who(held, Buckets(), list(range(300))) == expected
    assert in_table(held) > 300


def test_a_part_that_was_rolled_back_is_brought_over_again(held: Archive) -> None:
    one = Buckets()
    for batch in batches():
        leave(held, one, batch)
    expected = who(held, one, list(range(300)))
    for number in range(12):
        if number % 2:
            bring(held, one)
            continue
        with broken_off(held) as connection:
            one.bring_over(connection)
    assert who(held, one, list(range(300))) == who(held, Buckets(), list(range(300))) == expected
    with reading(held._engine) as connection:
        assert connection.execute(select(RecentShingles.entries)).scalars().all() == [b""]


def test_two_processes_that_bring_over_the_same_lose_nothing(held: Archive) -> None:
    one, other = Buckets(), Buckets()
    for batch in batches():
        leave(held, one, batch)
    expected = who(held, other, list(range(300)))
    for _ in range(6):
        bring(held, one)
        bring(held, other)
    assert who(held, one, list(range(300))) == who(held, other, list(range(300))) == expected
    leave(held, other, [(7, 3)])
    assert 3 in who(held, one, [7])[7]


def test_what_was_not_committed_is_not_found(held: Archive) -> None:
    one = Buckets()
    leave(held, one, [(1, 1)])
    with broken_off(held) as connection:
        one.who(connection, [2])
        one.leave(connection, [(2, 2)])
    leave(held, Buckets(), [(3, 3)])
    assert who(held, one, [1, 2, 3]) == {1: {1}, 3: {3}}


def test_saving_brings_over_and_still_finds_every_copy(archive: Archive) -> None:
    for start in range(0, 60, 10):
        archive.save([piece(number, text(number)) for number in range(start, start + 10)])
        archive.link()
    assert in_table(archive) > 100
    archive.save([piece(100 + number, edited(text(number), 0.1)) for number in range(0, 60, 7)])
    assert sorted(map(sorted, stories(archive))) == sorted(
        sorted([str(number), str(100 + number)]) for number in range(0, 60, 7)
    )
