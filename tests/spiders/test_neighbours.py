"""What the archive knows of a site bounds the dates of the pages that are read next, and says that it did."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from newsarchive.archive import Archive
from newsarchive.article import Precision, PublishedDate
from tests.archive.samples import article
from tests.cli.running import fixture, story
from tests.crawling import scrapy

URL = "https://example.org/news/story-5020.html"


def replayed(folder: Path, day: str) -> tuple[Any, dict[str, Any]]:
    """The published date and the provenance of a page numbered among forty articles of early 2004."""
    database = f"sqlite:///{folder / 'archive.sqlite'}"
    with Archive.open(database) as archive:
        archive.save([numbered(n) for n in range(40) if n != 20])
    page = fixture(folder / "page", story("Le marché rouvre", day=day), URL)
    run = scrapy(folder, "crawl", "replay", "-a", f"paths={page}", "-s", "NEWSARCHIVE_WORKERS=0")
    assert run.code == 0, run.log
    with Archive.open(database) as archive:
        stored = archive.find(URL)
    assert stored is not None
    return stored.values["published_at"], stored.values["provenance"]


def numbered(number: int) -> Any:
    day = date(2004, 1, 1) + timedelta(days=number)
    stated = PublishedDate(
        value=datetime(day.year, day.month, day.day),
        precision=Precision.DAY,
        raw=day.isoformat(),
        source="json-ld",
        confidence=0.97,
    )
    return article(number, url=f"https://example.org/news/story-{5000 + number}.html", published=stated)


def test_a_date_long_after_the_articles_numbered_higher_is_put_aside_and_the_archive_named(tmp_path: Path) -> None:
    published, provenance = replayed(tmp_path, "2012-03-01")
    assert published is None
    assert provenance["archive"] == {"not_after": "2004-03-26"}


def test_a_date_among_its_neighbours_is_as_it_would_be_without_them(tmp_path: Path) -> None:
    published, provenance = replayed(tmp_path, "2004-01-22")
    assert published.date() == date(2004, 1, 22)
    assert "archive" not in provenance
