from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.archive.rows import clean, clean_json, period, prepare, stated_date
from newsarchive.article import Article, Paragraph, Precision, PublishedDate, Zone
from tests.archive.samples import CAPTURED, article


def dated(value: datetime, precision: Precision, zone: Zone = Zone.UNKNOWN) -> PublishedDate:
    return PublishedDate(value=value, precision=precision, raw="as found", source="text", confidence=0.5, zone=zone)


def test_nul_characters_and_lone_surrogates_are_left_out_and_nothing_else() -> None:
    assert clean("a\x00b\ud800c\U0001f600é\u200b ") == "abc\U0001f600é\u200b "
    assert clean("\x00") is None
    assert clean_json({"a\x00": ["b\ud83d", 1, None, {"c": (True, 0.5)}]}) == {"a": ["b", 1, None, {"c": [True, 0.5]}]}


def test_a_paragraph_with_a_newline_is_two_and_an_empty_one_none() -> None:
    values = prepare(
        article(body=[Paragraph("one\ntwo", "quote"), Paragraph(" "), Paragraph("three")]), CAPTURED
    ).values
    assert values["body"] == "one\ntwo\nthree"
    assert values["body_kinds"] == ["quote", "quote", "text"]


def test_a_year_means_all_its_days_and_a_month_its_own() -> None:
    assert period(dated(datetime(2004, 1, 1), Precision.YEAR)) == (date(2004, 1, 1), date(2004, 12, 31))
    assert period(dated(datetime(2004, 2, 1), Precision.MONTH)) == (date(2004, 2, 1), date(2004, 2, 29))
    assert period(dated(datetime(2004, 2, 3, 23, 59), Precision.MINUTE)) == (date(2004, 2, 3), date(2004, 2, 3))


def test_the_day_is_the_one_the_site_counts() -> None:
    late = datetime(2004, 5, 6, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert period(dated(late, Precision.MINUTE, Zone.STATED)) == (date(2004, 5, 6), date(2004, 5, 6))


@given(
    st.datetimes(timezones=st.none() | st.timezones()),
    st.sampled_from(Precision),
    st.sampled_from(Zone),
)
def test_a_date_comes_back_as_it_went_in(value: datetime, precision: Precision, zone: Zone) -> None:
    stated = dated(value, precision, zone)
    values = prepare(article(published=stated), CAPTURED).values
    instant = values["published_at"]
    assert instant.tzinfo is UTC
    back = stated_date(values, "published")
    assert back is not None
    if value.tzinfo is None or 1 < value.year < 9999:
        assert back.value.replace(tzinfo=None) == value.replace(tzinfo=None)
        assert back.value.utcoffset() == value.utcoffset()
        assert back.isoformat() == stated.isoformat()
    assert (back.precision, back.zone, back.raw) == (precision, zone, "as found")


def test_an_article_without_url_is_refused() -> None:
    with pytest.raises(ValueError, match="without URL"):
        prepare(Article(url=""), CAPTURED)


def test_a_capture_without_zone_is_taken_as_utc_and_without_time_as_now() -> None:
    assert prepare(article(captured_at=datetime(2020, 1, 1)), CAPTURED).seen == datetime(2020, 1, 1, tzinfo=UTC)
    assert prepare(article(captured_at=None), CAPTURED).seen == CAPTURED


def test_where_standfirst_ends_and_body_begins_makes_no_other_content() -> None:
    whole = prepare(article(standfirst=None, body=[Paragraph("First."), Paragraph("Second.")]), CAPTURED)
    apart = prepare(article(standfirst="First.", body=[Paragraph("Second.")]), CAPTURED)
    both = prepare(article(standfirst="First.", body=[Paragraph("First."), Paragraph("Second.")]), CAPTURED)
    assert whole.values["content_digest"] == apart.values["content_digest"] == both.values["content_digest"]


def test_a_site_that_is_not_named_is_read_from_the_url() -> None:
    assert prepare(Article(url="https://www.lematin.ma/a", title="A"), CAPTURED).site == "lematin.ma"
    assert prepare(Article(url="not a url", title="A"), CAPTURED).site == "unknown"
