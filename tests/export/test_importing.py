from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select

from newsarchive import export
from newsarchive.archive import Archive, Filters
from newsarchive.archive.models import Alias, Version, Withdrawal
from newsarchive.article import (
    Article,
    DateEvidence,
    Image,
    Paragraph,
    ParagraphKind,
    Precision,
    PublishedDate,
    Verdict,
    Zone,
)
from newsarchive.export import ExportError
from tests.archive.samples import CAPTURED, LATER, LONG, article, full

EVERYTHING = Filters(every_version=True)


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(f"sqlite:///{tmp_path}/another.sqlite") as opened:
        yield opened


def write_full(archive: Archive, path: Path) -> Path:
    format_ = export.format_of(path)
    assert format_ is not None
    export.write(archive, path, format_, EVERYTHING, fields=export.ALL, force=True)
    return path


def held(archive: Archive) -> tuple[list[Any], list[Any], list[Any]]:
    """All an archive holds of articles: versions with their articles, the URLs that lead to them, withdrawals."""
    rows = [dict(stored.values) for stored in archive.rows(EVERYTHING)]
    for row in rows:
        del row["version_id"]
    engine = create_engine(archive.url)
    with engine.connect() as connection:
        aliases = connection.execute(select(Alias.article_id, Alias.url, Alias.kind, Alias.first_seen)).all()
        gone = connection.execute(
            select(Withdrawal.article_id, Withdrawal.gone_at, Withdrawal.back_at, Withdrawal.reason)
        )
        withdrawals = list(map(tuple, gone.all()))
    engine.dispose()
    return rows, sorted(map(tuple, aliases)), withdrawals


def fill(archive: Archive) -> None:
    """Articles of each kind: full, changed, a copy, one without anything but a URL and text."""
    archive.save([full(1), article(2), article(3, url="https://other.example/x", site="other.example")])
    changed = article(2, title="Autre titre", body=[Paragraph(LONG), Paragraph("Corrigé.")], captured_at=LATER)
    archive.save([changed, article(2, url="https://copy.example/2", site="copy.example", title="Copie")])
    archive.save([article(4, title=None, published=None, language=None)])
    engine = create_engine(archive.url)
    with engine.begin() as connection:
        times = {"gone_at": CAPTURED, "back_at": LATER, "reason": "http 410"}
        connection.execute(
            insert(Withdrawal), [{"article_id": 1, **times}, {"article_id": 1, **times, "back_at": None}]
        )
    engine.dispose()


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz", "all.json.zst", "all.parquet"])
def test_what_is_exported_in_full_and_imported_is_an_equal_archive(
    archive: Archive, another: Archive, tmp_path: Path, name: str
) -> None:
    fill(archive)
    found = export.read_back(another, [write_full(archive, tmp_path / name)])
    assert (found.articles, found.damaged.total(), found.unlinked) == (archive.count(), 0, 0)
    assert held(another) == held(archive)
    assert another.unindexed() == 0
    ledger = another.look_up("https://example.org/news/2")
    assert ledger is not None
    assert ledger.state == "archived"


def test_a_folder_by_site_and_year_is_imported_like_a_file(archive: Archive, another: Archive, tmp_path: Path) -> None:
    fill(archive)
    folder = tmp_path / "parts"
    export.write_folder(archive, folder, "parquet", EVERYTHING, fields=export.ALL, partition=True, rows_per_file=2)
    export.read_back(another, [folder])
    assert held(another) == held(archive)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\n"), min_size=1, max_size=20)
dates = st.builds(
    PublishedDate,
    value=st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1)).map(lambda day: day.replace(tzinfo=UTC)),
    precision=st.sampled_from(Precision),
    raw=texts,
    source=texts,
    confidence=st.floats(0, 1),
    zone=st.sampled_from([Zone.STATED, Zone.ASSUMED]),
    rule=st.none() | texts,
    ambiguous=st.booleans(),
)
optional = st.none() | texts


def articles(number: int) -> st.SearchStrategy[Article]:
    return st.builds(
        Article,
        url=st.integers(0, number).map(lambda n: f"https://example.org/{n}"),
        title=optional,
        standfirst=optional,
        standfirst_truncated=st.booleans(),
        body=st.lists(st.builds(Paragraph, texts, st.sampled_from(ParagraphKind)), max_size=4),
        published=st.none() | dates,
        modified=st.none() | dates,
        authors=st.lists(texts, max_size=3),
        agencies=st.lists(texts, max_size=2),
        images=st.lists(st.builds(Image, url=texts, alt=optional, caption=optional, credit=optional), max_size=2),
        section=optional,
        tags=st.lists(texts, max_size=3),
        language=st.sampled_from([None, "fr", "ar-MA"]),
        publisher=optional,
        verdict=st.sampled_from([Verdict.ARTICLE, Verdict.TEASER, Verdict.LIVE_BLOG]),
        is_free=st.none() | st.booleans(),
        captured_at=st.integers(0, 10**9).map(lambda seconds: CAPTURED + timedelta(microseconds=seconds)),
        date_evidence=st.lists(
            st.builds(DateEvidence, raw=texts, value=texts, source=texts, role=texts, why=texts), max_size=2
        ),
        provenance=st.dictionaries(texts, texts | st.integers(0, 9), max_size=2),
        extractor=optional,
    )


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(given_articles=st.lists(articles(4), max_size=8), name=st.sampled_from(["a.jsonl", "a.parquet"]))
def test_any_archive_comes_back_equal(tmp_path: Path, given_articles: list[Article], name: str) -> None:
    place = tmp_path / os.urandom(8).hex()
    place.mkdir()
    with Archive.open(f"sqlite:///{place}/one") as one, Archive.open(f"sqlite:///{place}/two") as two:
        for each in given_articles:
            one.save([each])
        export.read_back(two, [write_full(one, place / name)])
        assert held(two) == held(one)


def test_equal_archives_are_exported_as_the_same_bytes_whatever_database_holds_them(
    archive: Archive, another: Archive, tmp_path: Path
) -> None:
    fill(archive)
    rules = {
        "title": {"rule": "h1", "at": 3, "overruled": [{"why": "short", "by": "og:title"}]},
        "body": {"rule": "main"},
    }
    archive.save([article(8, provenance=rules)])
    first = write_full(archive, tmp_path / "first.jsonl")
    export.read_back(another, [first])
    assert write_full(another, tmp_path / "second.jsonl").read_bytes() == first.read_bytes()


def test_an_import_gives_urls_the_states_that_the_crawl_gave_them(
    archive: Archive, another: Archive, tmp_path: Path
) -> None:
    fill(archive)
    export.read_back(another, [write_full(archive, tmp_path / "everything.jsonl")])
    crawled, imported = (
        {row.url: (row.state, row.reason) for row in each.ledger(["archived", "duplicate"])}
        for each in (archive, another)
    )
    assert imported == crawled
    assert {state for state, _ in crawled.values()} == {"archived", "duplicate"}


def test_importing_twice_changes_nothing(archive: Archive, another: Archive, tmp_path: Path) -> None:
    fill(archive)
    path = write_full(archive, tmp_path / "all.jsonl")
    export.read_back(another, [path])
    before = held(another)
    again = export.read_back(another, [path])
    assert (again.restored, again.merged, again.new_versions) == (0, archive.count(), 0)
    assert held(another)[0] == before[0]


def test_an_import_into_an_archive_that_holds_other_articles_keeps_both(
    archive: Archive, another: Archive, tmp_path: Path
) -> None:
    fill(archive)
    another.save([article(9), article(2, body=[Paragraph(LONG), Paragraph("Un troisième texte.")])])
    path = write_full(archive, tmp_path / "all.jsonl")
    found = export.read_back(another, [path])
    assert (found.restored, found.merged) == (archive.count() - 1, 1)
    assert {stored.values["url"] for stored in another.rows()} == {
        "https://example.org/news/9",
        *(stored.values["url"] for stored in archive.rows()),
    }
    another.save([article(10)])  # the numbers given out afterwards are free ones
    assert another.count() == archive.count() + 2


def lines(archive: Archive, path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write_full(archive, path).read_text("utf-8").splitlines()]


def damaged(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], str]:
    def changed(record: dict[str, Any]) -> str:
        change(record)
        return json.dumps(record)

    return changed


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda _: "{broken", "not JSON"),
        (lambda _: "[1]", "not an object"),
        (
            damaged(lambda r: r.update(body=r["body"].replace("port", "fort"))),
            "its digest is not that of its title and text",
        ),
        (damaged(lambda r: r.pop("cause")), "no field cause (export with --full)"),
        (damaged(lambda r: r.update(verdict="poem")), "unknown verdict or cause"),
        (damaged(lambda r: r.update(first_seen="2025")), "first_seen: not an instant"),
        (damaged(lambda r: r.update(first_seen="2025-01-01")), "first_seen: not an instant"),
        (damaged(lambda r: r.update(tags="a")), "tags: should be array of strings"),
        (damaged(lambda r: r.update(versions=2)), "versions are missing (export with --full)"),
        (damaged(lambda r: r.update(alias_details=[])), "its parts contradict each other"),
        (damaged(lambda r: r.update(date_published_precision=None)), "date_published: not whole"),
        (damaged(lambda r: r.update(id=True)), "id: should be number"),
    ],
)
def test_a_damaged_record_is_counted_with_its_reason_and_the_others_are_restored(
    another: Archive, tmp_path: Path, damage: Callable[[dict[str, Any]], str], reason: str
) -> None:
    with Archive.open(f"sqlite:///{tmp_path}/one") as one:
        one.save([article(1), article(2), article(3)])
        records = lines(one, tmp_path / "all.jsonl")
    broken = tmp_path / "broken.jsonl"
    broken.write_text(
        "".join(f"{line}\n" for line in [json.dumps(records[0]), damage(records[1]), json.dumps(records[2])])
    )
    found = export.read_back(another, [broken])
    assert found.restored == 2
    assert dict(found.damaged) == {reason: 1}
    assert found.samples == [f"{broken}, line 2: {reason}"]


def test_a_file_cut_short_is_an_error_and_what_came_before_stays(another: Archive, tmp_path: Path) -> None:
    with Archive.open(f"sqlite:///{tmp_path}/one") as one:
        one.save([article(number) for number in range(300)])
        whole = write_full(one, tmp_path / "all.jsonl.gz").read_bytes()
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ExportError, match="is damaged"):
        export.read_back(another, [cut])
    uncut = gzip.decompress(whole)[:-10]
    (tmp_path / "cut.jsonl").write_bytes(uncut)
    with pytest.raises(ExportError, match="last line has no end"):
        export.read_back(another, [tmp_path / "cut.jsonl"])
    assert another.count() >= 250


def test_files_that_are_not_what_their_manifest_says_are_refused(
    archive: Archive, another: Archive, tmp_path: Path
) -> None:
    archive.save([article(1)])
    export.write(archive, tmp_path / "a.jsonl", "jsonl", EVERYTHING, fields=export.ALL, manifest=True)
    data = (tmp_path / "a.jsonl").read_bytes()
    (tmp_path / "a.jsonl").write_bytes(data.replace(b"port", b"fort", 1))
    with pytest.raises(ExportError, match="another digest"):
        export.read_back(another, [tmp_path / "a.jsonl"])
    (tmp_path / "a.jsonl").write_bytes(data[:-5])
    with pytest.raises(ExportError, match="bytes, not the"):
        export.read_back(another, [tmp_path / "a.jsonl"])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.jsonl", None, "there is no such file"),
        ("a.csv", b"url\r\n", "only .jsonl"),
        ("a.parquet", b"PAR1 and nothing", "not a whole Parquet file"),
        ("a.json", b"[\n{}", "not whole"),
        ("a.jsonl.zst", b"not zstd at all", "is damaged"),
    ],
)
def test_other_files_are_refused_in_one_line(
    another: Archive, tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ExportError, match=message) as error:
        export.read_back(another, [path])
    assert "\n" not in str(error.value)


def test_every_column_of_a_version_is_restored() -> None:
    from newsarchive.archive.restoring import COLUMNS
    from newsarchive.export.records import _COLUMNS, _RENAMED

    made = {"text_digest", "content_digest", "text_length", "published_from", "published_to", "body_kinds", "images"}
    named = {_RENAMED.get(str(field.column), str(field.column)) for field in _COLUMNS}
    assert named | made == COLUMNS, "a new column of versions needs a field of the export"
    assert Version.__tablename__ == "versions"
