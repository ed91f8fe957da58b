"""Pages that are ordinary enough, and that broke a rule: reading them never raises."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsarchive import extract

STORY = "".join(
    f"<p>Une phrase de l'histoire, la {n}e, qui dit ce qui s'est passé au port ce matin-là.</p>" for n in range(5)
)
WHEN = datetime(2025, 12, 25, 9, tzinfo=UTC)


def page(inside: str = "", head: str = "") -> bytes:
    return f"<html lang=fr><head>{head}</head><body><article><h1>Le port</h1>{inside}{STORY}</article></body></html>".encode()


@pytest.mark.parametrize("day", ["12²", "①", "²", "½", "Ⅻ", "٣", "१२"])
def test_any_kind_of_digit_may_stand_beside_a_month(day: str) -> None:
    article = extract(
        page(f"<p>Le {day} mars 2024, il a dit bonjour. March {day} 2024.</p>"), "https://a.example/x", captured_at=WHEN
    )
    assert len(article.body) == 6


@pytest.mark.parametrize("size", ["40¹", "①", "½", "٣٠", "1e3", "-", ""])
def test_any_kind_of_digit_may_stand_in_the_size_of_an_image(size: str) -> None:
    article = extract(
        page(f'<img src="/a.jpg" width="{size}" height="{size}">'), "https://a.example/x", captured_at=WHEN
    )
    assert len(article.body) == 5


@pytest.mark.parametrize(
    "url",
    ["http://[bad/a.jpg", "http://[site_url]/a.jpg", "http://ex\u2100mple.org/a.jpg", "/http://[", "/a?url=http://[x"],
)
def test_an_address_that_is_none_is_no_image_and_no_error(url: str) -> None:
    head = f'<meta property="og:image" content="{url}"><link rel="canonical" href="{url}">'
    article = extract(
        page(f'<img src="{url}" width="600" height="400">', head), "https://a.example/x", captured_at=WHEN
    )
    assert len(article.body) == 5


@pytest.mark.parametrize(
    "charset", "hex base64 zlib bz2 uu quopri rot13 idna punycode undefined cp037 cp500 utf-16 utf-32 utf-7".split()
)
def test_a_charset_that_is_none_of_the_web_is_not_believed(charset: str) -> None:
    html = page("<p>Élise a rendu les clefs à la mairie, où l'été s'achève.</p>").decode().encode("cp1252")
    for given, body in ((charset, html), (None, html.replace(b"<head>", f"<head><meta charset={charset}>".encode()))):
        article = extract(body, "https://a.example/x", captured_at=WHEN, encoding=given)
        assert article.body[0] == "Élise a rendu les clefs à la mairie, où l'été s'achève."


def test_a_capture_time_without_zone_is_taken_for_utc() -> None:
    article = extract(page(), "https://a.example/x", captured_at=datetime(2025, 12, 25, 9))
    assert article.captured_at == WHEN


def test_an_address_that_no_unicode_can_write_leaves_none_behind() -> None:
    article = extract(page('<img src="b.jpg">'), "http://ex\ud800.org/a", captured_at=WHEN)
    json.dumps([article.url, [image.url for image in article.images]]).encode()
    article.url.encode()
