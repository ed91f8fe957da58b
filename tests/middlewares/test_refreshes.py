"""Meta refreshes are followed as Scrapy follows them, and only pages that can have one are decoded for it."""

from __future__ import annotations

import pytest
from scrapy import Request, Spider
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from newsarchive.middlewares.refreshes import MetaRefresh

HERE = Request("https://example.org/a")
TAG = '<html><head><meta http-equiv="Refresh" content="0; url=/b"></head>'


def answered(body: bytes, encoding: str | None = None) -> Request | HtmlResponse:
    headers = {"Content-Type": f"text/html; charset={encoding}"} if encoding else {"Content-Type": "text/html"}
    response = HtmlResponse(HERE.url, body=body, headers=headers, request=HERE)
    middleware = MetaRefresh.from_crawler(get_crawler())
    middleware.crawler.spider = Spider("here")
    answer = middleware.process_response(HERE, response)
    assert isinstance(answer, (Request, HtmlResponse))
    return answer


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_refresh_is_followed_whatever_the_encoding(encoding: str) -> None:
    assert answered(TAG.encode(encoding), encoding).url == "https://example.org/b"


def test_a_page_without_the_word_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HtmlResponse, "text", property(lambda _: pytest.fail("decoded")))
    assert answered(b"<html><head><title>News</title></head>" + b"x" * 100_000).url == HERE.url
