"""`newsarchive captures`: the raw pages are listed, shown and verified, and what is wrong is told in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsarchive.captures import Folder
from tests.captures.test_files import PAGE, exchange, written
from tests.cli.running import Run, fixture, runner, story


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    return runner(capsys)


URL = "https://example.org/story-1"


def test_every_capture_of_an_address_is_listed_and_shown(run: Run, tmp_path: Path) -> None:
    written(tmp_path, exchange(1), exchange(1))
    listed = run("captures", "list", URL, "--captures", tmp_path)
    assert [line.split()[1:3] for line in listed.out.splitlines()] == [["200", "text/html"], ["200", "the"]]
    first, second = map(json.loads, run("captures", "list", URL, "--captures", tmp_path, "--json").out.splitlines())
    assert (first["status"], first["url"], second["type"]) == (200, URL, "warc/revisit")
    shown = run("captures", "cat", URL, "--captures", tmp_path, "--at", "2025-12-26")
    assert shown.out.encode() == PAGE + b"1"
    assert run("captures", "cat", URL, "--captures", tmp_path, "--headers").out == "HTTP 200\nContent-Type: text/html\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list", "https://example.org/other", "--captures", "."), "no capture of it"),
        (("cat", "https://example.org/other", "--captures", "."), "no capture of it"),
        (("cat", URL, "--captures", "nowhere"), "nowhere: no such folder"),
        (("verify",), "--captures FOLDER"),
        (("cat", URL, "--captures", ".", "--at", "noon"), "--at: not a time"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(run: Run, arguments: tuple[str, ...], says: str) -> None:
    done = run("captures", *arguments)
    assert done.code in (1, 2)
    assert says in done.line


def test_verify_tells_of_torn_files_and_of_versions_without_their_capture(run: Run, tmp_path: Path) -> None:
    written(
        tmp_path / "kept",
        exchange(1, story("Le marché rouvre").encode()),
        exchange(2, story("La gare", "Fès").encode()),
    )
    assert run("replay", "kept", "-q").code == 0
    verify = ("captures", "verify", "--captures", "kept")
    assert run(*verify).code == 0
    (file,) = Folder(tmp_path / "kept").files()
    whole = file.read_bytes()
    place = Folder(tmp_path / "kept").captures("https://example.org/story-2")[0].location
    file.write_bytes(whole[: place.offset + 50])
    done = run(*verify, "--repair")
    assert (done.code, "story-2: no capture is where the archive says" in done.err) == (1, True)
    assert "cut, kept in" in done.out
    found = json.loads(run(*verify, "--json").out)
    assert found["versions_without_capture"] == ["https://example.org/story-2"]


def test_a_page_saved_elsewhere_is_no_concern_of_the_folder(run: Run, tmp_path: Path) -> None:
    page = fixture(tmp_path / "page", story("Le marché rouvre"), "https://example.org/a")
    written(tmp_path / "kept", exchange(1))
    assert run("replay", page, "-q").code == 0
    assert run("captures", "verify", "--captures", "kept").code == 0
