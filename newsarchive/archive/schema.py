"""The schema's version in a database: read it, bring it up to date, refuse a newer one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from newsarchive.archive.engine import read_only, reading, writing
from newsarchive.archive.errors import ArchiveError, shown

HEAD: Final = "0005"
"""The schema this code reads and writes (a test compares it with the newest migration)."""

VERSION_TABLE: Final = "newsarchive_schema"
_MIGRATING: Final = 0x6E657773_00000001


def current(engine: Engine) -> str | None:
    """The schema version of the database, or None where it has none yet."""
    with reading(engine) as connection:
        return _version(connection)


def migrate(engine: Engine, to: str = HEAD) -> tuple[str | None, str]:
    """Bring the database to a schema version, in one transaction; returns the versions before and after.

    Several processes may do so at the same time: one works, the others wait. A database with a newer schema, or with
    tables of somebody else under our names, is refused with ArchiveError.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        before = _version(connection)
        _refuse_strangers(connection, before)
        config = configuration()
        config.attributes["connection"] = connection
        if before != to:
            if before is not None and before > to:
                command.downgrade(config, to)
            else:
                command.upgrade(config, to)
        return before, to


def prepare(engine: Engine) -> None:
    """Make sure the database has the schema of this code, migrating it where it is new or older."""
    held = current(engine)
    if held is not None and held < HEAD and read_only(engine):
        where = shown(engine.url.render_as_string(hide_password=False))
        raise ArchiveError(
            f"{where} has schema {held}, older than this newsarchive's ({HEAD}), and may not be written: migrate a copy"
        )
    if held != HEAD:
        migrate(engine)


def configuration() -> Config:
    """Alembic's configuration for our migrations; no alembic.ini is needed."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def _refuse_strangers(connection: Connection, before: str | None) -> None:
    where = shown(connection.engine.url.render_as_string(hide_password=False))
    if before is None:
        # The names are read here, not from the models: these are the tables the first migration makes.
        taken = sorted(set(inspect(connection).get_table_names()) & {"articles", "ledger", "versions", "sites"})
        if taken:
            raise ArchiveError(f"{where} already has a table {taken[0]!r} that is not newsarchive's")
        return
    known = [script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()]
    if before not in known:
        raise ArchiveError(
            f"{where} has schema {before}, newer than this newsarchive knows ({HEAD}): upgrade newsarchive"
        )
