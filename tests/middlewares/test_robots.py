"""robots.txt: obeyed, bounded, and a broken one forbids."""

from __future__ import annotations

from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.middlewares.robots import cut
from tests.crawling import Answer, crawl, serving

SPIDER = """
import scrapy

class Asks(scrapy.Spider):
    name = "asks"

    async def start(self):
        for url in self.urls:
            yield scrapy.Request(url)

    def parse(self, response):
        yield {"url": response.url, "title": "came", "body": response.text}
"""


@given(st.binary(), st.integers(1, 50))
def test_a_robots_txt_is_cut_at_a_line_end(body: bytes, limit: int) -> None:
    kept = cut(body, limit)
    assert len(kept) <= limit or kept == body
    assert body.startswith(kept)
    assert kept == body or not kept or kept[-1:] in (b"\n", b"\r")


def test_half_a_rule_is_no_rule() -> None:
    assert cut(b"Disallow: /a\nDisallow: /abcd\n", 20) == b"Disallow: /a\n"


def test_pages_that_wait_for_a_robots_txt_all_obey_it(tmp_path: Path) -> None:
    with serving({"/robots.txt": b"User-agent: *\nDisallow: /private/"}) as site:
        urls = [site.url(f"/private/{n}") for n in range(8)]
        run = crawl(tmp_path, f"{SPIDER}\n    urls = {urls!r}\n", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
        assert site.asked == ["/robots.txt"]
        assert run.count("rejected/robots") == 8


def test_a_site_gets_the_pace_it_asks_for(tmp_path: Path) -> None:
    with serving({"/robots.txt": b"User-agent: *\nCrawl-delay: 1", **{f"/{n}": b"x" for n in range(4)}}) as site:
        urls = [site.url(f"/{n}") for n in range(4)]
        run = crawl(tmp_path, f"{SPIDER}\n    urls = {urls!r}\n", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
        assert run.count("fetched") == 4
        assert run.stats["elapsed_time_seconds"] > 1.5  # three pauses of 0.5 to 1.5 seconds
        assert "asks for 1.0 seconds between requests" in run.log


def huge(sent: list[int]) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50000000\r\n\r\n")
        handler.wfile.write(b"User-agent: *\nDisallow: /early\n")
        block = b"".join(b"Disallow: /%06d\n" % n for n in range(3000))
        for _ in range(1000):
            handler.wfile.write(block)
            sent.append(len(block))
        handler.wfile.write(b"Disallow: /late\n")

    return answer


def test_of_a_huge_robots_txt_the_first_part_is_obeyed_and_the_rest_not_even_fetched(tmp_path: Path) -> None:
    sent: list[int] = []
    with serving({"/robots.txt": huge(sent), "/early": b"x", "/late": b"late", "/002000": b"x"}) as site:
        paths = ["/early", "/late", "/002000"]
        source = f"{SPIDER}\n    urls = {[site.url(path) for path in paths]!r}\n"
        run = crawl(tmp_path, source, NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
        assert run.reason(site.url("/early")) == ("rejected", "robots")
        assert run.reason(site.url("/002000")) == ("rejected", "robots")
        assert run.reason(site.url("/late")) == ("archived", None)
        assert sum(sent) < 30_000_000
        assert run.code == 0


KINDS: dict[str, tuple[Answer, tuple[str, str | None]]] = {
    "missing": ((404, {}, b"User-agent: *\nDisallow: /"), ("archived", None)),
    "broken": ((503, {}, b""), ("failed", "robots unreachable")),
    "forbidding": ((200, {}, b"User-agent: *\nDisallow: /"), ("rejected", "robots")),
    "redirected to a private address": ((302, {"Location": "http://10.0.0.1/robots.txt"}, b""), ("archived", None)),
}


def test_what_a_robots_txt_answers_decides(tmp_path: Path) -> None:
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(serving({"/robots.txt": answer, "/page": name.encode()}))
            for name, (answer, _) in KINDS.items()
        }
        urls = [site.url("/page") for site in sites.values()]
        run = crawl(tmp_path, f"{SPIDER}\n    urls = {urls!r}\n", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
    found = {name: run.reason(site.url("/page")) for name, site in sites.items()}
    assert found == {name: reason for name, (_, reason) in KINDS.items()}
    assert "Traceback" not in run.log
