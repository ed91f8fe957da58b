from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.archive import Archive, ArchiveError, Entry, Filters, Outcome, saving
from newsarchive.archive.errors import BrokenOffError
from newsarchive.article import Article, Image, Paragraph, Precision, PublishedDate, Verdict, Zone
from tests.archive.samples import CAPTURED, LATER, LONG, article, full


def statuses(archive: Archive, *articles: Article) -> list[str]:
    return [outcome.status for outcome in archive.save(articles)]


def day(year: int, month: int, number: int) -> PublishedDate:
    return PublishedDate(
        value=datetime(year, month, number), precision=Precision.DAY, raw="", source="text", confidence=1
    )


def test_an_article_comes_back_as_it_went_in(archive: Archive) -> None:
    archive.save([full()])
    found = archive.find(full().url)
    assert found is not None
    assert found.article == full()
    assert [paragraph.kind for paragraph in found.article.body] == [paragraph.kind for paragraph in full().body]


def test_what_a_rule_overruled_is_kept(archive: Archive) -> None:
    provenance = {
        "title": {"rule": "h1", "overruled": {"og:title": "Un autre titre — « neuf »"}},
        "body": {"rule": "weights"},
    }
    archive.save([article(provenance=provenance)])
    found = archive.find(article().url)
    assert found is not None
    assert found.article.provenance == provenance


def test_a_version_points_at_its_capture(archive: Archive) -> None:
    capture = {"file": "crawl-1.warc.gz", "offset": 5_000_000_000, "length": 812, "digest": "sha1:ABC"}
    archive.save([article(provenance={"title": "h1", "capture": capture})])
    found = archive.find(article().url)
    assert found is not None
    assert found.article.provenance == {"title": "h1", "capture": capture}
    assert [found.values[f"capture_{name}"] for name in capture] == list(capture.values())


def test_a_url_is_found_without_what_only_tracks(archive: Archive) -> None:
    archive.save([article()])
    found = archive.find("HTTPS://EXAMPLE.org:443/news/1?utm_source=x#top")
    entry = archive.look_up("https://example.org/news/1#top")
    assert found is not None
    assert entry is not None
    assert (found.article.url, entry.state) == (article().url, "archived")
    assert archive.find("https://example.org/news/2") is None
    assert archive.look_up("https://example.org/news/2") is None


def test_an_article_that_says_nothing_else_comes_back_too(archive: Archive) -> None:
    bare = Article(url="https://example.org/x", site="example.org", title="Only a title", captured_at=CAPTURED)
    assert statuses(archive, bare) == ["stored"]
    found = archive.find(bare.url)
    assert found is not None
    assert found.article == bare


def test_a_capture_time_that_nobody_knows_stays_unknown(archive: Archive) -> None:
    assert statuses(archive, article(captured_at=None)) == ["stored"]
    assert statuses(archive, article(captured_at=None)) == ["unchanged"]
    found = archive.find(article().url)
    assert found is not None
    assert found.article.captured_at is None


def test_a_second_crawl_of_an_unchanged_site_stores_nothing(archive: Archive) -> None:
    articles = [article(number) for number in range(5)]
    assert statuses(archive, *articles) == ["stored"] * 5
    before = archive.stats()
    again = [dataclasses.replace(one, captured_at=LATER) for one in articles]
    assert statuses(archive, *again) == ["unchanged"] * 5
    after = archive.stats()
    assert (after.articles, after.versions, after.urls) == (before.articles, before.versions, before.urls) == (5, 5, 5)
    found = archive.find(articles[0].url)
    assert found is not None
    assert (found.first_seen, found.last_seen) == (CAPTURED, LATER)


def test_other_spacing_and_punctuation_make_no_version(archive: Archive) -> None:
    archive.save([article(body=[Paragraph("Un « mot », puis deux.")])])
    assert statuses(archive, article(body=[Paragraph('Un "mot",'), Paragraph("puis  deux !")])) == ["unchanged"]


def test_a_changed_text_is_a_new_version_and_the_old_one_is_kept(archive: Archive) -> None:
    archive.save([article()])
    [outcome] = archive.save([article(title="Le port rouvre enfin", captured_at=LATER)])
    assert (outcome.status, outcome.version) == ("new_version", 2)
    found = archive.find(article().url)
    assert found is not None
    assert (found.article.title, found.version, found.values["versions"]) == ("Le port rouvre enfin", 2, 2)
    assert archive.stats().versions == 2


@pytest.mark.parametrize("worse", [v for v in Verdict if v not in (Verdict.ARTICLE, Verdict.LIVE_BLOG)])
def test_a_worse_page_never_replaces_a_better_version(archive: Archive, worse: Verdict) -> None:
    archive.save([article()])
    [outcome] = archive.save([article(body=[Paragraph("Abonnez-vous.")], verdict=worse, captured_at=LATER)])
    assert (outcome.status, outcome.reason) == ("unchanged", worse.value)
    found = archive.find(article().url)
    entry = archive.look_up(article().url)
    assert found is not None
    assert entry is not None
    assert found.article.body == article().body
    assert found.last_seen == CAPTURED, "the text was not seen again"
    assert (entry.state, entry.reason, entry.last_seen) == ("archived", worse.value, LATER)


def test_a_better_page_replaces_a_teaser(archive: Archive) -> None:
    archive.save([article(body=[Paragraph("Abonnez-vous.")], verdict=Verdict.TEASER)])
    assert statuses(archive, article(captured_at=LATER)) == ["new_version"]


@pytest.mark.parametrize("verdict", [v for v in Verdict if not v.is_readable])
def test_a_page_that_is_no_article_is_rejected_with_its_verdict(archive: Archive, verdict: Verdict) -> None:
    [outcome] = archive.save([article(verdict=verdict)])
    entry = archive.look_up(article().url)
    assert (outcome.status, outcome.reason) == ("rejected", verdict.value)
    assert entry is not None
    assert (entry.state, entry.reason) == ("rejected", verdict.value)
    assert archive.stats().articles == 0


def test_an_article_without_title_and_text_is_rejected_as_empty(archive: Archive) -> None:
    [outcome] = archive.save([article(title=None, body=[])])
    assert (outcome.status, outcome.reason) == ("rejected", "empty")


def test_twins_of_a_url_are_one_article_and_their_names_are_kept(archive: Archive) -> None:
    archive.save([article(aliases=["https://example.org/news/1?utm_source=x#y"])])
    twins = [article(aliases=["https://m.example.org/news/1"]), article(aliases=["https://example.org/amp/news/1"])]
    assert statuses(archive, *twins) == ["unchanged", "unchanged"]
    found = archive.find("https://m.example.org/news/1")
    assert found is not None
    assert found.article.aliases == [
        "https://example.org/news/1?utm_source=x#y",
        "https://m.example.org/news/1",
        "https://example.org/amp/news/1",
    ]


def test_an_article_that_moves_to_another_canonical_url_stays_one_article(archive: Archive) -> None:
    archive.save([article()])
    moved = article(url="https://example.org/2025/port", aliases=[article().url])
    assert statuses(archive, moved) == ["unchanged"]
    found = archive.find("https://example.org/2025/port")
    assert found is not None
    assert found.article.url == article().url


LATEST = "https://example.org/latest"
OTHER: dict[str, Any] = {"title": "La grève continue", "body": [Paragraph("Les bus sont au dépôt.")]}


def test_an_address_that_leads_elsewhere_every_day_merges_nothing(archive: Archive) -> None:
    archive.save([article(1, aliases=[LATEST])])
    assert statuses(archive, article(2, aliases=[LATEST], captured_at=LATER, **OTHER)) == ["stored"]
    assert [(stored.article.title, stored.version) for stored in archive.rows()] == [
        (article(1).title, 1),
        ("La grève continue", 1),
    ]


def test_a_page_taken_down_that_leads_to_another_article_merges_nothing(archive: Archive) -> None:
    archive.save([article(1)])
    other = article(2, aliases=[article(1).url], captured_at=LATER, **OTHER)
    assert statuses(archive, other, other) == ["stored", "unchanged"]
    found = archive.find(article(1).url)
    entry = archive.look_up(article(1).url)
    assert found is not None
    assert entry is not None
    assert (found.article.title, found.version) == (article(1).title, 1)
    assert (entry.state, entry.article_url, entry.detail) == ("archived", article(1).url, f"leads to {other.url}")


def test_an_alias_that_turns_out_to_be_another_article_becomes_its_own(archive: Archive) -> None:
    archive.save([article(1, aliases=[LATEST])])
    assert statuses(archive, article(url=LATEST, **OTHER), article(url=LATEST, **OTHER)) == ["stored", "unchanged"]
    found = archive.find(LATEST)
    first = archive.find(article(1).url)
    assert found is not None
    assert first is not None
    assert (found.article.title, first.article.aliases) == ("La grève continue", [])


@pytest.mark.parametrize(
    "changed",
    [
        {"body": [Paragraph("Tout autre texte.")]},
        {"title": "Le port rouvre enfin", "body": [Paragraph("Tout autre texte.")]},
        {"title": "Tout autre titre", "published": None},
    ],
)
def test_an_article_that_moves_and_is_edited_stays_one(archive: Archive, changed: dict[str, Any]) -> None:
    archive.save([article(1)])
    moved = article(**{"url": "https://example.org/2025/port", "aliases": [article(1).url], **changed})
    assert statuses(archive, moved, moved) == ["new_version", "unchanged"]
    again = article(url=moved.url, published=None, **OTHER)
    assert statuses(archive, again) == ["new_version"], "its new canonical URL is proof by now"
    found = archive.find(article(1).url)
    assert found is not None
    assert (found.article.title, found.article.aliases) == ("La grève continue", [moved.url])
    assert (archive.stats().articles, archive.stats().aliases) == (1, 1)


def test_the_same_text_and_title_on_the_same_site_is_an_alias(archive: Archive) -> None:
    [first] = archive.save([article()])
    [second] = archive.save([article(url="https://example.org/sport/1")])
    assert (second.status, second.duplicate_of, second.article_id) == ("duplicate", article().url, first.article_id)
    found = archive.find("https://example.org/sport/1")
    entry = archive.look_up("https://example.org/sport/1")
    assert found is not None
    assert entry is not None
    assert found.article.aliases == ["https://example.org/sport/1"]
    assert (entry.state, entry.article_url) == ("duplicate", article().url)
    assert archive.stats().articles == 1
    assert statuses(archive, article(url="https://example.org/sport/1")) == ["unchanged"]


def test_an_alias_by_its_text_alone_becomes_an_article_when_its_text_changes(archive: Archive) -> None:
    twin = "https://example.org/sport/1"
    archive.save([article(), article(url=twin)])
    assert statuses(archive, article(url=twin, body=[Paragraph(LONG), Paragraph("Autre fin.")])) == ["stored"]
    assert statuses(archive, article(), article(url=twin, body=[Paragraph(LONG), Paragraph("Autre fin.")])) == [
        "unchanged",
        "unchanged",
    ]
    assert [stored.article.url for stored in archive.rows()] == [article().url, twin]


def test_the_same_text_under_another_title_or_on_another_day_is_kept_and_linked(archive: Archive) -> None:
    archive.save([article(published=day(2025, 12, 1))])
    other_title = article(url="https://example.org/b", title="Autre titre")
    other_day = article(url="https://example.org/c", published=day(2025, 12, 20))
    assert statuses(archive, other_title, other_day) == ["duplicate", "duplicate"]
    assert [stored.duplicate_of for stored in archive.rows()] == [None, article().url, article().url]


def test_a_copy_on_another_site_is_kept_and_linked_to_the_first(archive: Archive) -> None:
    copy = article(url="https://other.net/1", site="other.net", title="Leur titre")
    assert statuses(archive, article(), copy) == ["stored", "duplicate"]
    found = archive.find(copy.url)
    entry = archive.look_up(copy.url)
    assert found is not None
    assert entry is not None
    assert (found.article.title, found.duplicate_of) == ("Leur titre", article().url)
    assert (entry.state, entry.article_url, entry.detail) == ("duplicate", copy.url, f"same text as {article().url}")
    assert statuses(archive, copy) == ["unchanged"]
    stats = archive.stats()
    assert (stats.articles, stats.duplicates, stats.sites) == (2, 1, {"example.org": 1, "other.net": 1})


def test_a_copy_whose_text_changes_is_no_copy_any_more(archive: Archive) -> None:
    copy = article(url="https://other.net/1", site="other.net")
    archive.save([article(), copy])
    assert statuses(archive, dataclasses.replace(copy, body=[Paragraph("Leur propre texte.")])) == ["new_version"]
    found = archive.find(copy.url)
    entry = archive.look_up(copy.url)
    assert found is not None
    assert entry is not None
    assert (found.duplicate_of, entry.state) == (None, "archived")


def test_short_texts_prove_nothing(archive: Archive) -> None:
    short = [Paragraph("Voir la vidéo.")]
    assert statuses(archive, article(1, body=short, title="A"), article(2, body=short, title="A")) == ["stored"] * 2


def test_an_older_capture_is_kept_but_does_not_become_the_current_version(archive: Archive) -> None:
    archive.save([article(captured_at=LATER)])
    older = article(body=[Paragraph(LONG), Paragraph("Première version.")], captured_at=CAPTURED)
    [outcome] = archive.save([older])
    assert (outcome.status, outcome.version) == ("new_version", 2)
    found = archive.find(older.url)
    assert found is not None
    assert (found.version, found.article.body[-1]) == (1, "C'est le bulletin numéro 1.")
    assert (found.first_seen, found.last_seen) == (CAPTURED, LATER)
    assert statuses(archive, older) == ["unchanged"]


def test_one_batch_knows_what_came_before_in_it(archive: Archive) -> None:
    changed = article(title="Corrigé", captured_at=LATER)
    copy = article(url="https://other.net/1", site="other.net")
    assert statuses(archive, article(), article(), changed, copy, copy) == [
        "stored",
        "unchanged",
        "new_version",
        "duplicate",
        "unchanged",
    ]
    assert [stored.duplicate_of for stored in archive.rows()] == [None, article().url]


def test_one_bad_article_does_not_take_the_batch_with_it(archive: Archive) -> None:
    no_date: Any = "2004"
    bad = article(2, published=no_date)
    worse = article(3, modified=PublishedDate(**{**_date(), "confidence": 7.0}))
    outcomes = archive.save([article(1), bad, worse, article(4)])
    assert [outcome.status for outcome in outcomes] == ["stored", "failed", "failed", "stored"]
    assert all(outcome.detail for outcome in outcomes if outcome.status == "failed")
    entry = archive.look_up(worse.url)
    assert entry is not None
    assert (entry.state, entry.reason) == ("failed", "archive")
    assert archive.stats().states == {"archived": 2, "failed": 2}


def test_a_batch_the_database_gave_up_is_written_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals = iter([BrokenOffError("deadlock"), BrokenOffError("deadlock")])
    write = saving.write

    def fails_twice(*args: Any, **options: Any) -> list[Outcome]:
        for error in refusals:
            raise error
        return write(*args, **options)

    monkeypatch.setattr(saving, "write", fails_twice)
    assert statuses(archive, article(1), article(2)) == ["stored", "stored"]


def test_a_batch_the_database_always_gives_up_is_an_error(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **options: Any) -> list[Outcome]:
        raise BrokenOffError("deadlock")

    monkeypatch.setattr(saving, "write", fails)
    with pytest.raises(ArchiveError, match="deadlock"):
        archive.save([article(1)])


def test_a_value_a_driver_cannot_take_costs_only_its_article(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    write = saving.write

    def picky(connection: Any, batch: Any, *args: Any, **options: Any) -> list[Outcome]:
        if any(new.url.endswith("/2") for new in batch):
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        return write(connection, batch, *args, **options)

    monkeypatch.setattr(saving, "write", picky)
    assert statuses(archive, article(1), article(2), article(3)) == ["stored", "failed", "stored"]


def _date() -> dict[str, Any]:
    return {
        "value": datetime(2004, 1, 1),
        "precision": Precision.YEAR,
        "raw": "2004",
        "source": "url",
        "confidence": 1.0,
        "zone": Zone.UNKNOWN,
    }


def test_text_no_database_can_hold_is_left_out_and_the_rest_kept(archive: Archive) -> None:
    hostile = article(
        title="Ti\x00tre\ud800",
        body=[Paragraph("Un\x00 corps \udfff\U0001f600.")],
        authors=["\x00"] * 3 + ["A"] * 1000,
        tags=["t\x00"],
        images=[Image(url="https://example.org/\x00.jpg")],
        provenance={"k\x00": {"\ud800": "v"}},
        aliases=["https://example.org/\x00alias"],
        language="x" * 300,
    )
    assert statuses(archive, hostile) == ["stored"]
    found = archive.find("https://example.org/alias")
    assert found is not None
    assert (found.article.title, found.article.body) == ("Titre", ["Un corps \U0001f600."])
    assert len(found.article.authors) == 1003


def test_a_text_of_ten_megabytes_and_a_very_long_url_are_kept(archive: Archive) -> None:
    big = article(url=f"https://example.org/{'x' * 100_000}", body=[Paragraph("mot " * 2_500_000)])
    assert statuses(archive, big, article(2)) == ["stored", "stored"]
    found = archive.find(big.url)
    assert found is not None
    assert len(found.article.body[0]) == 10_000_000


@pytest.mark.parametrize("value", [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)])
def test_the_first_and_the_last_day_of_the_calendar_are_kept(archive: Archive, value: datetime) -> None:
    date = PublishedDate(value=value, precision=Precision.SECOND, raw="", source="text", confidence=0)
    archive.save([article(published=date, modified=date)])
    found = archive.find(article().url)
    assert found is not None
    assert found.article.published == found.article.modified == date


def test_recognising_tells_what_saving_would_do_and_writes_nothing(archive: Archive) -> None:
    archive.save([article(1)])
    asked = [
        article(1),
        article(2),
        article(1, title="Autre"),
        article(3, body=article(1).body),
        article(4, verdict=Verdict.EMPTY),
    ]
    answers = archive.recognise(asked)
    assert [answer and answer.status for answer in answers] == [
        "unchanged",
        None,
        "new_version",
        "duplicate",
        "rejected",
    ]
    assert archive.stats().urls == 1
    assert [outcome.status for outcome in archive.save(asked[:1])] == ["unchanged"]


def test_rows_take_filters_and_come_in_the_order_of_entry(archive: Archive) -> None:
    archive.save(
        [
            article(1, published=PublishedDate(**{**_date(), "precision": Precision.YEAR})),
            article(2, published=day(2004, 5, 6), language="fr-MA"),
            article(3, published=day(2005, 1, 1), language="ar"),
            article(4, published=None, verdict=Verdict.TEASER),
            article(5, url="https://other.net/5", site="other.net", published=day(2004, 5, 7), language="frr"),
        ]
    )

    def numbers(**filters: Any) -> list[str]:
        selected = Filters(**filters)
        found = [stored.article.url[-1] for stored in archive.rows(selected)]
        assert archive.count(selected) == len(found)
        return found

    assert numbers() == ["1", "2", "3", "4", "5"]
    assert numbers(published_from=datetime(2004, 5, 7).date()) == ["1", "3", "5"]
    assert numbers(published_to=datetime(2004, 5, 6).date()) == ["1", "2"]
    assert numbers(published_from=datetime(2005, 1, 1).date(), published_to=datetime(2005, 12, 31).date()) == ["3"]
    assert numbers(languages=["fr"]) == ["1", "2", "4"]
    assert numbers(languages=["FR-ma", "ar"]) == ["2", "3"]
    assert numbers(sites=["www.other.net"]) == ["5"]
    assert numbers(verdicts=[Verdict.TEASER]) == ["4"]
    assert numbers(sites=["example.org"], languages=["ar"]) == ["3"]


def test_a_filter_for_a_site_the_archive_does_not_hold_says_so(archive: Archive) -> None:
    with pytest.raises(Exception, match=r"holds nothing of the site nowhere\.net"):
        list(archive.rows(Filters(sites=["nowhere.net"])))


def test_copies_can_be_left_out(archive: Archive) -> None:
    archive.save([article(), article(url="https://other.net/1", site="other.net")])
    assert [stored.article.url for stored in archive.rows(Filters(duplicates=False))] == [article().url]


def test_many_rows_stream_with_their_aliases(archive: Archive) -> None:
    archive.save([article(n, aliases=[f"https://example.org/old/{n}"]) for n in range(450)])
    found = list(archive.rows())
    assert [stored.article.aliases for stored in found] == [[f"https://example.org/old/{n}"] for n in range(450)]


def test_since_last_tells_new_and_changed_versions_apart_from_old_ones(archive: Archive) -> None:
    archive.save([article(1), article(2)])
    first = archive.since_last("daily")
    assert archive.count(Filters(versions=first)) == 2
    archive.exported("daily", first[1], 2, "json", None)
    assert archive.count(Filters(versions=archive.since_last("daily"))) == 0
    archive.save([article(2, title="Changé", captured_at=LATER), article(3)])
    assert [s.article.url[-1] for s in archive.rows(Filters(versions=archive.since_last("daily")))] == ["2", "3"]
    assert archive.count(Filters(versions=archive.since_last("weekly"))) == 3


def test_a_run_is_noted_with_its_end_and_counts(archive: Archive) -> None:
    number = archive.begin_run("crawl example")
    archive.save([article()])
    archive.record([Entry(url="https://example.org/x", state="rejected", reason="robots")])
    archive.end_run("complete", {"stored": 1})
    assert archive.begin_run("crawl example") == number + 1
    archive.end_run("failed")


ARTICLES = st.builds(
    lambda number, title, paragraphs, verdict, hours: article(
        number,
        title=title,
        body=[Paragraph(text) for text in paragraphs],
        verdict=verdict,
        captured_at=CAPTURED + timedelta(hours=hours),
    ),
    st.integers(1, 4),
    st.text(max_size=20) | st.just("Titre"),
    st.lists(st.text(max_size=20) | st.just(LONG), max_size=3),
    st.sampled_from(Verdict),
    st.integers(0, 3),
)


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Archive]:
    """One empty archive in memory after the other."""
    return lambda: Archive.open("sqlite://")


@given(batch=st.lists(ARTICLES, max_size=6), cut=st.integers(0, 6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_saving_again_and_in_other_batches_changes_nothing(
    fresh: Callable[[], Archive], batch: list[Article], cut: int
) -> None:
    with fresh() as whole, fresh() as parts:
        assert statuses(whole, *batch) == statuses(parts, *batch[:cut]) + statuses(parts, *batch[cut:])
        rows = [(stored.article, stored.values["versions"]) for stored in whole.rows()]
        assert [(stored.article, stored.values["versions"]) for stored in parts.rows()] == rows
        if batch:
            last = batch[-1]
            assert statuses(whole, last) in (["unchanged"], ["rejected"])
