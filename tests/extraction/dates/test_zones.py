"""Zones: what is stated is kept, what is not is assumed from the site, and the clock's own tricks are survived."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive import Zone
from newsarchive.extraction import dates


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("2024-07-06 10:20 CEST", None, "2024-07-06T10:20+02:00"),
        ("2024-01-06 10:20 CET", None, "2024-01-06T10:20+01:00"),
        ("July 6, 2024 10:20 AM EST", "US", "2024-07-06T10:20-04:00"),
        ("6 July 2024 10:20 EST", "AU", "2024-07-06T10:20+10:00"),
        ("July 6, 2024 10:20 PM ET", "US", "2024-07-06T22:20-04:00"),
        ("6 July 2024, 10:20 IST", "IN", "2024-07-06T10:20+05:30"),
        ("6 July 2024, 10:20 IST", "IE", "2024-07-06T10:20+01:00"),
        ("6 July 2024, 10:20 CST", "CN", "2024-07-06T10:20+08:00"),
        ("6 July 2024, 10:20 BST", "GB", "2024-07-06T10:20+01:00"),
        ("6 July 2024, 10:20 BST", "BD", "2024-07-06T10:20+06:00"),
        ("Sat, 06 Jul 2024 10:20:00 +0530", None, "2024-07-06T10:20:00+05:30"),
        ("6 July 2024 10:20 GMT+3", None, "2024-07-06T10:20+03:00"),
    ],
)
def test_a_zone_name_means_what_it_means_in_its_country(raw: str, country: str | None, expected: str) -> None:
    found = dates.parse(raw, language="en", country=country)
    assert found is not None
    assert (found.isoformat(), found.zone) == (expected, Zone.STATED)


def test_an_hour_that_the_clock_jumped_over_is_told_after_the_jump() -> None:
    found = dates.parse("2024-03-31 02:30", timezone="Europe/Paris")
    assert found is not None
    assert found.isoformat() == "2024-03-31T03:30+02:00"
    assert found.utc == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


def test_an_hour_that_came_twice_is_the_first_of_them_and_marked() -> None:
    found = dates.parse("2024-10-27 02:30", timezone="Europe/Paris")
    assert found is not None
    assert found.ambiguous
    assert found.isoformat() == "2024-10-27T02:30+02:00"


def test_without_any_zone_the_wall_clock_stays_naive_and_says_so() -> None:
    found = dates.parse("2024-03-31 02:30")
    assert found is not None
    assert (found.zone, found.value.tzinfo, found.utc) == (Zone.UNKNOWN, None, None)


def test_a_stated_offset_wins_over_the_assumed_zone() -> None:
    found = dates.parse("2024-05-06T10:20:00-03:00", timezone="Africa/Casablanca")
    assert found is not None
    assert (found.isoformat(), found.zone) == ("2024-05-06T10:20:00-03:00", Zone.STATED)


@pytest.mark.parametrize("raw", ["2024-05-06 10:20 +99:00", "2024-05-06 25:61", "2024-13-06", "2024-02-30", "10:20"])
def test_impossible_times_are_not_believed(raw: str) -> None:
    found = dates.parse(raw)
    assert found is None or found.isoformat()[:10] == "2024-05-06"
