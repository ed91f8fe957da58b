"""Nothing silent: every page requested ends as one count and one row, whatever became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawling import Answer, Run, Site, crawl, serving
from tests.middlewares.test_bounds import hanging_up

SPIDER = """
import scrapy
from scrapy.exceptions import DropItem

class Breaks:
    def process_item(self, item):
        if item["title"] == "breaks":
            raise RuntimeError("the disk is full")
        if item["title"] == "drops":
            raise DropItem("not today")
        return item

class Various(scrapy.Spider):
    name = "various"
    allowed_domains = ["127.0.0.1"]
    custom_settings = {"ITEM_PIPELINES": {"tested.Breaks": 650}}

    async def start(self):
        for path in ("item", "links", "nothing", "raises", "raises-late", "breaks", "drops", "nameless", "teapot"):
            yield scrapy.Request(f"{self.home}/{path}")
        yield scrapy.Request(f"{self.home}/hanging-up", errback=self.lost)
        yield scrapy.Request(f"{self.home}/404", errback=self.lost)

    def lost(self, failure):
        self.logger.info("errback got %s", type(failure.value).__name__)

    def parse(self, response):
        path = response.url.rpartition("/")[2]
        if path == "links":
            yield response.follow("/same")
            yield response.follow("/old", priority=-10)
            yield response.follow("http://elsewhere.example/page")
        elif path == "raises":
            raise KeyError("gone")
        elif path == "nameless":
            yield {"title": "no address"}
        elif path != "nothing":
            yield {"url": response.url, "title": path, "body": [response.text, f"About {path.replace('same', 'item')}."]}
        if path == "raises-late":
            raise ValueError("after the item")
"""

TEXT = b"A long sentence that is the same on two pages, so that one of them is a copy of the other. " * 20
ANSWERS: dict[str, Answer] = {
    **{f"/{name}": TEXT + name.encode() for name in ("links", "nothing", "raises", "raises-late", "breaks", "drops")},
    "/nameless": b"nameless",
    "/item": TEXT,
    "/same": TEXT,
    "/old": (301, {"Location": "/item"}, b""),
    "/hanging-up": hanging_up,
    "/teapot": (418, {}, b"I'm a teapot"),
}


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run, Site]:
    """The same site crawled twice."""
    folder: Path = tmp_path_factory.mktemp("outcomes")
    with serving(ANSWERS) as site:
        source = f"{SPIDER}\n    home = {site.url('')!r}\n"
        # Settings a name each, so that the second crawl finds the archive of the first.
        first = crawl(folder, source, "-O", "out.json", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
        reasons = dict(first_reasons(first, site))
        second = crawl(folder, source, NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
        site.first = reasons  # type: ignore[attr-defined]
        return first, second, site


def first_reasons(run: Run, site: Site) -> list[tuple[str, tuple[str, str | None]]]:
    return [(path, run.reason(site.url(path))) for path in [*ANSWERS, "/404"]]


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [
        ("/item", "archived", None),
        ("/same", "duplicate", None),
        ("/links", "listing", "index"),
        ("/nothing", "rejected", "no article"),
        ("/raises", "failed", "spider: KeyError"),
        ("/raises-late", "archived", None),
        ("/breaks", "failed", "pipeline: RuntimeError"),
        ("/drops", "rejected", "dropped"),
        ("/nameless", "failed", "no url"),
        ("/teapot", "rejected", "http 418"),
        ("/404", "rejected", "http 404"),
        ("/hanging-up", "failed", "connection"),
        ("/old", "duplicate", "redirect"),
    ],
)
def test_every_end_of_a_page_has_its_row(
    crawls: tuple[Run, Run, Site], path: str, state: str, reason: str | None
) -> None:
    found = crawls[2].first[path]  # type: ignore[attr-defined]
    assert found[0] == state
    assert reason is None or found[1] == reason


def test_requests_that_never_leave_have_rows_too(crawls: tuple[Run, Run, Site]) -> None:
    first = crawls[0]
    assert first.reason("http://elsewhere.example/page") == ("rejected", "offsite")


def test_the_counts_agree_with_the_rows(crawls: tuple[Run, Run, Site]) -> None:
    first = crawls[0]
    assert first.count("stored") == 2
    assert first.count("duplicate") == 2
    assert first.count("failed/pipeline: RuntimeError") == 1
    assert first.count("failed/no url") == 1
    assert first.count("failed") == 5
    assert (first.count("rejected"), first.count("listing")) == (5, 1)


def test_a_failing_pipeline_shows_in_the_exit_code_and_the_log(crawls: tuple[Run, Run, Site]) -> None:
    first = crawls[0]
    assert first.code == 1
    assert "Failed (pipeline: RuntimeError)" in first.log
    assert "the disk is full" in first.log


def test_an_errback_gets_the_error_it_expects(crawls: tuple[Run, Run, Site]) -> None:
    assert "errback got DownloadFailedError" in crawls[0].log
    assert "errback got HttpError" in crawls[0].log


def test_a_second_crawl_stores_nothing_and_says_so(crawls: tuple[Run, Run, Site]) -> None:
    second = crawls[1]
    assert second.count("stored") == 0
    assert second.count("unchanged") == 3
    assert second.count("duplicate") == 1  # the redirect


def test_a_failed_visit_does_not_take_back_what_is_archived(crawls: tuple[Run, Run, Site]) -> None:
    _, second, site = crawls
    assert second.row(site.url("/raises-late")).state == "archived"


def test_the_feed_of_a_crawl_holds_what_was_stored(crawls: tuple[Run, Run, Site]) -> None:
    assert crawls[0].stats["item_scraped_count"] == 2
    assert crawls[0].stats["feedexport/success_count/WholeFileStorage"] == 1
