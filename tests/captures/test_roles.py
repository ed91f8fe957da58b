"""What a page was fetched for goes into its record and comes out again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from newsarchive.captures import CaptureWriter, Exchange, Saved, Skipped, read


def exchange(name: str, role: str | None) -> Exchange:
    return Exchange(
        url=f"https://example.org/{name}",
        fetched_at=datetime(2025, 12, 25, tzinfo=UTC),
        status=200,
        headers=[("Content-Type", "text/html")],
        body=b"<html><h1>Harbour</h1></html>",
        role=role,
    )


def test_a_page_that_was_fetched_for_its_links_is_told_from_an_article(tmp_path: Path) -> None:
    writer = CaptureWriter(tmp_path, "crawl", software="test")
    for future in [writer.submit(exchange("section", "index")), writer.submit(exchange("article", None))]:
        future.result(20)
    writer.close()
    section, article = read([tmp_path])
    assert isinstance(section, Skipped)
    assert (section.reason, section.url) == ("index", "https://example.org/section")
    assert isinstance(article, Saved)
