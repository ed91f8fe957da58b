"""The schema's version in a database: read it, bring it up to date, refuse a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, event, inspect, text

from newsarchive.archive.engine import read_only, reading, writing
from newsarchive.archive.errors import ArchiveError, MissingError, shown

if TYPE_CHECKING:  # alembic is loaded where a schema is made or changed: every command would wait for it
    from alembic.config import Config

HEAD: Final = "0006"
"""The schema this code reads and writes (a test compares it with the newest migration)."""

VERSION_TABLE: Final = "newsarchive_schema"
_MIGRATING: Final = 0x6E657773_00000001
_MIGRATING_TABLE: Final = "newsarchive_migrating"
_CANNOT_CREATE: Final = 1005
"""What it says of many things; with errno 121 that a foreign key exists."""
_MADE_ALREADY: Final = (1050, 1051, 1060, 1061, 1062, 1091, 1826)
"""What MariaDB says of a change that is made: table exists, no such table, column exists, key exists, row exists, no such
column or key, foreign key exists."""


def current(engine: Engine) -> str | None:
    """The schema version of the database, or None where it has none yet."""
    with reading(engine) as connection:
        return _version(connection)


def migrate(engine: Engine, to: str = HEAD) -> tuple[str | None, str]:
    """Bring the database to a schema version, in one transaction; returns the versions before and after.

    Several processes may do so at the same time: one works, the others wait. A database with a newer schema, or with
    tables of somebody else under our names, is refused with ArchiveError.
    """
    from alembic import command

    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        before = _version(connection)
        _refuse_strangers(connection, before)
        config = configuration()
        config.attributes["connection"] = connection
        if before != to or _broken_off(connection):
            with _resumable(connection):
                if before is not None and before > to:
                    command.downgrade(config, to)
                else:
                    command.upgrade(config, to)
        return before, to


def prepare(engine: Engine, *, create: bool = True) -> None:
    """Make sure the database has the schema of this code, migrating it where it is older, and with `create` where it is new."""
    held = current(engine)
    if held is None and not create:
        _refuse_nothing(engine)
    if held is not None and held < HEAD and read_only(engine):
        where = shown(engine.url.render_as_string(hide_password=False))
        raise ArchiveError(
            f"{where} has schema {held}, older than this newsarchive's ({HEAD}), and may not be written: migrate a copy"
        )
    if held != HEAD:
        migrate(engine)


def _refuse_nothing(engine: Engine) -> None:
    """Refuse a database without a schema, unless its making was broken off."""
    with reading(engine) as connection:
        if not _broken_off(connection):
            _refuse_strangers(connection, None)
            raise MissingError(shown(engine.url.render_as_string(hide_password=False)))


@contextmanager
def _resumable(connection: Connection) -> Iterator[None]:
    """On MariaDB, which commits every change of the schema by itself, go on where a migration was broken off.

    A table beside the others says that one is under way. Where it is found the migration is run again, and the changes that
    are made already (each was made whole or not at all) are passed over.
    """
    if connection.dialect.name not in ("mysql", "mariadb"):
        yield
        return
    resuming = _broken_off(connection)
    connection.execute(text(f"CREATE TABLE IF NOT EXISTS {_MIGRATING_TABLE} (begun TIMESTAMP)"))
    if resuming:
        event.listen(connection.engine, "do_execute", _pass_over_what_is_made)
    try:
        yield
    finally:
        if resuming:
            event.remove(connection.engine, "do_execute", _pass_over_what_is_made)
    connection.execute(text(f"DROP TABLE {_MIGRATING_TABLE}"))


def _broken_off(connection: Connection) -> bool:
    """Whether a migration of this database was begun and not ended; a transaction leaves no such thing behind."""
    return connection.dialect.name in ("mysql", "mariadb") and inspect(connection).has_table(_MIGRATING_TABLE)


def _pass_over_what_is_made(cursor: Any, statement: str, parameters: Any, _context: Any) -> bool:
    try:
        cursor.execute(statement, parameters)
    except Exception as error:
        number, said = (*error.args, "", "")[:2]
        if number not in _MADE_ALREADY and not (number == _CANNOT_CREATE and "errno: 121" in str(said)):
            raise
    return True


def configuration() -> Config:
    """Alembic's configuration for our migrations; no alembic.ini is needed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - a constant
    return found


def _refuse_strangers(connection: Connection, before: str | None) -> None:
    where = shown(connection.engine.url.render_as_string(hide_password=False))
    if before is None:
        if _broken_off(connection):
            return
        # The names are read here, not from the models: these are the tables the first migration makes.
        taken = sorted(set(inspect(connection).get_table_names()) & {"articles", "ledger", "versions", "sites"})
        if taken:
            raise ArchiveError(f"{where} already has a table {taken[0]!r} that is not newsarchive's")
        return
    from alembic.script import ScriptDirectory

    known = [script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()]
    if before not in known:
        raise ArchiveError(
            f"{where} has schema {before}, newer than this newsarchive knows ({HEAD}): upgrade newsarchive"
        )
