"""An archive in a folder that nobody may write (an old disk, a snapshot) is read all the same."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import text

from newsarchive import export
from newsarchive.archive import Archive, ArchiveError, MissingError, engine
from newsarchive.archive.engine import connect, writing
from tests.archive.samples import article


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive whose folder cannot be written: by its rights, or for root, who may write anywhere, by our own word."""
    file = tmp_path / "old disk" / "a.sqlite"
    file.parent.mkdir()
    with Archive.open(f"sqlite:///{file}") as archive:
        archive.save([article(1), article(2)])
    monkeypatch.setattr(engine, "_writable", lambda path: False)
    return file


def test_it_is_read_searched_and_counted(sealed: Path) -> None:
    with Archive.open(f"sqlite:///{sealed}", create=False) as archive:
        assert archive.stats().articles == 2
        assert archive.search("port").matches == 2
        assert len(list(archive.rows())) == 2
        assert archive.check() == []
    assert [path.name for path in sealed.parent.iterdir()] == ["a.sqlite"]


def test_it_is_not_written(sealed: Path) -> None:
    with (
        Archive.open(f"sqlite:///{sealed}", create=False) as archive,
        pytest.raises(ArchiveError) as error,
    ):
        archive.save([article(3)])
    assert str(error.value) == f"{sealed} may not be written (read-only)"


def test_one_of_an_older_schema_is_refused_in_a_line(sealed: Path) -> None:
    writer = connect(f"sqlite:///{sealed}")
    with writing(writer) as connection:
        connection.execute(text("UPDATE newsarchive_schema SET version_num = '0001'"))
    writer.dispose()
    with pytest.raises(ArchiveError, match=r"has schema 0001, older than .* and may not be written: migrate a copy"):
        Archive.open(f"sqlite:///{sealed}", create=False)


def test_a_log_beside_it_is_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.sqlite"
    with Archive.open(f"sqlite:///{file}") as crawl:
        crawl.save([article(1)])
        monkeypatch.setattr(engine, "_writable", lambda path: False)
        with Archive.open(f"sqlite:///{file}", create=False) as archive:
            assert archive.stats().articles == 1, "what stands in the log alone is there"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_somebody_without_rights_reads_it() -> None:
    with tempfile.TemporaryDirectory() as name:  # others may not look into the folders of pytest
        _read_by_nobody(Path(name))


def _read_by_nobody(folder: Path) -> None:
    with Archive.open(f"sqlite:///{folder / 'a.sqlite'}") as archive:
        archive.save([article(1)])
    (folder / "a.sqlite").chmod(0o444)
    folder.chmod(0o555)
    program = (
        "import os, sys\n"
        "from newsarchive.archive import Archive\n"
        "os.setuid(65534)\n"
        f"archive = Archive.open('sqlite:///{folder}/a.sqlite', create=False)\n"
        "print(archive.stats().articles, archive.search('port').matches)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("1 1\n", "")


def test_a_database_without_an_archive_is_told_by_who_reads_and_left_as_it_is(url: str, tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite").touch()
    for where in (url, url, f"sqlite:///{tmp_path}/empty.sqlite"):
        with pytest.raises(MissingError, match="no archive at"):
            Archive.open(where, create=False)
    assert [(path.name, path.stat().st_size) for path in tmp_path.iterdir()] == [("empty.sqlite", 0)]


def test_it_is_exported(sealed: Path) -> None:
    out = sealed.parent.parent / "out.jsonl"
    with Archive.open(f"sqlite:///{sealed}", create=False) as archive:
        export.write(archive, out)
    assert len(out.read_text("utf-8").splitlines()) == 2
