from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.archive.schedule import DAY, LONGEST, REVISITS, Visit, paced, plan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def visit(**more: object) -> Visit:
    return Visit(**{"kind": "article", "state": "archived", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), 15 * MINUTE),
        (15 * MINUTE, 45 * MINUTE),
        (2 * 60 * MINUTE, 60 * MINUTE),
        (DAY - MINUTE, MINUTE),
        (2 * DAY, DAY),
        (10 * DAY, 20 * DAY),
    ],
)
def test_a_young_article_is_read_again_at_the_next_of_the_ages(age: timedelta, wait: timedelta) -> None:
    assert plan(visit(born=NOW - age), NOW)[0] == NOW + wait


def test_an_old_article_is_not_read_again() -> None:
    assert plan(visit(born=NOW - 8000 * DAY), NOW)[0] is None


def test_an_article_dated_in_the_future_is_a_new_one() -> None:
    assert plan(visit(born=NOW + 400 * DAY), NOW)[0] == NOW + 15 * MINUTE


def test_a_failure_is_tried_again_after_growing_waits_and_then_given_up() -> None:
    waits = [plan(visit(state="failed", failures=times), NOW)[0] for times in range(1, 8)]
    assert waits == [NOW + w for w in (10 * MINUTE, 60 * MINUTE, 360 * MINUTE, DAY, 3 * DAY, 7 * DAY)] + [None]


def test_a_withdrawn_article_is_looked_for_again_a_few_times() -> None:
    assert [plan(visit(state="gone", failures=times), NOW)[0] for times in (1, 2, 3, 4)] == [
        NOW + DAY, NOW + 7 * DAY, NOW + 30 * DAY, None,
    ]  # fmt: skip


def test_a_feed_is_read_more_often_when_it_brings_news_and_less_often_when_not() -> None:
    assert paced("feed", None, 20, first=True) == 900
    assert paced("feed", 900, 3, first=False) == 450
    assert paced("feed", 450, 0, first=False) == 675
    assert paced("feed", 80_000, 0, first=False) == 86_400
    assert paced("feed", 310, 1, first=False) == 300


def test_a_listing_that_fails_is_weighed_down_slowly_and_never_given_up() -> None:
    waits = [
        (plan(visit(kind="listing", role="feed", state="failed", failures=times), NOW)[0] or NOW) - NOW
        for times in range(1, 20)
    ]
    assert waits[0] == 30 * MINUTE
    assert waits == sorted(waits)
    assert waits[-1] == 7 * DAY


@given(
    kind=st.sampled_from(["article", "listing"]),
    state=st.sampled_from(["archived", "duplicate", "listing", "rejected", "failed", "gone"]),
    role=st.sampled_from(["feed", "sitemap", "section", "robots", "?"]),
    failures=st.integers(0, 100),
    born=st.none() | st.integers(-20_000, 20_000),
    pace=st.none() | st.integers(1, 10**9),
    news=st.none() | st.integers(0, 10**6),
    first=st.booleans(),
)
def test_no_wait_is_negative_or_endless_whatever_the_clock_did(born: int | None, **more: object) -> None:
    when = None if born is None else NOW + timedelta(hours=born)
    next_visit, _ = plan(visit(born=when, **more), NOW, REVISITS)
    assert next_visit is None or NOW + MINUTE <= next_visit <= NOW + LONGEST
