"""The judge: what wins, what loses, and that it can say why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from newsarchive import Precision, Recipe
from newsarchive.extraction import dates
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.page import Page

VISIT = datetime(2025, 12, 25, 14, 0, tzinfo=UTC)
PROSE = (
    "The council approved the route of the new line after a long debate about its cost and about the room left. " * 2
)


def page(head: str = "", byline: str = "", *, url: str = "https://example.org/tram-4711", after: str = "") -> Page:
    html = f"""<html lang="en-GB"><head><title>Harbour tram line wins</title>{head}</head><body>
        <article><h1>Harbour tram line wins</h1><p class="byline">{byline}</p><p>{PROSE}</p><p>{PROSE}</p></article>
        {after}</body></html>"""
    return Page(url=url, body=html.encode(), captured_at=VISIT)


def read(of: Page, recipe: Recipe | None = None, **more: Any) -> dates.Dates:
    return dates.read(of, statements.read(of.tree), outlines.read(of.tree), recipe, **more)


def explain(of: Page) -> list[dict[str, Any]]:
    return dates.explain(of, statements.read(of.tree), outlines.read(of.tree))


def published(found: dates.Dates) -> str | None:
    return found.published.isoformat() if found.published else None


META = '<meta property="article:published_time" content="2024-05-06T10:20:00+01:00">'


def test_agreement_of_machine_and_reader_is_surer_than_either_alone() -> None:
    both, machine, reader = read(page(META, "6 May 2024")), read(page(META)), read(page("", "6 May 2024"))
    assert both.published is not None
    assert machine.published is not None
    assert reader.published is not None
    assert both.published.confidence >= 0.9
    assert both.published.confidence > machine.published.confidence
    assert both.published.confidence > reader.published.confidence


def test_every_candidate_is_explained_and_the_winners_come_first() -> None:
    told = explain(page(META, "Updated 7 May 2024", after="<aside>3 May 2024</aside>"))
    assert [one["field"] for one in told[:2]] == ["published", "modified"]
    assert all(one["why"] for one in told)
    assert {one["role"] for one in told} >= {"published", "modified", "related"}
    assert [one["won"] for one in told].count(True) == 2


def test_a_recipe_s_selector_goes_before_everything() -> None:
    found = read(page(META, '<span class="when">4 May 2024</span>'), Recipe(date=[".none", ".when"]))
    assert published(found) == "2024-05-04"
    assert found.published is not None
    assert (found.published.source, found.published.rule) == ("recipe", ".when")


def test_the_archive_s_neighbours_bound_a_date() -> None:
    known = dates.Known(not_before=date(2024, 5, 1), not_after=date(2024, 5, 31))
    assert published(read(page(META), known=known)) == "2024-05-06T10:20:00+01:00"
    late = dates.Known(not_after=date(2024, 4, 30))
    assert published(read(page(META), known=late)) is None


def test_a_day_that_a_whole_site_states_is_no_article_s() -> None:
    assert published(read(page(META), known=dates.Known(shared_days=frozenset({date(2024, 5, 6)})))) is None


def test_a_feed_is_believed_where_the_page_says_nothing_and_a_page_before_it() -> None:
    hint = dates.Hint("feed", "Mon, 06 May 2024 08:00:00 +0100")
    assert published(read(page(), hints=[hint])) == "2024-05-06T08:00:00+01:00"
    assert published(read(page(META), hints=[hint])) == "2024-05-06T10:20:00+01:00"


def test_the_evidence_keeps_what_was_not_chosen_with_its_role() -> None:
    found = read(
        page(META, "", after='<footer>© 2025 Example</footer><aside class="related"><p>3 May 2024</p></aside>')
    )
    assert {(one.role, one.value) for one in found.evidence} >= {("copyright", "2025"), ("related", "2024-05-03")}


def test_the_same_page_read_ten_years_later_is_dated_the_same_unless_it_told_against_now() -> None:
    for byline in ("6 May 2024", "Published 6/5/24", ""):
        first = page(META, byline)
        later = Page(url=first.url, body=first.body, captured_at=VISIT.replace(year=2035))
        assert read(first).published == read(later).published


def test_a_month_in_the_address_is_a_month() -> None:
    found = read(page(url="https://example.org/2004/05/tram.html"))
    assert found.published is not None
    assert (found.published.precision, found.published.isoformat()) == (Precision.MONTH, "2004-05")


def test_an_empty_page_has_no_dates() -> None:
    found = read(Page(url="https://example.org/", body=b""))
    assert found == dates.Dates()


def test_a_number_in_the_id_of_an_element_that_is_not_the_page_s_own_is_no_day() -> None:
    assert published(read(page("", '<article id="20190124"><p>Text</p></article>'))) is None


def test_a_date_without_a_year_takes_the_year_of_the_address_where_the_month_fits() -> None:
    url = "https://example.org/2019/06/tram.html"
    assert published(read(page("", "24 June", url=url))) == "2019-06-24"
    assert published(read(page("", "24 May", url=url))) == "2019-06"


def test_what_of_the_archive_put_a_date_aside_is_told_and_nothing_else() -> None:
    shared = frozenset({date(2024, 5, 6), date(2012, 1, 1)})
    known = dates.Known(not_before=date(2020, 1, 1), not_after=date(2024, 4, 30))
    assert read(page(META), known=known).bounds == {"not_after": "2024-04-30"}
    assert read(page(META), known=dates.Known(shared_days=shared)).bounds == {"shared_days": ["2024-05-06"]}
    assert read(page(META), known=dates.Known(not_before=date(2020, 1, 1))).bounds == {}


def test_where_machines_are_told_the_day_the_rest_of_the_page_is_explained_but_not_needed() -> None:
    time = '<meta property="article:modified_time" content="2024-05-07T10:20:00+01:00">'
    far = "".join(f"<p>A paragraph of the story number {n}, with some words in it.</p>" for n in range(60))
    after = far + "<div><p>9 June 2023</p></div><p>The end.</p>" + far
    given = page(META + time, after=after)
    found = read(given)
    assert published(found) == "2024-05-06T10:20:00+01:00"
    assert "2023-06-09" not in [one.value for one in found.evidence]
    told = dates.explain(given, statements.read(given.tree), outlines.read(given.tree))
    assert [one["value"] for one in told if one["won"]] == [
        "2024-05-06T10:20:00+01:00",
        "2024-05-07T10:20:00+01:00",
    ]
    assert [one["won"] for one in told if one["value"] == "2023-06-09"] == [False]
