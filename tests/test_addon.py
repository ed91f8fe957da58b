"""The add-on gives a foreign Scrapy project everything in one line, and leaves it what it set itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsarchive.addon import NewsArchive
from tests.crawling import QUICK, Run, Site, environment, serving

SETTINGS = """
BOT_NAME = "theirs"
SPIDER_MODULES = ["theirs.spiders"]
ADDONS = {"newsarchive.addon.NewsArchive": 500}
USER_AGENT = "theirs/1.0"
ITEM_PIPELINES = {"theirs.pipelines.Stamp": 750, "newsarchive.pipelines.body.Body": None}
"""
PIPELINES = """
from itemadapter import ItemAdapter

class Stamp:
    def process_item(self, item):
        ItemAdapter(item)["tags"] = "stamped"
        return item
"""
SPIDER = """
from dataclasses import dataclass
import attrs
import scrapy

@dataclass
class Story:
    title: str
    body: str
    date: str
    image: str
    url: str
    tags: str = ""

@attrs.define
class Attrs:
    title: str
    body: str
    date: str
    image: str
    url: str
    tags: str = ""

class Scraped(scrapy.Item):
    title = scrapy.Field()
    body = scrapy.Field()
    date = scrapy.Field()
    image = scrapy.Field()
    url = scrapy.Field()
    tags = scrapy.Field()

class Theirs(scrapy.Spider):
    name = "theirs"

    def parse(self, response):
        for number, kind in enumerate((dict, Story, Attrs, Scraped)):
            yield kind(title=f"  Story {number} ", body=f"  Un {number}. ", date="6 mai 2004", image="No Image",
                       url=f"{response.url}{number}")
        yield response.follow("file:///etc/hostname")
        yield response.follow("http://169.254.169.254/")
"""


def project(folder: Path, site: Site, settings: str = SETTINGS) -> None:
    """A small Scrapy project that knows newsarchive by one line."""
    package = folder / "theirs"
    (package / "spiders").mkdir(parents=True)
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = theirs.settings\n")
    (package / "__init__.py").touch()
    (package / "spiders" / "__init__.py").write_text(SPIDER + f"    start_urls = [{site.url('/')!r}]\n")
    (package / "settings.py").write_text(settings)
    (package / "pipelines.py").write_text(PIPELINES)


def run(folder: Path, *arguments: str, **env: str) -> Run:
    environ = environment(folder, NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1", **env)
    command = [sys.executable, "-m", "scrapy", *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=120, check=False)
    return Run(done.returncode, done.stdout, done.stderr, environ["NEWSARCHIVE_DATABASE_URL"])


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Site, Path]:
    """A crawl of the foreign project by its own `scrapy crawl`."""
    folder = tmp_path_factory.mktemp("foreign")
    with serving({"/": b"<p>their page</p>"}) as site:
        project(folder, site)
        return run(folder, "crawl", "theirs", "-O", "out.json", *QUICK), site, folder


def test_items_of_all_four_kinds_come_out_normalised_and_archived(foreign: tuple[Run, Site, Path]) -> None:
    crawled, site, folder = foreign
    assert crawled.count("stored") == 4, crawled.log
    items = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert sorted(item["title"] for item in items) == ["Story 0", "Story 1", "Story 2", "Story 3"]
    assert {item["date"] for item in items} == {"2004-05-06"}
    assert {item["image"] for item in items} == {None}
    assert crawled.reason(site.url("/3")) == ("archived", None)


def test_the_projects_own_settings_win(foreign: tuple[Run, Site, Path]) -> None:
    _, site, folder = foreign
    assert {headers["User-Agent"] for headers in site.headers} == {"theirs/1.0"}
    items = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert {item["tags"] for item in items} == {"stamped"}
    assert all(item["body"].startswith("  Un") for item in items)


def test_the_guard_is_on(foreign: tuple[Run, Site, Path]) -> None:
    crawled, site, _ = foreign
    assert "/robots.txt" in site.asked
    assert crawled.reason("file:///etc/hostname") == ("rejected", "refused scheme")
    assert crawled.reason("http://169.254.169.254/") == ("rejected", "refused address")
    assert "Traceback" not in crawled.log


def test_the_log_tells_nothing_of_the_databases_tools(foreign: tuple[Run, Site, Path]) -> None:
    crawled, _, _ = foreign
    assert "] INFO: " in crawled.log
    assert "alembic" not in crawled.log


def test_the_exit_code_takes_one_line_more(tmp_path: Path) -> None:
    settings = SETTINGS + 'COMMANDS_MODULE = "newsarchive.commands"\nNEWSARCHIVE_DATABASE_URL = "sqlite:////proc/x"\n'
    with serving({"/": b"x"}) as site:
        project(tmp_path, site, settings)
        assert run(tmp_path, "crawl", "thiers").code == 2
        ended = run(tmp_path, "crawl", "theirs", NEWSARCHIVE_DATABASE_URL="sqlite:////proc/x")
    assert ended.code == 1
    assert "Traceback" not in ended.log


def test_a_bad_value_ends_a_foreign_project_with_one_line_too(tmp_path: Path) -> None:
    with serving() as site:
        project(tmp_path, site)
        ended = run(tmp_path, "crawl", "theirs", NEWSARCHIVE_WORKERS="many")
    assert ended.code == 2
    assert ended.log.startswith("newsarchive: NEWSARCHIVE_WORKERS takes ")


def test_components_are_merged_entry_by_entry() -> None:
    settings = Settings({"ITEM_PIPELINES": {"theirs.Pipe": 1, "newsarchive.pipelines.store.Store": None}})
    NewsArchive.update_pre_crawler_settings(settings)
    NewsArchive().update_settings(settings)
    pipelines = settings.getdict("ITEM_PIPELINES")
    assert pipelines["theirs.Pipe"] == 1
    assert pipelines["newsarchive.pipelines.store.Store"] is None
    assert pipelines["newsarchive.pipelines.title.Title"] == 100
    assert settings["BOT_NAME"] == "scrapybot"
    assert settings["LOG_LEVEL"] == "DEBUG"
