"""Opens the archive the settings name, or says in one line why it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.cli.errors import CommandError

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newsarchive.archive import Archive


def url(settings: Settings) -> str:
    """The database URL of the settings."""
    return str(settings["NEWSARCHIVE_DATABASE_URL"])


def shown(settings: Settings) -> str:
    """Where the archive is, fit for a screen: an SQLite file is its path, a password is hidden."""
    from newsarchive.archive import errors

    return errors.shown(url(settings))


def open_archive(settings: Settings) -> Archive:
    """The archive, created or migrated where needed; an ArchiveError says in one line why not."""
    from newsarchive.archive import Archive

    return Archive.open(url(settings))


def open_existing(settings: Settings) -> Archive:
    """The archive as it is; an SQLite file that is not there is an error instead of a new empty archive."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url(settings))
    except ArgumentError:
        return open_archive(settings)
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    if file and not file.startswith(("file:", ":memory:")) and not Path(file).exists():
        raise CommandError(f"no archive at {file}: crawl or replay first, or name another with --database")
    return open_archive(settings)
