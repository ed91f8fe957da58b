from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsarchive.archive import Archive
from tests.archive.samples import article, full
from tests.cli.running import Run


@pytest.fixture
def filled(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/first.sqlite"
    with Archive.open(url) as archive:
        archive.save([full(1), article(2)])
        archive.save([article(2, title="Autre titre")])
    return f"NEWSARCHIVE_DATABASE_URL={url}"


@pytest.mark.parametrize("name", ["all.jsonl.gz", "all.parquet", "all/"])
def test_a_full_export_is_imported_into_an_empty_archive(run: Run, filled: str, tmp_path: Path, name: str) -> None:
    done = run("export", "--full", "-o", name, "-s", filled)
    assert done.code == 0
    assert done.line.startswith(f"newsarchive: {name}: 3 versions, ")
    second = f"NEWSARCHIVE_DATABASE_URL=sqlite:///{tmp_path}/second.sqlite"
    assert run("import", name, "-s", second).out == "2 articles restored (3 versions)\n"
    again = json.loads(run("import", name, "--json", "-s", second).out)
    assert (again["restored"], again["merged"], again["new_versions"]) == (0, 2, 0)
    given = [run("export", "--full", "-s", place).out for place in (filled, second)]
    assert given[0] == given[1]


def test_a_damaged_line_is_told_and_the_exit_code_is_1(run: Run, filled: str, tmp_path: Path) -> None:
    run("export", "--full", "-o", "all.jsonl", "-s", filled)
    (tmp_path / "all.jsonl").write_text("{broken\n" + (tmp_path / "all.jsonl").read_text("utf-8"), "utf-8")
    done = run("import", "all.jsonl", "-s", f"NEWSARCHIVE_DATABASE_URL=sqlite:///{tmp_path}/second.sqlite")
    assert (done.code, done.out) == (1, "2 articles restored (3 versions)\n1 damaged: not JSON\n")
    assert done.line == "newsarchive: all.jsonl, line 1: not JSON"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--full", "--fields", "url"], "--full writes all fields: leave --fields out"),
        (["--partition"], "--partition needs -o: it makes files"),
        (["--format", "jsonld", "--fields", "url"], "JSON-LD has fields of its own: leave the choice of fields out"),
        (["-o", "a.parquet", "--compress", "gz"], "Parquet is compressed by itself: leave the other compression out"),
        (["-o", "out/", "--rows-per-file", "0"], "--rows-per-file must be at least 1"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(run: Run, filled: str, arguments: list[str], line: str) -> None:
    done = run("export", *arguments, "-s", filled)
    assert (done.code, done.line) == (2, f"newsarchive: {line}")


@pytest.mark.parametrize("name", ["nope.jsonl", "notes.txt"])
def test_what_cannot_be_imported_makes_no_archive(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("x")
    done = run("import", tmp_path / name, "--database", tmp_path / "new.sqlite")
    assert done.code == 1
    assert str(tmp_path / name) in done.line
    assert not (tmp_path / "new.sqlite").exists()
