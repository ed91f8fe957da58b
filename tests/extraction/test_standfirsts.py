"""The standfirst apart from the body, marked where it is cut, never said twice."""

from __future__ import annotations

import pytest

from newsarchive import Article, Recipe, extract
from newsarchive.extraction import standfirsts

LEAD = "The dockers of three ports return to work on Monday under a deal that neither side calls a victory."
BODY = (
    "Cranes stood still for nine days while ships waited in the bay, and the first of them was unloaded at noon.",
    "The deal gives every docker a day of rest after seven of work, which the union had asked for since spring.",
    "Ship owners said that the price of the strike would be felt for months in the shops of the whole region.",
)


def read(lead: str, head: str = "", recipe: Recipe | None = None) -> Article:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    page = f"<html><head>{head}</head><body><main><article><h1>Strike ends</h1>{lead}<div class=text>{text}</div></article></main></body></html>"  # noqa: E501
    return extract(page.encode(), "https://example.org/strike", recipe=recipe)


@pytest.mark.parametrize(
    "lead",
    [f"<p class=lead>{LEAD}</p>", f"<h2 class=chapo>{LEAD}</h2>", f'<div class="article-subtitle"><p>{LEAD}</p></div>'],
)
def test_a_marked_standfirst_is_apart_from_the_body(lead: str) -> None:
    article = read(lead)
    assert (article.standfirst, article.standfirst_truncated) == (LEAD, False)
    assert article.body == list(BODY)
    assert article.text.split("\n") == [LEAD, *BODY]


def test_a_standfirst_the_page_describes_itself_with_is_known_without_a_class() -> None:
    article = read(f"<div><p>{LEAD}</p></div>", f'<meta name=description content="{LEAD}">')
    assert article.standfirst == LEAD
    assert article.body == list(BODY)


def test_a_standfirst_cut_mid_sentence_is_marked_and_not_glued() -> None:
    cut = "Nine days were enough. " + LEAD.rpartition(" calls")[0]
    article = read(f"<p class=chapo>{cut}</p>")
    assert (article.standfirst, article.standfirst_truncated) == (cut, True)
    assert article.body[0] == BODY[0]


def test_a_standfirst_said_again_is_kept_once() -> None:
    article = read(f"<p class=lead>{LEAD}</p><p>{LEAD}</p>")
    assert article.text.count(LEAD) == 1


def test_a_recipe_says_where_the_standfirst_is() -> None:
    article = read(f"<p class=x9>{LEAD}</p>", recipe=Recipe(standfirst=["p.x9"]))
    assert article.standfirst == LEAD
    assert article.text.count(LEAD) == 1


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("A whole sentence.", False),
        ("« Une phrase entière »", False),
        ("这是一个完整的句子。", False),
        ("Cut by the template …", True),
        ("Cut by the template...", True),
        ("One sentence that a paper sets without a full stop, as many English papers do in their standfirsts", False),
        ("Le nombre des abonnés s'élève aujourd'hui à", True),
        ("The price of the strike, of the talks and of the", True),
        ("Two sentences. The second of them has no", True),
    ],
)
def test_truncation_is_told_by_the_end(text: str, cut: bool) -> None:
    assert standfirsts.is_truncated(text) is cut


def test_a_standfirst_that_the_text_begins_with_and_carries_on_is_none_of_its_own() -> None:
    cut = BODY[0][:70].rstrip() + "…"
    for lead in (cut, BODY[0].partition(",")[0]):
        article = read(f"<p class=lead>{lead}</p>")
        assert article.standfirst is None
        assert article.text.count(BODY[0][:60]) == 1


def test_no_sentence_of_a_cut_standfirst_is_said_again_by_the_text() -> None:
    article = read(f"<p class=lead>{BODY[0][:70].rstrip()}…</p>", f'<meta name=description content="{BODY[0]}">')
    assert article.text.split("\n") == list(BODY)
