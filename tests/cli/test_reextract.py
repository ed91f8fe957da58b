"""Stored articles are read again from their captures: first told, then written as versions that the rules made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from newsarchive.archive import Archive
from newsarchive.captures import Crawled
from newsarchive.captures.files import index_of
from newsarchive.spiders.rereading import compare
from tests.archive.samples import article
from tests.captures.test_files import exchange, written
from tests.cli.running import Run, runner, story


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSARCHIVE_WORKERS", "0")
    return runner(capsys)


HERE = ("--captures", "kept", "--database", "archive.sqlite")


@pytest.fixture
def kept(run: Run, tmp_path: Path) -> Path:
    """Captures of three pages, and an archive of them as older rules read them: no author, another title, a wrong day."""
    from dataclasses import replace

    pages = [
        exchange(n, story(f"Le marché de {town}", town).encode()) for n, town in enumerate(("Fès", "Safi", "Taza"))
    ]
    dates = Crawled(dates=(("sitemap", "modified", "2024-03-03"),))
    written(tmp_path / "kept", *(replace(page, crawled=dates) for page in pages))
    assert run("replay", "kept", "-q", "--database", "archive.sqlite").code == 0
    engine = create_engine(f"sqlite:///{tmp_path / 'archive.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE versions SET authors = NULL WHERE article_id < 3"))
        connection.execute(text("UPDATE versions SET title = 'Menu' WHERE article_id = 1"))
        connection.execute(text("UPDATE versions SET published_precision = 'year' WHERE article_id = 2"))
    engine.dispose()
    return tmp_path


VERSIONS = text(
    "SELECT a.url, v.number, v.cause, v.title, v.authors, a.current_version FROM versions v"
    " JOIN articles a ON a.id = v.article_id ORDER BY a.id, v.number"
)


def versions(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    engine = create_engine(f"sqlite:///{folder / 'archive.sqlite'}")
    with engine.connect() as connection:
        rows = connection.execute(VERSIONS)
        for url, *rest in rows:
            found.setdefault(url[-1], []).append(tuple(rest))
    engine.dispose()
    return found


def test_a_dry_run_tells_what_would_change_and_writes_nothing(run: Run, kept: Path) -> None:
    before = versions(kept)
    done = run("reextract", "--dry-run", *HERE)
    assert done.code == 0
    assert "3 articles: 1 read the same, 2 read otherwise\nnothing was written" in done.out
    assert "- Menu\n  + Le marché de Fès" in done.out
    report = json.loads(run("reextract", "--dry-run", "--json", *HERE).out)
    assert report["fields"]["authors"] == {"gained": 2, "lost": 0, "changed": 0}
    assert report["fields"]["title"] == {"gained": 0, "lost": 0, "changed": 1}
    assert report["fields"]["published"]["changed"] == 1
    assert report["sites"]["example.org"]["gained"] == 2
    assert versions(kept) == before


def test_what_reads_otherwise_becomes_a_version_that_the_rules_made_once(run: Run, kept: Path) -> None:
    with Archive.open(f"sqlite:///{kept / 'archive.sqlite'}") as archive:
        seen = {stored.values["url"]: stored.values["last_seen"] for stored in archive.rows()}
    assert json.loads(run("reextract", "--json", *HERE).out)["written"] == 2
    first, second, third = versions(kept).values()
    assert [(number, cause, title) for number, cause, title, *_ in first] == [
        (1, "site", "Menu"),
        (2, "rules", "Le marché de Fès"),
    ]
    assert (first[-1][-1], len(second), len(third)) == (2, 2, 1)
    again = json.loads(run("reextract", "--json", *HERE).out)
    assert (again["same"], again["written"]) == (3, 0)
    with Archive.open(f"sqlite:///{kept / 'archive.sqlite'}") as archive:
        assert {stored.values["url"]: stored.values["last_seen"] for stored in archive.rows()} == seen


def test_filters_choose_and_lost_captures_are_counted(run: Run, kept: Path) -> None:
    assert json.loads(run("reextract", "--json", "--dry-run", "--from", "2030", *HERE).out)["articles"] == 0
    (file,) = (kept / "kept").glob("*.warc.gz")
    index_of(file).unlink()
    file.unlink()
    done = run("reextract", "--json", *HERE)
    assert done.code == 1
    assert json.loads(done.out)["not read"] == {"capture: No such file or directory": 3}


def test_fields_are_gained_lost_or_changed() -> None:
    old = article(title="A", authors=["X"], section=None, tags=["a"])
    new = article(title="B", authors=[], section="S", tags=["a"])
    found = {change.field: change.kind for change in compare(old, new)}
    assert found == {"title": "changed", "authors": "lost", "section": "gained"}
