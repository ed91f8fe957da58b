"""JSON-LD in all its broken forms, and metas."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsarchive.extraction import structured


def read(*scripts: str, head: str = "") -> structured.Structured:
    ld = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return structured.read(LexborHTMLParser(f"<html><head>{head}{ld}</head><body></body></html>"))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Strike ends"}',
        '<!-- {"@type": "NewsArticle", "headline": "Strike ends"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Strike ends"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Strike ends",}',
        '{"@type": "NewsArticle", "articleBody": "line\nbreak\t", "headline": "Strike ends"}',
        '{"@type": "NewsArticle", "headline": "Strike ends"};',
        '{"@type": "NewsArticle", "headline": "Strike ends"} {"more": 1}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Strike ends&quot;}",
        '{"@graph": [{"@type": ["Thing", "http://schema.org/NewsArticle"], "headline": "Strike ends"}]}',
        '[[{"mainEntity": {"@type": "schema:NewsArticle", "headline": "Strike ends"}}]]',
    ],
)
def test_an_article_is_read_however_it_is_written(script: str) -> None:
    assert [article.get("headline") for article in read(script).articles] == ["Strike ends"]


def test_what_cannot_be_read_is_counted_and_the_rest_is_read() -> None:
    found = read("{broken", '{"@type": "NewsArticle"}')
    assert (found.broken, len(found.articles)) == (1, 1)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_is_no_error(opening: str) -> None:
    assert read(opening * 100_000).broken == 1
    closing = "]" if opening == "[" else "}"
    assert read(opening * 50_000 + "1" + closing * 50_000).broken == 1


def test_metas_keep_their_order_and_lower_case_names() -> None:
    head = '<meta property="OG:Title" content=" a "><meta name=og:title content=b><meta name=empty content="">'
    found = read(head=head)
    assert found.metas == {"og:title": ["a", "b"]}
    assert found.meta("missing", "og:title") == "a"
