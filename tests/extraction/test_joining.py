from __future__ import annotations

import pytest

from newsarchive.article import Article, Image, Paragraph, Verdict
from newsarchive.extraction import extract
from newsarchive.extraction.joining import join

TIDE = "The tide came in twice that day, and nobody on the quay had seen it do so before."
WIND = "Then the wind turned, and the boats that had left at dawn could be seen again from the mole."
BELL = "In the evening the bell of the harbour was rung for the first time since the winter of the great ice."


def page(number: int, *body: str, **fields: object) -> Article:
    url = "https://example.org/long-read" + (f"?page={number}" if number > 1 else "")
    article = Article(url=url, title="A long read", body=[Paragraph(text) for text in body])
    for name, value in fields.items():
        setattr(article, name, value)
    return article


def test_the_pages_of_an_article_become_one_with_all_their_text() -> None:
    found = join([page(1, TIDE), page(2, WIND), page(3, BELL)])
    assert found.body == [TIDE, WIND, BELL]
    assert found.url == "https://example.org/long-read"
    assert found.aliases == ["https://example.org/long-read?page=2", "https://example.org/long-read?page=3"]
    assert found.provenance["pages"] == {"rule": "joined", "count": 3}


def test_what_pages_repeat_is_kept_once_and_a_short_line_may_come_again() -> None:
    found = join([page(1, TIDE, "No."), page(2, TIDE, WIND, "No.")])
    assert found.body == [TIDE, "No.", WIND, "No."]


def test_a_standfirst_shown_above_every_page_is_no_paragraph() -> None:
    assert join([page(1, TIDE, standfirst="Seen twice."), page(2, "Seen twice.", WIND)]).body == [TIDE, WIND]


def test_images_and_tags_of_all_pages_are_kept_in_their_order() -> None:
    one, two = Image(url="https://example.org/1.jpg", alt="the quay"), Image(url="https://example.org/2.jpg")
    again = Image(url="https://example.org/1.jpg")
    found = join([page(1, TIDE, images=[one], tags=["sea"]), page(2, WIND, images=[again, two], tags=["sea", "wind"])])
    assert found.images == [one, two]
    assert found.tags == ["sea", "wind"]


def test_a_wall_or_an_error_ends_the_article_and_says_where() -> None:
    missing = page(2, verdict=Verdict.ERROR_PAGE)
    found = join([page(1, TIDE, next_page="https://example.org/long-read?page=2"), missing, page(3, BELL)])
    assert found.body == [TIDE]
    assert found.next_page == "https://example.org/long-read?page=2"


def test_one_page_is_its_article_and_none_is_an_error() -> None:
    only = page(1, TIDE)
    assert join([only]) is only
    with pytest.raises(ValueError, match="at least one page"):
        join([])


def html(number: int, text: str) -> bytes:
    pager = '<p class="pager"><a href="/long-read">1</a> <a href="/long-read?page=2">2</a></p>'
    head = "<title>A long read</title>" + ('<link rel="next" href="/long-read?page=2">' if number == 1 else "")
    body = "".join(f"<p>{text} {'It went on like this for a good while, they say.' * 3}</p>" for _ in range(3))
    page = f"<html><head>{head}</head><body><article><h1>A long read</h1>{body}{pager}</article></body></html>"
    return page.encode()


def test_extraction_names_the_page_that_follows_and_the_two_are_joined() -> None:
    first = extract(html(1, TIDE), "https://example.org/long-read")
    assert first.next_page == "https://example.org/long-read?page=2"
    second = extract(html(2, WIND), first.next_page)
    assert second.next_page is None
    whole = join([first, second])
    assert any(text.startswith(TIDE) for text in whole.body)
    assert any(text.startswith(WIND) for text in whole.body)
