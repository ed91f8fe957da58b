from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from newsarchive.archive import Archive, ArchiveError, Entry, Payload
from newsarchive.article import Article, Paragraph, Precision, PublishedDate
from tests.archive.samples import CAPTURED, LONG, article
from tests.archive.test_near import edited, piece, text


def on(year: int, month: int, number: int, precision: Precision = Precision.DAY) -> PublishedDate:
    return PublishedDate(
        value=datetime(year, month, number), precision=precision, raw="", source="text", confidence=0.9
    )


def told(number: int, body: str, published: PublishedDate | None, **fields: Any) -> Article:
    return piece(number, body, published=published, **fields)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.save(
        [
            told(1, text(1), on(2004, 5, 6), agencies=["Reuters"]),
            told(2, edited(text(1), 0.1), on(2004, 5, 4), agencies=["AFP"]),
            told(3, text(1), on(2004, 5, 7), agencies=["AFP"]),
            told(4, text(2), on(2005, 1, 1)),
            told(5, edited(text(2), 0.1), None),
            told(6, text(3), on(2004, 5, 6)),
        ]
    )
    archive.link()
    return archive


def test_an_article_knows_its_copies_the_earliest_first_and_who_is_credited(filled: Archive) -> None:
    for number in (1, 2, 3):
        copies = filled.copies(f"https://site{number}.example/{number}")
        assert [copy.url[-1] for copy in copies] == ["2", "1", "3"]
        assert [copy.agencies for copy in copies] == [["AFP"], ["Reuters"], ["AFP"]]
        found = filled.find(f"https://site{number}.example/{number}")
        assert found is not None
        assert found.copies == copies
        assert found.earliest == copies[0]
    overlaps = {copy.url[-1]: (copy.near and copy.near[-1], copy.overlap) for copy in copies}
    assert overlaps["1"] == (None, None)
    assert overlaps["3"] == ("1", 1.0)
    near, share = overlaps["2"]
    assert near in ("1", "3")
    assert share is not None
    assert 0.5 < share < 1
    alone = filled.find("https://site6.example/6")
    assert alone is not None
    assert (list(alone.copies), alone.earliest) == ([], None)
    assert filled.copies("https://site6.example/6") == filled.copies("https://nowhere.example/") == []


def test_a_short_page_is_a_copy_where_its_payload_is_the_same(archive: Archive) -> None:
    """ "Watch the video" proves nothing; the same bytes do."""

    def short(number: int, digest: str) -> Article:
        capture = {"file": "a.warc.gz", "offset": 0, "length": 9, "digest": digest}
        return piece(number, "Regardez la vidéo.", title="Vidéo", provenance={"capture": capture})

    first = short(1, "sha1:A")
    archive.save([first])
    kept = Payload(digest="sha1:A", url=first.url, captured_at=CAPTURED, file="a.warc.gz", offset=0, length=9)
    archive.keep_payloads([kept])
    saved = archive.save([short(2, "sha1:B"), short(3, "sha1:A"), short(4, "sha1:B"), short(5, "sha1:C")])
    assert [outcome.status for outcome in saved] == ["stored", "duplicate", "duplicate", "stored"]
    assert saved[1].duplicate_of == first.url
    archive.link()
    assert [copy.url for copy in archive.copies(first.url)] == [first.url, short(3, "").url]


def test_the_largest_stories_come_first(filled: Archive) -> None:
    first, second = filled.stories()
    assert (first.articles, first.in_all, first.earliest.url[-1], first.agencies) == (3, 3, "2", ["AFP", "Reuters"])
    assert first.sites == ["site2.example", "site1.example", "site3.example"]
    assert (second.articles, second.earliest.url[-1]) == (2, "4")
    assert [story.id for story in filled.stories(most=1)] == [first.id]


def test_a_period_counts_what_was_published_in_it(filled: Archive) -> None:
    def sizes(**period: Any) -> list[tuple[int, int]]:
        return [(story.articles, story.in_all) for story in filled.stories(**period)]

    assert sizes(since=date(2004, 5, 1), until=date(2004, 5, 31)) == [(3, 3)]
    assert sizes(since=date(2004, 5, 5), until=date(2004, 5, 31)) == [(2, 3)]
    assert sizes(since=date(2004, 5, 7), until=date(2004, 12, 31)) == []
    assert sizes(since=date(2005, 1, 1)) == [(2, 2)], "one by its date, the other by the day it was first seen"
    assert sizes(until=CAPTURED.date()) == [(3, 3), (2, 2)]
    assert sizes(until=CAPTURED.date() - timedelta(days=1)) == [(3, 3)]


def test_stories_of_a_site_are_those_it_tells(filled: Archive) -> None:
    assert [story.articles for story in filled.stories(sites=["site3.example"])] == [3]
    assert filled.stories(sites=["site6.example"]) == []
    with pytest.raises(ArchiveError, match=r"holds nothing of the site nowhere\.example"):
        filled.stories(sites=["nowhere.example"])


def test_a_year_alone_does_not_make_an_article_the_earliest(archive: Archive) -> None:
    year = on(2004, 1, 1, Precision.YEAR)
    archive.save([told(1, text(1), year), told(2, text(1), on(2004, 5, 6))])
    archive.link()
    assert archive.stories()[0].earliest.url[-1] == "2"


def test_a_history_tells_versions_returns_and_absences(archive: Archive) -> None:
    url = article().url

    def visit(day: int, **fields: Any) -> None:
        archive.save([article(**{"captured_at": CAPTURED + timedelta(days=day), **fields})])

    assert archive.history(url) is None
    assert archive.difference(url) is None
    visit(0)
    with pytest.raises(ArchiveError, match="one version alone"):
        archive.difference(url)
    visit(1, title="Le port est ouvert")
    visit(2)
    archive.record([Entry(url=url, state="gone", reason="http 410", seen=CAPTURED + timedelta(days=3))])
    visit(4)
    found = archive.history(f"{url}?utm_source=x")
    assert found is not None
    assert [(v.number, v.change, v.returns, v.current) for v in found.versions] == [
        (1, None, 1, True),
        (2, "headline", 0, False),
    ]
    assert [(v.seen_at, v.last_seen) for v in found.versions] == [
        (CAPTURED, CAPTURED + timedelta(days=4)),
        (CAPTURED + timedelta(days=1), CAPTURED + timedelta(days=1)),
    ]
    [absence] = found.absences
    assert (absence.gone_at, absence.back_at, absence.reason) == (
        CAPTURED + timedelta(days=3),
        CAPTURED + timedelta(days=4),
        "http 410",
    )


def test_a_difference_is_told_word_by_word(archive: Archive) -> None:
    archive.save([article(body=[Paragraph(LONG), Paragraph("Il pleut.")])])
    archive.save([article(title="Le port ouvre, jour 1", body=[Paragraph(LONG), Paragraph("Il neige fort.")])])
    archive.save([article(body=[Paragraph("Tout autre chose, sans rapport avec le port ni avec la pluie.")])])
    found = archive.difference(article().url, 1, 2)
    assert found is not None
    assert [(p.old, p.new) for p in found.title if not p.same] == [(("rouvre,",), ("ouvre,",))]
    assert [(p.old, p.new) for p in found.text if not p.same] == [(("pleut.",), ("neige", "fort."))]
    latest = archive.difference(article().url)
    back = archive.difference(article().url, 3, 1)
    assert latest is not None
    assert back is not None
    assert (latest.old, latest.new, latest.change, back.old, back.new) == (2, 3, "substantive", 3, 1)
    with pytest.raises(ArchiveError, match="has no version 7: its versions are 1 to 3"):
        archive.difference(article().url, 1, 7)
