"""Write the articles of an archive to a file or a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from newsarchive.archive import Archive, Filters
from newsarchive.export.errors import ExportError
from newsarchive.export.fields import Field, chosen, record
from newsarchive.export.files import replaced
from newsarchive.export.formats import FORMATS


@dataclass(slots=True)
class Report:
    """What was written: how many articles, in how many bytes, and the versions a "since last" export had in reach."""

    rows: int = 0
    bytes: int = 0
    versions: tuple[int, int] | None = None


def write(
    archive: Archive,
    destination: Path | BinaryIO,
    format: str = "jsonl",
    filters: Filters | None = None,
    *,
    since_last: str | None = None,
    fields: Sequence[str] | None = None,
    force: bool = False,
) -> Report:
    """Write the articles of a filter, in the order they entered the archive, in constant memory.

    A path is replaced at the end and at once, and only with `force` where it exists; a stream is written as it goes.
    `since_last` names a series of exports: only articles new or changed since the last finished one of that name are
    written, and the next one begins behind them. Raises ExportError (ExistsError where `force` would help) and
    ArchiveError, each one clear line; a BrokenPipeError of a stream is the caller's.
    """
    if format not in FORMATS:
        raise ExportError(f"unknown format {format!r}: use {', '.join(FORMATS)}")
    columns = chosen(fields)
    filters = filters or Filters()
    report = Report()
    if since_last is not None:
        report.versions = archive.since_last(since_last)
        filters = replace(filters, versions=report.versions)
    if isinstance(destination, Path):
        with replaced(destination, force=force) as out:
            _stream(archive, out, format, filters, columns, report)
    else:
        _stream(archive, destination, format, filters, columns, report)
        destination.flush()
    if since_last is not None and report.versions is not None:
        path = str(destination) if isinstance(destination, Path) else None
        archive.exported(since_last, report.versions[1], report.rows, format, path)
    return report


def format_of(path: Path) -> str | None:
    """The format a file name stands for, or None."""
    suffix = path.suffix.lower().removeprefix(".")
    return suffix if suffix in FORMATS else {"ndjson": "jsonl"}.get(suffix)


def _stream(
    archive: Archive, out: BinaryIO, format_: str, filters: Filters, columns: Sequence[Field], report: Report
) -> None:
    names = [column.name for column in columns]
    for piece in FORMATS[format_](_records(archive, filters, columns, report), names):
        report.bytes += out.write(piece.encode("utf-8"))


def _records(archive: Archive, filters: Filters, columns: Sequence[Field], report: Report) -> Iterator[dict[str, Any]]:
    for stored in archive.rows(filters):
        report.rows += 1
        yield record(stored, columns)
