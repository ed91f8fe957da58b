"""How each field came about: the rule that gave it and what it overruled, small enough to keep."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsarchive import Article, extract
from newsarchive.extraction import provenance
from tests.extraction.test_fuzz import PAGE

TEXT = "".join(
    f"<p>The {n}th sentence of the story says what happened at the harbour that morning.</p>" for n in range(6)
)
HEAD = """<title>Strike at the port is over | Daily Harbour</title><link rel=canonical href=https://other.example/>
<meta property="og:title" content="Nine days of strike end"><meta property="og:description" content="What the ports said.">
<meta name=author content="Webdesk of the Harbour"><meta property="og:image" content="https://a.example/stated-by-og.jpg">
<meta property="article:section" content="Ports"><meta name=section content="Economy"><meta property="og:site_name" content="Daily Harbour">
<meta name=keywords content="strike, port"><meta name=publisher content="Harbour Media Group">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Strike at the port is over","author":{"name":"Jane Doe"},
"keywords":["dockers","ferries"],"inLanguage":"fr","isAccessibleForFree":false,"articleBody":"A few words.",
"image":"https://a.example/stated-first.jpg","description":"The port reopens on Monday morning at six."}</script>"""
BODY = f"""<article><h1>Strike at the port is over</h1><figure><img src=/shown-on-top.jpg width=800 height=500></figure>
<p class=standfirst>Harbour workers go back after nine days, at last.</p>{TEXT}</article>"""


@pytest.fixture(scope="module")
def article() -> Article:
    html = f"<html lang=en><head>{HEAD}</head><body>{BODY}</body></html>"
    return extract(
        html.encode(), "https://a.example/2024/strike-at-the-port.html", captured_at=datetime(2025, 1, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("field", "rule", "overruled"),
    [
        ("url", "address", {"link canonical": "https://other.example/"}),
        ("title", "h1", {"og:title": "Nine days of strike end"}),
        (
            "standfirst",
            "block",
            {
                "json-ld description": "The port reopens on Monday morning at six.",
                "meta og:description": "What the ports said.",
            },
        ),
        ("body", "weights", {"json-ld articleBody": "12 characters"}),
        ("authors", "json-ld", {"meta author": "Webdesk of the Harbour"}),
        (
            "images",
            "shown",
            {
                "json-ld image": "https://a.example/stated-first.jpg",
                "meta og:image": "https://a.example/stated-by-og.jpg",
            },
        ),
        ("section", "meta article:section", {"meta section": "Economy"}),
        ("tags", "json-ld keywords", {"meta keywords": "strike; port"}),
        ("publisher", "meta og:site_name", {"meta publisher": "Harbour Media Group"}),
        ("language", "html lang", {"json-ld inLanguage": "fr"}),
        ("is_free", "json-ld isAccessibleForFree", {}),
        ("verdict", "stated as not free", {}),
    ],
)
def test_a_field_has_its_rule_and_what_it_overruled(
    article: Article, field: str, rule: str, overruled: dict[str, str]
) -> None:
    assert article.provenance[field] == {"rule": rule} | ({"overruled": overruled} if overruled else {})


def test_a_field_that_is_not_there_has_no_entry(article: Article) -> None:
    assert article.amp_url is None
    assert "amp_url" not in article.provenance


def test_a_sign_of_another_verdict_is_kept_where_the_text_overruled_it() -> None:
    html = f"<title>x</title><body><article><h1>Live: the strike at the port is over</h1>{TEXT}</article>"
    article = extract(html.encode(), "https://a.example/2024/strike-at-the-port.html")
    assert article.verdict == "article"
    assert article.provenance["verdict"] == {"rule": "text", "overruled": {"live_blog": "live heading"}}


def test_what_says_the_same_in_other_signs_was_not_overruled() -> None:
    offered = [("og:title", "THE PORT – IS OPEN"), ("title", "Le port"), ("twitter:title", "Le port!")]
    assert provenance.entry("h1", "The port is open", offered) == {"rule": "h1", "overruled": {"title": "Le port"}}


def test_an_entry_is_bounded_however_much_a_page_offers() -> None:
    offered = [(f"meta {n}", f"{n} " + "word " * 100_000) for n in range(1000)]
    entry = provenance.entry("h1", "The port is open", offered)
    assert entry is not None
    assert len(entry["overruled"]) == provenance.MOST
    assert all(len(value) <= provenance.LONGEST for value in entry["overruled"].values())


def test_provenance_is_json_and_the_same_twice() -> None:
    one, other = (extract(PAGE, "https://lequai.example/2024/05/un-titre").provenance for _ in range(2))
    assert json.dumps(one) == json.dumps(other)
    assert json.loads(json.dumps(one)) == one
    assert all("rule" in entry for entry in one.values())
