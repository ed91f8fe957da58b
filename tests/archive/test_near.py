"""Near copies: found when they are written, compared, linked, never dropped."""

from __future__ import annotations

import dataclasses
import random
import struct
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from newsarchive.archive import Archive, near
from newsarchive.archive.engine import reading, writing
from newsarchive.archive.models import Article as ArticleRow
from newsarchive.archive.models import Kin, RecentShingles, Shingle, Story, Unlinked
from newsarchive.article import Article, Paragraph, Verdict
from tests.archive.samples import CAPTURED, LATER, article

WORDS = (
    "port ville matin bateau pêche marin région aide hiver montant travaux aube revenu mois semaine quai grue pont "
    "navire marée vent pluie soleil cargo filet sel phare digue dock douane"
).split()


def text(seed: int, words: int = 150) -> str:
    rng = random.Random(seed)
    return " ".join(f"{rng.choice(WORDS)}{rng.randrange(40)}" for _ in range(words))


def piece(number: int, body: str, **fields: Any) -> Article:
    url = f"https://site{number}.example/{number}"
    values = {"url": url, "site": f"site{number}.example", "title": f"Titre {number}", "body": [Paragraph(body)]}
    return article(number, **{**values, **fields})


def edited(body: str, share: float, seed: int = 9) -> str:
    rng = random.Random(seed)
    return " ".join(f"autre{rng.randrange(10**6)}" if rng.random() < share else word for word in body.split())


def stories(archive: Archive) -> list[set[str]]:
    """The URLs of each story."""
    archive.link()
    found: dict[int, set[str]] = {}
    with reading(archive._engine) as connection:
        rows = connection.execute(
            select(Kin.story_id, ArticleRow.url).join(ArticleRow, ArticleRow.id == Kin.article_id)
        )
        for story, url in rows:
            found.setdefault(story, set()).add(url.rsplit("/", 1)[1])
    return [urls for urls in found.values() if len(urls) > 1]


def rows(archive: Archive, model: Any) -> int:
    with reading(archive._engine) as connection:
        return int(connection.execute(select(func.count()).select_from(model)).scalar_one())


def left(archive: Archive) -> list[tuple[int, int]]:
    """The shingles of both tables, each with its article."""
    with reading(archive._engine) as connection:
        found = [(key, number) for key, number in connection.execute(select(Shingle.hash, Shingle.article_id))]
        recent = connection.execute(select(RecentShingles.entries)).scalars().all()
    numbers = [number for entries in recent for number in struct.unpack(f"<{len(entries) // 8}q", entries)]
    return sorted([*found, *zip(numbers[::2], numbers[1::2], strict=True)])


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    "copy",
    [
        edited(text(1), 0.2),
        text(1)[: len(text(1)) // 2],
        f"{text(7, 60)} {text(1)} {text(8, 60)}",
        edited(text(1), 0.1)[:900] + text(8, 30),
    ],
    ids=["edited", "cut", "framed", "all"],
)
def test_a_near_copy_on_another_site_is_linked_and_kept(archive: Archive, copy: str, together: bool) -> None:
    batch = [piece(1, text(1)), piece(2, text(2)), piece(3, copy)]
    outcomes = archive.save(batch) if together else [archive.save([one])[0] for one in batch]
    assert [outcome.status for outcome in outcomes] == ["stored"] * 3
    assert stories(archive) == [{"1", "3"}]


def test_texts_that_share_a_topic_or_a_frame_are_no_copies(archive: Archive) -> None:
    frame = text(99, 25)
    archive.save([piece(number, f"{text(number)} {frame}") for number in range(1, 30)])
    assert stories(archive) == []


def test_exact_copies_are_of_the_story_too(archive: Archive) -> None:
    archive.save([piece(1, text(1)), piece(2, text(1)), piece(3, edited(text(1), 0.1)), piece(4, text(1))])
    assert stories(archive) == [{"1", "2", "3", "4"}]


def test_a_text_nearly_the_same_as_those_of_two_stories_makes_them_one(archive: Archive) -> None:
    words = text(1, 176).split()
    first, second, between = " ".join(words[:100]), " ".join(words[76:]), " ".join(words[20:156])
    archive.save([piece(1, first), piece(2, second), piece(3, first), piece(4, second)])
    assert sorted(map(sorted, stories(archive))) == [["1", "3"], ["2", "4"]]
    archive.save([piece(5, between)])
    assert stories(archive) == [{"1", "2", "3", "4", "5"}]
    assert rows(archive, Story) == 1


def test_a_digest_joins_no_stories(archive: Archive) -> None:
    archive.save([piece(n, text(n % 3)) for n in range(6)])
    digest = " ".join([text(0), text(1, 100), text(2, 100)])
    archive.save([piece(6, digest), piece(7, " ".join(text(n, 60) for n in range(20)))])
    assert sorted(map(sorted, stories(archive))) == [["0", "3", "6"], ["1", "4"], ["2", "5"]]


def test_a_copy_whose_text_becomes_another_leaves_the_story(archive: Archive) -> None:
    archive.save([piece(1, text(1)), piece(2, edited(text(1), 0.1)), piece(3, text(1))])
    archive.save([piece(2, text(2), captured_at=LATER)])
    assert stories(archive) == [{"1", "3"}]
    archive.save([piece(4, text(2))])
    assert sorted(map(sorted, stories(archive))) == [["1", "3"], ["2", "4"]]


def test_the_first_of_a_story_stays_in_it_when_it_is_edited(archive: Archive) -> None:
    archive.save([piece(1, text(1)), piece(2, text(1))])
    archive.save([piece(1, edited(text(1), 0.05), captured_at=LATER)])
    assert stories(archive) == [{"1", "2"}]


def test_a_wire_copy_on_many_sites_is_one_story(archive: Archive) -> None:
    """More sites than a bucket takes; the last ones are found by the first ones."""
    number = 3 * near.BUCKET
    archive.save([piece(n, edited(text(1), 0.1, seed=n)) for n in range(number)])
    assert stories(archive) == [{str(n) for n in range(number)}]
    archive.save([piece(number, edited(text(1), 0.1, seed=number))])
    assert [len(urls) for urls in stories(archive)] == [number + 1]


def test_a_shingle_of_everybody_fills_no_more_than_its_bucket(archive: Archive) -> None:
    frame = text(99, 100)
    archive.save([piece(n, f"{frame} {text(n, 60)}") for n in range(4 * near.BUCKET)])
    archive.link()
    sizes = Counter(key for key, _ in left(archive)).values()
    assert max(sizes) == near.BUCKET
    assert sum(sizes) == 4 * near.BUCKET * near.LEFT, "the others left shingles of their own text"


def test_short_texts_and_pages_that_are_no_article_have_no_copies(archive: Archive) -> None:
    short = [piece(1, text(1, 20)), piece(2, text(1, 20))]
    teasers = [dataclasses.replace(piece(n, text(2)), verdict=Verdict.TEASER) for n in (3, 4)]
    archive.save([*short, *teasers])
    archive.link()
    assert rows(archive, Kin) == rows(archive, RecentShingles) == rows(archive, Unlinked) == 0


def test_a_bulk_load_finds_its_copies_at_the_end(archive: Archive) -> None:
    archive.save([piece(1, text(1))])
    with archive.bulk():
        archive.save([piece(2, edited(text(1), 0.1)), piece(3, text(3))])
        archive.save([piece(4, edited(text(3), 0.1)), piece(5, text(1))])
        assert rows(archive, Unlinked) >= 4
        archive.save([piece(4, edited(text(1), 0.05, seed=3), captured_at=LATER)])
    assert rows(archive, Unlinked) == 0
    assert stories(archive) == [{"1", "2", "4", "5"}]


def test_looking_for_copies_again_changes_nothing(archive: Archive) -> None:
    """As after a migration, which notes every article; and as when the pass was broken off."""
    archive.save([piece(1, text(1)), piece(2, edited(text(1), 0.1)), piece(3, text(1)), piece(4, text(4))])
    before = stories(archive)
    shingles = left(archive)
    with writing(archive._engine) as connection:
        connection.exec_driver_sql("INSERT INTO unlinked (article_id) SELECT id FROM articles")
    told: list[int] = []
    assert archive.link(told.append) == 4
    assert told == [4]
    assert stories(archive) == before == [{"1", "2", "3"}]
    assert left(archive) == shingles


def test_the_copies_of_an_archive_migrated_from_an_older_schema_are_found(archive: Archive) -> None:
    archive.save([piece(1, text(1)), piece(2, edited(text(1), 0.1)), piece(3, text(1))])
    archive.link()
    with writing(archive._engine) as connection:
        for table in ("kin", "stories", "recent_shingles"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("INSERT INTO unlinked (article_id) SELECT id FROM articles")
    assert stories(archive) == [{"1", "2", "3"}]


def test_hostile_texts_do_no_harm(archive: Archive) -> None:
    bodies = ["mot " * 100_000, "\ud800" * 300 + "x" * 300, "\x00" * 300, "港口" * 200, "%s :name ?" * 30]
    outcomes = archive.save([piece(n, body, captured_at=CAPTURED) for n, body in enumerate(bodies)])
    assert [outcome.status for outcome in outcomes] == ["stored"] * len(bodies)
    assert stories(archive) == []
