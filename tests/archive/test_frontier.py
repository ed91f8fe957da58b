from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from newsarchive.archive import Archive, Entry, Frontier, Lead, Validators, Waiting, Wish
from newsarchive.archive.discovering import FRESH, LISTING
from newsarchive.archive.engine import writing
from newsarchive.archive.models import LedgerEntry
from tests.archive.samples import article

ROOT = "https://example.org"
TODAY = datetime.now(UTC).date().toordinal()


@pytest.fixture
def frontier(archive: Archive) -> Frontier:
    return archive.frontier("example.org")


def leads(*numbers: int, **more: Any) -> list[Lead]:
    return [Lead(url=f"{ROOT}/news/{number}", priority=number, **more) for number in numbers]


def due(frontier: Frontier, limit: int = 100, **more: Any) -> list[str]:
    return [waiting.url.removeprefix(ROOT) for waiting in frontier.due(Wish(limit=limit, **more))]


def listing(path: str = "/feed", role: str = "feed") -> Lead:
    return Lead(url=ROOT + path, kind="listing", priority=LISTING, source="start", hints={"role": role})


def shift(archive: Archive, **by: int) -> None:
    """As if that much time had passed since all visits."""
    before = timedelta(**by)
    with writing(archive._engine) as connection:
        for row in connection.execute(select(LedgerEntry.id, LedgerEntry.next_visit, LedgerEntry.visited_at)).all():
            next_visit = row.next_visit and row.next_visit - before
            visited_at = row.visited_at and row.visited_at - before
            connection.execute(
                update(LedgerEntry).where(LedgerEntry.id == row.id).values(next_visit=next_visit, visited_at=visited_at)
            )


def test_what_is_discovered_is_asked_for_most_urgent_first(archive: Archive, frontier: Frontier) -> None:
    frontier.discover([*leads(3, TODAY, 7), Lead(url=f"{ROOT}/fresh", priority=FRESH), listing()])
    assert due(frontier) == ["/feed", "/fresh", f"/news/{TODAY}", "/news/7", "/news/3"]
    assert due(frontier, 2) == ["/feed", "/fresh"]
    first = frontier.due(Wish(limit=2))
    assert due(frontier, 2, skip=[waiting.id for waiting in first]) == [f"/news/{TODAY}", "/news/7"]


def test_a_url_is_discovered_once_and_its_page_under_one_name(archive: Archive, frontier: Frontier) -> None:
    first = frontier.discover(leads(1, 2))
    again = frontier.discover(
        [*leads(1, 3), Lead(url=f"{ROOT}/news/2?utm_source=x"), Lead(url="https://m.example.org/news/3")]
    )
    assert (first.new, first.known, first.twins) == (2, 0, 0)
    assert (again.new, again.known, again.twins) == (1, 1, 2)
    assert due(frontier) == ["/news/3", "/news/2", "/news/1"]
    twin = archive.look_up("https://m.example.org/news/3")
    assert twin is not None
    assert (twin.state, twin.reason, twin.detail) == ("duplicate", "alias", f"see {ROOT}/news/3")
    assert [waiting.twins for waiting in frontier.due(Wish(limit=1))] == [("https://m.example.org/news/3",)]


def test_an_outcome_takes_a_url_out_of_the_frontier_until_its_next_visit(archive: Archive, frontier: Frontier) -> None:
    frontier.discover([*leads(1, 2, 3), listing()])
    archive.save([article(1, url=f"{ROOT}/news/1", published=None)])
    archive.record(
        [
            Entry(url=f"{ROOT}/news/2", state="rejected", reason="index"),
            Entry(url=f"{ROOT}/news/3", state="failed", reason="timeout"),
            Entry(url=f"{ROOT}/feed", state="listing", reason="feed", news=3),
        ]
    )
    assert due(frontier) == []
    shift(archive, minutes=11)
    assert due(frontier) == ["/news/3"]
    shift(archive, minutes=5)
    assert due(frontier) == ["/feed", "/news/3", "/news/1"]
    shift(archive, days=400)
    assert "/news/2" not in due(frontier)


def test_all_that_was_visited_can_be_made_due_again(archive: Archive, frontier: Frontier) -> None:
    frontier.discover(leads(1, 2, 3))
    archive.save([article(1)])
    archive.record([Entry(url=f"{ROOT}/news/2", state="rejected", reason="index")])
    assert due(frontier) == ["/news/3"]
    frontier.again([f"{ROOT}/news/2"])
    assert sorted(due(frontier)) == ["/news/2", "/news/3"]
    frontier.again()
    assert sorted(due(frontier)) == ["/news/1", "/news/2", "/news/3"]
    archive.save([article(1)])
    assert sorted(due(frontier)) == ["/news/2", "/news/3"]


def test_a_page_that_failed_too_often_is_given_up(archive: Archive, frontier: Frontier) -> None:
    frontier.discover(leads(1))
    tried = 0
    while due(frontier):
        tried += 1
        archive.record([Entry(url=f"{ROOT}/news/1", state="failed", reason="timeout")])
        shift(archive, days=8)
    assert tried == 7


def test_an_archived_page_that_is_no_longer_there_is_gone_until_it_comes_back(
    archive: Archive, frontier: Frontier
) -> None:
    frontier.discover(leads(1))
    archive.save([article(1, url=f"{ROOT}/news/1")])
    archive.record([Entry(url=f"{ROOT}/news/1", state="rejected", reason="http 404")])
    row = archive.look_up(f"{ROOT}/news/1")
    assert row is not None
    assert (row.state, row.reason, row.article_url) == ("gone", "http 404", f"{ROOT}/news/1")
    archive.record([Entry(url=f"{ROOT}/news/1", state="failed", reason="timeout")])
    assert (archive.look_up(f"{ROOT}/news/1") or row).state == "gone"
    shift(archive, days=32)
    assert due(frontier) == ["/news/1"]
    archive.save([article(1, url=f"{ROOT}/news/1")])
    assert (archive.look_up(f"{ROOT}/news/1") or row).state == "archived"


def test_a_page_said_to_have_changed_since_its_visit_is_due(archive: Archive, frontier: Frontier) -> None:
    frontier.discover(leads(1))
    archive.save([article(1, url=f"{ROOT}/news/1")])
    before, now = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC)
    frontier.discover(leads(1, modified=before))
    assert due(frontier) == []
    frontier.discover(leads(1, modified=now))
    assert due(frontier) == ["/news/1"]
    frontier.discover(leads(1, modified=now + timedelta(days=300)))
    assert due(frontier) == ["/news/1"], "and not for what a wrong clock says"


def test_what_was_only_noted_is_taken_in_when_it_is_discovered(archive: Archive, frontier: Frontier) -> None:
    archive.record(
        [
            Entry(url=f"{ROOT}/news/1", state="known"),
            Entry(url=f"{ROOT}/news/2", state="failed", reason="timeout"),
            Entry(url=f"{ROOT}/news/3", state="rejected", reason="index"),
        ]
    )
    assert due(frontier) == []
    frontier.discover(leads(1, 2, 3))
    assert sorted(due(frontier)) == ["/news/1", "/news/2"]


def test_of_a_period_only_its_days_are_asked_for_the_newest_first_and_then_the_undated(
    archive: Archive, frontier: Frontier
) -> None:
    days = {day: datetime(*day, tzinfo=UTC) for day in ((2003, 12, 30), (2004, 1, 1), (2004, 12, 31), (2005, 2, 1))}
    frontier.discover(
        [
            *(Lead(url=f"{ROOT}/{d[0]}/{d[1]}", priority=when.toordinal(), published=when) for d, when in days.items()),
            Lead(url=f"{ROOT}/undated"),
            Lead(url=f"{ROOT}/changed-later", priority=date(2020, 1, 1).toordinal()),
            Lead(url=f"{ROOT}/changed-before", priority=date(2001, 1, 1).toordinal()),
            listing(),
        ]
    )
    assert due(frontier, since=date(2004, 1, 1), until=date(2004, 12, 31)) == [
        "/feed",
        "/2004/12",
        "/2004/1",
        "/changed-later",
        "/undated",
    ]


def test_of_a_period_its_articles_are_asked_for_again_and_no_others(archive: Archive, frontier: Frontier) -> None:
    years = {year: datetime(year, 5, 6, tzinfo=UTC) for year in (2003, 2004, 2005)}
    frontier.discover([Lead(url=f"{ROOT}/{year}", published=when) for year, when in years.items()])
    archive.save(article(url=f"{ROOT}/{year}", published=None) for year in years)
    period: dict[str, Any] = {"since": date(2004, 1, 1), "until": date(2004, 12, 31)}
    assert due(frontier, **period) == []
    frontier.again(**period)
    assert due(frontier, **period) == due(frontier) == ["/2004"]
    frontier.again()
    assert due(frontier, **period) == ["/2004"]
    assert len(due(frontier)) == 3


def test_what_waits_is_counted_within_a_period_and_outside_of_it(archive: Archive, frontier: Frontier) -> None:
    days = [date(2003, 5, 6), date(2004, 5, 6), date(2004, 5, 7), date(2005, 5, 6)]
    frontier.discover([Lead(url=f"{ROOT}/{day}", priority=day.toordinal()) for day in days])
    assert frontier.left() == (4, 0)
    assert frontier.left(since=date(2004, 1, 1), until=date(2004, 12, 31)) == (3, 1), "2005: when it changed, perhaps"
    archive.save([article(url=f"{ROOT}/2004-05-06")])
    assert frontier.left(until=date(2004, 12, 31)) == (3, 0)


def test_what_a_list_names_and_the_crawl_refuses_has_a_row_until_it_is_wanted(
    archive: Archive, frontier: Frontier
) -> None:
    frontier.discover([listing("/sitemap.xml", "sitemap")])
    refused = Lead(url="https://example.com/a-story", source="sitemap", refused="offsite")
    counts = frontier.discover([refused, *leads(1)], f"{ROOT}/sitemap.xml")
    assert (counts.new, counts.known) == (1, 0)
    row = archive.look_up(refused.url)
    assert row is not None
    assert (row.state, row.reason) == ("rejected", "offsite")
    assert due(frontier) == ["/sitemap.xml", "/news/1"]
    assert [each.rejected for each in archive.coverage(["example.org"])] == [{"offsite": 1}]
    frontier.discover([refused, Lead(url=f"{ROOT}/news/1", refused="offsite")])
    assert due(frontier) == ["/sitemap.xml", "/news/1"], "a URL that is known keeps its row"
    frontier.discover([Lead(url=refused.url, priority=5)])
    assert [waiting.url for waiting in frontier.due(Wish(limit=9))][1:] == [refused.url, f"{ROOT}/news/1"]


def test_a_next_visit_that_only_a_wrong_clock_can_have_planned_is_brought_near(
    archive: Archive, frontier: Frontier
) -> None:
    frontier.discover([*leads(1), listing()])
    archive.save([article(1, url=f"{ROOT}/news/1", published=None)])
    archive.record([Entry(url=f"{ROOT}/feed", state="listing", reason="feed")])
    shift(archive, days=-365)  # the clock was a year ahead, and is set back
    assert due(frontier) == []
    assert sorted(due(archive.frontier("example.org"))) == ["/feed", "/news/1"]


def test_sites_are_apart(archive: Archive, frontier: Frontier) -> None:
    other = archive.frontier("other.net")
    frontier.discover(leads(1))
    other.discover([Lead(url="https://other.net/1")])
    assert due(frontier) == ["/news/1"]
    assert [waiting.url for waiting in other.due(Wish(limit=9))] == ["https://other.net/1"]
    assert (frontier.left()[0], frontier.has_articles(), archive.frontier("third.net").has_articles()) == (
        1,
        True,
        False,
    )


def test_validators_are_kept_for_the_next_visit(archive: Archive, frontier: Frontier) -> None:
    frontier.discover(leads(1))
    archive.save([article(1, url=f"{ROOT}/news/1")], (), [Validators(url=f"{ROOT}/news/1", etag='"a"')])
    frontier.again()
    (waiting,) = frontier.due(Wish(limit=1))
    assert (waiting.etag, waiting.last_modified) == ('"a"', None)


def test_any_text_can_be_discovered(archive: Archive, frontier: Frontier) -> None:
    strange = ["javascript:void(0)", "http://[", "x" * 20_000, "file:///etc/hostname", "http://a.org/\ud800", "", "é"]
    found = frontier.discover([Lead(url=url, hints={"title": "\x00\ud800"}) for url in strange])
    assert found.new == len(strange) - 1


def test_of_some_urls_those_are_named_that_are_to_be_asked_for(archive: Archive, frontier: Frontier) -> None:
    frontier.discover(leads(1, 2, 3))
    archive.save([article(1)])

    def urls(found: list[Waiting]) -> list[str]:
        return sorted(waiting.url.removeprefix(ROOT) for waiting in found)

    names = [f"{ROOT}/news/{number}" for number in (1, 2, 9)]
    assert urls(frontier.among(names)) == ["/news/2"]
    frontier.again(names)
    assert urls(frontier.among(names)) == ["/news/1", "/news/2"]


@pytest.fixture
def archives(url: str) -> Iterator[tuple[Archive, Archive]]:
    with Archive.open(url) as one, Archive.open(url) as other:
        yield one, other


def lose_connection(lock: Any, archive: Archive) -> None:
    """As after a restart of the server: the session that holds the lock is ended."""
    session = lock._connection.execute(text("SELECT pg_backend_pid()")).scalar()
    with writing(archive._engine) as connection:
        connection.execute(text("SELECT pg_terminate_backend(:session)"), {"session": session})


def test_one_crawl_of_a_site_at_a_time_and_many_sites_side_by_side(url: str, archives: tuple[Archive, Archive]) -> None:
    one, other = archives
    lock = one.lock("example.org")
    assert lock is not None
    assert lock.keep()
    if url.startswith("postgresql"):
        lose_connection(lock, other)
        assert lock.keep(), "a lock that was lost with its connection is taken anew"
    assert other.lock("example.org") is None
    if url.startswith("postgresql"):
        lose_connection(lock, other)
        taken = other.lock("example.org")
        assert taken is not None
        assert not lock.keep(), "unless another crawl has it"
        taken.release()
        assert lock.keep()
    assert other.lock("example.org") is None
    beside = other.lock("example.com")
    assert beside is not None
    beside.release()
    lock.release()
    after = other.lock("example.org")
    assert after is not None
    after.release()


def test_a_run_whose_process_died_is_closed_by_the_next_one_of_its_site(archives: tuple[Archive, Archive]) -> None:
    one, other = archives
    dead, elsewhere = one.begin_run("crawl news", "example.org"), other.begin_run("crawl news", "example.com")
    one.begin_run("crawl news", "example.org")
    with writing(one._engine) as connection:
        outcomes = {row[0]: row[1] for row in connection.execute(text("SELECT id, outcome FROM runs"))}
    assert (outcomes[dead], outcomes[elsewhere], outcomes[one.run_id or 0]) == ("failed", "running", "running")


def test_coverage_and_the_story_of_a_url_are_told_by_every_database(archive: Archive, frontier: Frontier) -> None:
    frontier.discover([*leads(1, 2), listing()])
    archive.save([article(1)])
    archive.record([Entry(url=f"{ROOT}/news/2", state="rejected", reason="index")])
    (day,) = archive.coverage(["example.org"])
    assert (day.discovered, day.archived, day.waiting, day.rejected) == (3, 1, 1, {"index": 1})
    story = archive.why(f"{ROOT}/news/1")
    assert story is not None
    assert (story["state"], story["article"]["versions"][0]["number"]) == ("archived", 1)
    assert archive.why(f"{ROOT}/nowhere") is None
