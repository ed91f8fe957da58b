"""What a new reading of an article makes of its versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from newsarchive.archive import Archive, Entry
from newsarchive.archive.engine import reading
from newsarchive.archive.models import Version, Withdrawal
from newsarchive.article import Article, Paragraph, Verdict
from tests.archive.samples import CAPTURED, LONG, article

OTHER = (
    "La grève des bus entre dans sa deuxième semaine et la direction refuse de recevoir les chauffeurs avant vendredi ; "
    "les usagers, eux, marchent ou prennent le vélo, et les taxis de la gare n'ont jamais autant travaillé que ce mois."
)


def visit(day: int, **fields: Any) -> Article:
    """The article as it was on a day."""
    return article(**{"captured_at": CAPTURED + timedelta(days=day), **fields})


def on(day: int) -> datetime:
    return CAPTURED + timedelta(days=day)


def versions(archive: Archive) -> list[tuple[Any, ...]]:
    """Number, class of the change, returns, last seen, of every version."""
    with reading(archive._engine) as connection:
        columns = select(Version.number, Version.change_kind, Version.returns, Version.last_seen)
        return [tuple(row) for row in connection.execute(columns.order_by(Version.id))]


def away(archive: Archive) -> list[tuple[Any, ...]]:
    with reading(archive._engine) as connection:
        columns = select(Withdrawal.gone_at, Withdrawal.back_at, Withdrawal.reason)
        return [tuple(row) for row in connection.execute(columns.order_by(Withdrawal.id))]


def current(archive: Archive) -> tuple[str | None, int, datetime]:
    found = archive.find(article().url)
    assert found is not None
    return found.article.title, found.version, found.last_seen


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"title": "Les bateaux sortent"}, "headline"),
        ({"body": [Paragraph(LONG), Paragraph("C'est le buletin numéro 1.")]}, "typo"),
        ({"body": [Paragraph(LONG), Paragraph("C'est le bulletin numéro 2.")]}, "correction"),
        ({"body": [Paragraph(LONG), Paragraph("C'est le bulletin numéro 1."), Paragraph(OTHER)]}, "extended"),
        ({"body": [Paragraph(OTHER)]}, "substantive"),
    ],
)
def test_a_new_version_says_how_it_differs(archive: Archive, fields: dict[str, Any], change: str) -> None:
    archive.save([visit(0)])
    [outcome] = archive.save([visit(1, **fields)])
    assert (outcome.status, outcome.version, outcome.change) == ("new_version", 2, change)
    assert versions(archive) == [(1, None, 0, on(0)), (2, change, 0, None)]


@pytest.mark.parametrize("together", [True, False])
def test_a_headline_that_goes_back_and_forth_makes_two_versions(archive: Archive, together: bool) -> None:
    visits = [visit(day, title=("A à l'essai", "B à l'essai")[day % 2]) for day in range(6)]
    outcomes = archive.save(visits) if together else [archive.save([one])[0] for one in visits]
    assert [outcome.status for outcome in outcomes] == ["stored", "new_version", *["unchanged"] * 4]
    assert [outcome.version for outcome in outcomes] == [1, 2, 1, 2, 1, 2]
    assert outcomes[2].detail == "version 1 again"
    assert versions(archive) == [(1, None, 2, on(4)), (2, "headline", 2, None)]
    assert current(archive) == ("B à l'essai", 2, on(5))


def test_a_page_captured_before_the_site_went_back_changes_nothing(archive: Archive) -> None:
    archive.save([visit(0, title="A à l'essai")])
    archive.save([visit(4, title="B à l'essai")])
    archive.save([visit(8, title="A à l'essai")])
    assert current(archive) == ("A à l'essai", 1, on(8))
    [late] = archive.save([visit(3, title="B à l'essai")])
    assert (late.status, late.detail) == ("unchanged", "an earlier version, seen earlier")
    assert current(archive) == ("A à l'essai", 1, on(8))


def test_a_version_the_site_went_back_to_is_completed_and_followed(archive: Archive) -> None:
    archive.save([visit(0, title="A"), visit(1, title="B")])
    archive.save([visit(2, title="A", authors=["Inès Ferrand"])])
    archive.save([visit(3, title="A", authors=["Inès Ferrand"])])
    found = archive.find(article().url)
    assert found is not None
    assert (found.version, found.article.authors) == (1, ["Inès Ferrand"])
    [outcome] = archive.save([visit(4, title="C")])
    assert (outcome.version, outcome.change) == (3, "headline")


def test_counters_links_and_the_day_of_the_visit_make_no_version(archive: Archive) -> None:
    def page(day: int, views: int) -> Article:
        lines = [
            LONG,
            f"{views} vues",
            f"Le {day + 1} janvier 2026",
            "Lire aussi : " + ("la grève", "le marché")[day % 2],
        ]
        return visit(day, body=[Paragraph(line) for line in lines])

    archive.save([page(0, 100)])
    outcomes = [archive.save([page(day, 100 + day)])[0] for day in range(1, 4)]
    assert [outcome.status for outcome in outcomes] == ["unchanged"] * 3
    assert outcomes[0].detail == "only counters, dates of the visit or links changed"
    assert current(archive)[1:] == (1, on(3))
    assert len(versions(archive)) == 1


@pytest.mark.parametrize(
    ("worse", "reason"),
    [
        ({"body": [Paragraph(LONG[:120])]}, "teaser"),
        ({"body": [Paragraph("Cet article a été supprimé.")]}, "withdrawn"),
        ({"body": [Paragraph("Acceptez nos cookies.")], "verdict": Verdict.CONSENT_WALL}, "consent_wall"),
        ({"body": [Paragraph("Vérification.")], "verdict": Verdict.BOT_CHALLENGE}, "bot_challenge"),
    ],
)
def test_a_worse_page_is_seen_and_replaces_nothing(archive: Archive, worse: dict[str, Any], reason: str) -> None:
    archive.save([visit(0)])
    [outcome] = archive.save([visit(1, **worse)])
    assert (outcome.status, outcome.reason, outcome.version) == ("unchanged", reason, 1)
    entry = archive.look_up(article().url)
    assert entry is not None
    assert (entry.state, entry.reason, entry.last_seen) == ("archived", reason, on(1))
    assert current(archive)[1:] == (1, on(0))


def test_an_article_taken_down_is_withdrawn_and_restored_when_it_comes_back(archive: Archive) -> None:
    archive.save([visit(0)])
    for day in (1, 2):
        archive.record([Entry(url=article().url, state="gone", reason="http 410", seen=on(day))])
    assert away(archive) == [(on(1), None, "http 410")]
    archive.save([visit(3)])
    assert away(archive) == [(on(1), on(3), "http 410")]
    archive.record([Entry(url=article().url, state="gone", reason="http 404", seen=on(4))])
    [outcome] = archive.save([visit(5, body=[Paragraph(OTHER)])])
    assert (outcome.status, outcome.change) == ("new_version", "restored")
    assert away(archive) == [(on(1), on(3), "http 410"), (on(4), on(5), "http 404")]


def test_an_article_whose_other_name_is_gone_or_that_was_seen_later_is_not_withdrawn(archive: Archive) -> None:
    twin = "https://m.example.org/news/1"
    archive.save([visit(1, aliases=[twin])])
    gone = [
        Entry(url=url, state="gone", reason="http 404", seen=on(day)) for url, day in ((twin, 2), (article().url, 0))
    ]
    archive.record([*gone, Entry(url="https://example.org/never", state="gone", reason="http 404", seen=on(2))])
    assert away(archive) == []


def test_a_notice_withdraws_an_article_once(archive: Archive) -> None:
    notice = [Paragraph("Cet article a été retiré par la rédaction.")]
    archive.save([visit(0), visit(1, body=notice), visit(2, body=notice), visit(3)])
    assert away(archive) == [(on(1), on(3), "notice")]
    assert len(versions(archive)) == 1


WRONG = "https://example.org/news/1"


def test_a_page_that_wrongly_names_another_article_its_own_stays_an_article(archive: Archive) -> None:
    """A template with the canonical of the article it was copied from."""
    archive.save([visit(0)])
    pages = [
        visit(1, title=title, body=[Paragraph(body)], aliases=[f"https://example.org/news/{name}"])
        for name, title, body in (("2?utm_source=x", "La grève continue", OTHER), ("3", "Stade neuf", OTHER[::-1]))
    ]
    assert all(page.url == WRONG for page in pages)
    outcomes = archive.save(pages)
    assert [(outcome.status, outcome.reason) for outcome in outcomes] == [("stored", "canonical disputed")] * 2
    assert [stored.article.title for stored in archive.rows()] == [article().title, "La grève continue", "Stade neuf"]
    found = archive.find("https://example.org/news/2?utm_source=x")
    assert found is not None
    assert found.article.title == "La grève continue"
    assert [outcome.status for outcome in archive.save(pages)] == ["unchanged"] * 2
    assert current(archive)[1] == 1


def test_a_page_that_names_its_true_canonical_is_that_article(archive: Archive) -> None:
    archive.save([visit(0)])
    twin = visit(
        1, body=[Paragraph(f"{LONG} Une phrase de plus."), Paragraph(OTHER)], aliases=["https://m.example.org/1"]
    )
    edited = visit(2, title="Tout autre titre", body=[Paragraph(OTHER)])
    assert [outcome.status for outcome in archive.save([twin, edited])] == ["new_version", "new_version"]
    assert archive.stats().articles == 1


def test_a_number_that_is_none_is_left_out_of_the_provenance(archive: Archive) -> None:
    [outcome] = archive.save(
        [visit(0, provenance={"body": {"score": float("nan"), "most": float("inf"), "rule": "x"}})]
    )
    assert outcome.status == "stored"
    found = archive.find(article().url)
    assert found is not None
    assert found.article.provenance == {"body": {"score": None, "most": None, "rule": "x"}}
