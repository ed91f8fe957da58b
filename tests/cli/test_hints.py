"""What is said of a run that could not begin."""

from __future__ import annotations

import pytest

from newsarchive.cli import hints
from newsarchive.cli.counts import Counts, count

REFUSED = Counts(rejected=1, rejected_for={"refused address": 1})


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine's own."""
    monkeypatch.setattr(hints, "getproxies", dict)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:8000/", "127.0.0.1 is a private address; -s NEWSARCHIVE_ALLOWED_HOSTS=127.0.0.1 allows it"),
        ("http://[::1]/news", "::1 is a private address; -s NEWSARCHIVE_ALLOWED_HOSTS=::1 allows it"),
        ("localhost:8000", "localhost leads to a private address; -s NEWSARCHIVE_ALLOWED_HOSTS=localhost allows it"),
    ],
)
def test_a_start_on_a_private_address_is_told_with_the_setting_that_allows_it(url: str, says: str) -> None:
    assert hints.private_start(REFUSED, url) == says


def test_what_is_allowed_already_is_kept() -> None:
    assert "NEWSARCHIVE_ALLOWED_HOSTS=a.example,10.0.0.0/8,127.0.0.1 " in str(
        hints.private_start(REFUSED, "http://127.0.0.1/", "a.example, 10.0.0.0/8")
    )


def test_a_site_that_answered_and_links_to_a_private_address_is_no_mistake_of_the_caller() -> None:
    stats = {"newsarchive/rejected/refused address": 3, "downloader/response_count": 1}
    assert hints.private_start(count(stats, 1), "https://example.org/") is None
    assert hints.private_start(Counts(), "http://127.0.0.1/") is None
    assert hints.private_start(REFUSED, None) is None


def test_behind_a_proxy_a_name_may_not_be_what_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "getproxies", lambda: {"http": "http://10.0.0.1:3128"})
    assert hints.private_start(REFUSED, "https://example.org/") is None
    assert hints.private_start(REFUSED, "http://127.0.0.1/")


def test_a_crawl_begins_at_its_argument_or_at_what_the_spider_states() -> None:
    class Named:
        url = "https://example.org/"

    class Plain:
        start_urls = ("https://example.com/", "https://example.net/")

    assert hints.start_url(Named, {"url": "http://a.example/"}) == "http://a.example/"
    assert hints.start_url(Named, {}) == "https://example.org/"
    assert hints.start_url(Plain, {}) == "https://example.com/"
    assert hints.start_url(object, {}) is None
