"""What may be crawled: a site by name, or the address of any site."""

from __future__ import annotations

import pytest

from newsarchive.cli.targets import address, unknown


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org", "https://example.org"),
        ("http://example.org/news?a=1", "http://example.org/news?a=1"),
        ("example.org", "https://example.org"),
        ("www.example.co.uk/news", "https://www.example.co.uk/news"),
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000/news", "http://127.0.0.1:8000/news"),
        ("localhost.example.org", "https://localhost.example.org"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("مثال.إختبار", "https://مثال.إختبار"),
    ],
)
def test_an_address_is_taken_with_or_without_its_scheme(text: str, url: str) -> None:
    assert address(text) == url


@pytest.mark.parametrize(
    "text",
    ["lematin", "", "ftp://example.org", "file:///etc/hostname", "https://", "http://a b.org", "http://x.org:99999",
     "javascript:alert(1)", "example.", "1.2.3", "http://[::1", "data:text/html,x"],
)  # fmt: skip
def test_anything_else_is_no_address(text: str) -> None:
    assert address(text) is None


def test_an_unknown_site_is_told_with_the_near_names() -> None:
    assert "did you mean 'lematin'?" in str(unknown("lemtin", ["lematin", "other"]))
    assert "known are lematin, other" in str(unknown("zzz", ["lematin", "other"]))
    assert "not an http(s) URL" in str(unknown("ftp://example.org", []))
