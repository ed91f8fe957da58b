"""The program ends well, whatever happens: a line, a code, no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsarchive import __version__
from newsarchive.cli import program, version
from newsarchive.cli.errors import told
from tests.cli.running import Run
from tests.crawling import environment


def test_without_a_verb_the_help_is_shown_and_the_code_is_2(run: Run) -> None:
    done = run()
    assert done.code == 2
    assert all(verb in done.out for verb in program.VERBS)


def test_a_mistyped_verb_is_told_with_the_nearest_one(run: Run) -> None:
    done = run("crwal", "lematin")
    assert (done.code, done.line) == (2, "newsarchive: no verb 'crwal': did you mean 'crawl'?")


def test_a_wrong_option_is_one_line_that_says_where_to_read_more(run: Run) -> None:
    done = run("stats", "--jason")
    assert done.code == 2
    assert "--jason" in done.line
    assert "newsarchive" in done.line


@pytest.mark.parametrize("verb", program.VERBS)
def test_every_verb_explains_itself_with_an_example(verb: str, run: Run) -> None:
    done = run(verb, "--help")
    assert done.code == 0
    assert f"newsarchive {verb}" in done.out.partition("examples:")[2]


def test_version_names_the_libraries(run: Run) -> None:
    assert run("--version").out.strip() == f"newsarchive {__version__}"
    out = run("version").out
    assert out.startswith(f"newsarchive {__version__}\npython ")
    assert all(name in out for name in ("scrapy 2", "sqlalchemy 2", "warcio 1"))


def test_an_error_nobody_expected_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("something\nstrange")

    monkeypatch.setattr(version, "run", broken)
    done = run("version")
    assert done.code == 1
    assert "unexpected RuntimeError: something strange" in done.line
    assert "Traceback" in run("version", "--debug").err


def test_ctrl_c_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(version, "run", interrupted)
    done = run("version")
    assert (done.code, done.line) == (130, "newsarchive: interrupted")


def test_errors_of_the_system_name_their_file() -> None:
    error = told(PermissionError(13, "Permission denied", "/x/y"))
    assert str(error) == "/x/y: Permission denied"
    assert told(RuntimeError("a bug")) is None


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m newsarchive.cli settings --markdown | head -n 1",
        shell=True, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("# Settings\n", "")


def test_help_comes_at_once_since_nothing_heavy_is_imported(tmp_path: Path) -> None:
    imported = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "newsarchive.cli", "--help"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip
    heavy = ("newsarchive.extraction", "scrapy", "twisted", "sqlalchemy", "alembic", "rich", "warcio", "lxml")
    assert not [name for name in heavy if f" {name}\n" in imported]
