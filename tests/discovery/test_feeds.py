from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.discovery import feeds, link
from newsarchive.discovery.link import LinkKind

URL = "https://example.org/feed"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Le Port</title><link>https://example.org/</link><language>fr</language>
<item><title>La jet&#233;e r&eacute;par&eacute;e &amp;amp; ouverte</title><link>https://example.org/a/1.html?utm_source=rss</link>
<pubDate>Thu, 06 May 2004 10:20:00 +0100</pubDate><media:content><media:title>Une photo</media:title></media:content></item>
<item><title><![CDATA[<b>Deux</b> bateaux]]></title><guid>https://example.org/a/2.html</guid><dc:date>2004-05-07</dc:date></item>
<item><title>Sans adresse</title><guid isPermaLink="false">tag:3</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es" xml:base="https://example.org/es/">
<title>El Puerto</title>
<entry><title type="html">El &lt;i&gt;muelle&lt;/i&gt;</title><link rel="replies" href="/c/9"/><link href="a/9.html"/>
<id>tag:example.org,2020:9</id><published>2020-02-01T08:00:00Z</published><updated>2020-02-02T08:00:00Z</updated></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.org/"><title>x</title></channel>
<item rdf:about="https://example.org/a/7"><title>Seven</title><link>https://example.org/a/7</link><dc:date>2003-01-02T03:04Z</dc:date></item>
</rdf:RDF>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": [
 {"id": "1", "url": "/a/1", "title": "One", "date_published": "2024-01-02T03:04:05Z"}, {"id": "2"}, 3]}"""


def test_an_rss_feed_gives_links_with_titles_dates_and_language() -> None:
    found = feeds.read(RSS.encode(), URL)
    first, second = found.links
    assert (found.kind, found.problem) == ("rss", None)
    assert first.url == "https://example.org/a/1.html?utm_source=rss"
    assert first.title == "La jetée réparée & ouverte"
    assert first.published == "Thu, 06 May 2004 10:20:00 +0100"
    assert first.moment == datetime(2004, 5, 6, 9, 20, tzinfo=UTC)
    assert first.language == "fr"
    assert first.kind is LinkKind.ARTICLE
    assert (second.url, second.title, second.published) == (
        "https://example.org/a/2.html",
        "Deux bateaux",
        "2004-05-07",
    )


def test_an_entry_without_an_address_is_counted() -> None:
    assert feeds.read(RSS.encode(), URL).dropped == {"no address": 1}


def test_an_atom_feed_is_read_with_its_base_and_language() -> None:
    (entry,) = feeds.read(ATOM.encode(), URL).links
    assert entry.url == "https://example.org/es/a/9.html"
    assert (entry.title, entry.language) == ("El muelle", "es")
    assert (entry.published, entry.modified) == ("2020-02-01T08:00:00Z", "2020-02-02T08:00:00Z")


def test_an_rdf_feed_is_read() -> None:
    (entry,) = feeds.read(RDF.encode(), URL).links
    assert (entry.url, entry.published) == ("https://example.org/a/7", "2003-01-02T03:04Z")


def test_a_json_feed_is_read() -> None:
    found = feeds.read(JSON.encode(), URL)
    assert [(entry.url, entry.title, entry.language) for entry in found.links] == [
        ("https://example.org/a/1", "One", "en")
    ]
    assert found.dropped == {"no address": 2}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_feed_is_read_in_its_encoding(encoding: str) -> None:
    body = RSS.replace('encoding="UTF-8"', f'encoding="{encoding}"').replace("jet&#233;e", "jetée").encode(encoding)
    assert feeds.read(body, URL).links[0].title == "La jetée réparée & ouverte"


def test_a_gzipped_feed_is_opened() -> None:
    assert len(feeds.read(gzip.compress(RSS.encode()), URL).links) == 2


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("</item>\n<item><title><![", "</itm>\n</item><item><title><![", 1),
        RSS.replace("?utm_source=rss", "?a=1&b=2&c"),
        RSS.replace("Le Port", "Le Port & fils < autres"),
        RSS.replace("Le Port", "Le \x0bPort"),
        "\n  " + RSS,
        "Warning: mysql_connect()\n" + RSS.partition("?>")[2],
        RSS.replace("<pubDate>", "<description><p>a<br>b</description><pubDate>"),
        RSS.replace(
            "<rss", '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://example.com/rss.dtd"><rss', 1
        ),
    ],
    ids=[
        "unclosed",
        "bare ampersands",
        "bare markup",
        "control character",
        "leading space",
        "leading words",
        "open markup",
        "plain doctype",
    ],
)
def test_a_broken_feed_still_gives_its_entries(broken: str) -> None:
    assert sorted(entry.url.partition("?")[0] for entry in feeds.read(broken.encode(), URL).links) == [
        "https://example.org/a/1.html",
        "https://example.org/a/2.html",
    ]


def test_a_truncated_feed_gives_the_entries_before_the_cut() -> None:
    assert len(feeds.read(RSS[: RSS.index("Deux")].encode(), URL).links) == 1


LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">
<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&b;&x;</title><link>https://example.org/a</link></item></channel></rss>"""


def test_entities_are_never_expanded() -> None:
    found = feeds.read(LAUGHS.encode(), URL)
    assert (found.links, found.problem) == ([], "document type declarations")
    assert feeds.read(LAUGHS.encode("utf-16"), URL).problem == "document type declarations"


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>No feed</body></html>", b"\x89PNG\r\n", b"{", b"{}", b"[1]", b"\x1f\x8bxx"]
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    found = feeds.read(body, URL)
    assert found.links == []
    assert found.problem in ("not a feed", "broken gzip")


def test_a_feed_nested_too_deep_is_given_up() -> None:
    assert feeds.read(b"<rss>" + b"<a>" * 5000, URL).problem == "nested too deep"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    feeds.read(body, URL)
    feeds.read(b"<rss><channel><item>" + body + b"</item></channel></rss>", URL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2004", datetime(2004, 1, 1, tzinfo=UTC)),
        ("2004-05", datetime(2004, 5, 1, tzinfo=UTC)),
        ("2004-05-06T07:08:09.123+02:00", datetime(2004, 5, 6, 5, 8, 9, tzinfo=UTC)),
        ("Thu, 06 May 2004 10:20:00 GMT", datetime(2004, 5, 6, 10, 20, tzinfo=UTC)),
        ("2004-13-45", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_hint_is_a_moment_when_it_can_be_read(text: str | None, expected: datetime | None) -> None:
    assert link.moment(text) == expected


RDF_SPACE = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
VERSIONS = {
    "RSS 0.90": f"""<?xml version="1.0"?><rdf:RDF {RDF_SPACE} xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>x</title><link>https://example.org/</link></channel>
<item><title>One</title><link>https://example.org/a/1</link></item></rdf:RDF>""",
    "RSS 0.91": """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://example.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>x</title>
<link>https://example.org/</link><language>en-us</language><item><title>One</title><link>https://example.org/a/1</link></item></channel></rss>""",
    "RSS 0.92": """<rss version="0.92"><channel><item><description>One, and nothing else</description>
<title>One</title><source url="https://example.org/rss">x</source><link>https://example.org/a/1</link></item></channel></rss>""",
    "RSS 1.0": f"""<rdf:RDF {RDF_SPACE} xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://example.org/">
<items><rdf:Seq><rdf:li rdf:resource="https://example.org/a/1"/></rdf:Seq></items></channel>
<item rdf:about="https://example.org/a/1"><title>One</title><link>https://example.org/a/1</link></item></rdf:RDF>""",
    "RSS 2.0 with its link in CDATA": """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<atom:link rel="self" href="https://example.org/rss"/><item><title>One</title>
<link><![CDATA[ https://example.org/a/1 ]]></link></item></channel></rss>""",
    "FeedBurner": """<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>One</title>
<link>https://feeds.example.com/~r/x/1</link><feedburner:origLink>https://example.org/a/1</feedburner:origLink></item></channel></rss>""",
    "Atom 0.3": """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>One</title>
<link rel="alternate" type="text/html" href="https://example.org/a/1"/><issued>2004-05-06T07:08:09Z</issued></entry></feed>""",
    "Atom 1.0 with a prefix": """<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title>
<a:link href="https://example.org/a/1"/></a:entry></a:feed>""",
    "a prefix nobody declared": """<rss><channel><item><title>One</title><media:x>y</media:x><link>https://example.org/a/1</link></item></channel></rss>""",
}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_rss_and_atom_is_read(version: str) -> None:
    found = feeds.read(VERSIONS[version].encode(), URL)
    assert [(entry.url, entry.title) for entry in found.links] == [("https://example.org/a/1", "One")]
    assert found.problem is None
