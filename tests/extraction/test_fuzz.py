"""Mutated pages: whatever is cut, doubled or torn, no exception, the same answer twice, text that can be kept."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import fuzz
from newsarchive import Article, Image, extract

PAGE = b"""<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>Un titre : le port | Le Quai</title>
<meta property="og:site_name" content="Le Quai"><meta property="article:published_time" content="2024-05-06T10:20:00+02:00">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Un titre : le port",
"author":[{"@type":"Person","name":"Jo Personne"}],"datePublished":"2024-05-06","image":{"url":"/a.jpg"},"articleBody":"Le port \\u00e9tait calme."}</script>
</head><body class=article><header><nav><ul><li><a href=/>Accueil</a><li><a href=/mer>Mer</a></ul></nav></header>
<main><article><h1><span class=kicker>Mer</span> Un titre : le port</h1><p class=chapo>Un chapeau coup\xc3\xa9 au milieu de</p>
<p class=byline>Par Jo Personne, le 6 mai 2024 \xc3\xa0 10h20</p><figure><img src=/a.jpg data-src=/b.jpg><figcaption>Le port. Photo AFP</figcaption></figure>
<div class=text><p>Le port \xc3\xa9tait calme dimanche quand le premier chalutier est rentr\xc3\xa9, ses filets d\xc3\xa9chir\xc3\xa9s par la temp\xc3\xaate.</p>
<h2>Deux jours</h2><blockquote><p>\xc2\xab Nous avons d\xc3\xa9riv\xc3\xa9 deux jours \xc2\xbb, dit le patron, qui p\xc3\xaache ici depuis ses douze ans.</p></blockquote>
<ul><li>Un m\xc3\xa2t sur le cap, promis pour l'an prochain.</li></ul><table><tr><td>Bateaux<td>12</table></div>
<div class=related><h3>Lire aussi</h3><a href=/c>La temp\xc3\xaate ferme trois ports</a></div></article></main>
<footer><p>\xc2\xa9 Le Quai 2024</p></footer></body></html>"""  # noqa: E501

SPLICES = (
    b"<",
    b">",
    b"</",
    b"<div>",
    b"</p>",
    b"<!--",
    b'"',
    b"&",
    b"\x00",
    b"\xff",
    b"{",
    b"}",
    b"<script>",
    b"<table>",
    b"<b id=1>",
    b"\xed\xa0\x80",
)
AT = st.integers(0, len(PAGE))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    page = PAGE
    for _ in range(draw(st.integers(1, 6))):
        start, end = sorted((draw(AT), draw(AT)))
        change = draw(st.sampled_from(["cut", "double", "splice", "swap"]))
        if change == "cut":
            page = page[:start] + page[min(end, start + 400) :]
        elif change == "double":
            page = page[:end] + page[start:end] + page[end:]
        elif change == "splice":
            page = page[:start] + draw(st.sampled_from(SPLICES)) * draw(st.integers(1, 50)) + page[start:]
        else:
            page = page[end:] + page[:end]
        page = page[:100_000]
    return page


def read(page: bytes) -> Article:
    return extract(page, "https://lequai.example/2024/05/un-titre", captured_at=datetime(2025, 1, 2, tzinfo=UTC))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_a_mutated_page_is_read_the_same_twice_and_never_fails(page: bytes) -> None:
    article = read(page)
    assert article == read(page)
    for text in (article.title, article.standfirst, *article.body, *article.authors):
        assert text is None or (text and text == " ".join(text.split()) and text.encode())


FIXTURES = list(fuzz.sources(None))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_mutated_fixture_is_a_valid_article_in_bounded_time(seed: int) -> None:
    names, page = fuzz.mutate(random.Random(seed), FIXTURES)
    _, wrong = fuzz.read(page[:300_000], "https://news.example/2024/05/06/story.html")
    assert wrong == [], names


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (Article(url="https://a.example/", title=" x"), "a text that is not folded: ' x'"),
        (Article(url="https://a.example/", title="x\ud800"), "a text that cannot be kept: 'x\\ud800'"),
        (Article(url="https://a.example/", images=[Image(url="data:x")]), "an image at 'data:x'"),
        (Article(url="https://a.example/", provenance={"title": object()}), "a provenance that is no JSON"),
    ],
)
def test_a_broken_article_does_not_pass_for_a_valid_one(broken: Article, fault: str) -> None:
    assert fuzz.faults(broken) == [fault]


def test_the_same_seed_makes_the_same_pages() -> None:
    one, other = random.Random(3), random.Random(3)
    assert [fuzz.mutate(one, FIXTURES) for _ in range(20)] == [fuzz.mutate(other, FIXTURES) for _ in range(20)]


def test_the_page_itself_is_read_whole() -> None:
    article = read(PAGE)
    assert article.title == "Un titre : le port"
    assert (article.standfirst, article.standfirst_truncated) == ("Un chapeau coupé au milieu de", True)
    assert [p.kind.value for p in article.body] == ["text", "subhead", "quote", "list_item", "table_row"]
