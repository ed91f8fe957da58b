"""Every test that asks for `url` or `archive` runs on SQLite and on PostgreSQL.

And on MariaDB where NEWSARCHIVE_TEST_MARIADB names a server and its driver is installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import SQLAlchemyError

from newsarchive.archive import Archive
from newsarchive.archive.engine import connect

POSTGRESQL = os.environ.get("NEWSARCHIVE_TEST_POSTGRESQL") or "postgresql://root@127.0.0.1:5432/test"
MARIADB = os.environ.get("NEWSARCHIVE_TEST_MARIADB")
EVERY_DATABASE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql), "mariadb"]
"""For the tests of the schema, which run on MariaDB wherever there is a server."""
BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql), *(["mariadb"] if MARIADB else [])]


@cache
def _missing() -> str | None:
    """Why there is no PostgreSQL to test on, or None."""
    try:
        with psycopg.connect(_libpq(POSTGRESQL), connect_timeout=5):
            return None
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, its own for each test."""
    yield from database(request.param, tmp_path)


def database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database of a kind, gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'archive.sqlite'}"
    elif kind == "mariadb":
        yield from mariadb_database()
    else:
        yield from postgresql_schema()


def postgresql_schema() -> Iterator[str]:
    """The URL of an empty schema on PostgreSQL, dropped afterwards."""
    if missing := _missing():
        message = f"NO POSTGRESQL, so its half of the archive's tests did not run: {missing}"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(message)
        pytest.skip(message)
    schema = f"test_{uuid4().hex}"
    with psycopg.connect(_libpq(POSTGRESQL), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        try:
            separator = "&" if "?" in POSTGRESQL else "?"
            yield f"{POSTGRESQL}{separator}options={quote(f'-c search_path={schema}')}"
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


def mariadb_database() -> Iterator[str]:
    """The URL of an empty database on MariaDB, dropped afterwards."""
    name = f"test_{uuid4().hex}"
    server = connect(MARIADB or "mariadb://root@127.0.0.1:3306/")
    try:
        server.connect().close()
    except (SQLAlchemyError, ImportError) as error:
        pytest.skip(f"NO MARIADB, so its part of the schema's tests did not run: {str(error).splitlines()[0]}")
    with server.begin() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    try:
        yield server.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with server.begin() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name}")
        server.dispose()


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The URL of an empty database on a server."""
    yield from postgresql_schema()


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.open(url) as opened:
        yield opened
