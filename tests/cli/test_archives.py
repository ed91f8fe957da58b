"""`newsarchive search`, and the verbs that look after what it searches."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.archive import Archive
from newsarchive.article import Article, Paragraph, Precision, PublishedDate
from tests.cli.running import Run


def story(number: int, title: str, body: str, year: int) -> Article:
    published = PublishedDate(value=datetime(year, 5, 6), precision=Precision.DAY, raw="", source="text", confidence=1)
    return Article(
        url=f"https://example.org/{number}", title=title, body=[Paragraph(body)], language="fr", published=published,
        authors=["Inès Ferrand"], captured_at=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> str:
    file = tmp_path / "news.sqlite"
    with Archive.open(f"sqlite:///{file}") as archive:
        archive.save(
            [
                story(1, "Maroc Telecom lance l'ADSL", "Les abonnés de Rabat attendaient.", 2003),
                story(2, "Maroc Telecom baisse ses prix", "L'ADSL coûte moins.", 2004),
                story(3, "Maroc Telecom en bourse", "Et toujours l'ADSL.", 2012),
            ]
        )
    return str(file)


def test_a_search_answers_in_json(database: str, run: Run) -> None:
    query = ("search", "maroc telecom adsl", "--since", "2003", "--until", "2004", "--database", database)
    answer = run(*query, "--json").json
    assert (answer["query"], answer["matches"], answer["complete"]) == ("maroc telecom adsl", 2, True)
    first = answer["hits"][0]
    assert (first["url"], first["date_published"], first["authors"]) == (
        "https://example.org/1", "2003-05-06", ["Inès Ferrand"],
    )  # fmt: skip
    second = answer["hits"][1]
    assert [second["snippet"][start:end] for start, end in second["marks"]] == ["ADSL"]
    assert first["score"] > second["score"] > 0


def test_a_search_answers_in_lines(database: str, run: Run) -> None:
    done = run("search", "adsl", "prix", "--database", database)
    assert done.out.splitlines() == [
        "Maroc Telecom baisse ses prix",
        "  example.org · 2004-05-06 (day, from text) · Inès Ferrand",
        "  https://example.org/2",
        "  L'[ADSL] coûte moins.",
    ]
    assert done.line == "newsarchive: 1 article found, 1 to 1 shown"


@pytest.mark.parametrize("query", ['c++ "', "", "😀", "*", "((((", "AND NOT", "a" * 100_000])
def test_whatever_is_typed_is_a_query(database: str, run: Run, query: str) -> None:
    done = run("search", query, "--database", database)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("newsarchive: nothing found\n")


def test_a_date_that_is_none_is_told(database: str, run: Run) -> None:
    done = run("search", "adsl", "--since", "last week", "--database", database)
    assert (done.code, "--since: not a date" in done.line) == (2, True)
    assert run("search", "adsl", "--since", "2005", "--until", "2004", "--database", database).code == 2


def test_what_was_not_indexed_is_told_and_made_up_for(database: str, run: Run) -> None:
    with Archive.open(f"sqlite:///{database}") as archive:
        archive._indexes = False
        archive.save([story(4, "Méditel aussi", "Toujours l'ADSL.", 2005)])
    done = run("search", "meditel", "--database", database)
    assert "1 versions are not in the index yet: newsarchive db index" in done.err
    assert run("db", "index", "--database", database).out == f"{database}: 1 versions indexed\n"
    assert run("search", "meditel", "--database", database, "--json").json["matches"] == 1
    assert run("db", "index", "--rebuild", "--database", database).out == f"{database}: 4 versions indexed\n"
    assert run("search", "adsl", "--database", database, "--json").json["matches"] == 4


def test_the_database_is_checked_vacuumed_and_backed_up(database: str, run: Run, tmp_path: Path) -> None:
    assert run("db", "check", "--database", database).out == f"{database}: no fault found\n"
    done = run("db", "vacuum", "--database", database)
    assert (done.code, done.out.startswith(f"{database}: ")) == (0, True)
    copy = tmp_path / "copy.sqlite"
    done = run("backup", copy, "--database", database)
    assert done.out == f"{copy}: {copy.stat().st_size:,} bytes\n"
    assert run("search", "adsl", "--database", copy, "--json").json["matches"] == 3
    again = run("backup", copy, "--database", database)
    assert (again.code, again.line) == (1, f"newsarchive: {copy} exists already: use --force to replace it")
    assert run("backup", copy, "--force", "--database", database).code == 0


def test_a_check_that_finds_a_fault_fails(database: str, run: Run) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE versions SET body = 'tampered' WHERE id = 2")
    connection.close()
    done = run("db", "check", "--database", database)
    assert done.code == 1
    assert done.out.splitlines() == [
        "versions whose text is not that of their text digest: 1 (id 2)",
        "versions whose title and text are not those of their content digest: 1 (id 2)",
    ]
    assert done.line == f"newsarchive: {database}: 2 kinds of faults; the number behind each is how many rows have it"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["search", "x", "--limit", "-1"], 2, "argument --limit: takes a whole number, 0 or more, not '-1'"),
        (["diff", "https://example.org/1", "--from", "x"], 2, "--from: takes a whole number, 1 or more, not 'x'"),
        (["search", "-phare"], 2, "(see newsarchive search --help; words that begin with a dash stand behind --: "),
        (["search", "ad*"], 0, "ad* was looked for as a whole word: the beginning of a word takes three letters"),
        (["export", "--since", "2005", "--until", "2004"], 2, "--until 2004 is before --since 2005"),
    ],
)
def test_what_cannot_be_meant_is_told_in_plain_words(
    database: str, run: Run, arguments: list[str], code: int, line: str
) -> None:
    done = run(*arguments, "--database", database)
    assert (done.code, line in done.err) == (code, True), done.err


def test_words_behind_two_dashes_may_begin_with_one(database: str, run: Run) -> None:
    assert run("search", "--json", "--database", database, "--", "-adsl").json["matches"] == 3


@pytest.mark.parametrize("names", [("--since", "--until"), ("--from", "--to")])
def test_an_export_takes_a_period_by_either_name(database: str, run: Run, names: tuple[str, str]) -> None:
    done = run("export", "--database", database, names[0], "2004", names[1], "2004")
    assert [json.loads(line)["url"] for line in done.out.splitlines()] == ["https://example.org/2"]


@pytest.mark.parametrize("verb", [["export"], ["stats"]])
def test_a_full_disk_behind_stdout_is_named(database: str, verb: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsarchive.cli", *verb, "--database", database],
            stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "newsarchive: cannot write the standard output: No space left on device\n"
