"""An archive that fails in the middle of a crawl: every article is counted as lost, in one line, and the exit code says so."""

from __future__ import annotations

from pathlib import Path

from tests.crawling import crawl, serving

SPIDER = """
import scrapy
from newsarchive.archive import ArchiveError
from newsarchive.pipelines.session import Session

class Unlucky(scrapy.Spider):
    name = "unlucky"

    def parse(self, response):
        def full(*args):
            raise ArchiveError("no space is left on the disk")
        archive = self.crawler.get_extension(Session).writer.archive
        archive.save = full
        for number in range(3):
            yield {"url": f"https://example.org/{number}", "title": "A title", "body": f"Text {number}."}
        yield response.follow("/missing")
"""


def test_articles_that_cannot_be_written_are_failures_with_a_reason(tmp_path: Path) -> None:
    with serving({"/": b"x"}) as site:
        source = SPIDER + f"    start_urls = [{site.url('/')!r}]\n"
        run = crawl(tmp_path, source, "-O", "out.json", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
    assert run.code == 1
    assert run.count("failed/archive") == 3
    assert run.count("stored") == 0
    assert "no space is left on the disk" in run.log
    assert "Traceback" not in run.log
    assert run.log.count("The archive cannot be written") == 1
    assert "archive 3" in run.log.splitlines()[-1]


def test_a_crawl_without_an_archive_only_normalises(tmp_path: Path) -> None:
    settings = (
        '"EXTENSIONS": {"newsarchive.pipelines.session.Session": None}, "ITEM_PIPELINES": '
        '{f"newsarchive.pipelines.{name}": None for name in ("deduplicate.Deduplicate", "store.Store")}'
    )
    source = f"""
import asyncio
import scrapy

class Plain(scrapy.Spider):
    name = "plain"
    custom_settings = {{{settings}}}

    async def start(self):
        yield {{"url": "https://example.org/a", "title": "  A  title "}}
        await asyncio.sleep(0.5)
"""
    run = crawl(tmp_path, source, "-O", "out.json")
    assert run.code == 0, run.log
    assert '"title": "A title"' in (tmp_path / "out.json").read_text(encoding="utf-8")
    assert not (tmp_path / "archive.sqlite").exists()


def test_a_store_without_a_session_is_a_failure_not_a_crash(tmp_path: Path) -> None:
    source = """
import asyncio
import scrapy

class Odd(scrapy.Spider):
    name = "odd"
    custom_settings = {"EXTENSIONS": {"newsarchive.pipelines.session.Session": None}}

    async def start(self):
        yield {"url": "https://example.org/a", "title": "A title"}
        await asyncio.sleep(0.5)
"""
    run = crawl(tmp_path, source)
    assert "Traceback" not in run.log
    assert run.stats["item_dropped_count"] == 1
    assert run.count("failed/archive") == 1
    assert run.code == 1


CHANGED = """
import asyncio
import scrapy
from newsarchive import settings
from newsarchive.pipelines import conversion
from newsarchive.pipelines.session import Session
from newsarchive.recipe import Recipe

TEXT = ["Le port de la ville a rouvert lundi matin, et les bateaux sortent avant l'aube."] * 4
OTHER = ["La direction des bus refuse de recevoir les chauffeurs avant vendredi, et la ville marche."] * 4

class Between:
    def process_item(self, item):
        return item

class Racing(scrapy.Spider):
    name = "racing"
    custom_settings = {"ITEM_PIPELINES": {**settings.ITEM_PIPELINES, Between: 750}}

    async def start(self):
        archive = self.crawler.get_extension(Session).writer.archive
        yield item(TEXT)
        await asyncio.sleep(0.5)
        asked = archive.recognise

        def and_then_it_changes(articles):
            answers = asked(articles)
            archive.recognise = asked
            archive.save([conversion.article(item(OTHER), Recipe())])
            return answers

        archive.recognise = and_then_it_changes
        yield item([*TEXT, "12 vues"])
        await asyncio.sleep(0.5)


def item(lines):
    return {"url": "https://example.org/a", "title": "A title", "body": lines}
"""


def test_an_article_that_changes_while_it_is_looked_up_is_counted_as_what_it_became(tmp_path: Path) -> None:
    """Looked up, only a counter had changed; when the visit was noted, another process had written another text."""
    run = crawl(tmp_path, CHANGED, "-O", "out.json")
    assert run.code == 0, run.log
    assert (run.count("stored"), run.count("new_version"), run.count("unchanged")) == (1, 1, 0)
