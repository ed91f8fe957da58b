"""The title as the reader sees it, the site's name cut off by evidence only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsarchive.extraction import outline, structured, titles

HEADLINE = "Harbour workers end strike after nine days"


def title(html: str, url: str = "https://www.dailyharbour.example/news/1") -> str | None:
    tree = LexborHTMLParser(html)
    return titles.title(outline.read(tree), structured.read(tree), url).text


def page(head: str, body: str) -> str:
    return f"<html><head>{head}</head><body>{body}<p>Some text of the article.</p></body></html>"


def test_the_heading_on_the_page_is_the_title() -> None:
    assert title(page(f"<title>{HEADLINE} | Daily Harbour</title>", f"<h1>{HEADLINE}</h1>")) == HEADLINE


def test_a_heading_that_is_the_name_of_the_site_is_not() -> None:
    head = f'<title>{HEADLINE} - Daily Harbour</title><meta property="og:site_name" content="Daily Harbour">'
    assert title(page(head, f"<h1>Daily Harbour</h1><h2>{HEADLINE}</h2>")) == HEADLINE


def test_of_several_headings_the_one_the_page_speaks_of_is_taken() -> None:
    head = f'<meta property="og:title" content="{HEADLINE}">'
    assert title(page(head, f"<h1>Breaking news from the coast</h1><h1>{HEADLINE}</h1>")) == HEADLINE


def test_without_a_heading_the_statement_is_cut_at_the_known_site_name() -> None:
    head = f'<title>x</title><meta property="og:title" content="{HEADLINE} | Daily Harbour">'
    head += '<meta property="og:site_name" content="Daily Harbour">'
    assert title(page(head, "")) == HEADLINE


def test_a_dash_that_is_no_site_name_is_kept() -> None:
    assert title(page("<title>Rain - and then more rain</title>", "")) == "Rain - and then more rain"


def test_a_host_is_a_site_name() -> None:
    assert title(page(f"<title>{HEADLINE} - dailyharbour.example</title>", "")) == HEADLINE


def test_a_kicker_inside_the_heading_is_cut_where_the_page_says_the_headline_alone() -> None:
    head = f'<meta property="og:title" content="{HEADLINE}">'
    assert title(page(head, f"<h1><span>Ports</span> {HEADLINE}</h1>")) == HEADLINE


def test_a_kicker_named_by_its_class_is_cut() -> None:
    assert title(page("", f'<h1><span class="kicker">Ports:</span> {HEADLINE}</h1>')) == HEADLINE


def test_a_kicker_is_cut_where_a_statement_sets_it_apart_with_a_dash() -> None:
    head = f'<meta property="og:title" content="{HEADLINE} - Ports of the north">'
    assert title(page(head, f"<h1><span>Ports of the north</span> <b>{HEADLINE}</b></h1>")) == HEADLINE


def test_a_topic_that_the_page_states_before_a_colon_is_part_of_the_title() -> None:
    head = f'<title>{HEADLINE}</title><meta property="og:title" content="Ports: {HEADLINE}">'
    assert title(page(head, f"<h1>Ports: {HEADLINE}</h1>")) == f"Ports: {HEADLINE}"
    assert title(page(head, f"<h1><span>Ports</span><span>{HEADLINE}</span></h1>")) == HEADLINE
    stated = f'<meta property="og:title" content="The ports of the north: {HEADLINE}">'
    parts = f"<h1><span>The ports of the north</span> <span>{HEADLINE}</span></h1>"
    assert title(page(stated, parts)) == f"The ports of the north: {HEADLINE}"


@pytest.mark.parametrize(
    "trail",
    [
        "<nav><ol><li><a href=/>News</a><li><h1>{}</h1></ol></nav>",
        '<div class="breadcrumbs"><span><h1>{}</h1></span></div>',
    ],
)
def test_a_first_heading_in_a_breadcrumb_trail_is_not_what_the_reader_sees(trail: str) -> None:
    short = "Harbour strike: workers back at last"
    head = f'<title>{short}</title><meta property="og:title" content="{HEADLINE}">'
    assert title(page(head, trail.format(short) + f"<h2>{HEADLINE}</h2>")) == HEADLINE
    assert title(page(f"<title>{short} | Anything</title>", trail.format(short))) == short


@pytest.mark.parametrize(
    "logo",
    [
        '<h1><a href="/">Notes from the old quay</a></h1>',
        '<a href="https://www.dailyharbour.example/"><h1>Notes from the old quay</h1></a>',
        '<h1 class="site-title">Notes from the old quay</h1>',
        '<div class="logo"><h1>Notes from the old quay</h1></div>',
    ],
)
def test_a_first_heading_that_is_the_logo_is_not_the_title(logo: str) -> None:
    head = f"<title>{HEADLINE} | Notes from the old quay</title>"
    assert title(page(head, f"{logo}<h2>{HEADLINE}</h2>")) == HEADLINE


def test_of_two_headings_that_the_title_joins_the_longer_is_taken() -> None:
    head = f"<title>{HEADLINE} | Stories of the sea</title>"
    assert title(page(head, f"<h1>Stories of the sea</h1><h1>{HEADLINE}</h1>")) == HEADLINE


def test_a_date_after_the_headline_is_cut_where_the_page_says_the_headline_alone() -> None:
    head = f'<meta property="og:title" content="{HEADLINE}">'
    assert title(page(head, f"<h1>{HEADLINE} <small>02.02.2022 • Ports</small></h1>")) == HEADLINE


def test_the_name_of_the_site_is_cut_from_a_heading_too() -> None:
    head = '<meta property="og:site_name" content="Daily Harbour">'
    assert title(page(head, f"<h1>{HEADLINE} | Daily Harbour</h1>")) == HEADLINE


def test_a_whole_sentence_is_no_name_of_a_site() -> None:
    said = f"{HEADLINE}, and the port reopens on Monday"
    head = f'<title>{said}</title><meta property="og:site_name" content="{said}">'
    assert title(page(head, f"<h1>{said}</h1>")) == said


def test_a_short_heading_is_the_title_where_its_class_says_so() -> None:
    assert (
        title(page("<title>Something else entirely</title>", '<h1 class="entry-title">Blockhaus 3</h1>'))
        == "Blockhaus 3"
    )


def test_a_page_that_says_nothing_has_no_title() -> None:
    assert title("<p>Some text</p>") is None
    assert title("") is None


@pytest.mark.parametrize(
    ("raw", "site", "clean"),
    [
        ("Internet\u00a0: 1500 connexions | Le Matin", "Le Matin", "Internet : 1500 connexions"),
        ("Le Matin - Un titre", "Le Matin", "Un titre"),
        ("Un titre - avec tiret", "Le Matin", "Un titre - avec tiret"),
        ("Le Matin", "Le Matin", "Le Matin"),
        ("A &amp; B", None, "A & B"),
        ("  ", None, None),
        (None, None, None),
    ],
)
def test_a_title_is_cleaned(raw: str | None, site: str | None, clean: str | None) -> None:
    assert titles.clean(raw, site_name=site) == clean


@given(st.text(max_size=80), st.sampled_from([None, "Le Matin", "a"]))
def test_cleaning_twice_is_cleaning_once(raw: str, site: str | None) -> None:
    once = titles.clean(raw, site_name=site)
    assert titles.clean(once, site_name=site) == once
