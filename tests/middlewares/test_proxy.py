"""Through a proxy: the proxy is what is connected to, so it must be allowed; private targets stay refused."""

from __future__ import annotations

from pathlib import Path

from tests.crawling import crawl, serving

SPIDER = """
import scrapy

class Asks(scrapy.Spider):
    name = "asks"

    async def start(self):
        for url in ("http://news.example/", "http://127.0.0.1:9/", "http://localhost/", "https://news.example/"):
            yield scrapy.Request(url)

    def parse(self, response):
        yield {"url": response.url, "title": "came", "body": response.text}
"""


def test_a_proxy_at_a_private_address_must_be_allowed(tmp_path: Path) -> None:
    with serving({"http://news.example/": b"seen"}) as proxy:
        run = crawl(tmp_path, SPIDER, http_proxy=proxy.url(""), https_proxy=proxy.url(""))
        assert proxy.asked == []
        assert run.count("rejected/refused address") == 4
        assert run.code == 0


def test_through_an_allowed_proxy_private_targets_are_refused_all_the_same(tmp_path: Path) -> None:
    with serving({"http://news.example/": b"seen"}) as proxy:
        run = crawl(tmp_path, SPIDER, http_proxy=proxy.url(""), NEWSARCHIVE_ALLOWED_HOSTS=f"127.0.0.1:{proxy.port}")
        assert proxy.asked == ["http://news.example/robots.txt", "http://news.example/"]
        assert run.reason("http://news.example/") == ("archived", None)
        assert run.count("rejected/refused address") == 2
        assert "Traceback" not in run.log
