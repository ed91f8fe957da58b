"""Opens the archive the settings name, or says in one line why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newsarchive.archive import Archive


def url(settings: Settings) -> str:
    """The database URL of the settings."""
    from newsarchive import options

    return str(options.value(settings, "NEWSARCHIVE_DATABASE_URL"))


def shown(settings: Settings) -> str:
    """Where the archive is, fit for a screen: an SQLite file is its path, a password is hidden."""
    from newsarchive.archive import errors

    return errors.shown(url(settings))


def open_archive(settings: Settings, *, create: bool = True) -> Archive:
    """The archive, created or migrated where needed; an ArchiveError says in one line why not.

    With `create=False` a database without an archive is an error instead of a new empty archive.
    """
    from newsarchive.archive import Archive

    return Archive.open(url(settings), create=create)
