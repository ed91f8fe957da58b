"""A WACZ holds the chosen pages with their titles and dates, is what its digests say, and can be replayed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from newsarchive.captures import Packing, Saved, Skipped, read
from newsarchive.captures.cdxj import parse
from tests.captures.test_files import exchange, written
from tests.cli.running import Run, runner, story


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSARCHIVE_WORKERS", "0")
    return runner(capsys)


def archived(run: Run, folder: Path, packing: Packing = Packing.GZIP) -> None:
    pages = [
        exchange(n, story(f"Le marché de {town}", town).encode()) for n, town in enumerate(("Fès", "Safi", "Taza"))
    ]
    written(folder / "kept", *pages, packing=packing)
    assert run("replay", "kept", "-q", "--database", "a.sqlite").code == 0


PACK = ("wacz", "-o", "out.wacz", "--captures", "kept", "--database", "a.sqlite")


@pytest.mark.parametrize("packing", [*Packing])
def test_a_package_holds_every_page_and_is_what_its_digests_say(run: Run, tmp_path: Path, packing: Packing) -> None:
    archived(run, tmp_path, packing)
    done = run(*PACK, "--text")
    assert done.code == 0
    assert "3 pages" in done.line
    with zipfile.ZipFile(tmp_path / "out.wacz") as archive:
        package = json.loads(archive.read("datapackage.json"))
        for one in package["resources"]:
            data = archive.read(one["path"])
            assert (one["hash"], one["bytes"]) == (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        digest = json.loads(archive.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(archive.read('datapackage.json')).hexdigest()}"
        head, *pages = map(json.loads, archive.read("pages/pages.jsonl").decode().splitlines())
        index = [parse(line) for line in archive.read("indexes/index.cdx").decode().splitlines()]
        assert archive.getinfo("archive/captures.warc.gz").compress_type == zipfile.ZIP_STORED
    assert head["hasText"] is True
    assert [page["title"] for page in pages] == ["Le marché de Fès", "Le marché de Safi", "Le marché de Taza"]
    assert pages[0]["date_published"] == "2024-03-02T10:15:00+01:00"
    assert "a rouvert samedi matin" in pages[0]["text"]
    assert [line.url for line in index if line] == [page["url"] for page in pages]
    found = [one for one in read([tmp_path / "out.wacz"]) if isinstance(one, Saved)]
    kept = [one.page.body for one in read([tmp_path / "kept"]) if isinstance(one, Saved)]
    assert [one.page.body for one in found] == kept


def test_a_package_is_replayed_and_its_pages_are_found_at_their_place(run: Run, tmp_path: Path) -> None:
    archived(run, tmp_path)
    assert run(*PACK).code == 0
    assert run("replay", "out.wacz", "-q", "--database", "b.sqlite").code == 0
    first, *_ = (one for one in read([tmp_path / "out.wacz"]) if isinstance(one, Saved))
    assert first.location is not None
    with (tmp_path / "out.wacz").open("rb") as file:
        file.seek(first.location.offset)
        assert file.read(3) == b"\x1f\x8b\x08"
    assert run("export", "--database", "b.sqlite").out.count("\n") == 3


def test_what_cannot_be_packed_is_told(run: Run, tmp_path: Path) -> None:
    archived(run, tmp_path)
    assert "no article of these has a capture" in run(*PACK, "--from", "2030").line
    assert not (tmp_path / "out.wacz").exists()
    assert run(*PACK).code == 0
    assert "--force" in run(*PACK).line
    (file,) = (tmp_path / "kept").glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-700])
    done = run(*PACK, "--force")
    assert done.code == 1
    assert "not in it: 1 (torn record)" in done.err


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"no zip", "unreadable file"), (b"PK\x05\x06" + bytes(18), "no warc")],
)
def test_a_wacz_that_is_none_is_a_reason(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "a.wacz").write_bytes(data)
    (found,) = read([tmp_path / "a.wacz"])
    assert isinstance(found, Skipped)
    assert found.reason == why


def test_a_warc_that_is_compressed_inside_of_a_wacz_is_a_reason(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/a.warc", "WARC/1.1\r\n" * 90)
    (found,) = read([tmp_path / "a.wacz"])
    assert isinstance(found, Skipped)
    assert "unzip" in (found.detail or "")
