"""What holds of every date and of every page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive import extract
from newsarchive.extraction import dates
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.extraction.dates import calendars
from newsarchive.page import Page
from newsarchive.recipe import Recipe

VISIT = datetime(2025, 12, 25, 14, 0, tzinfo=UTC)
MOMENTS = st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2025, 12, 24)).map(
    lambda moment: moment.replace(microsecond=0)
)
OFFSETS = st.integers(-48, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
PIECES = st.sampled_from(
    ["6", "12", "31", "2024", "1445", "24", "mai", "May", "مايو", "رمضان", "年", "月", "日", "/", ".", "-", ":", "10:20", "pm",
     "il y a", "heures", "ago", "T", "Z", "+02:00", " ", ",", "published", "updated", "©", "令和", "tháng", "'", "٦", "元"]
)  # fmt: skip


@given(MOMENTS, OFFSETS)
def test_an_iso_date_comes_back_as_it_was(moment: datetime, zone: timezone) -> None:
    stated = moment.replace(tzinfo=zone)
    found = dates.parse(stated.isoformat(), now=VISIT)
    assert found is not None
    assert found.value == stated
    assert found.value.utcoffset() == stated.utcoffset()


@given(st.dates(date(1991, 1, 1), date(2025, 12, 24)))
def test_a_written_day_is_the_same_in_every_order(day: date) -> None:
    for raw in (f"{day:%d %B %Y}", f"{day:%B %d, %Y}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%A, %d %b %Y}"):
        found = dates.parse(raw, language="en")
        assert found is not None
        assert found.isoformat() == day.isoformat()


@settings(max_examples=120)
@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=80))
def test_no_string_raises_and_cleaning_is_idempotent(raw: str) -> None:
    for language in (None, "fr", "ar", "ja"):
        once = dates.clean(raw, now=VISIT, language=language)
        if once is not None:
            assert dates.clean(once, now=VISIT) is once
            again = dates.clean(once.isoformat(), now=VISIT, language=language)
            assert again is not None
            assert again.isoformat() == once.isoformat()


@settings(max_examples=100)
@given(
    st.lists(PIECES | st.sampled_from(["<p>", "<h1>", "<time datetime=", "</p>", "<aside>"]), max_size=40).map(" ".join)
)
def test_no_page_raises_and_the_answer_is_never_after_the_capture(body: str) -> None:
    page = Page(url="https://example.org/2024/05/a", body=body.encode(), captured_at=VISIT)
    arguments = (page, statements.read(page.tree), outlines.read(page.tree))
    found = dates.read(*arguments)
    assert dates.read(*arguments) == found
    for one in (found.published, found.modified):
        assert one is None or one.value.date() <= date(2025, 12, 26)


@given(st.dates(date(1950, 1, 1), date(2070, 1, 1)))
def test_the_calendars_count_every_day_once(day: date) -> None:
    year = day.year - 621
    matches = [
        (y, m, d)
        for y in (year - 1, year)
        for m in range(1, 13)
        for d in range(1, 32)
        if calendars.jalali(y, m, d) == day
    ]
    assert len(matches) == 1


@pytest.mark.parametrize("captured", [datetime.min, datetime(1600, 6, 1), datetime(9998, 12, 31, 23, 59), datetime.max])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", None])
def test_a_capture_at_the_ends_of_the_calendar_costs_no_date(captured: datetime, zone: str | None) -> None:
    told = b'<html lang="en"><h1>The old library opens its doors again</h1><p class="date">3 hours ago, 6 May</p>'
    stated = b'<meta property="article:published_time" content="2024-05-06T10:20:00Z">'
    for html, day in ((told + stated, "2024-05-06"), (told, None)):
        found = extract(html, "https://e.example/a", captured_at=captured, recipe=Recipe(timezone=zone))
        if captured.year < 1991 or captured.year == 9999:  # no time of a capture: as if it were unknown
            assert (found.published.isoformat()[:10] if found.published else None) == day
