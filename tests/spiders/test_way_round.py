"""A crawl with captures, its database deleted, its captures replayed: the same archive, to the last field."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.cli.running import command
from tests.crawling import ROOT

sys.path.insert(0, str(ROOT / "demo"))

from server import serving  # type: ignore[import-not-found]

FAST = (
    "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "RETRY_TIMES=0",
    "-s", "NEWSARCHIVE_ALLOWED_HOSTS=127.0.0.1", "-s", "NEWSARCHIVE_CAPTURES=captures",
    # Workers finish pages in any order, and of two pages with one text the first to be stored gives the article its name.
    "-s", "NEWSARCHIVE_WORKERS=0",
)  # fmt: skip
BOOKKEEPING = {"id", "article_id", "run_id", "stored_at", "site_id", "duplicate_of_id", "story_id"}
"""Numbers and times of storing, which no second archive can share."""


VERSIONS = text("SELECT * FROM versions WHERE article_id = :id ORDER BY number")


def content(database: Path) -> dict[str, dict[str, Any]]:
    """Every article by its address: its own columns, its versions in their order, the names that lead to it."""
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(text("SELECT * FROM articles")).mappings()]
        by_id = {row["id"]: row["url"] for row in rows}
        found: dict[str, dict[str, Any]] = {}
        for row in rows:
            versions = connection.execute(VERSIONS, row).mappings()
            aliases = connection.execute(text("SELECT url, kind FROM aliases WHERE article_id = :id"), row)
            found[row["url"]] = {
                "article": {name: value for name, value in row.items() if name not in BOOKKEEPING},
                "copy of": by_id.get(row["duplicate_of_id"]),
                "versions": [
                    {name: value for name, value in one.items() if name not in BOOKKEEPING} for one in versions
                ],
                "names": sorted((url, kind) for url, kind in aliases),
            }
    engine.dispose()
    return found


@pytest.mark.slow
def test_captures_replayed_give_the_archive_of_the_crawl(tmp_path: Path) -> None:
    with serving() as (origin, _):
        for _ in range(2):
            done = command("crawl", f"{origin}/", *FAST, "--json", folder=tmp_path)
            assert done.code == 0, done
    crawled = content(tmp_path / "archive.sqlite")
    (tmp_path / "archive.sqlite").rename(tmp_path / "crawled.sqlite")
    done = command("replay", "captures", "--json", folder=tmp_path)
    assert json.loads(done.out)["failed"] == 0, done
    replayed = content(tmp_path / "archive.sqlite")
    assert len(crawled) >= 21
    assert replayed.keys() == crawled.keys()
    for url, article in crawled.items():
        assert replayed[url] == article, url
