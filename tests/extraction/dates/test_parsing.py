"""A date string in, an honest date out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newsarchive import Precision, PublishedDate, Zone
from newsarchive.extraction import dates

VISIT = datetime(2025, 12, 25, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("2004", None, "2004"),
        ("2024-05", None, "2024-05"),
        ("2024-05-06", None, "2024-05-06"),
        ("2024-05-06T10:20:00+02:00", None, "2024-05-06T10:20:00+02:00"),
        ("2024-05-06 10:20:00.123Z", None, "2024-05-06T10:20:00+00:00"),
        ("20240506T1020Z", None, "2024-05-06T10:20:00+00:00"),
        ("1715000000", None, "2024-05-06T12:53:20+00:00"),
        ("1715000000123", None, "2024-05-06T12:53:20+00:00"),
        ("Mon, 06 May 2024 10:20:00 GMT", None, "2024-05-06T10:20:00+00:00"),
        ("Mon May 06 2024 10:20:00 GMT+0200 (CEST)", None, "2024-05-06T10:20:00+02:00"),
        ("6 mai 2024 à 10h20", "fr", "2024-05-06T10:20"),
        ("le 1er mai 2024", "fr", "2024-05-01"),
        ("May 6, 2024 10:20 PM EDT", "en-US", "2024-05-06T22:20-04:00"),
        ("Veröffentlicht am 06.05.2024 um 10:20 Uhr", "de", "2024-05-06T10:20"),
        ("2024. május 6., 10:20", "hu", "2024-05-06T10:20"),
        ("6. 5. 2024 10:20", "cs", "2024-05-06T10:20"),
        ("6.5.2024 klo 10.20", "fi", "2024-05-06T10:20"),
        ("6 de mayo de 2024", "es", "2024-05-06"),
        ("6 травня 2024, 10:20", "uk", "2024-05-06T10:20"),
        ("6 listopada 2024", "pl", "2024-11-06"),
        ("6 listopada 2024", "hr", "2024-10-06"),
        ("6η Μαΐου 2024", "el", "2024-05-06"),
        ("6 tháng 5, 2024", "vi", "2024-05-06"),
        ("2024年5月6日 10時20分", "ja", "2024-05-06T10:20"),
        ("2024년 5월 6일 오후 3:20", "ko", "2024-05-06T15:20"),
        ("令和6年5月6日", "ja", "2024-05-06"),
        ("6 พฤษภาคม 2567", "th", "2024-05-06"),
        ("٦ مايو ٢٠٢٤", "ar", "2024-05-06"),
        ("6 كانون الثاني 2024", "ar", "2024-01-06"),
        ("6 جانفي 2024", "ar", "2024-01-06"),
        ("6 يناير 2024", "ar", "2024-01-06"),
        ("6 غشت 2024", "ar", "2024-08-06"),
        ("۱۷ اردیبهشت ۱۴۰۳", "fa", "2024-05-06"),
        ("1403/02/17", "fa", "2024-05-06"),
        ("15 رمضان 1445", "ar", "2024-03-25"),
        ("2024 m. gegužės 6 d.", "lt", "2024-05-06"),
    ],
)
def test_a_date_is_read_in_its_language_and_calendar(raw: str, language: str | None, expected: str) -> None:
    found = dates.parse(raw, now=VISIT, language=language)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00", "1970-01-01", "31.02.2024", "no date here", "", "12 mars"])
def test_what_states_no_date_is_none(raw: str) -> None:
    assert dates.parse(raw) is None


def test_the_day_of_the_visit_in_a_masthead_is_no_date_of_publishing() -> None:
    assert dates.clean("Jeudi 25 Décembre 2025", now=VISIT, language="fr") is None


def test_the_same_words_on_another_day_are_believed() -> None:
    found = dates.clean("Jeudi 25 Décembre 2025", now=datetime(2026, 1, 3, tzinfo=UTC), language="fr")
    assert found is not None
    assert (found.isoformat(), found.precision) == ("2025-12-25", Precision.DAY)


@pytest.mark.parametrize("raw", ["2025-12-25", "Publié jeudi 25 décembre 2025", "Jeudi 25 décembre 2025 à 10h20"])
def test_a_date_that_says_it_is_one_of_publishing_is_believed_on_the_day_of_the_visit(raw: str) -> None:
    found = dates.clean(raw, now=VISIT, language="fr")
    assert found is not None
    assert found.isoformat()[:10] == "2025-12-25"


@pytest.mark.parametrize("value", ["2004", "2004-05", date(2004, 5, 6), datetime(2004, 5, 6, 10, 20, tzinfo=UTC)])
def test_cleaning_twice_changes_nothing(value: str | date | datetime) -> None:
    once = dates.clean(value, now=VISIT)
    assert isinstance(once, PublishedDate)
    assert dates.clean(once, now=VISIT) is once
    again = dates.clean(once.isoformat(), now=VISIT)
    assert again is not None
    assert again.isoformat() == once.isoformat()


def test_an_assumed_zone_follows_the_clock_of_its_country_through_ramadan() -> None:
    fasting = dates.parse("2024-03-20 10:20", timezone="Africa/Casablanca")
    feasting = dates.parse("2024-05-20 10:20", timezone="Africa/Casablanca")
    assert fasting is not None
    assert feasting is not None
    assert (fasting.zone, fasting.isoformat()) == (Zone.ASSUMED, "2024-03-20T10:20+00:00")
    assert feasting.isoformat() == "2024-05-20T10:20+01:00"
