"""What can go wrong with an archive, said in one line."""

from __future__ import annotations

from urllib.parse import unquote

from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    StatementError,
)

_SIGNS = (
    ("file is not a database", "{where} is not a database"),
    ("database disk image is malformed", "{where} is damaged: `newsarchive db check` tells where; restore a backup"),
    ("unable to open database file", "cannot open {where}: the folder is missing or may not be written"),
    ("readonly database", "{where} may not be written (read-only)"),
    ("database is locked", "{where} is locked by another program: try again when it has ended"),
    ("database or disk is full", "no space is left on the disk of {where}"),
    ("lock timeout", "{where} is locked by another program: try again when it has ended"),
    ("disk i/o error", "the disk of {where} fails (I/O error)"),
)
_TRY_AGAIN = ("40001", "40P01", "57P01")
"""SQLSTATE of a serialization failure, a deadlock, a server that was stopped."""
_MARIADB_CHECK = "(4025, "
"""What MariaDB's driver calls an operational error: a check of the schema that failed."""
_GONE = (
    "connection refused",
    "could not connect",
    "connection failed",
    "server closed",
    "can't connect",
    "timeout expired",
)

_PACKAGES = {
    "psycopg": "newsarchive[postgresql]",
    "pymysql": "the package PyMySQL",
    "MySQLdb": "the package mysqlclient",
    "mysql": "the package mysql-connector-python",
}
"""What brings a driver's module, where the package has another name."""


class ArchiveError(Exception):
    """The archive cannot do what was asked; the message is one line a user can act on."""


class AddressError(ArchiveError):
    """The URL names no kind of database there is: it cannot be meant as it was written."""


class MissingError(ArchiveError):
    """There is no archive where one was to be read."""

    def __init__(self, where: object) -> None:
        super().__init__(f"no archive at {where}")


class RowError(ArchiveError):
    """The database refuses a value: the rest of the batch can be written without it."""


class BrokenOffError(ArchiveError):
    """The database gave a transaction up (a deadlock, a lost connection): it may be tried again."""


class UnreachableError(ArchiveError):
    """The database cannot be reached now: it may be back later."""


def shown(url: str) -> str:
    """A database URL fit for a message: SQLite's file, or the URL without its password."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return repr(url)
    if parsed.get_backend_name() == "sqlite":
        # A database opened for reading alone is named as SQLite's own URI of its file.
        path = unquote(parsed.database.removeprefix("file:")) if parsed.database and parsed.query.get("uri") else None
        return path or parsed.database or "the in-memory database"
    return parsed.render_as_string(hide_password=True)


def explain(error: Exception, url: str) -> ArchiveError:
    """The error of a driver or of SQLAlchemy as one clear line about the database at `url`."""
    where = shown(url)
    if isinstance(error, ArchiveError):
        return error
    if isinstance(error, NoSuchModuleError):
        return AddressError(f"unknown kind of database in {make_url(url).render_as_string(hide_password=True)}")
    if isinstance(error, ArgumentError):
        return AddressError(f"not a database URL: {where}")
    if isinstance(error, ImportError):
        return ArchiveError(f"no driver for {where}: install {_package(error)}")
    said = _first_line(error)
    lowered = said.lower()
    for sign, message in _SIGNS:
        if sign in lowered:
            return ArchiveError(message.format(where=where))
    if isinstance(error, DBAPIError) and (error.connection_invalidated or _state(error) in _TRY_AGAIN):
        return BrokenOffError(f"lost the database {where}: {said}")
    if any(sign in lowered for sign in _GONE):
        return UnreachableError(f"cannot reach the database {where}: {said}")
    if isinstance(error, DataError | IntegrityError) or type(error) is StatementError or _MARIADB_CHECK in said:
        return RowError(f"the database {where} refuses a value: {said}")
    return ArchiveError(f"the database {where} failed: {said}")


def _package(error: ImportError) -> str:
    module = (error.name or "").partition(".")[0]
    return _PACKAGES.get(module, f"the package {module}" if module else f"its driver ({_first_line(error)})")


def _state(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None


def _first_line(error: Exception) -> str:
    cause: BaseException = error
    if isinstance(error, StatementError) and error.orig is not None:
        cause = error.orig
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    return lines[0] if lines else type(cause).__name__
