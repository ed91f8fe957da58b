"""Write a file whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from newsarchive.export.errors import ExistsError, ExportError


def check(path: Path, *, force: bool) -> None:
    """Raise ExportError where a file at `path` could not be written, as far as can be told beforehand."""
    if path.is_dir():
        raise ExportError(f"{path} is a directory: name a file in it")
    if not path.parent.is_dir():
        raise ExportError(f"cannot write {path}: there is no directory {path.parent}")
    if not force and path.exists() and _is_regular(path):
        raise ExistsError(path)


@contextmanager
def replaced(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when the block ends well, and leaves no trace when it does not.

    It is written in the same folder, brought to the disk, then renamed. What is no regular file (a pipe, /dev/null) is
    written as it is.
    """
    check(path, force=force)
    try:
        if path.exists() and not _is_regular(path):
            with path.open("wb") as out:
                yield out
        else:
            with _beside(path, force) as out:
                yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def _beside(path: Path, force: bool) -> Iterator[BinaryIO]:
    target = path.resolve()
    part = target.with_name(f".{target.name[:200]}.{uuid4().hex[:8]}.part")
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if not force and path.exists():
            raise ExistsError(path)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_regular(path: Path) -> bool:
    return stat.S_ISREG(path.stat().st_mode)
