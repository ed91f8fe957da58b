"""Who wrote an article: names cleaned, sources weighed, nobody invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction import authors, outline, structured
from newsarchive.page import Page
from newsarchive.recipe import Recipe

PROSE = (
    "<p>"
    + "The council voted by eleven to four after a debate that lasted until shortly before midnight. " * 3
    + "</p>"
)


def _read(
    html: str, url: str = "https://www.harbourpost.example/news/tram-1.html", recipe: Recipe | None = None
) -> authors.Authors:
    page = Page(url=url, body=html.encode())
    return authors.read(page, structured.read(page.tree), outline.read(page.tree), recipe)


def _ld(author: object, **more: object) -> str:
    return (
        '<script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "author": author, **more})
        + "</script>"
    )


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("ByJane Doe", ["Jane Doe"]),
        ("BY JANE DOE AND JOHN ROE", ["JANE DOE", "JOHN ROE"]),
        ("Jane Doe, Staff Writer", ["Jane Doe"]),
        ("Jane Doe, Chief Technology Officer and Head of Research", ["Jane Doe"]),
        ("Jane Doe | Political Editor", ["Jane Doe"]),
        ("Written by Jane Doe, PhD on April 29, 2018", ["Jane Doe"]),
        ("Jane Doe (jane.doe@example.org) @janedoe", ["Jane Doe"]),
        ("Perry Bacon Jr.", ["Perry Bacon Jr."]),
        ("Von Anna Müller und Jörg Weiß, Berlin-Korrespondent", ["Anna Müller", "Jörg Weiß"]),
        ("Von Anna Müller am 3. Mai 2024 um 10:20 Uhr", ["Anna Müller"]),
        ("By Jane Doe 3 May 2024", ["Jane Doe"]),
        ("Von Anna Müller 31. Oktober 2023", ["Anna Müller"]),
        ("Par Élodie Martin mardi 3 mai 2024", ["Élodie Martin"]),
        ("By Jane Doe Fri, 3 May 2024 10:20", ["Jane Doe"]),
        ("Autorin: Anna Müller", ["Anna Müller"]),
        ("Geschrieben von Cooper am 25.08.2015 22:30", ["Cooper"]),
        ("Par Élodie Martin et Karim Aït-Saïd", ["Élodie Martin", "Karim Aït-Saïd"]),
        ("Publié par Élodie Martin le 3 mai 2024 à 10h20", ["Élodie Martin"]),
        ("Por María José de la Cruz y Luis Ortega Pérez", ["María José de la Cruz", "Luis Ortega Pérez"]),
        ("di Luca Rossi", ["Luca Rossi"]),
        ("Door Jan de Vries", ["Jan de Vries"]),
        ("Автор: Ирина Петрова", ["Ирина Петрова"]),
        ("بقلم محمد العلوي", ["محمد العلوي"]),
        ("מאת דנה כהן", ["דנה כהן"]),
        ("(责编：牛镛、岳弘彬)", ["牛镛", "岳弘彬"]),
        ("文／松岡大地", ["松岡大地"]),
        ("배윤경 기자", ["배윤경"]),
        ("Reuters", ["Reuters"]),
        ("Jane Doe (AFP)", ["Jane Doe", "AFP"]),
        ("Jane Doe/AFP", ["Jane Doe", "AFP"]),
        ("Par Élodie Martin (avec AFP)", ["Élodie Martin", "AFP"]),
        ("Rabat (MAP)", ["MAP"]),
        ("Redaktion (dpa)", ["Redaktion", "dpa"]),
        ("Le Matin avec MAP", ["Le Matin avec MAP"]),
        ("FR mit dpa", ["FR mit dpa"]),
        ("Le Figaro et AFP", ["Le Figaro et AFP"]),
        ("Redaktion", ["Redaktion"]),
        ("MND Staff", ["MND Staff"]),
        ("admin", []),
        ("By", []),
        ("", []),
        ("18 November 2026", []),
        ("3 min read", []),
        ("Photo: Getty Images", []),
        ("https://www.facebook.com/harbourpost", []),
    ],
)
def test_a_byline_gives_its_names_and_nothing_else(byline: str, names: list[str]) -> None:
    assert authors.clean(byline) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (None, []),
        ({"@type": "Person", "name": "Jane Doe"}, ["Jane Doe"]),
        ([{"name": "Jane Doe"}, {"name": "John Roe"}], ["Jane Doe", "John Roe"]),
        ({"name": ["Jane Doe", "John Roe"]}, ["Jane Doe", "John Roe"]),
        ({"givenName": "Jane", "familyName": "Doe"}, ["Jane Doe"]),
        ({"@value": "Jane Doe"}, ["Jane Doe"]),
        (["Jane Doe", "jane doe", "Jane Doe"], ["Jane Doe"]),
        ("<a href='/jane'>Jane Doe</a>", ["Jane Doe"]),
        ("Conan O&#39;Brien", ["Conan O'Brien"]),
        (42, []),
    ],
)
def test_an_author_in_any_shape_is_read(value: object, names: list[str]) -> None:
    assert authors.clean(value) == names


@given(st.lists(st.text(max_size=60), max_size=4))
def test_what_is_clean_passes_unchanged(values: list[str]) -> None:
    once = authors.clean(values)
    assert authors.clean(once) == once


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=20),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_value_is_an_error(value: object) -> None:
    for name in authors.clean(value):
        assert name.strip() == name != ""


def test_json_ld_names_the_authors() -> None:
    found = _read(_ld([{"@type": "Person", "name": "Jane Doe"}]) + "<h1>Tram approved</h1>" + PROSE)
    assert (found.people, found.rule) == (["Jane Doe"], "json-ld")


def test_an_author_given_by_reference_is_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "author": {"@id": "#p1"}},
            {"@type": "Person", "@id": "#p1", "name": "Jane Doe"},
        ]
    }
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert _read(script + PROSE).people == ["Jane Doe"]


def test_the_authors_of_other_stories_in_json_ld_are_not_this_page_s() -> None:
    own = {"@type": "NewsArticle", "headline": "Council approves the tram"}
    other = {"@type": "NewsArticle", "headline": "Ferry fares frozen", "author": {"name": "Other Otto"}}
    title = "<title>Council approves the tram | Harbour Post</title>"
    for author, people in (({"name": "Jane Doe"}, ["Jane Doe"]), (None, [])):
        script = json.dumps([other, {**own, "author": author}])
        assert _read(f'{title}<script type="application/ld+json">{script}</script>{PROSE}').people == people


def test_a_person_in_the_byline_goes_before_the_house_in_json_ld() -> None:
    house = _ld({"@type": "Organization", "name": "Harbour Post"}, publisher={"name": "The Harbour Post"})
    found = _read(house + '<article><h1>Tram approved</h1><p class="byline">By Jane Doe</p>' + PROSE + "</article>")
    assert (found.people, found.rule) == (["Jane Doe"], "byline")


def test_the_house_is_credited_where_nobody_else_is() -> None:
    assert _read(_ld({"@type": "Organization", "name": "Harbour Post"}) + "<h1>Tram</h1>" + PROSE).people == [
        "Harbour Post"
    ]


def test_the_house_after_a_name_is_not_a_second_author() -> None:
    html = '<h1>Tram approved</h1><div class="byline">By Jane Doe, Harbour Post</div>' + PROSE
    assert _read(html).people == ["Jane Doe"]


@pytest.mark.parametrize(
    "name", ["author", "sailthru.author", "parsely-author", "dc.creator", "article:author", "byl", "citation_author"]
)
def test_metas_name_authors(name: str) -> None:
    assert _read(f'<meta name="{name}" content="By Jane Doe"><h1>Tram</h1>{PROSE}').people == ["Jane Doe"]


def test_a_profile_address_is_no_name() -> None:
    assert _read('<meta property="article:author" content="https://www.facebook.com/jane.doe">' + PROSE).people == []


def test_a_line_under_the_headline_is_a_byline_without_any_class() -> None:
    assert _read("<div><h1>Tram approved</h1><div>Von Anna Müller am 3. Mai 2024</div>" + PROSE + "</div>").people == [
        "Anna Müller"
    ]


def test_a_name_between_bars_beside_a_date_is_a_byline() -> None:
    assert _read("<h1>Tram approved</h1><div>04.02.2022 | 13:10 Uhr | Uta Helmberg</div>" + PROSE).people == [
        "Uta Helmberg"
    ]


def test_a_paragraph_that_is_nothing_but_a_name_above_the_text_is_a_byline() -> None:
    html = f"<article><h1>Tram approved</h1><div><p>MTHOBISI SITHOLE</p>{PROSE}{PROSE}</div></article>"
    assert _read(html).people == ["MTHOBISI SITHOLE"]


def test_commenters_and_authors_of_other_stories_are_not_the_author() -> None:
    html = (
        f"<article><h1>Tram approved</h1>{PROSE}</article>"
        '<div class="comments"><span class="comment-author">Angry Anton</span></div>'
        '<aside class="related"><div class="author">Other Otto</div></aside>'
    )
    assert _read(html).people == []


def test_a_sentence_that_begins_like_a_byline_is_none() -> None:
    html = "<h1>Tram</h1><p>Von Kopf bis Fuß auf Liebe eingestellt sind hier nur wenige Leute im Rathaus</p>" + PROSE
    assert _read(html).people == []


def test_agencies_are_named_among_the_authors_and_apart() -> None:
    found = _read(_ld([{"name": "Jane Doe"}, {"name": "Reuters"}]) + PROSE)
    assert (found.people, found.agencies) == (["Jane Doe", "Reuters"], ["Reuters"])


def test_a_recipe_overrides_the_rules() -> None:
    html = _ld({"name": "Jane Doe"}) + '<h1>Tram</h1><span id="who">By John Roe</span>' + PROSE
    found = _read(html, recipe=Recipe(authors=["#who"]))
    assert (found.people, found.rule) == (["John Roe"], "recipe")
