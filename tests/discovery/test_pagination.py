from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsarchive.discovery import pagination
from newsarchive.discovery.link import Link, LinkKind

URL = "https://example.org/sport/"
FIXTURES = Path(__file__).parents[2] / "fixtures" / "links"


def following(html: str, url: str = URL) -> str | None:
    found = pagination.next_page(LexborHTMLParser(html), url)
    return found and found.removeprefix("https://example.org")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<link rel="next" href="/sport/page/2/">', "/sport/page/2/"),
        ('<a rel="next nofollow" href="?page=2">x</a>', "/sport/?page=2"),
        ('<button data-next-url="/api/list?section=sport&amp;page=2">More</button>', "/api/list?section=sport&page=2"),
        ('<div class="infinite" data-load-more="/sport/more/2"></div>', "/sport/more/2"),
        ('<div hx-get="/sport/part/2" hx-trigger="revealed"></div>', "/sport/part/2"),
        ('<script type="application/ld+json">{"@type": "CollectionPage", "nextPage": "/sport/2"}</script>', "/sport/2"),
        ('<a href="/sport/?page=3">3</a><a href="/sport/?page=2">2</a>', "/sport/?page=2"),
        ('<a href="/sport/page/2/">2</a>', "/sport/page/2/"),
        ('<a href="/sport/2">2</a>', "/sport/2"),
        ('<a href="/sport/seite-2">2</a>', "/sport/seite-2"),
        ('<a href="/sport/?offset=30">Ältere Beiträge</a>', "/sport/?offset=30"),
        ('<a href="/sport/?before=2024-05-06">Articles plus anciens »</a>', "/sport/?before=2024-05-06"),
        ('<a href="/sport/?cursor=abc">التالي</a>', "/sport/?cursor=abc"),
        ('<a href="/sport/?cursor=abc">次のページ</a>', "/sport/?cursor=abc"),
        ('<a href="/">Next</a>', None),
        ('<button data-next="slide">›</button>', None),
        ('<link rel="next" href="https://elsewhere.example.com/page/2">', None),
        ('<a href="/sport/2024">2024</a>', None),
        ('<a href="/sport/what-comes-next">What comes next for the club</a>', None),
        ("", None),
    ],
)
def test_the_page_after_a_list_is_found_in_all_the_ways_it_is_told(html: str, expected: str | None) -> None:
    assert following(html) == expected


def test_the_page_after_the_second_is_the_third() -> None:
    pager = "".join(f'<a href="/sport/?page={n}">{n}</a>' for n in (1, 2, 3, 4))
    assert following(pager, "https://example.org/sport/?page=2") == "/sport/?page=3"
    assert following(pager, "https://example.org/sport/?page=4") is None


@pytest.mark.parametrize(
    ("path", "number"),
    [("/a?page=3", 3), ("/a/page/3/", 3), ("/a/p3", 3), ("/a/3", 3), ("/a/seite-3", 3), ("/a", None), ("/a/2024-port-opens", None),
     ("/a/37405", None)],
)  # fmt: skip
def test_a_url_carries_the_number_of_its_page(path: str, number: int | None) -> None:
    assert pagination.page_number(f"https://example.org{path}") == number


def test_most_fixture_sites_have_their_next_page_found() -> None:
    """The others are front pages, whose pagers belong to their sections."""
    found = {}
    for folder in FIXTURES.iterdir():
        labels = json.loads((folder / "labels.json").read_text("utf-8"))
        pages = [link for link, label in labels["links"].items() if label == "page"]
        if pages:
            following = pagination.next_page(LexborHTMLParser((folder / "section.html").read_bytes()), labels["url"])
            found[folder.name] = following
            assert following is None or following in pages, folder.name
    assert sum(following is not None for following in found.values()) >= 18


@pytest.mark.parametrize(
    "path",
    [
        "/2004/12/",
        "/2004/12/05/",
        "/archive/2004/12/",
        "/archiv/2004/12/05.html",
        "/hemeroteca/2004-12-05",
        "/archives/2004",
        "/arsiv/2004-12-05",
    ],
)
def test_a_page_that_lists_a_day_a_month_or_a_year_is_an_archive_page(path: str) -> None:
    found = pagination.archive(Link(url=f"https://example.org{path}"))
    assert found is not None
    assert found.kind is LinkKind.SECTION


@pytest.mark.parametrize(
    "path", ["/2004/12/05/le-port-rouvre", "/sport", "/archive/", "/budget-2004", "/tag/2004x", "/"]
)
def test_any_other_page_is_none(path: str) -> None:
    assert not pagination.is_archive(f"https://example.org{path}")


@given(st.text(max_size=80))
def test_any_page_is_looked_through_without_an_error(text: str) -> None:
    pagination.page_number(f"https://example.org/{text}")
    pagination.is_archive(f"https://example.org/{text}")
    following(f'<a href="{text}">next</a><b data-next-url="{text}">')
