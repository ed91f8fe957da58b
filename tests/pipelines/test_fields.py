"""Each pipeline normalises its field, whatever the item's kind, in the shape it came in, and touches nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from itemadapter import ItemAdapter
from scrapy import Spider
from scrapy.crawler import Crawler

from newsarchive.article import Article, Image, Paragraph, Precision, PublishedDate, Verdict
from newsarchive.pipelines import fields
from newsarchive.pipelines.authors import Authors
from newsarchive.pipelines.body import Body
from newsarchive.pipelines.date import Dates
from newsarchive.pipelines.images import Images
from newsarchive.pipelines.settling import Settled
from newsarchive.pipelines.title import Title
from newsarchive.pipelines.verdict import Verdicts
from newsarchive.recipe import Recipe
from tests.pipelines.items import KINDS, as_dict

ALL = (Title(), Body(), Dates(), Authors(), Images(), Verdicts())
Kind = Callable[[dict[str, Any]], Any]


def through(item: Any) -> Any:
    for pipeline in ALL:
        item = pipeline.process_item(item)
    return item


def read(item: Any) -> dict[str, Any]:
    return ItemAdapter(item).asdict()


@pytest.mark.parametrize("kind", KINDS)
def test_a_hand_written_item_comes_out_normalised(kind: Kind) -> None:
    item = kind(
        {
            "title": "  Internet : 1500 connexions &amp; plus ",
            "body": "Un.\n\n  Deux   mots. \n\n",
            "date": "25 décembre 2025",
            "image": "No Image",
            "author": "Par Jean Dupont",
            "url": "https://example.org/a",
            "shares": 12,
        }
    )
    found = read(through(item))
    assert found["title"] == "Internet : 1500 connexions & plus"
    assert found["body"] == "Un.\nDeux mots."
    assert found["date"] == "2025-12-25"
    assert found["image"] is None
    assert found["author"] == "Jean Dupont"
    assert (found["url"], found["shares"]) == ("https://example.org/a", 12)


def test_the_day_of_the_visit_is_no_date() -> None:
    visit = datetime(2025, 12, 25, 10, tzinfo=UTC)
    found = through({"date": "Jeudi 25 Décembre 2025", "captured_at": visit, "url": "https://example.org/a"})
    assert found["date"] is None
    assert found["date_raw"] == "Jeudi 25 Décembre 2025"


@pytest.mark.parametrize("kind", KINDS)
def test_the_raw_date_stays_where_the_item_can_take_it(kind: Kind) -> None:
    item = through(kind({"date": "Jeudi 6 mai 2004", "date_raw": None}))
    assert read(item) == {"date": "2004-05-06", "date_raw": "Jeudi 6 mai 2004"}
    assert "date_raw" in through({"date": "6 mai 2004"})


@pytest.mark.parametrize("kind", KINDS[1:])
def test_no_field_is_added_to_an_item_that_did_not_declare_it(kind: Kind) -> None:
    assert read(through(kind({"date": "Jeudi 6 mai 2004"}))) == {"date": "2004-05-06"}


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("No Image", None),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", None),
        ("/photos/mer.jpg", "https://example.org/photos/mer.jpg"),
        (["/a.jpg", "/placeholder.png", "No Image"], ["https://example.org/a.jpg"]),
        (("/a.jpg",), ("https://example.org/a.jpg",)),
        ([], []),
        ([{"url": "/a.jpg", "alt": "A"}], [{"url": "https://example.org/a.jpg", "alt": "A"}]),
        ([Image(url="https://example.org/a.jpg", alt="A")], [Image(url="https://example.org/a.jpg", alt="A")]),
    ],
)
def test_an_image_keeps_its_shape(value: Any, clean: Any) -> None:
    assert through({"image": value, "url": "https://example.org/x"})["image"] == clean


@pytest.mark.parametrize(
    ("name", "value", "clean"),
    [
        ("title", "", None),
        ("headline", " A  B ", "A B"),
        ("title", 7, 7),
        ("body", ["Un.", " ", "Deux."], ["Un.", "Deux."]),
        ("content", "", None),
        ("body", None, None),
        ("authors", ["By Ann Lee", "Bo Sand"], ["Ann Lee", "Bo Sand"]),
        ("date", date(2004, 5, 6), date(2004, 5, 6)),
        ("pubdate", "no date at all", None),
        ("date", "2004", "2004"),
        ("published_at", "2004-05-06T10:20:00+01:00", "2004-05-06T10:20:00+01:00"),
        ("unknown", "  kept  as it is ", "  kept  as it is "),
    ],
)
def test_a_value_is_cleaned_in_place(name: str, value: Any, clean: Any) -> None:
    assert through({name: value})[name] == clean


def test_an_article_of_ours_passes_unchanged() -> None:
    when = PublishedDate(value=datetime(2004, 1, 1), precision=Precision.YEAR, raw="2004", source="url", confidence=0.5)
    article = Article(
        url="https://example.org/a", title="A", body=[Paragraph("Un.", "quote"), Paragraph("Deux.")], published=when,
        authors=["Ann Lee"], images=[Image(url="https://example.org/a.jpg")],
    )  # fmt: skip
    before = repr(article)
    assert repr(through(article)) == before
    assert article.body[0].kind == "quote"


@pytest.mark.parametrize("verdict", [v for v in Verdict if not v.is_readable])
def test_what_is_no_article_goes_no_further(verdict: Verdict) -> None:
    with pytest.raises(Settled) as ended:
        Verdicts().process_item(Article(url="https://example.org/a", verdict=verdict))
    assert (ended.value.state, ended.value.reason) == ("rejected", verdict.value)


@pytest.mark.parametrize("recipe", [None, "soup", 7, [], ["soup"], Recipe(boilerplate=["Share"]), [Recipe()]])
def test_what_a_spider_calls_its_recipe_may_be_anything(recipe: Any) -> None:
    class Cook(Spider):
        name = "cook"

    Cook.recipe = recipe  # type: ignore[attr-defined]
    crawler = Crawler(Cook)
    crawler.spider = Cook()
    item = Body.from_crawler(crawler).process_item({"body": ["Un.", "Share"]})
    assert item["body"] == (["Un."] if isinstance(recipe, Recipe) else ["Un.", "Share"])


_TEXT = st.text(max_size=60) | st.sampled_from(
    [
        "By Ann Lee and Bo Sand",
        "3 hours ago",
        "hier",
        "06/05/2004",
        "No Image",
        "/a.jpg",
        "//x.org/b.png 2x",
        "a | b - c",
        "&amp;amp;",
    ]
)
_VALUE = st.none() | _TEXT | st.lists(_TEXT, max_size=3) | st.dates().filter(lambda day: day.year > 1600)
_NAMES = st.sampled_from(
    [*fields.TITLE, *fields.BODY, *fields.PUBLISHED, *fields.MODIFIED, *fields.AUTHORS, *fields.IMAGES, "other"]
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_NAMES, _VALUE, max_size=5), st.sampled_from(KINDS))
def test_running_the_pipelines_twice_changes_nothing(values: dict[str, Any], kind: Kind) -> None:
    given_ = {**values, "url": "https://example.org/a", "captured_at": datetime(2026, 1, 2, 3, tzinfo=UTC)}
    once = read(through(kind(given_)))
    again = read(through(kind(dict(once))))
    assert again == once
    assert {k: v for k, v in once.items() if k == "other"} == {k: v for k, v in values.items() if k == "other"}
    if kind is not as_dict:
        assert set(once) == set(given_)
