from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from newsarchive.archive import Archive, ArchiveError
from newsarchive.archive.errors import shown
from tests.archive.samples import article


def why(url: str, *, create: bool = True) -> str:
    with pytest.raises(ArchiveError) as error:
        Archive.open(url, create=create)
    message = str(error.value)
    assert "\n" not in message
    assert "secret" not in message
    return message


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("dear diary " * 100)
    assert why(f"sqlite:///{path}") == f"{path} is not a database"
    assert path.read_text() == "dear diary " * 100


def test_a_directory_is_no_database(tmp_path: Path) -> None:
    assert why(f"sqlite:///{tmp_path}") == f"{tmp_path} is a directory, not a database"


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "the folder is missing" in why(f"sqlite:///{tmp_path}/no/where.sqlite")


def test_a_file_that_is_not_there_is_not_made_for_who_only_reads(tmp_path: Path) -> None:
    path = tmp_path / "typo.sqlite"
    assert why(f"sqlite:///{path}", create=False) == f"no archive at {path}"
    assert not path.exists()


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    (tmp_path / "new.sqlite").touch()
    with Archive.open(f"sqlite:///{tmp_path / 'new.sqlite'}") as archive:
        assert archive.stats().articles == 0


def test_an_unreachable_server_is_told_without_the_password() -> None:
    message = why("postgresql://me:secret@127.0.0.1:1/news?connect_timeout=1")
    assert message.startswith("cannot reach the database postgresql+psycopg://me:***@127.0.0.1:1/news")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "not a database URL"),
        ("news.sqlite", "not a database URL: 'news.sqlite'"),
        ("pigeon://coop/1", "unknown kind of database"),
    ],
)
def test_what_is_no_database_url_is_told(url: str, message: str) -> None:
    assert message in why(url)


def test_a_locked_database_is_waited_for_and_then_told(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Archive.open(f"sqlite:///{path}?timeout=0.1") as archive:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match=f"{path} is locked by another program"):
            archive.save([article()])
        assert archive.stats().articles == 0, "who only reads need not wait"
        holder.execute("ROLLBACK")
        holder.close()
        assert [outcome.status for outcome in archive.save([article()])] == ["stored"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_database_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Archive.open(f"sqlite:///{path}").close()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(ArchiveError, match="read-only"), Archive.open(f"sqlite:///{path}") as archive:
            archive.save([article()])
    finally:
        tmp_path.chmod(0o755)


def test_a_database_opened_for_reading_alone_is_told_when_written(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Archive.open(f"sqlite:///{path}").close()
    with (
        Archive.open(f"sqlite:///file:{path}?mode=ro&uri=true") as archive,
        pytest.raises(ArchiveError, match=r"may not be written \(read-only\)"),
    ):
        archive.save([article()])


def test_a_full_database_is_told_and_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Archive.open(f"sqlite:///{path}") as archive:
        archive.save([article()])
    with sqlite3.connect(path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with Archive.open(f"sqlite:///{path}") as archive:
        with archive._engine.connect() as connection_:
            connection_.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="no space is left"):
            archive.save([article(number) for number in range(2, 200)])
        assert archive.stats().articles == 1


def test_a_url_is_shown_without_its_password_and_a_file_as_its_path() -> None:
    assert shown("postgresql://me:secret@host/news") == "postgresql://me:***@host/news"
    assert shown("sqlite:////var/news.sqlite") == "/var/news.sqlite"
    assert shown("sqlite://") == "the in-memory database"
    assert shown("nonsense") == "'nonsense'"
