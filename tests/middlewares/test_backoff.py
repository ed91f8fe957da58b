"""A host that says "not now" is left alone, and a run asks a host only so much."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newsarchive.middlewares.backoff import BackOff
from newsarchive.middlewares.pauses import Pauses, retry_after
from tests.crawling import Answer, crawl, serving

NOW = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)
SPIDER = """
import scrapy

class Asks(scrapy.Spider):
    name = "asks"

    async def start(self):
        for n, url in enumerate(self.urls):
            yield scrapy.Request(url, priority=-n)

    def parse(self, response):
        yield {"url": response.url, "title": "came", "body": response.text}
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        (" 3 ", 3.0),
        ("Mon, 06 May 2024 10:01:30 GMT", 90.0),
        ("Mon, 06 May 2024 09:00:00 GMT", 0.0),
        ("99999999999999999999", 999_999_999.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_date(value: str | None, expected: float | None) -> None:
    assert retry_after(value, NOW) == expected


def test_a_pause_is_what_is_asked_for_or_grows_each_time() -> None:
    pauses = Pauses(longest=300)
    assert pauses.refused("a", 429, 17) == 17
    assert [pauses.refused("a", 429, None) for _ in range(4)] == [10, 20, 40, 60]
    pauses.answered("a")
    assert pauses.refused("a", 503, None) == 1


def test_a_host_that_asks_for_more_than_the_longest_pause_is_given_up() -> None:
    pauses = Pauses(longest=300)
    pauses.refused("a", 503, 3600)
    assert pauses.given_up == {"a": "it asks to wait 3600 seconds"}


def test_a_host_that_goes_on_refusing_is_given_up_and_one_that_answers_in_between_is_not() -> None:
    pauses = Pauses(longest=300)
    for _ in range(6):
        pauses.refused("a", 429, None)
        pauses.refused("b", 429, None)
        pauses.answered("b")
    assert pauses.given_up == {"a": "6 times http 429 in a row"}


def test_a_host_that_does_not_answer_any_more_is_given_up() -> None:
    pauses = Pauses(longest=300)
    for _ in range(12):
        pauses.broke("a")
    assert pauses.given_up == {"a": "12 times no answer in a row"}


def busy(until: Callable[[int], bool], header: Callable[[], str]) -> tuple[Answer, list[float]]:
    """An answer that is 429 with Retry-After while `until` says so of the number of the request; when it was asked."""
    asked: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(time.monotonic())
        status = 429 if until(len(asked)) else 200
        handler.send_response(status)
        if status == 429:
            handler.send_header("Retry-After", header())
        handler.send_header("Content-Length", "4")
        handler.end_headers()
        handler.wfile.write(b"page")

    return answer, asked


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_host_gets_nothing_while_it_asks_to_be_left_alone_and_then_the_page_comes(form: str, tmp_path: Path) -> None:
    later = {
        "seconds": lambda: "2",
        "date": lambda: format_datetime(datetime.fromtimestamp(time.time() + 3, UTC), True),
    }
    answer, asked = busy(lambda n: n == 1, later[form])
    pages: dict[str, Answer] = {f"/{n}": b"x" for n in range(8)}
    with serving({"/robots.txt": b"", "/busy": answer, **pages}) as site:
        urls = [site.url("/busy"), *(site.url(path) for path in pages)]
        source = f"{SPIDER}\n    urls = {urls!r}\n"
        settings = ["-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "RETRY_TIMES=1"]
        run = crawl(tmp_path, source, *settings, NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1", NEWSARCHIVE_MAX_PAUSE="10")
        assert run.reason(site.url("/busy")) == ("archived", None)
        assert run.stats["newsarchive/backoff/pauses"] == 1
        assert asked[1] - asked[0] > 1.9
        assert run.code == 0


def test_a_host_is_slowed_down_after_a_pause_and_gets_its_usual_pace_back_by_answering() -> None:
    slot = Slot(concurrency=2, delay=0.0, jitter=0.0)
    crawler = get_crawler()
    crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots={"h": slot}, get_slot_key=lambda request: "h"))  # type: ignore[assignment]
    pacing, request = BackOff(crawler), Request("http://h/")
    before = time.monotonic()
    pacing.process_response(request, Response("http://h/", status=429, headers={"Retry-After": "7"}))
    assert slot.lastseen >= before + 7
    assert slot.delay == 1.0
    for _ in range(20):
        pacing.process_response(request, Response("http://h/"))
    assert slot.delay == 0.0


def test_a_host_that_asks_for_an_hour_is_asked_nothing_more_in_this_run(tmp_path: Path) -> None:
    answer, _ = busy(lambda n: True, lambda: "3600")
    pages: dict[str, Answer] = {f"/{n}": b"x" for n in range(60)}
    with serving({"/robots.txt": b"", "/busy": answer, **pages}) as site:
        urls = [site.url("/busy"), *(site.url(path) for path in pages)]
        source = f"{SPIDER}\n    urls = {urls!r}\n"
        began = time.monotonic()
        run = crawl(tmp_path, source, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
        assert time.monotonic() - began < 60
        assert run.reason(site.url("/59")) == ("failed", "host unavailable")
        assert "asked nothing more in this run: it asks to wait 3600 seconds" in run.log
        assert len(site.asked) < 40
        assert run.code == 1
        assert "Traceback" not in run.log


def test_a_host_gets_its_budget_of_requests_and_the_rest_is_left(tmp_path: Path) -> None:
    pages: dict[str, Answer] = {f"/{n}": b"x" for n in range(20)}
    with serving({"/robots.txt": b"", **pages}) as site:
        source = f"{SPIDER}\n    urls = {[site.url(path) for path in pages]!r}\n"
        run = crawl(tmp_path, source, NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1", NEWSARCHIVE_HOST_BUDGET="5")
        assert len(site.asked) == 5  # robots.txt is a request, too
        assert run.count("fetched") == 4
        assert run.count("failed") == 0
        assert run.count("left") > 0
        assert run.stats["finish_reason"] == "budget"
        assert run.code != 0
