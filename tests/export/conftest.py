"""The archives of the archive's tests: every export runs on SQLite and on PostgreSQL."""

from tests.archive.conftest import archive, url

__all__ = ["archive", "url"]
