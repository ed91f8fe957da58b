"""Twins of one article, read in any order, leave the same article in the archive: each takes what it lacks."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from newsarchive.archive import Archive, Filters
from newsarchive.archive.completing import DATES, FIELDS, additions, of_version
from newsarchive.archive.rows import prepare
from newsarchive.article import Article, DateEvidence, Image, Paragraph, Precision, PublishedDate, Verdict, Zone
from tests.archive.samples import CAPTURED, LATER, LONG, full

AMP = "https://example.org/amp/news/1"
PARIS = timezone(timedelta(hours=1))


def stated(
    value: datetime, precision: Precision = Precision.MINUTE, confidence: float = 0.95, **more: Any
) -> PublishedDate:
    zone = Zone.STATED if value.tzinfo else Zone.UNKNOWN
    values = {"raw": value.isoformat(), "source": "json-ld", "zone": zone, **more}
    return PublishedDate(value=value, precision=precision, confidence=confidence, **values)


DAY = stated(datetime(2025, 12, 24), Precision.DAY, 0.6, source="url", rule="path")
EXACT = stated(datetime(2025, 12, 24, 8, 15, tzinfo=PARIS), rule="datePublished")


def rich(**fields: Any) -> Article:
    """The canonical page, which tells everything."""
    values: dict[str, Any] = {"published": EXACT, "standfirst": None, "standfirst_truncated": False, "aliases": []}
    provenance = {"title": "h1", "published": "json-ld datePublished", "authors": "json-ld author"}
    return dataclasses.replace(full(), **{**values, "provenance": provenance, **fields})


def poor(**fields: Any) -> Article:
    """Its AMP page, which tells the text and little more."""
    nothing: dict[str, Any] = {"authors": [], "agencies": [], "images": [], "tags": [], "date_evidence": []}
    nothing |= dict.fromkeys(("modified", "section", "publisher", "language", "is_free", "amp_url"))
    seen = {"published": DAY, "aliases": [AMP], "provenance": {"title": "h1", "published": "url path"}}
    return dataclasses.replace(rich(), **{**nothing, **seen, **fields})


def kept(archive: Archive) -> Article:
    """The one article there is, without its aliases."""
    [stored] = archive.rows()
    return dataclasses.replace(stored.article, aliases=[])


def test_a_poor_page_read_first_does_not_keep_the_rich_one_out(archive: Archive) -> None:
    archive.save([poor()])
    [outcome] = archive.save([rich()])
    assert (outcome.status, outcome.version) == ("unchanged", 1)
    assert outcome.detail == (
        "completed: authors, agencies, images, section, tags, publisher, language, is_free, amp_url, published, modified"
    )
    assert kept(archive) == rich()
    assert (archive.stats().articles, archive.stats().versions) == (1, 1)
    assert archive.count(Filters(published_from=date(2025, 12, 24), published_to=date(2025, 12, 24))) == 1
    assert [one.detail for one in archive.save([rich(), poor()])] == [None, None]
    assert kept(archive) == rich()


@pytest.mark.parametrize("order", [(poor(), rich()), (rich(), poor())])
@pytest.mark.parametrize("together", [True, False])
def test_the_order_of_twins_does_not_matter(archive: Archive, order: tuple[Article, Article], together: bool) -> None:
    for batch in [list(order)] if together else [[one] for one in order]:
        archive.save(batch)
    assert kept(archive) == rich()


def test_recognising_tells_what_would_be_completed(archive: Archive) -> None:
    archive.save([poor()])
    [answer] = archive.recognise([rich(amp_url=None)])
    assert answer is not None
    assert answer.detail is not None
    assert answer.detail.startswith("completed: authors")
    assert kept(archive) == poor(aliases=[])


def test_a_page_under_another_address_completes_the_article_it_becomes_an_alias_of(archive: Archive) -> None:
    archive.save([poor()])
    [outcome] = archive.save([rich(url="https://example.org/sport/1")])
    assert (outcome.status, outcome.duplicate_of) == ("duplicate", rich().url)
    assert kept(archive) == rich()


def test_what_is_there_is_not_replaced(archive: Archive) -> None:
    archive.save([rich()])
    other = rich(authors=["Quelqu'un"], images=[Image(url="https://example.org/b.jpg")], section="Sport", is_free=True)
    [outcome] = archive.save([dataclasses.replace(other, captured_at=LATER)])
    assert (outcome.status, outcome.detail) == ("unchanged", None)
    assert kept(archive) == rich()


def test_the_verdict_stays_and_a_page_that_is_no_article_adds_nothing(archive: Archive) -> None:
    archive.save([poor()])
    archive.save([rich(verdict=Verdict.CONSENT_WALL)])
    assert kept(archive) == poor(aliases=[])
    archive.save([rich(verdict=Verdict.TEASER)])
    assert kept(archive) == rich()


def test_an_older_capture_fills_what_is_empty_and_contradicts_nothing(archive: Archive) -> None:
    elsewhere = stated(datetime(2025, 12, 20, 7, 0, tzinfo=PARIS))
    archive.save([poor(captured_at=LATER)])
    [outcome] = archive.save([rich(captured_at=CAPTURED, published=elsewhere)])
    assert (outcome.status, outcome.version) == ("unchanged", 1)
    assert kept(archive) == rich(
        captured_at=LATER,
        published=DAY,
        date_evidence=[],
        provenance={"title": "h1", "published": "url path", "authors": "json-ld author"},
    )


def test_the_current_version_of_a_batch_is_completed_and_the_one_before_too(archive: Archive) -> None:
    archive.save([poor()])
    changed: dict[str, Any] = {"title": "Corrigé", "captured_at": LATER}
    archive.save([rich(section=None), poor(**changed), rich(**changed, tags=[])])
    assert kept(archive) == rich(**changed, tags=[])
    with archive._engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT section, publisher FROM versions ORDER BY number").all()
    assert [tuple(row) for row in found] == [(None, "Exemple SA"), ("Économie", "Exemple SA")]


def test_a_standfirst_is_filled_where_the_text_stays_the_same(archive: Archive) -> None:
    opening = "Les bateaux sortent de nouveau."
    archive.save([poor(body=_body(opening, LONG))])
    archive.save([rich(standfirst=opening, body=_body(LONG))])
    assert (kept(archive).standfirst, kept(archive).body) == (opening, _body(opening, LONG))
    assert kept(archive).text == f"{opening}\n{LONG}"


def test_a_standfirst_that_is_no_paragraph_of_the_text_is_left_out(archive: Archive) -> None:
    archive.save([poor(body=_body(f"Un mot. {LONG}"))])
    [outcome] = archive.save([poor(standfirst="Un mot.", body=_body(LONG))])
    assert (outcome.status, outcome.detail) == ("unchanged", None)
    assert kept(archive).standfirst is None


def _body(*lines: str) -> list[Paragraph]:
    return [Paragraph(line) for line in lines]


def test_nothing_to_fill_costs_no_write_to_the_version(archive: Archive) -> None:
    archive.save([rich()])
    asked: list[str] = []
    event.listen(archive._engine, "before_cursor_execute", lambda _c, _cur, statement, *_: asked.append(statement))
    archive.save([rich(captured_at=LATER), poor(captured_at=LATER)])
    assert not [statement for statement in asked if "UPDATE versions" in statement or "provenance" in statement]


NAIVE = stated(datetime(2025, 12, 24, 8, 15), confidence=0.99)
LATE = datetime(2025, 12, 23, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("held", "new", "earlier", "takes"),
    [
        pytest.param(DAY, EXACT, False, True, id="the minute of the same day"),
        pytest.param(DAY, EXACT, True, True, id="the minute of the same day, captured earlier"),
        pytest.param(EXACT, dataclasses.replace(DAY, confidence=1), False, False, id="the day of a known minute"),
        pytest.param(stated(datetime(2025, 1, 1), Precision.YEAR, 1), DAY, False, True, id="a day of the same year"),
        pytest.param(stated(datetime(2024, 1, 1), Precision.YEAR, 0.6), DAY, False, False, id="a day of another year"),
        pytest.param(DAY, dataclasses.replace(DAY, confidence=0.9), False, True, id="the same day, surer"),
        pytest.param(DAY, dataclasses.replace(DAY, confidence=0.9), True, False, id="surer, but captured earlier"),
        pytest.param(DAY, dataclasses.replace(DAY, source="meta"), False, False, id="the same day, as sure"),
        pytest.param(stated(datetime(2025, 12, 20), confidence=0.5), DAY, False, True, id="another day, surer"),
        pytest.param(stated(datetime(2025, 12, 20), confidence=0.7), DAY, False, False, id="another day, less sure"),
        pytest.param(NAIVE, EXACT, False, True, id="the zone of a known minute"),
        pytest.param(EXACT, NAIVE, False, False, id="a minute without its zone"),
        pytest.param(
            stated(datetime(2025, 12, 24, tzinfo=PARIS), Precision.DAY, 0.99), stated(LATE), False, True, id="in Paris"
        ),
        pytest.param(
            stated(datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
            stated(datetime(9999, 12, 31, 23, 59, tzinfo=PARIS)),
            False,
            False,
            id="the end of the calendar",
        ),
    ],
)
def test_a_date_gives_way_to_one_that_says_more_or_is_surer(
    held: PublishedDate, new: PublishedDate, earlier: bool, takes: bool
) -> None:
    for which in DATES:
        version = of_version(prepare(poor(**{"published": None, which: held}), CAPTURED).values)
        values = prepare(poor(**{"published": None, which: new}), CAPTURED).values
        assert additions(version, values, earlier=earlier) == ((which,) if takes else ())


RICH = rich(modified=stated(datetime(2025, 12, 25, 9, 0, tzinfo=PARIS)))
FOOTER = DateEvidence(raw="© 2025", value="2025", source="text", role="copyright", why="a footer")
COARSE = st.none() | st.tuples(st.sampled_from((Precision.YEAR, Precision.MONTH, Precision.DAY)), st.floats(0, 1))


def coarser(whole: PublishedDate | None, precision: Precision, confidence: float) -> PublishedDate:
    """A date as a page states it that tells less of it."""
    assert whole is not None
    value = datetime.fromisoformat(f"{whole.value:%Y-%m-%d}")
    if precision != Precision.DAY:
        value = value.replace(day=1, month=1 if precision == Precision.YEAR else value.month)
    return stated(value, precision, confidence, source="url", rule="path")


@st.composite
def poorer(draw: st.DrawFn) -> Article:
    """A twin that leaves fields out, states dates less precisely or not at all, captured before, with or after it."""
    fields: dict[str, Any] = {}
    rules = dict(RICH.provenance)
    for name in draw(st.sets(st.sampled_from(FIELDS))):
        fields[name] = [] if isinstance(getattr(RICH, name), list) else None
        rules.pop(name, None)
    for which in draw(st.sets(st.sampled_from(DATES))):
        told = draw(COARSE)
        fields[which] = coarser(getattr(RICH, which), *told) if told else None
        rules.pop(which, None)
        if told:
            rules[which] = "url path"
    if "published" in fields:
        fields["date_evidence"] = draw(st.sampled_from(([], [FOOTER])))
    captured = CAPTURED + timedelta(hours=draw(st.integers(-1, 1)))
    return dataclasses.replace(RICH, **fields, aliases=[AMP], provenance=rules, captured_at=captured)


@given(st.lists(poorer(), max_size=3).flatmap(lambda twins: st.permutations([*twins, RICH])), st.integers(0, 4))
@settings(max_examples=15, deadline=None)
def test_twins_in_any_order_and_any_batches_leave_the_richest_reading(readings: list[Article], cut: int) -> None:
    with Archive.open("sqlite://") as archive:
        for batch in (readings[:cut], readings[cut:]):
            archive.save(batch)
        assert kept(archive) == dataclasses.replace(RICH, captured_at=readings[0].captured_at)
        outcomes = archive.save(readings)
        assert [(outcome.status, outcome.detail) for outcome in outcomes] == [("unchanged", None)] * len(readings)
        assert kept(archive) == dataclasses.replace(RICH, captured_at=readings[0].captured_at)
        assert archive.stats().versions == 1
