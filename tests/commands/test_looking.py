"""`scrapy shell`, `fetch` and `parse` work as Scrapy users expect, and archive nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawling import scrapy, serving


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["shell", "-c", "response.css('p::text').get()"], "seen"),
        (["fetch", "--nolog"], "<p>seen</p>"),
        (["parse", "--spider", "lematin", "--nolog", "--pipelines"], "Scraped Items"),
    ],
    ids=["shell", "fetch", "parse"],
)
def test_a_page_is_shown_and_no_archive_is_made(tmp_path: Path, command: list[str], shown: str) -> None:
    with serving({"/": b"<p>seen</p>"}) as site:
        run = scrapy(tmp_path, *command, site.url("/"), NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1", NEWSARCHIVE_WORKERS="0")
    assert shown in run.out, run.log
    assert run.code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_local_file_that_the_user_names_may_be_looked_at(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>saved</p>", encoding="utf-8")
    run = scrapy(tmp_path, "shell", "./page.html", "-c", "response.css('p::text').get()")
    assert "saved" in run.out, run.log


def test_what_is_refused_in_a_crawl_is_refused_in_a_shell(tmp_path: Path) -> None:
    with serving({"/": b"<p>secret</p>"}) as site:
        run = scrapy(tmp_path, "fetch", "--nolog", site.url("/"))
        assert site.asked == []
    assert "secret" not in run.out
