from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.discovery import sitemaps, xml
from newsarchive.discovery.link import LinkKind

URL = "https://example.org/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

PLAIN = f"""<?xml version="1.0" encoding="UTF-8"?><urlset {SPACE}
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><image:image><image:loc>https://example.org/p.jpg</image:loc></image:image><loc> https://example.org/a/1?x=1&amp;y=2 </loc>
<lastmod>2024-05-06</lastmod><xhtml:link rel="alternate" hreflang="en" href="https://example.org/en/a/1"/></url>
<url><loc>/a/2</loc></url><url><loc></loc></url><url><loc>javascript:x</loc></url></urlset>"""

NEWS = f"""<urlset {SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/a/3</loc>
<news:news><news:publication><news:name>El Puerto</news:name><news:language>es</news:language></news:publication>
<news:publication_date>2024-05-06T07:08:09+02:00</news:publication_date><news:title>El muelle</news:title></news:news></url></urlset>"""

INDEX = f"""<sitemapindex {SPACE}><sitemap><loc>https://example.org/s1.xml.gz</loc><lastmod>2024-05-06</lastmod></sitemap>
<sitemap><loc>https://example.org/s2.xml</loc></sitemap></sitemapindex>"""


def test_a_sitemap_gives_its_pages_and_counts_what_has_no_address() -> None:
    found = sitemaps.read(PLAIN.encode(), URL)
    assert [(entry.url, entry.modified, entry.kind) for entry in found.links] == [
        ("https://example.org/a/1?x=1&y=2", "2024-05-06", LinkKind.PAGE),
        ("https://example.org/en/a/1", "2024-05-06", LinkKind.PAGE),
        ("https://example.org/a/2", None, LinkKind.PAGE),
    ]
    assert (found.kind, found.dropped, found.problem) == ("sitemap", {"no address": 2}, None)


def test_a_news_sitemap_gives_articles_with_title_date_and_language() -> None:
    (entry,) = sitemaps.read(NEWS.encode(), URL).links
    assert (entry.kind, entry.title, entry.language) == (LinkKind.ARTICLE, "El muelle", "es")
    assert entry.published == "2024-05-06T07:08:09+02:00"


LANGUAGES = f"""<urlset {SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc>https://example.org/fr/1</loc><xhtml:link rel="alternate" hreflang="fr" href="https://example.org/fr/1"/>
<xhtml:link rel="alternate" hreflang="ar" href="https://example.org/ar/1"/>
<xhtml:link rel="alternate" hreflang="x-default" href="https://example.org/"/>
<xhtml:link rel="alternate" media="only screen and (max-width: 640px)" href="https://m.example.org/1"/></url>
<url><loc>https://example.org/fr/2</loc><xhtml:link rel="alternate" hreflang="ar" href="https://example.org/ar/1"/></url></urlset>"""

MEDIA = f"""<urlset {SPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"><url>
<image:image><image:loc>https://example.org/p.jpg</image:loc><image:title>The quay</image:title></image:image>
<video:video><video:content_loc>https://example.org/v.mp4</video:content_loc><video:title>Storm</video:title>
<video:publication_date>2024-05-06</video:publication_date></video:video><loc>https://example.org/a/9</loc></url></urlset>"""


def test_the_other_languages_of_a_page_are_links_with_their_language() -> None:
    assert [(entry.url[20:], entry.language) for entry in sitemaps.read(LANGUAGES.encode(), URL).links] == [
        ("fr/1", "fr"), ("ar/1", "ar"), ("fr/2", None),
    ]  # fmt: skip


def test_pictures_and_videos_of_a_page_are_no_pages_and_do_not_date_it() -> None:
    (entry,) = sitemaps.read(MEDIA.encode(), URL).links
    assert (entry.url, entry.title, entry.published) == ("https://example.org/a/9", None, None)


def test_a_feed_may_stand_for_a_sitemap() -> None:
    feed = "<rss><channel><item><title>One</title><link>https://example.org/a/1</link></item></channel></rss>"
    found = sitemaps.read(feed.encode(), URL)
    assert (found.kind, [entry.title for entry in found.links]) == ("rss", ["One"])


def test_an_index_gives_sitemaps() -> None:
    found = sitemaps.read(INDEX.encode(), URL)
    assert found.kind == "index"
    assert [(entry.url, entry.kind) for entry in found.links] == [
        ("https://example.org/s1.xml.gz", LinkKind.SITEMAP),
        ("https://example.org/s2.xml", LinkKind.SITEMAP),
    ]


def test_a_gzipped_sitemap_is_opened() -> None:
    assert len(sitemaps.read(gzip.compress(PLAIN.encode()), URL).links) == 3


def test_a_torn_gzip_gives_what_was_before_the_tear() -> None:
    entries = "".join(
        f"<url><loc>https://example.org/{number}/{hash(number * 7919)}</loc></url>" for number in range(50_000)
    )
    whole = gzip.compress(f"<urlset {SPACE}>{entries}</urlset>".encode())
    assert 1000 < len(sitemaps.read(whole[: len(whole) // 2], URL).links) < 50_000


def test_a_text_sitemap_is_read() -> None:
    found = sitemaps.read("\ufeffhttps://example.org/a\r\n\r\nhttps://example.org/b\nnonsense\n".encode(), URL)
    assert [entry.url for entry in found.links] == ["https://example.org/a", "https://example.org/b"]
    assert (found.kind, found.dropped) == ("text", {"no address": 1})


@pytest.mark.parametrize(
    "body", [b"", b"<!DOCTYPE html><html><body>404</body></html>", b"Not found", b"\x89PNG\r\n\x00"]
)
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    found = sitemaps.read(body, URL)
    assert (found.links, found.problem) == ([], "not a sitemap")


def test_a_document_type_with_entities_is_refused() -> None:
    body = f'<!DOCTYPE u [<!ENTITY a "https://example.org/">]><urlset {SPACE}><url><loc>&a;</loc></url></urlset>'
    assert sitemaps.read(body.encode(), URL).problem == "document type declarations"


def test_a_gzip_bomb_stops_at_the_cap() -> None:
    bomb = gzip.compress(b"\0" * (xml.MAX_BYTES * 2))
    tracemalloc.start()
    found = sitemaps.read(bomb, URL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.problem == "too large"
    assert peak < 4 * xml.MAX_BYTES


def test_a_sitemap_with_too_many_entries_is_read_to_its_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 10)
    entries = "".join(f"<url><loc>https://example.org/{number}</loc></url>" for number in range(20))
    found = sitemaps.read(f"<urlset {SPACE}>{entries}</urlset>".encode(), URL)
    assert (len(found.links), found.problem) == (10, "too many entries")


def test_robots_names_sitemaps_in_any_spelling() -> None:
    robots = b"\xef\xbb\xbfSITEMAP: https://example.org/a.xml\r\nUser-agent: *\rSitemap:https://example.org/b.xml # news\nsitemap: /c.xml\n"
    assert sitemaps.declared(robots) == ["https://example.org/a.xml", "https://example.org/b.xml"]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    sitemaps.read(body, URL)
    sitemaps.read(b"<urlset><url><loc>" + body + b"</loc></url></urlset>", URL)
    sitemaps.declared(body)
