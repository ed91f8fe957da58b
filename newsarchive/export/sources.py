"""The records of files and folders that an export wrote, streamed, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from newsarchive.export import manifests, parquet
from newsarchive.export.compression import BROKEN, opened
from newsarchive.export.errors import ExportError
from newsarchive.export.exporting import format_of

LONGEST: Final = 256 << 20
"""Bytes of the longest line that is read."""

Placed = tuple[str, dict[str, Any]]
"""A record, and where it stands: the file and its line or row."""


def listed(paths: Iterable[Path]) -> list[Path]:
    """The files of some exports, each looked at before any is read; raises ExportError as `files` does, and for other formats."""
    found = [file for path in paths for file in files(path)]
    for file in found:
        _readable(file)
    return found


def files(path: Path) -> list[Path]:
    """The files of an export in their order: one, or those its folder's manifest lists, each as it was written.

    Raises ExportError for what is not there, not ours, not finished or not whole.
    """
    if path.is_dir():
        listed = path / manifests.NAME
        if not listed.is_file():
            raise ExportError(f"{path} holds no export: there is no {manifests.NAME} in it")
        manifest, folder = manifests.Manifest.load(listed), path
        if not manifest.complete:
            raise ExportError(f"{path}: this export was broken off; finish it before it is read")
    elif (beside := manifests.beside(path)).is_file():
        manifest, folder = manifests.Manifest.load(beside), path.parent
    else:
        if not path.is_file():
            raise ExportError(f"{path}: there is no such file")
        return [path]
    found = []
    for part in manifest.files:
        file = folder / part.path
        if not file.resolve().is_relative_to(folder.resolve()):
            raise ExportError(f"{folder}: its manifest names a file outside of it")
        if wrong := manifests.mismatch(file, part):
            raise ExportError(f"{file} {wrong}")
        found.append(file)
    return found


def records(path: Path) -> Iterator[Placed]:
    """The records of one file, by the end of its name; raises ExportError where no more can be read."""
    format_ = _readable(path)
    try:
        with opened(path) as source:
            if format_ == "parquet":
                yield from ((f"{path}, row {number}", row) for number, row in enumerate(parquet.read(source), 1))
            else:
                yield from _lines(path, source, in_array=format_ == "json")
    except BROKEN as error:
        raise ExportError(f"{path} is damaged: {' '.join(str(error).split())}") from error
    except OSError as error:
        raise ExportError(f"cannot read {path}: {error.strerror or error}") from error
    except ExportError as error:
        raise ExportError(f"{path}: {error}" if str(path) not in str(error) else str(error)) from error


def _lines(path: Path, source: BinaryIO, *, in_array: bool) -> Iterator[Placed]:
    """An object a line; in an array of ours each line but the first and the last is one, with a comma behind."""
    number, last = 0, b""
    while line := source.readline(LONGEST):
        number, last = number + 1, line
        text = line.strip()
        if not text or (in_array and text in (b"[", b"]", b"[]")):
            continue
        place = f"{path}, line {number}"
        try:
            record = orjson.loads(text.removesuffix(b",") if in_array else text)
        except orjson.JSONDecodeError:
            yield place, {"": "not JSON"}
            continue
        yield place, record if isinstance(record, dict) else {"": "not an object"}
    if in_array and last.strip() not in (b"]", b"[]"):
        raise ExportError(f"{path} is not whole: it does not end as a JSON array of ours")
    if not in_array and last and not last.endswith(b"\n"):
        raise ExportError(f"{path} is not whole: its last line has no end")


def _readable(path: Path) -> str:
    """The format of a file by its name; ExportError for one that cannot be imported."""
    format_ = format_of(path)
    if format_ not in ("json", "jsonl", "parquet"):
        raise ExportError(f"{path}: only .jsonl, .json (both also .gz, .zst) and .parquet can be imported")
    return format_
