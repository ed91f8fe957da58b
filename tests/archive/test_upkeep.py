"""Checks, vacuum and backups."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from newsarchive.archive import Archive, ArchiveError
from newsarchive.archive.engine import writing
from tests.archive.samples import article, full


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.save([full(1), *(article(number) for number in range(2, 30))])
    return archive


def broken(archive: Archive, *statements: str) -> list[str]:
    """What a check says after these statements."""
    with writing(archive._engine) as connection:
        for statement in statements:
            connection.execute(text(statement))
    return [str(fault) for fault in archive.check()]


def test_a_check_finds_nothing_wrong_with_what_was_saved(filled: Archive) -> None:
    seen: list[int] = []
    assert filled.check(seen.append) == []
    assert seen[-1] == 29


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE versions SET body = 'tampered' WHERE id = 3", "text is not that of their text digest: 1 (id 3)"),
        ("UPDATE versions SET title = 'tampered' WHERE id = 4", "not those of their content digest: 1 (id 4)"),
        ("UPDATE articles SET versions = 2 WHERE id = 5", "more or fewer versions than they say: 1 (id 5)"),
        (
            "UPDATE articles SET versions = 2, current_version = 2 WHERE id = 6",
            "without their current version: 1 (id 6)",
        ),
        ("DELETE FROM aliases WHERE article_id = 7", "articles that no URL leads to: 1 (id 7)"),
        ("UPDATE ledger SET article_id = NULL WHERE id = 8", "say archived and lead to no article: 1 (id 8)"),
        (
            "UPDATE articles SET duplicate_of_id = id WHERE id > 9",
            "copies of themselves: 20 (id 10, 11, 12, 13, 14, ...)",
        ),
    ],
)
def test_a_check_names_what_is_wrong(filled: Archive, statement: str, fault: str) -> None:
    found = broken(filled, statement)
    assert [line for line in found if line.endswith(fault)], found


def test_a_check_finds_what_search_lacks(archive: Archive) -> None:
    if archive._engine.dialect.name == "mariadb":
        pytest.skip("MariaDB has no search")
    archive._indexes = False
    archive.save([article(1), article(2)])
    assert [str(fault) for fault in archive.check()] == [
        "versions that search does not find yet (newsarchive db index): 2"
    ]
    archive.index()
    assert archive.check() == []


def test_a_check_finds_rows_that_belong_to_nothing_and_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    with Archive.open(f"sqlite:///{file}") as archive:
        archive.save([article(number) for number in range(200)])
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM articles WHERE id = 3")
        root, size = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size()) FROM sqlite_master"
            " WHERE name = 'ix_versions_text_digest'"
        ).fetchone()
    connection.close()
    with Archive.open(f"sqlite:///{file}") as archive:
        found = [str(fault) for fault in archive.check()]
    assert "rows of versions that name no row of articles: 1 (id 3)" in found
    damaged = bytearray(file.read_bytes())
    damaged[(root - 1) * size : root * size] = bytes(size)
    file.write_bytes(damaged)
    with Archive.open(f"sqlite:///{file}") as archive:
        assert any("the file is damaged" in str(fault) for fault in archive.check())


def test_a_vacuum_gives_space_back_and_loses_nothing(filled: Archive) -> None:
    before = [stored.article for stored in filled.rows()]
    filled.vacuum()
    assert [stored.article for stored in filled.rows()] == before
    assert filled.check() == []


def test_a_vacuum_merges_the_index_of_search(tmp_path: Path) -> None:
    with Archive.open(f"sqlite:///{tmp_path / 'a.sqlite'}") as archive:
        for number in range(30):
            archive.save([article(number)])
        archive.vacuum()
        with archive._engine.connect() as connection:
            [segments] = connection.execute(text("SELECT count(DISTINCT segid) FROM search_idx")).one()
        assert segments == 1
        assert archive.search("port").matches == 30


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Archive]:
    """An archive that somebody writes to all the time."""
    with Archive.open(f"sqlite:///{tmp_path / 'busy.sqlite'}") as archive:
        archive.save([article(number) for number in range(300)])
        ended = threading.Event()

        def crawl() -> None:
            number = 1000
            while not ended.is_set():
                archive.save([article(number)])
                number += 1

        writer = threading.Thread(target=crawl)
        writer.start()
        yield archive
        ended.set()
        writer.join()


def test_a_backup_is_one_whole_state_while_others_write(busy: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for number in range(3):
        seen: list[int] = []
        size = busy.backup(folder / f"{number}.sqlite", done=seen.append)
        assert size == (folder / f"{number}.sqlite").stat().st_size == seen[-1]
    assert sorted(path.name for path in folder.iterdir()) == ["0.sqlite", "1.sqlite", "2.sqlite"]
    counts = []
    for path in sorted(folder.iterdir()):
        with Archive.open(f"sqlite:///{path}") as copy:
            assert copy.check() == []
            counts.append(copy.stats().articles)
    assert 300 <= counts[0] <= counts[1] <= counts[2]


def test_a_backup_replaces_nothing_unasked(filled: Archive, tmp_path: Path) -> None:
    if filled._engine.dialect.name == "mariadb":
        pytest.skip("MariaDB has its own tool")
    file = tmp_path / "b"
    file.write_text("precious")
    with pytest.raises(ArchiveError, match="exists already: use --force"):
        filled.backup(file)
    assert file.read_text() == "precious"
    assert filled.backup(file, force=True) == file.stat().st_size > 1000
    with pytest.raises(ArchiveError, match="there is no directory"):
        filled.backup(tmp_path / "no" / "where")
    with pytest.raises(ArchiveError, match="is a directory"):
        filled.backup(tmp_path)


def test_a_backup_that_breaks_off_leaves_no_half_file(tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite"
    with Archive.open(f"sqlite:///{tmp_path / 'a.sqlite'}") as archive:
        archive.save([article(number) for number in range(1500)])

        def stop(_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            archive.backup(file, done=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite"]


def test_an_archive_is_no_backup_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    with Archive.open(f"sqlite:///{file}") as archive, pytest.raises(ArchiveError, match="is the archive itself"):
        archive.backup(file, force=True)


def test_without_pg_dump_another_way_is_named(postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with Archive.open(postgresql) as archive, pytest.raises(ArchiveError, match="needs pg_dump") as error:
        archive.backup(tmp_path / "b.dump")
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgresql
def test_a_backup_of_postgresql_is_restored_and_gone_on_with(postgresql: str, tmp_path: Path) -> None:
    tool = shutil.which("pg_restore")
    if tool is None or shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump and pg_restore")
    file = tmp_path / "b.dump"
    copy = article(4, url="https://other.net/4", site="other.net", body=full(1).body)
    with Archive.open(postgresql) as archive:
        archive.save([full(1), *(article(number) for number in range(2, 30)), copy])
        archive.link()
        before = (
            list(archive.rows()),
            archive.stats().articles,
            archive.copies(copy.url),
            archive.search("port").matches,
        )
        archive.backup(file)
        with writing(archive._engine) as connection:
            schema = connection.execute(text("SELECT current_schema()")).scalar_one()
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    plain = make_url(postgresql).set(query={}).render_as_string(hide_password=False)
    subprocess.run([tool, "--exit-on-error", f"--dbname={plain}", str(file)], check=True, timeout=60)
    with Archive.open(postgresql) as archive:
        after = list(archive.rows()), archive.stats().articles, archive.copies(copy.url), archive.search("port").matches
        assert after == before
        assert archive.check() == []
        assert [outcome.status for outcome in archive.save([article(99)])] == ["stored"]
