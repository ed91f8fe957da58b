"""The body: the article's own words, whole, and nothing that stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsarchive import Paragraph, ParagraphKind, Recipe, extract
from newsarchive.extraction import bodies, outline, structured, titles, weights

TEXT = [
    "The harbour was quiet on Sunday when the first of the trawlers came in with what the storm had left of its nets.",
    "Nobody on the quay had expected to see it again; the coast guard had called off its search the evening before.",
    "“We drifted for two days,” said the skipper, who is 61 and has fished these waters since he was a boy of twelve.",
    "The owners of the fleet want a new radio mast on the cape, and the ministry has promised to look into the matter.",
    "Until then the boats will sail in pairs, as they did in the years before anybody had a radio on board at all.",
]


def page(inside: str, around: str = "", head: str = "") -> bytes:
    return f"""<html><head><title>Trawler comes home</title>{head}</head><body>
    <header><nav><ul><li><a href=/a>News</a></li><li><a href=/b>Sport</a></li></ul></nav></header>
    <main><article><h1>Trawler comes home</h1><div class="story-text">{inside}</div></article>{around}</main>
    <footer><p>© The Quay 2024. All rights reserved. No part of this may be used without a written permission.</p></footer>
    </body></html>""".encode()


def body(inside: str, around: str = "", head: str = "") -> list[str]:
    return [str(p) for p in extract(page(inside, around, head), "https://quay.example/trawler").body]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_all_paragraphs_are_kept_in_order_and_menus_and_footers_are_not() -> None:
    assert body(paragraphs(TEXT)) == TEXT


CHROME = {
    "a caption": "<figure><img src=a.jpg><figcaption>The trawler at the quay on Sunday. Photo: A. Person/Agency</figcaption></figure>",
    "a caption without a figure": '<div class="img-box"><img src=a.jpg><p>The trawler at the quay on Sunday.</p></div>',
    "a newsletter box": '<div class="newsletter-box"><h3>Stay up to date</h3><p>Sign up for our newsletter and get the news of the coast every morning.</p></div>',  # noqa: E501
    "related stories": '<div class="related"><h3>Related</h3><ul><li><a href=/c>Storm closes three ports</a></li><li><a href=/d>Nets are dear</a></li></ul></div>',  # noqa: E501
    "a share bar": '<div class="share"><a href=#>Facebook</a> <a href=#>WhatsApp</a></div>',
    "a link to another story": "<p><a href=/e>READ MORE: Why the mast on the cape was never built</a></p>",
    "an advertisement's label": '<div class="ad-slot">Advertisement</div>',
    "the author's line": '<div class="author-bio"><p>Jo Person writes about the coast and its people for The Quay.</p></div>',
}


@pytest.mark.parametrize("chrome", CHROME.values(), ids=CHROME.keys())
def test_what_is_no_part_of_the_article_is_left_out(chrome: str) -> None:
    assert body(paragraphs(TEXT[:3]) + chrome + paragraphs(TEXT[3:])) == TEXT


def test_comments_of_readers_are_left_out_however_many() -> None:
    said = "".join(
        f"<li class=comment><p>I have seen this boat {i} times and it was never as old as they say.</p></li>"
        for i in range(9)
    )
    assert body(paragraphs(TEXT), f'<section class="comments"><h2>Comments</h2><ol>{said}</ol></section>') == TEXT


def test_teasers_of_other_stories_are_left_out() -> None:
    teasers = "".join(
        f'<article class="card"><h3><a href=/{i}>Another story of the coast {i}</a></h3><p>What happened elsewhere, told in a line {i}.</p></article>'  # noqa: E501
        for i in range(8)
    )
    assert body(paragraphs(TEXT), f"<section><h2>More from the coast</h2>{teasers}</section>") == TEXT


def test_kinds_are_told_apart() -> None:
    inside = (
        f"<p>{TEXT[0]}</p><h2>Two days adrift</h2><p>{TEXT[1]}</p><blockquote><p>{TEXT[2]}</p></blockquote>"
        f"<p>{TEXT[3]}</p><ul><li>A mast of forty metres on the cape, to be built next year.</li>"
        f"<li>Two radios on every boat, paid by the ministry of fisheries.</li></ul><p>{TEXT[4]}</p>"
    )
    article = extract(page(inside), "https://quay.example/trawler")
    kinds = [p.kind for p in article.body]
    text, subhead, quote, item = (
        ParagraphKind.TEXT, ParagraphKind.SUBHEAD, ParagraphKind.QUOTE, ParagraphKind.LIST_ITEM,
    )  # fmt: skip
    assert kinds == [text, subhead, text, quote, text, item, item, text]


def test_the_cells_of_a_row_are_one_paragraph() -> None:
    rows = "".join(f"<tr><td>Boat {i}</td><td>{i} days at sea</td></tr>" for i in range(2, 4))
    tree = LexborHTMLParser(f"<table>{rows}</table>")
    found = bodies.paragraphs(outline.read(tree).blocks)
    assert found == ["Boat 2 | 2 days at sea", "Boat 3 | 3 days at sea"]
    assert {p.kind for p in found} == {ParagraphKind.TABLE_ROW}


def test_a_page_laid_out_in_tables_holds_text_not_rows() -> None:
    tree = LexborHTMLParser(f"<table><tr><td>{paragraphs(TEXT)}</td></tr></table>")
    assert {p.kind for p in bodies.paragraphs(outline.read(tree).blocks)} == {ParagraphKind.TEXT}


def test_text_shown_twice_for_two_screens_is_kept_once() -> None:
    twice = f'<div class="desktop">{paragraphs(TEXT)}</div><div class="mobile">{paragraphs(TEXT)}</div>'
    assert body(twice) == TEXT


def test_an_article_only_in_json_ld_is_read_from_there() -> None:
    stated = "\\n".join(TEXT * 3).replace('"', "'")
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{stated}"}}</script>'
    assert body("<div id=app></div>", head=head) == TEXT * 3


def test_a_recipe_overrides_the_rules() -> None:
    inside = f"<div class=z1><p>{TEXT[0]}</p><p class=z2>{TEXT[1]}</p><p>Our slogan: the sea first.</p></div><p>{TEXT[2]}</p>"
    recipe = Recipe(body=["div.z1"], drop=["p.z2"], boilerplate=["our slogan — The Sea FIRST"])
    article = extract(page(inside), "https://quay.example/trawler", recipe=recipe)
    assert article.body == [TEXT[0]]
    assert article.provenance["body"]["rule"] == "recipe"


def test_what_a_recipe_drops_is_dropped_without_a_body_selector() -> None:
    article = extract(
        page(paragraphs(TEXT[:2]) + f"<div class=q7><p>{TEXT[2]}</p></div>" + paragraphs(TEXT[3:])),
        "https://quay.example/trawler",
        recipe=Recipe(drop=["div.q7"]),
    )
    assert article.body == TEXT[:2] + TEXT[3:]


def test_a_selector_that_is_no_css_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match=r"div\[\["):
        extract(page(paragraphs(TEXT)), "https://quay.example/trawler", recipe=Recipe(body=["div[["]))


@pytest.mark.parametrize("learned", [weights.SHIPPED, None], ids=["weights", "rules alone"])
def test_the_rules_alone_read_a_plain_page_as_well(learned: weights.Weights | None) -> None:
    tree = LexborHTMLParser(page(paragraphs(TEXT)).decode())
    seen, said = outline.read(tree), structured.read(tree)
    headline = titles.title(seen, said)
    assert bodies.read(seen, said, headline.block, title=headline.text, learned=learned).paragraphs == TEXT


def test_scripts_of_the_world_are_read_alike() -> None:
    for sentence in (
        "أعلنت الوزارة يوم الأحد أن السفن ستعود إلى الميناء بعد أن هدأت العاصفة التي استمرت يومين كاملين.",
        "Суда вернулись в порт в воскресенье, после того как стих шторм, продолжавшийся двое суток подряд.",
        "暴风雨持续了整整两天之后，渔船于周日返回港口，船主们表示将在海角修建新的无线电塔。",
        "दो दिन तक चले तूफान के थमने के बाद रविवार को नावें बंदरगाह पर लौट आईं और मछुआरों ने राहत की सांस ली।",
        "הספינות שבו לנמל ביום ראשון לאחר שהסערה שנמשכה יומיים תמימים שככה, והדייגים נשמו לרווחה.",
    ):
        texts = [sentence.replace("2", str(i)) + f" {i}." for i in range(5)]
        assert body(paragraphs(texts)) == texts


def test_cleaning_drops_boilerplate_empties_and_repeats_and_keeps_kinds() -> None:
    given_paragraphs = [Paragraph("A\u00a0 b", "quote"), "", "A b", "Lisez nos e-Papers !", "c"]
    cleaned = bodies.clean(given_paragraphs, boilerplate=["lisez nos  E-PAPERS"])
    assert cleaned == ["A b", "c"]
    assert [p.kind for p in cleaned] == [ParagraphKind.QUOTE, ParagraphKind.TEXT]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_cleaning_twice_is_cleaning_once(raw: list[str]) -> None:
    once = bodies.clean(raw)
    assert bodies.clean(once) == once


def test_a_pull_quote_and_a_hidden_copy_of_the_whole_say_nothing_twice() -> None:
    pulled = f'<blockquote class="pull">“{TEXT[1].partition(";")[0]}”</blockquote>'
    texts = [text.replace(".", f" {i}.") for i in range(3) for text in TEXT]
    copy = "<div>" + " ".join(texts) + "</div>"
    assert body(paragraphs(texts[:3]) + pulled + paragraphs(texts[3:]) + copy) == texts


def test_readings_of_chinese_characters_are_left_out_unless_in_brackets() -> None:
    tree = LexborHTMLParser(
        "<p><ruby>災害<rt>さいがい</rt></ruby>と<ruby><rb>尹</rb><rp>（</rp><rt>ユン</rt><rp>）</rp></ruby></p>"
    )
    assert [block.text for block in outline.read(tree).blocks] == ["災害と尹（ユン）"]
