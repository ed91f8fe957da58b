from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.discovery import backfill
from newsarchive.discovery.backfill import Span, in_period
from newsarchive.discovery.link import Link, LinkKind

SINCE, UNTIL = date(2004, 1, 1), date(2004, 12, 31)


def article(path: str, **hints: str) -> Link:
    return Link(url=f"https://example.org{path}", kind=LinkKind.ARTICLE, **hints)  # type: ignore[arg-type]


def sitemap(path: str, **hints: str) -> Link:
    return Link(url=f"https://example.org{path}", kind=LinkKind.SITEMAP, **hints)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("/2004/12/05/le-port.html", "2004-12-05", "2004-12-05"),
        ("/news/2004-12-05/port", "2004-12-05", "2004-12-05"),
        ("/a/20041205/port.html", "2004-12-05", "2004-12-05"),
        ("/2004/dec/05/port", "2004-12-05", "2004-12-05"),
        ("/2004/1/2/port", "2004-01-02", "2004-01-02"),
        ("/le-port-2004-12-05.html", "2004-12-05", "2004-12-05"),
        ("/25/12/2004/le-port", "2004-12-25", "2004-12-25"),
        ("/05/12/2004/le-port", "2004-01-01", "2004-12-31"),
        ("/2004/12/le-port", "2004-12-01", "2004-12-31"),
        ("/journal/2004/le-port/37405.html", "2004-01-01", "2004-12-31"),
        ("/story?date=2004-12-05&id=3", "2004-12-05", "2004-12-05"),
    ],
)
def test_the_date_in_an_address_is_read(path: str, first: str, last: str) -> None:
    found = backfill.of_address(f"https://example.org{path}")
    assert found == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "path", ["/le-budget-2004", "/a/20049999/x", "/a/1204125", "/12345678-x", "/2004x/12", "/1899/01/02/"]
)
def test_a_number_that_is_no_date_dates_nothing(path: str) -> None:
    assert backfill.of_address(f"https://example.org{path}") is None


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("/sitemap-2004-12.xml", "2004-12-01", "2004-12-31"),
        ("/sitemap-posttype-post.2004-12.xml.gz", "2004-12-01", "2004-12-31"),
        ("/sitemap_200412.xml", "2004-12-01", "2004-12-31"),
        ("/sitemap-2004.xml", "2004-01-01", "2004-12-31"),
        ("/sitemap/2004/12/05.xml", "2004-12-05", "2004-12-05"),
        ("/sitemap.xml?yyyy=2004&mm=12&dd=05", "2004-12-05", "2004-12-05"),
        ("/sitemap.xml?year=2004&month=2", "2004-02-01", "2004-02-29"),
        ("/sitemap-2004-december.xml", "2004-12-01", "2004-12-31"),
    ],
)
def test_the_date_in_the_name_of_a_sitemap_is_read(name: str, first: str, last: str) -> None:
    assert backfill.dated(sitemap(name)) == Span(date.fromisoformat(first), date.fromisoformat(last))


def test_a_sitemap_without_a_date_in_its_name_has_none() -> None:
    assert backfill.dated(sitemap("/sitemap-17.xml")) is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (article("/2004/12/05/x"), True),
        (article("/2003/12/05/x"), False),
        (article("/2005/02/05/x"), False),
        (article("/2005/01/01/x"), True),  # it may be another day where the site is
        (article("/2004/x"), True),
        (article("/x"), None),
        (article("/x", published="Thu, 06 May 2004 10:20:00 +0100"), True),
        (article("/2004/05/06/x", published="2011-01-01"), False),
        (article("/x", modified="2003-05-06"), False),  # not published after its last change
        (article("/x", modified="2011-05-06"), None),  # it may have been changed since
        (sitemap("/sitemap-2004-12.xml"), True),
        (sitemap("/sitemap-2003.xml"), False),
        (sitemap("/sitemap-3.xml", modified="2003-12-01"), False),
        (sitemap("/sitemap-3.xml"), None),
    ],
)  # fmt: skip
def test_a_link_is_of_a_period_or_not_or_cannot_be_told(link: Link, expected: bool | None) -> None:
    assert in_period(link, SINCE, UNTIL) is expected


def test_a_year_that_only_begins_before_the_period_is_not_told_for_an_article_and_looked_into_as_a_sitemap() -> None:
    since = date(2004, 6, 1)
    assert in_period(article("/2004/x"), since, UNTIL) is None
    assert in_period(sitemap("/sitemap-2004.xml"), since, UNTIL) is True


def test_an_open_end_takes_everything_on_its_side() -> None:
    assert in_period(article("/2024/05/06/x"), SINCE, None) is True
    assert in_period(article("/1999/05/06/x"), None, UNTIL) is True
    assert in_period(article("/x"), None, None) is None


def test_the_months_of_a_period_come_newest_first_and_cut_to_it() -> None:
    found = list(backfill.months(date(2003, 11, 20), date(2004, 2, 10)))
    assert [(span.first.isoformat(), span.last.isoformat()) for span in found] == [
        ("2004-02-01", "2004-02-10"),
        ("2004-01-01", "2004-01-31"),
        ("2003-12-01", "2003-12-31"),
        ("2003-11-20", "2003-11-30"),
    ]


def test_links_are_sorted_newest_first_the_undated_last() -> None:
    links = [article("/x"), article("/2004/05/06/x"), article("/2004/12/x"), article("/y", modified="2004-01-02")]
    assert [link.url[19:] for link in sorted(links, key=backfill.newest_first)] == [
        "/2004/12/x", "/2004/05/06/x", "/y", "/x",
    ]  # fmt: skip


def test_a_link_is_check_pointed_by_its_month() -> None:
    assert backfill.month(article("/2004/12/05/x")) == "2004-12"
    assert backfill.month(article("/2004/x")) is None


@pytest.mark.parametrize("text", ["04", "2004-13", "2004-02-30", "yesterday", "", "2004/05", "1066"])
def test_a_period_that_cannot_be_meant_says_how_one_is_written(text: str) -> None:
    with pytest.raises(ValueError, match="a day is written as 2004-05-06"):
        backfill.span(text)


def test_a_period_may_be_a_year_a_month_or_a_day() -> None:
    assert backfill.span("2004") == Span(SINCE, UNTIL)
    assert backfill.span("2004-02") == Span(date(2004, 2, 1), date(2004, 2, 29))
    assert backfill.span("2004-02-03") == Span(date(2004, 2, 3), date(2004, 2, 3))


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2050, 1, 1)))
def test_any_address_is_judged_without_an_error(path: str, day: date) -> None:
    in_period(article("/" + path), day, day)
    in_period(sitemap("/" + path), day, None)


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)))
def test_an_address_with_a_day_is_of_that_day_and_no_other_month(day: date) -> None:
    link = article(f"/{day:%Y/%m/%d}/slug")
    assert in_period(link, day, day) is True
    assert backfill.month(link) == f"{day:%Y-%m}"
