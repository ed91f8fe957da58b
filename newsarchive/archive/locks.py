"""One crawl of a site at a time: a lock that dies with its process.

SQLite: an operating system's lock on a file beside the database. PostgreSQL and MariaDB: a lock of a connection of its own,
which the server gives up when the connection ends, however it ends.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text

from newsarchive.archive.engine import translated
from newsarchive.archive.errors import ArchiveError

_CRAWL: Final = "newsarchive crawl"


class Lock(Protocol):
    """A lock that is held."""

    def keep(self) -> bool:
        """Make sure that it is still held; False when somebody else has it now. ArchiveError when nobody can say."""

    def release(self) -> None:
        """Let it go; the end of the process does so too."""


def take(engine: Engine, site: str) -> Lock | None:
    """The lock of a site, or None when another crawl holds it; ArchiveError when the database cannot be asked."""
    is_file = engine.dialect.name == "sqlite"
    lock = _FileLock(engine.url.database, site) if is_file else _SessionLock(engine, site)
    return lock if lock.take() else None


class _FileLock:
    """An exclusive lock on a file; a database in memory needs none."""

    def __init__(self, database: str | None, site: str) -> None:
        digest = sha256(site.encode("utf-8", "replace")).hexdigest()[:16]
        in_memory = not database or database == ":memory:"
        self._file = None if in_memory else FileLock(f"{Path(database or '').absolute()}-lock-{digest}")

    def take(self) -> bool:
        if self._file is None:
            return True
        try:
            self._file.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise ArchiveError(f"cannot lock {self._file.lock_file}: {error.strerror or error}") from error
        return True

    def keep(self) -> bool:
        return True

    def release(self) -> None:
        if self._file is not None and self._file.is_locked:
            self._file.release()


class _SessionLock:
    """A lock of one connection to a server, which is kept open for nothing else."""

    def __init__(self, engine: Engine, site: str) -> None:
        self._engine = engine
        self._url = engine.url.render_as_string(hide_password=False)
        if engine.dialect.name == "postgresql":
            number = int.from_bytes(
                sha256(f"{_CRAWL} {site}".encode("utf-8", "replace")).digest()[:8], "big", signed=True
            )
            # Two archives may share a server's database, each in a schema of its own.
            self._take = "SELECT pg_try_advisory_lock(:key # hashtext(current_schema())::bigint)"
            self._release = "SELECT pg_advisory_unlock(:key # hashtext(current_schema())::bigint)"
            self._key: dict[str, int | str] = {"key": number}
        else:
            name = sha256(f"{engine.url.database} {site}".encode("utf-8", "replace")).hexdigest()[:40]
            self._take, self._release = "SELECT GET_LOCK(:key, 0)", "SELECT RELEASE_LOCK(:key)"
            self._key = {"key": f"newsarchive.{name}"}
        self._connection: Connection | None = None

    def take(self) -> bool:
        with translated(self._url):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                taken = bool(connection.execute(text(self._take), self._key).scalar())
            except BaseException:
                connection.invalidate()
                raise
            if taken:
                self._connection = connection
            else:
                connection.close()
            return taken

    def keep(self) -> bool:
        """Ask the server for a word; a lock that was lost with its connection is taken anew."""
        if self._connection is None:
            return self.take()
        try:
            with translated(self._url):
                self._connection.execute(text("SELECT 1"))
                return True
        except ArchiveError:
            self._discard()
            return self.take()

    def release(self) -> None:
        if self._connection is None:
            return
        try:
            with translated(self._url):
                self._connection.execute(text(self._release), self._key)
        except ArchiveError:
            pass  # the connection is lost, and the lock with it
        finally:
            self._discard()

    def _discard(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()  # not back into the pool, where it would hold the lock of a forgotten crawl
            connection.close()
