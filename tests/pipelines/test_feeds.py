"""`-O FILE` gives articles flat, by the names of `newsarchive export`."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.article import Article, Image, Paragraph, Precision, PublishedDate
from newsarchive.export import FIELDS
from newsarchive.pipelines import feeds

ARTICLE = Article(
    url="https://example.org/a",
    title="=HYPERLINK(1)",
    body=[Paragraph("Un."), Paragraph("Deux.", "quote")],
    published=PublishedDate(
        value=datetime(2004, 1, 1), precision=Precision.YEAR, raw="2004", source="url", confidence=0.5
    ),
    authors=["Ann Lee", "Bo Sand"],
    images=[Image(url="https://example.org/a.jpg", alt="A")],
    captured_at=datetime(2025, 12, 25, 8, tzinfo=UTC),
)


def exported(exporter: Any, *items: Any) -> str:
    out = io.BytesIO()
    writer = exporter(out, encoding="utf-8")
    writer.start_exporting()
    for item in items:
        writer.export_item(item)
    writer.finish_exporting()
    return out.getvalue().decode()


def test_every_name_is_one_of_the_exports_in_its_order() -> None:
    names = list(feeds.record(ARTICLE))
    assert names == [field.name for field in FIELDS if field.name in names]
    only_the_archive_knows = {"first_seen", "last_seen", "content_digest", "id", "version", "versions", "duplicate_of"}
    assert {field.name for field in FIELDS if field.standard} - set(names) <= only_the_archive_knows


@pytest.mark.parametrize("exporter", [feeds.ArticleJson, feeds.ArticleJsonLines])
def test_json_is_plain(exporter: Any) -> None:
    found = json.loads(exported(exporter, ARTICLE))
    found = found[0] if isinstance(found, list) else found
    assert found["body"] == "Un.\nDeux."
    assert (found["date_published"], found["date_published_precision"]) == ("2004", "year")
    assert found["images"] == [{"url": "https://example.org/a.jpg", "alt": "A", "caption": None, "credit": None}]
    assert found["captured_at"] == "2025-12-25T08:00:00Z"
    assert found["verdict"] == "article"
    assert found["standfirst"] is None


def test_csv_is_safe_for_spreadsheets() -> None:
    row = next(csv.DictReader(io.StringIO(exported(feeds.ArticleCsv, ARTICLE))))
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["authors"] == "Ann Lee\nBo Sand"
    assert row["standfirst"] == ""


def test_xml_has_no_word_for_nothing() -> None:
    assert "None" not in exported(feeds.ArticleXml, ARTICLE)


@pytest.mark.parametrize("exporter", [feeds.ArticleJson, feeds.ArticleJsonLines, feeds.ArticleCsv, feeds.ArticleXml])
def test_other_items_are_exported_as_scrapy_does(exporter: Any) -> None:
    parent = exporter.__mro__[1]
    item = {"url": "https://example.org/a", "title": "=1", "tags": ["a", "b"]}
    assert exported(exporter, item) == exported(parent, item)
