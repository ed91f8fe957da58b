"""However a crawl is started, the guard is on and the archive is flushed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from newsarchive.archive import Archive
from tests.crawling import QUICK, Answer, Run, crawl, environment, serving

SPIDER = """
import scrapy

class Follows(scrapy.Spider):
    name = "follows"

    def parse(self, response):
        yield {"url": response.url, "title": "came", "body": response.text}
        for n in range(3):
            yield response.follow(f"/page{n}", callback=self.page)
        yield response.follow("http://127.0.0.1:1/", callback=self.page)

    def page(self, response):
        yield {"url": response.url, "title": response.url, "body": f"The text of {response.url}."}
"""
PAGES: dict[str, Answer] = {"/": b"<p>home</p>", **{f"/page{n}": b"<p>page</p>" for n in range(3)}}

SCRIPT = """
import asyncio
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.log import configure_logging
from twisted.internet import reactor
from tested import Follows

settings = Settings({"ADDONS": {"newsarchive.addon.NewsArchive": 500}, "AUTOTHROTTLE_ENABLED": False})
configure_logging(settings)
task = AsyncCrawlerRunner(settings).crawl(Follows)
task.add_done_callback(lambda _: reactor.stop())
reactor.run()
"""


def test_a_runner_in_a_script_is_guarded_too(tmp_path: Path) -> None:
    with serving(PAGES) as site:
        source = SPIDER + f"    start_urls = [{site.url('/')!r}]\n"
        (tmp_path / "tested.py").write_text(source, encoding="utf-8")
        (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
        environ = environment(tmp_path, NEWSARCHIVE_ALLOWED_HOSTS=f"127.0.0.1:{site.port}")
        done = subprocess.run(
            [sys.executable, "script.py"], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60, check=False
        )  # fmt: skip
        run = Run(done.returncode, done.stdout, done.stderr, environ["NEWSARCHIVE_DATABASE_URL"])
        assert run.count("stored") == 4, run.log
        assert run.reason("http://127.0.0.1:1/") == ("rejected", "refused address")


def test_another_reactor_works_as_well(tmp_path: Path) -> None:
    with serving(PAGES) as site:
        source = SPIDER + f"    start_urls = [{site.url('/')!r}]\n"
        select = "TWISTED_REACTOR=twisted.internet.selectreactor.SelectReactor"
        run = crawl(tmp_path, source, "-s", select, NEWSARCHIVE_ALLOWED_HOSTS=f"127.0.0.1:{site.port}")
        assert run.count("stored") == 4, run.log
        assert run.count("rejected/refused address") == 1
        assert run.code == 0


def test_without_a_reactor_there_is_no_crawl(tmp_path: Path) -> None:
    with serving(PAGES) as site:
        source = SPIDER + f"    start_urls = [{site.url('/')!r}]\n"
        run = crawl(tmp_path, source, "-s", "TWISTED_REACTOR_ENABLED=False")
        assert site.asked == []
        assert run.code == 1
        assert "TWISTED_REACTOR_ENABLED must stay True" in run.log


def test_a_crawl_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    with serving(PAGES) as site:
        source = SPIDER + f"    start_urls = [{site.url('/')!r}]\n"
        hosts = f"127.0.0.1:{site.port}"
        job = ("-s", "JOBDIR=job", "-s", "CONCURRENT_REQUESTS=1")
        first = crawl(tmp_path, source, *job, "-s", "CLOSESPIDER_PAGECOUNT=2", NEWSARCHIVE_ALLOWED_HOSTS=hosts)
        assert first.code == 1  # not complete
        assert "closespider_pagecount" in first.log
        second = crawl(tmp_path, source, *job, NEWSARCHIVE_ALLOWED_HOSTS=hosts)
        assert second.code == 0, second.log
        assert first.count("stored") + second.count("stored") == 4
        assert "Unable to serialize" not in first.log


def test_an_interrupted_crawl_keeps_what_it_had_and_says_so(tmp_path: Path) -> None:
    with serving(PAGES) as site:
        source = (
            SPIDER
            + f"    start_urls = [{site.url('/')!r}]\n    custom_settings = {{'DOWNLOAD_DELAY': 1, 'CONCURRENT_REQUESTS': 1}}\n"
        )
        (tmp_path / "tested.py").write_text(source, encoding="utf-8")
        environ = environment(
            tmp_path, NEWSARCHIVE_ALLOWED_HOSTS=f"127.0.0.1:{site.port}", SCRAPY_SETTINGS_MODULE="newsarchive.settings"
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "runspider", "tested.py", *QUICK, "-s", "ROBOTSTXT_OBEY=0"],
            cwd=tmp_path, env=environ, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        deadline = time.monotonic() + 20
        while not site.asked and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        os.kill(process.pid, signal.SIGINT)
        _, log = process.communicate(timeout=30)
        assert process.returncode == 130, log
        with Archive.open(environ["NEWSARCHIVE_DATABASE_URL"], create=False) as archive:
            assert 1 <= archive.count() < 4
