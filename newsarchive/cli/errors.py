"""What a verb says when it cannot go on: one line and an exit code."""

from __future__ import annotations

import sys

COMPLETE, FAILED, USAGE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141


class CommandError(Exception):
    """A failure the user should know of, told in one line; the exit code is 1."""

    code = FAILED


class UsageError(CommandError):
    """A command that cannot be meant as it was typed; the exit code is 2."""

    code = USAGE


class OutputError(CommandError):
    """The standard output cannot be written: the disk it leads to is full, or fails."""

    def __init__(self, error: OSError) -> None:
        super().__init__(f"cannot write the standard output: {error.strerror or error}")


def told(error: Exception) -> CommandError | None:
    """The one-line form of an error of the system, a setting or the database; None for any other (a bug)."""
    if isinstance(error, CommandError):
        return error
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return CommandError(f"{place}{error.strerror or _line(error)}")
    if (kind := _loaded("newsarchive.options", "OptionError")) and isinstance(error, kind):
        return UsageError(_line(error))
    if (kind := _loaded("newsarchive.archive.errors", "AddressError")) and isinstance(error, kind):
        return UsageError(_line(error))
    if (kind := _loaded("newsarchive.archive.errors", "ArchiveError")) and isinstance(error, kind):
        return CommandError(_line(error))
    if (kind := _loaded("newsarchive.export.errors", "ExportError")) and isinstance(error, kind):
        return CommandError(_line(error))
    if (kind := _loaded("sqlalchemy.exc", "SQLAlchemyError")) and isinstance(error, kind):
        return CommandError(f"the database failed: {_line(getattr(error, 'orig', None) or error)}")
    return None


def _loaded(module: str, name: str) -> type[Exception] | None:
    """An exception class of a module that is already imported, so that telling an error imports nothing."""
    kind = getattr(sys.modules.get(module), name, None)
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else None


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text or type(error).__name__
