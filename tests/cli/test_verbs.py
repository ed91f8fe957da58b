"""The verbs that need no crawl."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive import options
from newsarchive.archive import Archive, Entry
from newsarchive.article import Article, Paragraph
from tests.cli.running import Run, fixture, story

NOON = datetime(2025, 12, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with two articles of two sites, and a page that was refused."""
    file = tmp_path / "news.sqlite"
    with Archive.open(f"sqlite:///{file}") as opened:
        opened.save(
            [
                Article(url="https://example.org/a", title="=A", body=[Paragraph("Some words.")], language="en"),
                Article(url="https://example.com/b", title="B", body=[Paragraph("Des mots.")], language="fr-MA"),
            ]
        )
        opened.record([Entry(url="https://example.org/private", state="rejected", reason="robots")])
        opened.record([Entry(url="https://example.org/consent", state="rejected", reason="consent_wall")])
    return file


def test_stats_counts_the_archive_for_people_and_machines(archive: Path, run: Run) -> None:
    done = run("stats", "--database", archive)
    assert done.code == 0
    assert [line.split() for line in done.out.splitlines() if "articles" in line] == [["articles", "2"]]
    assert "robots" in done.out
    assert "consent_wall" in done.out
    figures = run("stats", "--database", archive, "--json").json
    assert (figures["articles"], figures["reasons"]) == (2, {"rejected": {"consent_wall": 1, "robots": 1}})


def test_the_database_may_come_from_the_environment_or_a_setting(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = ("-s", f"NEWSARCHIVE_DATABASE_URL=sqlite:///{archive}")
    assert run("stats", "--json", *setting).json["articles"] == 2
    monkeypatch.setenv("NEWSARCHIVE_DATABASE_URL", "sqlite:///elsewhere.sqlite")
    assert "elsewhere.sqlite" in run("stats").line
    assert run("stats", "--json", *setting).json["articles"] == 2


def test_export_writes_lines_to_stdout_and_files_by_their_names(archive: Path, run: Run, tmp_path: Path) -> None:
    lines = run("export", "--database", archive).out.splitlines()
    assert [json.loads(line)["url"] for line in lines] == ["https://example.org/a", "https://example.com/b"]
    done = run("export", "--database", archive, "-o", "all.json")
    assert done.out == ""
    assert done.line.startswith("newsarchive: all.json: 2 articles")
    assert len(json.loads((tmp_path / "all.json").read_text())) == 2
    cells = list(csv.reader(io.StringIO(run("export", "--database", archive, "--format", "csv").out)))
    assert cells[0][:3] == ["url", "site", "title"]
    assert cells[1][2] == "'=A"


def test_export_filters_and_chooses_fields(archive: Path, run: Run) -> None:
    french = run("export", "--database", archive, "--language", "fr", "--fields", "title,url").out
    assert french == '{"title":"B","url":"https://example.com/b"}\n'
    assert run("export", "--database", archive, "--site", "example.org").out.count("\n") == 1
    assert run("export", "--database", archive, "--from", "2004").out == ""


def test_a_second_export_since_the_last_has_nothing(archive: Path, run: Run) -> None:
    assert run("export", "--database", archive, "--since-last", "nightly").out.count("\n") == 2
    assert run("export", "--database", archive, "--since-last", "nightly").out == ""
    assert run("export", "--database", archive, "--since-last").out.count("\n") == 2


def test_migrate_makes_the_archive_and_may_be_run_again(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("migrate", "--database", "new.sqlite").out == "new.sqlite: up to date\n"
    assert (tmp_path / "new.sqlite").exists()


def test_settings_lists_every_option(run: Run) -> None:
    out, page = run("settings").out, run("settings", "--markdown").out
    assert all(option.name in out and f"`{option.name}`" in page for option in options.OPTIONS)


def test_list_names_the_sites_and_not_the_general_spiders(run: Run) -> None:
    names = run("list").out.split()
    assert "lematin" in names
    assert not {"news", "replay"} & set(names)


def test_a_fixture_is_added_refreshed_and_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "saved.htm").write_text(story("Le marché rouvre"), "utf-8")
    where = ("--url", "https://www.example.org/2024/03/Le-marché_rouvre.html", "--captured-at", "2025-12-25")
    done = run("fixture", "add", "saved.htm", *where)
    folder = tmp_path / "fixtures" / "example" / "le-march-rouvre"
    assert (done.code, done.err) == (0, "")
    assert {file.name for file in folder.iterdir()} == {"page.html", "meta.json", "article.json"}
    article = json.loads((folder / "article.json").read_text("utf-8"))
    assert article["title"] == "Le marché rouvre"
    assert article["published"]["value"] == "2024-03-02T10:15:00+01:00"
    assert json.loads((folder / "meta.json").read_text())["captured_at"] == "2025-12-25T00:00:00+00:00"

    again = run("fixture", "add", "saved.htm", *where)
    assert again.code == 2
    assert "already a fixture" in again.line

    assert run("fixture", "refresh", "fixtures", "--check").code == 0
    article["title"] = "Another"
    (folder / "article.json").write_text(json.dumps(article))
    assert run("fixture", "refresh", "fixtures", "--check").code == 1
    assert run("fixture", "refresh", "fixtures").out.endswith("1 fixtures, 1 changed\n")
    assert run("fixture", "refresh", "fixtures").out == "1 fixtures, 0 changed\n"
    fixture(tmp_path / "fixtures" / "other", story("Un titre"), "https://example.org/a")
    assert run("fixture", "refresh", "fixtures").out == "1 fixtures, 0 changed\n"
    assert run("fixture", "refresh", "fixtures", "--new").out.endswith("2 fixtures, 1 changed\n")


def test_a_fixture_may_take_its_address_from_the_page_itself(run: Run, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(story("Un titre", url="https://example.org/un-titre"), "utf-8")
    assert run("fixture", "add", "saved.html", "--captured-at", "2025-12-25", "--site", "demo").code == 0
    meta = json.loads((tmp_path / "fixtures" / "demo" / "un-titre" / "meta.json").read_text())
    assert meta["url"] == "https://example.org/un-titre"


def test_explain_shows_what_was_chosen_and_what_else_was_there(run: Run, tmp_path: Path) -> None:
    fixture(tmp_path / "a", story("Le marché rouvre"), "https://example.org/a")
    done = run("explain", "a")
    assert done.code == 0
    title = done.out.partition("  title")[2].partition("  standfirst")[0]
    assert "Le marché rouvre" in title
    assert "<title>: Le marché rouvre - Exemple" in title
    assert "article:published_time" in done.out.partition("  dates")[2]
    fields = run("explain", "a", "--json").json["fields"]
    assert {"title", "authors", "dates", "verdict"} <= {field["field"] for field in fields}


def test_explain_shows_what_a_rule_overruled(run: Run, tmp_path: Path) -> None:
    page = story("Le marché rouvre").replace(
        "<head>", '<head><meta property="og:title" content="Un marché, deux places">'
    )
    fixture(tmp_path / "a", page, "https://example.org/a")
    assert "overruled og:title: Un marché, deux places" in run("explain", "a").out
    fields = {field["field"]: field for field in run("explain", "a", "--json").json["fields"]}
    assert fields["title"]["overruled"] == [{"place": "og:title", "value": "Un marché, deux places"}]


def test_a_page_is_printed_for_people_and_for_machines_without_an_archive(run: Run, tmp_path: Path) -> None:
    fixture(tmp_path / "a", story("Le marché rouvre"), "https://example.org/a")
    fixture(tmp_path / "b", story("La gare ferme", "Fès"), "https://example.org/b", captured_at=None)
    text = run("replay", ".", "--dry-run").out
    assert "Le marché rouvre" in text
    assert "2024-03-02T10:15:00+01:00 (second, from meta)" in text
    records = [json.loads(line) for line in run("replay", ".", "--dry-run", "--json").out.splitlines()]
    assert [record["title"] for record in records] == ["Le marché rouvre", "La gare ferme"]
    assert [record["captured_at"] for record in records] == ["2025-12-25T10:00:00Z", None]
    assert records[0]["date_published_precision"] == "second"
    assert "\nPlus de deux cents marchands" in records[0]["body"]
    assert not (tmp_path / "newsarchive.sqlite").exists()
