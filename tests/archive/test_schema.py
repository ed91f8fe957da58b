from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateTable

from newsarchive.archive import Archive, ArchiveError
from newsarchive.archive.engine import connect, reading, writing
from newsarchive.archive.models import Base
from newsarchive.archive.schema import HEAD, VERSION_TABLE, configuration, current, migrate
from newsarchive.article import Paragraph, Precision, PublishedDate
from tests.archive.conftest import EVERY_DATABASE, database
from tests.archive.samples import LATER, article, full

REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006"]


@pytest.fixture(params=EVERY_DATABASE)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, on MariaDB too wherever there is a server."""
    yield from database(request.param, tmp_path)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=EVERY_DATABASE)
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the newest schema, made once for the tests that leave it as it is."""
    for url in database(request.param, tmp_path_factory.mktemp("migrated")):
        engine = connect(url)
        assert migrate(engine) == (None, HEAD)
        yield engine
        engine.dispose()


def test_the_head_named_in_the_code_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD


def test_the_migrations_make_the_schema_of_the_models(migrated: Engine) -> None:
    with reading(migrated) as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "include_name": _is_modelled}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def _is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """The index of search is each database's own, not a model: PostgreSQL's table, the tables behind SQLite's FTS5."""
    return not (kind == "table" and (name or "").partition("_")[0] == "search")


def test_every_constraint_has_the_same_name_on_every_database(migrated: Engine) -> None:
    found = inspect(migrated)
    for table in Base.metadata.sorted_tables:
        declared = {str(constraint.name) for constraint in table.constraints} | {str(i.name) for i in table.indexes}
        stated = {
            *(c["name"] for c in found.get_check_constraints(table.name)),
            *(c["name"] for c in found.get_foreign_keys(table.name)),
            *(c["name"] for c in found.get_unique_constraints(table.name)),
            *(c["name"] for c in found.get_indexes(table.name)),
            found.get_pk_constraint(table.name)["name"],
        }
        if migrated.dialect.name == "mariadb":
            declared.discard(f"pk_{table.name}")  # it calls every primary key PRIMARY
        assert declared <= stated


def test_migrating_again_changes_nothing(migrated: Engine) -> None:
    assert migrate(migrated) == (HEAD, HEAD)
    assert current(migrated) == HEAD


def test_migrating_down_leaves_nothing_of_ours_behind(url: str, engine: Engine) -> None:
    with Archive.open(url) as archive:
        archive.save([article()])
    with writing(engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {VERSION_TABLE}
    with Archive.open(url) as archive:
        assert [outcome.status for outcome in archive.save([article()])] == ["stored"]


def test_every_migration_goes_down_and_up_again_with_data(url: str, engine: Engine) -> None:
    copy = article(3, url="https://other.net/3", site="other.net", body=full(1).body)
    with Archive.open(url) as archive:
        archive.save([full(1), article(2), copy])
        archive.save([article(2, title="Changé", captured_at=LATER)])
        archive.link()
        before = [stored.article for stored in archive.rows()]
        told = [copy.url for copy in archive.copies(copy.url)]
        assert copy.url in told
    for revision in reversed(REVISIONS[:-1]):
        assert migrate(engine, revision)[1] == revision
        assert current(engine) == revision
        assert _rows(engine) == {"articles": 3, "versions": 4, "aliases": 4, "ledger": 4, "sites": 2}
    for revision in REVISIONS[1:]:
        migrate(engine, revision)
        assert _rows(engine) == {"articles": 3, "versions": 4, "aliases": 4, "ledger": 4, "sites": 2}
    with Archive.open(url) as archive:
        assert [stored.article for stored in archive.rows()] == before
        archive.link()
        assert [copy.url for copy in archive.copies(copy.url)] == told
        if engine.dialect.name != "mariadb":
            archive.index()
            assert archive.search("pêche").matches == 3
        assert archive.check() == []


def _rows(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {
            table: int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
            for table in ("articles", "versions", "aliases", "ledger", "sites")
        }


@pytest.mark.parametrize("statements", [2, 17, 37])
def test_a_migration_killed_in_the_middle_is_gone_on_with(url: str, engine: Engine, statements: int) -> None:
    left = statements

    def die(_cursor: object, statement: str, *_: object) -> None:
        nonlocal left
        if statement.lstrip().startswith(("CREATE", "ALTER", "INSERT", "UPDATE newsarchive")):
            left -= 1
            if left < 0:
                raise KeyboardInterrupt

    event.listen(engine, "do_execute", die)
    with pytest.raises(KeyboardInterrupt):
        migrate(engine)
    event.remove(engine, "do_execute", die)
    engine.dispose()
    if engine.dialect.name != "mariadb":
        assert inspect(engine).get_table_names() == [], "the transaction took everything back"
    with Archive.open(url) as archive:
        assert [outcome.status for outcome in archive.save([full(1)])] == ["stored"]
    with reading(engine) as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "include_name": _is_modelled}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_what_is_hard_to_keep_is_kept(url: str) -> None:
    day = PublishedDate(value=datetime(1, 1, 1), precision=Precision.DAY, raw="", source="text", confidence=1)
    odd = article(
        1,
        title="😀 𝄞 四字节 \x00\ud800",
        body=[Paragraph("😀" * 1000)],
        authors=[f"Author {number} 😀" for number in range(1000)],
        published=day,
        modified=dataclasses.replace(day, value=datetime(9999, 12, 31, 23, 59, 59), precision=Precision.SECOND),
    )
    with Archive.open(url) as archive:
        assert [outcome.status for outcome in archive.save([odd])] == ["stored"]
        found = archive.find(odd.url)
        assert found is not None
        assert found.article.title == "😀 𝄞 四字节 "
        assert found.article.authors == odd.authors
        assert found.article.body == odd.body
        assert found.article.published == day
        assert found.article.modified is not None
        assert found.article.modified.value.year == 9999
        assert archive.check() == []


def test_a_database_of_a_newer_schema_is_refused_in_one_line(url: str, engine: Engine) -> None:
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="has schema 9999, newer than this newsarchive knows") as error:
        Archive.open(url)
    assert "\n" not in str(error.value)
    assert current(engine) == "9999"


def test_tables_of_somebody_else_are_left_alone(url: str, engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE articles (id INTEGER)"))
    with pytest.raises(ArchiveError, match="already has a table 'articles'"):
        Archive.open(url)
    assert inspect(engine).get_table_names() == ["articles"]


def test_a_migration_that_fails_leaves_the_database_as_it_was(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine.dialect.name == "mariadb":
        pytest.skip("MariaDB commits every change of the schema by itself")
    monkeypatch.setattr("alembic.command.upgrade", _half)
    with pytest.raises(ArchiveError):
        migrate(engine)
    monkeypatch.undo()
    assert inspect(engine).get_table_names() == []
    assert migrate(engine) == (None, HEAD)


def _half(config: object, to: str) -> None:
    connection = config.attributes["connection"]  # type: ignore[attr-defined]
    connection.execute(text("CREATE TABLE sites (id INTEGER)"))
    connection.execute(text("CREATE TABLE sites (id INTEGER)"))


def test_the_checks_are_kept_by_the_database(migrated: Engine) -> None:
    for statement in (
        "INSERT INTO runs (id, command, started_at, outcome) VALUES (1, 'x', '2025-01-01', 'great')",
        "INSERT INTO ledger (id, url_key, url, state, first_seen, last_seen, attempts, site_id)"
        " VALUES (1, '1', 'u', 'known', '2025-01-01', '2025-01-01', 0, 77)",
        "INSERT INTO aliases (id, url_key, url, article_id, kind, first_seen)"
        " VALUES (1, '1', 'u', 77, 'canonical', '2025-01-01')",
    ):
        with pytest.raises(ArchiveError, match="refuses a value"), writing(migrated) as connection:
            connection.execute(text(statement))


def test_the_models_compile_for_mariadb() -> None:
    dialect = mysql.dialect()
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in Base.metadata.sorted_tables]
    assert any("VARBINARY(16)" in statement for statement in statements)


def test_sqlite_is_set_up_to_keep_what_is_committed(tmp_path: Path) -> None:
    with Archive.open(f"sqlite:///{tmp_path / 'a.sqlite'}"):
        pass
    engine = connect(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with reading(engine) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_sqlite_archive_is_one_file_when_it_is_closed(tmp_path: Path) -> None:
    with Archive.open(f"sqlite:///{tmp_path / 'a.sqlite'}") as archive:
        archive.save([article()])
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite"]
    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        assert connection.execute("SELECT title, body FROM versions").fetchone()[0] == article().title
