"""What a site's articles say of the dates of others: bounds by their numbers, and days that too many share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from newsarchive.archive import Archive
from newsarchive.archive.neighbours import Bounds, Dated, Neighbours, number, of
from newsarchive.article import Precision, PublishedDate
from tests.archive.samples import article

BEGUN = date(2004, 1, 1)
VISIT = datetime(2025, 12, 25, 9, 30, tzinfo=UTC)
IMPORT = date(2012, 3, 1)


def dated(url: str, day: date, confidence: float = 0.97, **more: Any) -> Dated:
    return Dated(url, day, confidence, **{"by_address": False, "captured_at": VISIT, **more})


def numbered(count: int, first: int = 5000) -> list[Dated]:
    """Articles with two numbers a day, from the beginning of 2004 on."""
    return [
        dated(f"https://e.example/news/story-{first + n}.html", BEGUN + timedelta(days=n // 2)) for n in range(count)
    ]


def published(day: date, source: str = "json-ld") -> PublishedDate:
    value = datetime(day.year, day.month, day.day)
    return PublishedDate(value=value, precision=Precision.DAY, raw=str(day), source=source, confidence=0.97)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://e.example/news/story-5012.html", ("e.example -#.", 5012)),
        ("https://e.example/2004/05/06/5012/the-story", ("e.example /#/", 5012)),
        ("https://e.example/a/20040506/-id12345", ("e.example -id#", 12345)),
        ("https://e.example/view?id=88123&page=2", ("e.example =#&", 88123)),
        ("https://e.example/2004/05/06/the-story", None),
        ("https://e.example/20040506/the-story-of-1999", None),
        ("https://[half/12345", None),
    ],
)
def test_the_number_of_an_article_is_no_date(url: str, found: tuple[str, int] | None) -> None:
    assert number(url) == found


def test_numbers_that_follow_the_days_bound_what_lies_between() -> None:
    around = of(numbered(200)).around("https://e.example/news/story-5100.html")
    assert around.not_before == date(2004, 2, 18) - timedelta(days=7) - timedelta(days=1)
    assert around.not_after is not None
    assert around.not_after > date(2004, 2, 20) + timedelta(days=30)


def test_the_newest_article_has_no_bound_above_and_another_kind_of_address_none_at_all() -> None:
    site = of(numbered(200))
    assert site.around("https://e.example/news/story-5400.html").not_after is None
    assert site.around("https://e.example/news/story-5400.html").not_before is not None
    assert site.around("https://e.example/photos/5100/") == Bounds()


def test_an_article_is_no_witness_for_itself() -> None:
    site = numbered(200)
    wrong = dated("https://e.example/news/story-5100.html", date(2025, 12, 25))
    rest = [one for one in site if one.url != wrong.url]
    assert of([*rest, wrong]).around(wrong.url) == of(rest).around(wrong.url)


def test_numbers_without_an_order_bound_nothing() -> None:
    random = [dated(f"https://e.example/{7919 * n % 9000 + 1000}", BEGUN + timedelta(days=n)) for n in range(200)]
    assert of(random) == Neighbours()


def test_few_articles_and_unsure_ones_bound_nothing() -> None:
    assert of(numbered(19)) == Neighbours()
    assert of([one._replace(confidence=0.6) for one in numbered(200)]) == Neighbours()


def test_a_day_that_an_import_left_on_half_the_site_is_shared() -> None:
    imported = [dated(f"https://e.example/old/{n}", IMPORT) for n in range(100)]
    assert of([*numbered(120), *imported]).shared_days == {IMPORT}


def test_an_even_site_a_young_archive_and_todays_news_share_no_day() -> None:
    today = [dated(f"https://e.example/new/{n}", VISIT.date()) for n in range(300)]
    assert of(numbered(400)).shared_days == frozenset()
    assert of([dated(f"https://e.example/{n}", IMPORT) for n in range(99)]).shared_days == frozenset()
    assert of([*numbered(120), *today]).shared_days == frozenset()


def test_days_that_addresses_state_are_nobodys_import() -> None:
    stated = [dated(f"https://e.example/2012/03/01/{n}", IMPORT, by_address=True) for n in range(100)]
    assert of([*numbered(120), *stated]).shared_days == frozenset()


def test_the_archive_answers_for_one_site_in_one_bounded_statement(archive: Archive) -> None:
    articles = [
        article(
            n, url=f"https://example.org/news/story-{5000 + n}.html", published=published(BEGUN + timedelta(days=n))
        )
        for n in range(40)
    ]
    others = [
        article(n, url=f"https://other.net/story-{5000 + n}.html", site="other.net", published=published(IMPORT))
        for n in range(100, 110)
    ]
    archive.save([*articles, *others, article(200, published=None), article(201)])
    asked: list[str] = []
    event.listen(archive._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    site = archive.neighbours("example.org")
    assert sum("articles" in statement for statement in asked) == 1
    assert "LIMIT" in next(statement for statement in asked if "articles" in statement)
    bounds = site.around("https://example.org/news/story-5020.html")
    assert bounds.not_before == BEGUN + timedelta(days=15 - 7)
    assert bounds.not_after == BEGUN + timedelta(days=25 + 60)
    assert archive.neighbours("other.net").around("https://other.net/story-5101.html") == Bounds()
    assert archive.neighbours("nobody.example") == Neighbours()
    assert archive.neighbours("example.org") == site
