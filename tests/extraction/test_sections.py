"""Section, tags, publisher, free access, AMP and next page, as a page states them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsarchive.extraction import outline, sections, structured
from newsarchive.page import Page

URL = "https://www.harbourpost.example/news/tram-1.html"


def _read(html: str, url: str = URL) -> sections.Sections:
    page = Page(url=url, body=html.encode())
    return sections.read(structured.read(page.tree), outline.read(page.tree), url)


def _ld(**properties: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **properties})}</script>'


def _crumbs(*names: str) -> str:
    items = [{"@type": "ListItem", "position": i, "name": name} for i, name in enumerate(names)]
    return f'<script type="application/ld+json">{json.dumps({"@type": "BreadcrumbList", "itemListElement": items})}</script>'


@pytest.mark.parametrize(
    ("html", "section"),
    [
        (_ld(articleSection="Politics"), "Politics"),
        (_ld(articleSection=["News", "Politics"]), "Politics"),
        ('<meta property="article:section" content="Sport &amp; Leisure">', "Sport & Leisure"),
        (_crumbs("Home", "Politik", "Stadtrat stimmt zu"), "Politik"),
        (_crumbs("Accueil", "Culture"), "Culture"),
        ("<p>nothing</p>", None),
    ],
)
def test_the_section_is_the_first_stated_that_is_not_the_front_page(html: str, section: str | None) -> None:
    assert _read(html).section == section


def test_tags_are_read_once_each_and_without_the_section() -> None:
    html = _ld(articleSection="Politics", keywords="tram, Harbour,tram; Politics")
    assert _read(html).tags == ["tram", "Harbour"]
    assert _read('<meta property="article:tag" content="tram"><meta property="article:tag" content="quay">').tags == [
        "tram",
        "quay",
    ]


@pytest.mark.parametrize(
    "html",
    [
        _ld(publisher={"@type": "Organization", "name": "The Harbour Post"}),
        '<meta property="og:site_name" content="The Harbour Post">',
        '<meta name="publisher" content="The Harbour Post">',
    ],
)
def test_the_publisher_is_the_house_that_the_page_names(html: str) -> None:
    assert _read(html).publisher == "The Harbour Post"


@pytest.mark.parametrize(
    ("html", "free"),
    [
        (_ld(isAccessibleForFree=True), True),
        (_ld(isAccessibleForFree="False"), False),
        (_ld(isAccessibleForFree="http://schema.org/False"), False),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<meta property="article:content_tier" content="free">', True),
        ("<p>nothing</p>", None),
    ],
)
def test_free_access_is_what_the_page_states(html: str, free: bool | None) -> None:
    assert _read(html).is_free is free


def test_amp_and_next_page_are_absolute() -> None:
    found = _read('<link rel="amphtml" href="/amp/tram-1"><link rel="next" href="?page=2">')
    assert found.amp_url == "https://www.harbourpost.example/amp/tram-1"
    assert found.next_page == "https://www.harbourpost.example/news/tram-1.html?page=2"


def test_a_link_to_the_page_itself_or_to_no_web_address_is_no_next_page() -> None:
    assert _read(f'<link rel="next" href="{URL}#top">').next_page is None
    assert _read('<link rel="amphtml" href="javascript:void(0)">').amp_url is None


def test_a_visible_link_to_page_two_of_the_same_article_is_its_next_page() -> None:
    html = '<h1>Tram</h1><p>Text</p><div class="pagination"><a href="/news/tram-1.html?seite=2">Nächste Seite</a></div>'
    assert _read(html).next_page == "https://www.harbourpost.example/news/tram-1.html?seite=2"


@pytest.mark.parametrize(
    "pager",
    [
        '<div class=pages><span>1</span> <a href="?page=2">2</a> <a href="?page=3">3</a></div>',
        '<ul><li class=active>1</li><li><a href="/news/tram-1.html?page=2">2</a></li><li><a href="?page=3">3</a></li></ul>',
        '<div>Pages: <span>1</span> <a href="?page=2">2</a></div>',
        '<a rel="nofollow next" href="?page=2">&raquo;</a>',
    ],
)
def test_numbers_and_arrows_lead_to_the_next_page_too(pager: str) -> None:
    assert _read(f"<h1>Tram</h1><p>Text</p>{pager}").next_page == URL + "?page=2"


def test_the_next_page_of_the_comments_is_none_of_the_article() -> None:
    assert _read('<h1>Tram</h1><div id=comments>1 <a href="?page=2">2</a></div>').next_page is None
    assert _read('<h1>Tram</h1><a href="?page=3">3</a>').next_page is None


def test_the_next_story_is_no_next_page() -> None:
    assert _read('<h1>Tram</h1><div class="pagination"><a href="/news/ferry-2.html">Next</a></div>').next_page is None
    assert _read('<link rel="next" href="/news/ferry-fares-frozen.html">').next_page is None
