"""`scrapy crawl` and `runspider` end with an exit code that says what happened, and with one line when used wrongly."""

from __future__ import annotations

import json
import sqlite3
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from scrapy.cmdline import execute

from tests.crawling import QUICK, Run, crawl, scrapy, serving

ITEM = """
import asyncio
import scrapy

class One(scrapy.Spider):
    name = "one"

    def __init__(self, title="A title", **kwargs):
        super().__init__(**kwargs)
        self.title = title

    async def start(self):
        yield {"url": "https://example.org/a", "title": self.title, "body": "Un.", "date": "2004"}
        await asyncio.sleep(0.5)  # a spider that asks for nothing is seen to be idle when this ends
"""


def one_line(run: Run) -> str:
    lines = run.log.strip().splitlines()
    assert len(lines) == 1, run.log
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "lematn"], "scrapy: no spider 'lematn': did you mean lematin?"),
        (["crawl"], "scrapy: name one spider"),
        (["crawl", "lematin", "--bogus"], "scrapy: no option --bogus"),
        (
            ["crawl", "lematin", "-s", "NEWSARCHIVE_BATCH_SIZE=lots"],
            "scrapy: NEWSARCHIVE_BATCH_SIZE takes a whole number",
        ),
        (["crawl", "lematin", "-s", "NEWSARCHIVE_BATCHSIZE=5"], "did you mean NEWSARCHIVE_BATCH_SIZE?"),
        (["crawl", "lematin", "-O", "folder.json"], "scrapy: cannot write folder.json: it is a folder"),
        (["crawl", "lematin", "-s", "DOWNLOAD_TIMEOUT=soon"], "scrapy: DOWNLOAD_TIMEOUT takes a number, not 'soon'"),
        (["crawl", "lematin", "-s", "ROBOTSTXT_OBEY=maybe"], "scrapy: ROBOTSTXT_OBEY takes True or False, not 'maybe'"),
        (["crawl", "lematin", "-L", "LOUD"], "scrapy: LOG_LEVEL takes one of"),
        (["crawl", "lematin", "-s", "LOG_FILE=/nowhere/crawl.log"], "scrapy: cannot write /nowhere/crawl.log"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    (tmp_path / "folder.json").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newsarchive.settings")
    with pytest.raises(SystemExit) as end:  # before there is a reactor, so in this process
        execute(["scrapy", *arguments])
    assert end.value.code == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "lematin", "--nolog", "-a", "max_pages=few"], "max_pages takes a whole number"),
        (["crawl", "lematin", "--nolog", "-a", "buget=10m"], "there is no argument buget: did you mean budget?"),
        (["crawl", "replay", "--nolog"], "scrapy: replay: "),
        (["runspider", "own.py", "--nolog", "-a", "buget=10m"], "there is no argument buget: did you mean budget?"),
    ],
)
def test_arguments_that_a_spider_cannot_take_are_wrong_usage(tmp_path: Path, arguments: list[str], said: str) -> None:
    own = "from newsarchive.spiders.news import NewsSpider\nclass Own(NewsSpider):\n    name = 'own'\n    url = 'https://example.org'\n"
    (tmp_path / "own.py").write_text(own, encoding="utf-8")
    run = scrapy(tmp_path, *arguments)
    assert run.code == 2
    assert said in one_line(run)


def test_an_archive_that_cannot_be_opened_ends_the_crawl_before_it_begins(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database, whatever its name may say" * 100)
    with serving({"/": b"x"}) as site:
        spider = f"import scrapy\nclass S(scrapy.Spider):\n    name = 's'\n    start_urls = [{site.url('/')!r}]\n"
        environ = {"NEWSARCHIVE_ALLOWED_HOSTS": "127.0.0.1", "NEWSARCHIVE_DATABASE_URL": f"sqlite:///{broken}"}
        run = crawl(tmp_path, spider, **environ)
        assert site.asked == []
    assert run.code == 1
    assert "Traceback" not in run.log
    errors = [line for line in run.log.splitlines() if " ERROR: " in line]
    assert "The archive cannot be opened" in errors[0]
    assert "is not a database" in errors[0]


def test_a_complete_crawl_ends_with_0_and_its_run_is_noted(tmp_path: Path) -> None:
    run = crawl(tmp_path, ITEM, "-a", "title=Given", "-O", "out/articles.json")
    assert run.code == 0, run.log
    exported = json.loads((tmp_path / "out" / "articles.json").read_text(encoding="utf-8"))
    assert exported == [{"url": "https://example.org/a", "title": "Given", "body": "Un.", "date": "2004"}]
    with sqlite3.connect(tmp_path / "archive.sqlite") as database:
        assert database.execute("select command, outcome from runs").fetchall() == [("crawl one", "complete")]


def test_scrapyds_way_of_running_a_spider_works(tmp_path: Path) -> None:
    (found,) = [
        point for point in entry_points(group="scrapy", name="settings") if point.value.startswith("newsarchive")
    ]
    with serving({"/2024/05/a-page.html": b"<p>page</p>"}) as site:
        (tmp_path / "urls.txt").write_text(site.url("/2024/05/a-page.html"), encoding="utf-8")
        feeds = {f"file://{tmp_path}/items.jl": {"format": "jsonlines"}}
        run = scrapy(
            tmp_path, "crawl", "news", "-a", "_job=26d1b1a6d6f111e0be5c001e648c57f8", "-a", "urls=urls.txt",
            "-s", "LOG_FILE=job.log", "-s", f"FEEDS={json.dumps(feeds)}", *QUICK,
            SCRAPY_SETTINGS_MODULE=found.value, NEWSARCHIVE_WORKERS="0", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1",
        )  # fmt: skip
    log = (tmp_path / "job.log").read_text(encoding="utf-8")
    assert run.code == 0, log
    assert "Spider closed (finished)" in log
    assert "'newsarchive/fetched': 1" in log
    assert (tmp_path / "items.jl").exists()


def test_the_project_is_found_outside_of_its_folder_by_its_settings(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "list")
    assert run.code == 0
    assert {"lematin", "news"} <= set(run.out.split())


def test_a_file_that_is_overwritten_stays_whole_when_the_crawl_is_killed(tmp_path: Path) -> None:
    (tmp_path / "articles.json").write_text("[old]", encoding="utf-8")
    killed = ITEM + "        import os, signal\n        os.kill(os.getpid(), signal.SIGKILL)\n"
    run = crawl(tmp_path, killed, "-O", "articles.json")
    assert run.code == -9
    assert (tmp_path / "articles.json").read_text(encoding="utf-8") == "[old]"
