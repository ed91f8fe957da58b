from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive import export
from newsarchive.archive import Archive, Filters
from newsarchive.article import Article, Image, Paragraph, Precision, PublishedDate, Verdict, Zone
from newsarchive.export import ExportError
from newsarchive.export.fields import STANDARD
from tests.archive.samples import CAPTURED, LATER, article, full

ASKED = (
    "url, site, title, standfirst, body, date_published, date_published_precision, date_modified, authors, images, "
    "section, tags, language, verdict, first_seen, last_seen, content_digest"
)


def exported(archive: Archive, format_: str = "json", **options: Any) -> str:
    out = io.BytesIO()
    export.write(archive, out, format_, **options)
    return out.getvalue().decode("utf-8")


def records(archive: Archive, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported(archive, **options))
    return found


def test_every_field_of_an_article_is_there_under_its_standard_name(archive: Archive) -> None:
    archive.save([full()])
    [record] = records(archive)
    assert list(record)[:17] == ASKED.split(", ")
    assert record == {
        "url": "https://example.org/news/1",
        "site": "example.org",
        "title": "Le port rouvre, jour 1",
        "standfirst": "Les bateaux sortent de nouveau.",
        "body": "\n".join(full().body),
        "date_published": "2025-12-24T18:05+01:00",
        "date_published_precision": "minute",
        "date_modified": "2025-12-25",
        "authors": ["Inès Ferrand", "O'Neil, Jr."],
        "images": [
            {
                "url": "https://example.org/port.jpg",
                "alt": "Le port",
                "caption": "Lundi",
                "credit": "I. Ferrand",
            }
        ],
        "section": "Économie",
        "tags": ["port", "pêche"],
        "language": "fr",
        "verdict": "article",
        "first_seen": "2025-12-25T09:30:00Z",
        "last_seen": "2025-12-25T09:30:00Z",
        "content_digest": record["content_digest"],
        "id": 1,
        "version": 1,
        "versions": 1,
        "aliases": ["https://m.example.org/news/1"],
        "duplicate_of": None,
        "standfirst_truncated": True,
        "date_published_zone": "stated",
        "date_published_source": "json-ld",
        "date_published_confidence": 0.95,
        "date_published_raw": "2025-12-24T18:05+01:00",
        "date_modified_precision": "day",
        "agencies": ["AFP"],
        "publisher": "Exemple SA",
        "is_free": False,
        "captured_at": "2025-12-25T09:30:00Z",
        "extractor": "0.1.0",
    }
    assert len(record["content_digest"]) == 64


def test_what_is_absent_is_null_or_an_empty_list(archive: Archive) -> None:
    archive.save([Article(url="https://example.org/x", title="Only a title", captured_at=CAPTURED)])
    [record] = records(archive)
    assert (record["body"], record["date_published"], record["date_published_precision"]) == (None, None, None)
    assert (record["authors"], record["images"], record["tags"]) == ([], [], [])


@pytest.mark.parametrize(
    ("precision", "written"),
    [("year", "2004"), ("month", "2004-01"), ("day", "2004-01-01"), ("minute", "2004-01-01T00:00")],
)
def test_dates_are_written_at_their_precision(archive: Archive, precision: str, written: str) -> None:
    date = PublishedDate(
        value=datetime(2004, 1, 1),
        precision=Precision(precision),
        raw="",
        source="url",
        confidence=1,
        zone=Zone.UNKNOWN,
    )
    archive.save([article(published=date)])
    [record] = records(archive)
    assert (record["date_published"], record["date_published_precision"]) == (written, precision)


def test_the_three_formats_say_the_same(archive: Archive) -> None:
    archive.save([full(1), article(2, title="=cmd|' /C calc'!A0"), article(3, title='"quoted", and\r\nbroken')])
    wanted = records(archive)
    assert [json.loads(line) for line in exported(archive, "jsonl").split("\n")[:-1]] == wanted
    rows = list(csv.DictReader(io.StringIO(exported(archive, "csv"), newline="")))
    for row, record in zip(rows, wanted, strict=True):
        assert export.unescaped(row["title"]) == record["title"]
        assert export.unescaped(row["body"]) == record["body"]
        assert row["authors"].split("\n") == (record["authors"] or [""])
        assert json.loads(row["images"] or "[]") == record["images"]
        assert row["date_published"] == record["date_published"]
    assert rows[1]["title"] == "'=cmd|' /C calc'!A0"


def test_the_order_is_that_of_entry_every_time(archive: Archive) -> None:
    archive.save([article(n) for n in (5, 3, 9)])
    archive.save([article(3, title="Changé", captured_at=LATER), article(1)])
    assert [record["url"][-1] for record in records(archive)] == ["5", "3", "9", "1"]
    assert exported(archive) == exported(archive)


def test_filters_choose_articles(archive: Archive) -> None:
    archive.save([article(1), article(2, language="ar"), article(3, url="https://other.net/3", site="other.net")])
    assert [record["url"] for record in records(archive, filters=Filters(languages=["ar"]))] == [article(2).url]
    assert [record["site"] for record in records(archive, filters=Filters(sites=["other.net"]))] == ["other.net"]
    first, last = export.days("2025")
    assert len(records(archive, filters=Filters(published_from=first, published_to=last))) == 3
    assert records(archive, filters=Filters(published_from=export.days("2026")[0])) == []


def test_an_export_since_the_last_has_what_is_new_and_changed(archive: Archive, tmp_path: Path) -> None:
    archive.save([article(1), article(2)])
    assert export.write(archive, tmp_path / "1.jsonl", since_last="daily").rows == 2
    assert export.write(archive, tmp_path / "2.jsonl", since_last="daily").rows == 0
    archive.save([article(2, title="Changé", captured_at=LATER), article(1, captured_at=LATER), article(3)])
    with pytest.raises(ExportError):
        export.write(archive, tmp_path / "no" / "3.jsonl", since_last="daily")
    assert [record["url"][-1] for record in records(archive, since_last="daily")] == ["2", "3"]
    assert records(archive, since_last="daily") == []
    assert len(records(archive, since_last="another")) == 3


def test_a_failed_export_leaves_the_file_that_was_there(archive: Archive, tmp_path: Path) -> None:
    archive.save([article()])
    path = tmp_path / "a.json"
    path.write_text("old")
    with pytest.raises(ExportError, match="exists already"):
        export.write(archive, path, "json")
    with pytest.raises(Exception, match="holds nothing of the site"):
        export.write(archive, path, "json", Filters(sites=["nowhere.net"]), force=True)
    assert path.read_text() == "old"
    assert export.write(archive, path, "json", force=True).rows == 1
    assert path.stat().st_size == len(exported(archive).encode())
    assert [found.name for found in tmp_path.glob("*.json")] == ["a.json"]


def test_fields_can_be_chosen_and_an_unknown_one_is_told(archive: Archive) -> None:
    archive.save([full()])
    [record] = records(archive, fields=["title", "paragraph_kinds", "provenance", "date_evidence"])
    assert list(record) == ["title", "paragraph_kinds", "provenance", "date_evidence"]
    assert record["paragraph_kinds"] == ["subhead", "text", "quote", "list_item"]
    assert record["provenance"]["title"] == "og:title"
    with pytest.raises(ExportError, match="there is no field 'titel'"):
        records(archive, fields=["titel"])
    with pytest.raises(ExportError, match="unknown format 'xml'"):
        exported(archive, "xml")


def test_the_format_is_read_from_a_file_name() -> None:
    assert [export.format_of(Path(name)) for name in ("a.json", "a.JSONL", "b.ndjson", "c.csv", "d.txt", "e")] == [
        "json",
        "jsonl",
        "jsonl",
        "csv",
        None,
        None,
    ]


def test_memory_does_not_grow_with_the_archive(archive: Archive, tmp_path: Path) -> None:
    def peak() -> int:
        tracemalloc.start()
        export.write(archive, tmp_path / "a.jsonl", force=True)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    body = [Paragraph("mot " * 1000)]
    archive.save([article(n, body=[*body, Paragraph(str(n))]) for n in range(400)])
    peak()
    before = peak()
    for start in range(400, 2000, 400):
        archive.save([article(n, body=[*body, Paragraph(str(n))]) for n in range(start, start + 400)])
    assert peak() < before * 1.5


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\n"), min_size=1).filter(str.strip)
ARTICLES = st.builds(
    lambda title, paragraphs, authors, tags, images, verdict: article(
        title=title,
        body=[Paragraph(text) for text in paragraphs],
        authors=authors,
        tags=tags,
        images=[Image(url=url, alt=url) for url in images],
        verdict=verdict,
    ),
    st.none() | TEXT,
    st.lists(TEXT, min_size=1),
    st.lists(TEXT, max_size=3),
    st.lists(TEXT, max_size=3),
    st.lists(TEXT, max_size=2),
    st.sampled_from([verdict for verdict in Verdict if verdict.is_readable]),
)


@pytest.fixture
def fresh() -> Callable[[], Archive]:
    """One empty archive after the other."""
    return lambda: Archive.open("sqlite://")


@given(one=ARTICLES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_exported_parses_to_what_was_saved(fresh: Callable[[], Archive], one: Article) -> None:
    with fresh() as archive:
        [outcome] = archive.save([one])
        if outcome.status == "rejected":
            return
        [record] = records(archive)
    assert (record["title"], record["body"].split("\n")) == (one.title, [str(text) for text in one.body])
    assert (record["authors"], record["tags"], record["verdict"]) == (one.authors, one.tags, one.verdict.value)
    assert [image["url"] for image in record["images"]] == [image.url for image in one.images]
    assert tuple(record) == STANDARD


def test_a_day_a_month_and_a_year_are_periods() -> None:
    assert [str(day) for day in export.days("2004")] == ["2004-01-01", "2004-12-31"]
    assert [str(day) for day in export.days("2004-02")] == ["2004-02-01", "2004-02-29"]
    assert [str(day) for day in export.days(" 2004-2-3 ")] == ["2004-02-03", "2004-02-03"]


@pytest.mark.parametrize(
    "text",
    ["", "04", "2004-13", "2004-02-30", "2004-", "yesterday", "2004-02-01T10:00", "0000", "2004-00", "2004-01-00"],
)
def test_what_is_no_day_month_or_year_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        export.days(text)
