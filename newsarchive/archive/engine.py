"""Connections to any SQLAlchemy database, set up so that what is committed stays and writers wait for each other."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import orjson
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from newsarchive.archive.errors import ArchiveError, MissingError, explain, shown

LOCK_TIMEOUT: Final = 30.0
"""Seconds a writer waits for another one before it gives up, unless the URL says otherwise (`?timeout=5`)."""

_EVERY_WRITER: Final = 0x6E657773_00000000
"""Advisory lock of PostgreSQL that every writer shares, and that who must see all that is committed takes alone."""
_MANY_KEYS: Final = 1000
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_MARIADB: Final = ("mysql", "mariadb")
_DRIVERS: Final = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}


def connect(url: str, *, create: bool = True) -> Engine:
    """An engine for `url`; `create=False` refuses a SQLite file that is not there. Nothing is opened yet."""
    with translated(url):
        parsed = make_url(url)
        parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
        parsed.get_dialect()  # refuses a kind nobody knows before its file is looked for
        backend = parsed.get_backend_name()
        if backend == "sqlite":
            return _sqlite(parsed, create)
        arguments: dict[str, Any] = {}
        if backend == "postgresql":
            parsed, arguments = _postgresql(parsed)
        return create_engine(
            parsed, connect_args=arguments, pool_pre_ping=True, json_serializer=_json, json_deserializer=orjson.loads
        )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database from first to last."""
    with translated(_name(engine)):
        connection = engine.connect()
        if engine.dialect.name != "sqlite":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection, connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed at the end; on SQLite and MariaDB it is the only one that writes."""
    with translated(_name(engine)), engine.connect() as connection:
        connection = connection.execution_options(newsarchive_writes=True)
        with _alone(connection), connection.begin():
            yield connection


@contextmanager
def beside(connection: Connection) -> Iterator[Connection]:
    """A connection that can be asked while another one's answer is still streaming: the same where the driver can."""
    if connection.dialect.name in _MARIADB:
        with connection.engine.connect() as other:
            yield other
    else:
        yield connection


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Errors of SQLAlchemy and of drivers leave this block as ArchiveError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ImportError) as error:
        raise explain(error, url) from error


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """On MariaDB, a lock of one database for one writer; it dies with its connection."""
    if connection.dialect.name not in _MARIADB:
        yield
        return
    lock = {"name": f"newsarchive.{connection.engine.url.database}"[:64], "seconds": LOCK_TIMEOUT}
    if not connection.execute(text("SELECT GET_LOCK(:name, :seconds)"), lock).scalar():
        raise ArchiveError(f"{shown(_name(connection.engine))} is locked by another program: try again later")
    connection.rollback()
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.execute(text("SELECT RELEASE_LOCK(:name)"), lock)


def find_by_key(connection: Connection) -> None:
    """Until the transaction ends rows are looked up by key: PostgreSQL shall not read a whole young table instead."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('enable_seqscan', 'off', true)"))


def lock_keys(connection: Connection, digests: Iterable[bytes]) -> None:
    """Wait for every other writer of one of these digests, until the transaction ends.

    SQLite and MariaDB have one writer at a time anyway. On PostgreSQL locks are taken in one order by all, so nobody waits in a circle,
    and what a writer reads afterwards is all there is to know about these URLs and texts.
    """
    if connection.dialect.name != "postgresql":
        return
    keys = sorted({int.from_bytes(digest[-8:], "big", signed=True) for digest in digests})
    if len(keys) > _MANY_KEYS:
        lock_out_writers(connection)
        return
    connection.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": _EVERY_WRITER})
    connection.execute(
        text("SELECT count(pg_advisory_xact_lock(key)) FROM unnest(CAST(:keys AS bigint[])) AS key"), {"keys": keys}
    )


def lock_out_writers(connection: Connection) -> None:
    """Wait until no other writer is at work, and keep them out until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _EVERY_WRITER})


def _name(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _postgresql(url: URL) -> tuple[URL, dict[str, Any]]:
    query = dict(url.query)
    seconds = query.pop("timeout", None)
    milliseconds = int(1000 * float(seconds if isinstance(seconds, str) else LOCK_TIMEOUT))
    stated = query.pop("options", "")
    # A plan made while a table was empty reads all of it for ever: plan anew each time.
    ours = f"-c timezone=UTC -c lock_timeout={milliseconds} -c plan_cache_mode=force_custom_plan"
    theirs = stated if isinstance(stated, str) else " ".join(stated)
    arguments: dict[str, Any] = {"options": f"{ours} {theirs}".strip()}
    if "connect_timeout" not in query:
        arguments["connect_timeout"] = 10
    return url.set(query=query), arguments


def _of_file(url: URL, path: Path, create: bool) -> URL:
    """The URL of a file that is looked at first: one that may not be written is only read."""
    if path.is_dir():
        raise ArchiveError(f"{path} is a directory, not a database")
    if not create and (not path.exists() or not path.stat().st_size):
        raise MissingError(path)
    return _read_only(url, path) if not create and not _writable(path) else url


def _sqlite(url: URL, create: bool) -> Engine:
    if url.database and url.database != ":memory:" and "uri" not in url.query:
        url = _of_file(url, Path(url.database), create)
    seconds = url.query.get("timeout")
    timeout = float(seconds) if isinstance(seconds, str) else LOCK_TIMEOUT
    in_memory = not url.database or url.database == ":memory:"
    # One connection for a database in memory: a second one would be a second database.
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if in_memory else {}
    engine = create_engine(
        url,
        poolclass=QueuePool,
        connect_args={"timeout": timeout, "check_same_thread": False},
        json_serializer=_json,
        json_deserializer=orjson.loads,
        **pool,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
        if not read_only(engine):
            _write_ahead(connection, timeout, shown(_name(engine)))
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -65536",
            "journal_size_limit = 67108864",
            # Pages of keys are written again and again: bring them back to the file every 64 MB of log, not every 4.
            "wal_autocheckpoint = 16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("newsarchive_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def read_only(engine: Engine) -> bool:
    """Whether this SQLite database is opened for reading alone."""
    return engine.url.query.get("mode") == "ro"


def _writable(path: Path) -> bool:
    """Whether a database may be written: its file, and the folder its log stands in while it is open."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def _read_only(url: URL, path: Path) -> URL:
    """The URL of a database that cannot be written. Nobody can change it, unless its log shows that somebody does."""
    log = Path(f"{path.resolve()}-wal")
    living = log.exists() and log.stat().st_size > 0
    query = {"mode": "ro", "uri": "true"} | ({} if living else {"immutable": "1"})
    return url.set(database=f"file:{quote(str(path.resolve()))}", query={**url.query, **query})


def _write_ahead(connection: sqlite3.Connection, timeout: float, where: str) -> None:
    """Switch to write-ahead logging once; SQLite does not wait by itself when two processes switch at the same time."""
    until = time.monotonic() + timeout
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            if mode not in ("wal", "memory"):
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            if time.monotonic() > until:
                raise ArchiveError(f"{where} is locked by another program: try again when it has ended") from error
            time.sleep(0.02)
        else:
            return
