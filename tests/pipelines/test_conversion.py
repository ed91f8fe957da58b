"""An item of any kind becomes the Article the archive keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.article import Article, Precision, Zone
from newsarchive.pipelines import conversion
from newsarchive.pipelines.date import Dates
from newsarchive.recipe import Recipe
from tests.pipelines.items import KINDS

FIELDS = {
    "headline": "A title",
    "content": "Un.\nDeux.",
    "pubdate": "Jeudi 6 mai 2004",
    "images": ["/a.jpg", "No Image"],
    "byline": "By Ann Lee and Reuters",
    "link": "https://www.Example.org/a?utm_source=x#top",
    "tags": "one, two, one",
    "language": "fr",
    "captured_at": datetime(2025, 1, 2, tzinfo=UTC),
}


@pytest.mark.parametrize("kind", KINDS)
def test_usual_names_are_understood(kind: Callable[[dict[str, Any]], Any]) -> None:
    article = conversion.article(kind(FIELDS))
    assert article is not None
    assert article.url.endswith("example.org/a")
    assert article.title == "A title"
    assert article.body == ["Un.", "Deux."]
    assert article.images[0].url.endswith("/a.jpg")
    assert len(article.images) == 1
    assert article.tags == ["one", "two"]
    assert "Ann Lee" in article.authors
    assert article.captured_at == FIELDS["captured_at"]


def test_a_date_keeps_its_precision_and_its_raw_string_through_the_pipelines() -> None:
    article = conversion.article(Dates().process_item({**FIELDS, "pubdate": "mai 2004"}))
    assert article is not None
    assert article.published is not None
    assert article.published.precision is Precision.MONTH
    assert article.published.raw == "mai 2004"
    assert article.published.zone is Zone.UNKNOWN


def test_a_recipe_says_the_zone_an_item_leaves_out() -> None:
    recipe = Recipe(timezone="Africa/Casablanca", language="fr")
    article = conversion.article({"url": "https://example.org/a", "date": "6 mai 2004 10:20"}, recipe)
    assert article is not None
    assert article.published is not None
    assert article.published.zone is Zone.ASSUMED


def test_an_item_whose_date_is_the_day_of_the_visit_is_dated_by_its_address() -> None:
    item = {
        "url": "https://lematin.ma/journal/2004/a-title/37405.html",
        "date": "Jeudi 25 Décembre 2025",
        "captured_at": datetime(2025, 12, 25, 9, tzinfo=UTC),
    }
    article = conversion.article(Dates().process_item(item))
    assert article is not None
    assert article.published is not None
    assert (article.published.isoformat(), article.published.source) == ("2004", "url")
    assert item["date_raw"] == "Jeudi 25 Décembre 2025"


@pytest.mark.parametrize("url", [None, "", "  ", "not a url", "file:///etc/hostname", "javascript:void(0)", 7])
def test_an_item_without_a_web_address_is_no_article(url: Any) -> None:
    assert conversion.article({"title": "A", "url": url}) is None


@pytest.mark.parametrize(
    "item",
    [
        {"url": "https://example.org/a"},
        {"url": "https://example.org/a", "title": 7, "body": {"x": 1}, "date": 5, "image": 3, "author": {"a": [None]}},
        {"url": "https://example.org/a", "title": ["A"], "body": [None, 3], "images": [None, 5], "tags": {"a"}},
    ],
)
def test_values_of_the_wrong_type_are_left_out(item: dict[str, Any]) -> None:
    article = conversion.article(item)
    assert article is not None
    assert (article.title, article.body, article.published) == (None, [], None)


def test_an_article_passes_as_it_is() -> None:
    article = Article(url="https://example.org/a")
    assert conversion.article(article) is article
