"""Copy a whole database while others write to it, into a file that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import Engine, make_url

from newsarchive.archive.engine import reading, translated
from newsarchive.archive.errors import ArchiveError, shown
from newsarchive.archive.models import Base
from newsarchive.archive.schema import VERSION_TABLE

_PAGES: Final = 1000
"""Pages of SQLite copied between two words about how far it is."""


def backup(engine: Engine, url: str, file: Path, *, force: bool, done: Callable[[int], None]) -> int:
    """Copy one state of the database into a file; its size in bytes. `done` hears how many bytes are copied.

    SQLite: a database like the first, copied while others go on writing. PostgreSQL: what `pg_restore` reads, made by
    pg_dump. An existing file is replaced with `force` alone, and only by a complete one.
    """
    _check(engine, file, force)
    dialect = engine.dialect.name
    if dialect not in ("sqlite", "postgresql"):
        raise ArchiveError(f"{shown(url)}: use mariadb-dump --single-transaction, or newsarchive export")
    with _whole(file, force) as part:
        if dialect == "sqlite":
            _sqlite(engine, part, done)
        else:
            _postgresql(engine, url, part)
    return file.stat().st_size


def _check(engine: Engine, file: Path, force: bool) -> None:
    if file.is_dir():
        raise ArchiveError(f"{file} is a directory: name a file in it")
    if not file.parent.is_dir():
        raise ArchiveError(f"cannot write {file}: there is no directory {file.parent}")
    source = engine.url.database if engine.dialect.name == "sqlite" else None
    if source and file.exists() and Path(source).exists() and file.samefile(source):
        raise ArchiveError(f"{file} is the archive itself: name another file")
    if file.exists() and not file.is_file():
        raise ArchiveError(f"cannot write a backup to {file}: it is no file")
    if file.exists() and not force:
        raise ArchiveError(f"{file} exists already: use --force to replace it")


@contextmanager
def _whole(file: Path, force: bool) -> Iterator[Path]:
    """A name beside `file`; what is written there takes its place when the block ends well, and else is removed."""
    target = file.resolve()
    part = target.with_name(f".{target.name[:200]}.{uuid4().hex[:8]}.part")
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        if file.exists() and not force:
            raise ArchiveError(f"{file} exists already: use --force to replace it")
        part.replace(target)
    except OSError as error:
        raise ArchiveError(f"cannot write {file}: {error.strerror or error}") from error
    finally:
        for name in (part, Path(f"{part}-journal"), Path(f"{part}-wal"), Path(f"{part}-shm")):
            name.unlink(missing_ok=True)


def _sqlite(engine: Engine, part: Path, done: Callable[[int], None]) -> None:
    with translated(str(engine.url)), reading(engine) as connection:
        # One transaction from first to last: what others write meanwhile neither shows in the copy nor starts it again.
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").fetchone()
        size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        source = connection.connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise ArchiveError(f"{shown(str(engine.url))}: this driver of SQLite cannot copy a database")
        part.touch(0o666)
        target = sqlite3.connect(part)
        try:
            source.backup(target, pages=_PAGES, progress=lambda _s, left, total: done((total - left) * size))
            # One file, which is read wherever it lies; the next who writes to it makes its log again.
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()


def _postgresql(engine: Engine, url: str, part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise ArchiveError(
            f"{shown(url)}: a backup needs pg_dump (PostgreSQL's client tools), or use newsarchive export"
        )
    with reading(engine) as connection:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    stated = make_url(url)
    query = {name: value for name, value in stated.query.items() if name not in ("timeout", "options")}
    plain = stated.set(drivername="postgresql", password=None, query=query).render_as_string(hide_password=False)
    names = [*(table.name for table in Base.metadata.sorted_tables), "search", VERSION_TABLE]
    tables = [f'--table="{schema}"."{name}"' for name in names]
    options = stated.query.get("options", "")
    environment = os.environ | {"PGOPTIONS": options if isinstance(options, str) else " ".join(options)}
    if stated.password is not None:
        environment["PGPASSWORD"] = str(stated.password)
    command = [program, "--format=custom", f"--file={part}", "--no-password", *tables, f"--dbname={plain}"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode != 0:
        said = [line for line in ended.stderr.splitlines() if line.strip()] or ["no reason given"]
        raise ArchiveError(f"pg_dump of {shown(url)} failed: {said[-1].removeprefix('pg_dump: ').strip()}")
