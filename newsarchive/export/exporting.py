"""Write the articles of an archive to a file or a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from newsarchive.archive import Archive, Filters, Stored
from newsarchive.export import jsonld, manifests
from newsarchive.export.compression import Measured, compressed, split
from newsarchive.export.errors import ExportError
from newsarchive.export.fields import DETAILED, FIELDS, Field, chosen, record
from newsarchive.export.files import check, replaced
from newsarchive.export.formats import FORMATS

Progress = Callable[[int], None]
"""Called now and then with the number of rows written so far."""

_OFTEN: Final = 500
ALL: Final = tuple(field.name for field in FIELDS)


@dataclass(slots=True)
class Report:
    """What was written: rows, bytes and the digest of them, and the versions a "since last" export had in reach."""

    rows: int = 0
    bytes: int = 0
    versions: tuple[int, int] | None = None
    sha256: str | None = None


def write(
    archive: Archive,
    destination: Path | BinaryIO,
    format: str = "jsonl",
    filters: Filters | None = None,
    *,
    since_last: str | None = None,
    fields: Sequence[str] | None = None,
    force: bool = False,
    compress: str | None = None,
    manifest: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Write the articles of a filter, in the order they entered the archive, in constant memory.

    A path is replaced at the end and at once, and only with `force` where it exists; a stream is written as it goes.
    `compress` is "gz" or "zst" (default: as the path ends). `since_last` names a series of exports: only articles new or
    changed since the last finished one of that name are written, and the next one begins behind them. `manifest` writes
    `PATH.manifest.json` beside the file: counts, digest, filters. Raises ExportError (ExistsError where `force` would
    help) and ArchiveError, each one clear line; a BrokenPipeError of a stream is the caller's.
    """
    columns = checked(format, fields, compress)
    filters = filters or Filters()
    report = Report()
    if since_last is not None:
        report.versions = archive.since_last(since_last)
        filters = replace(filters, versions=report.versions)
    details = any(column.name in DETAILED for column in columns)
    rows = archive.rows(filters, details=details)
    if isinstance(destination, Path):
        if manifest:
            check(manifests.beside(destination), force=force)
        with replaced(destination, force=force) as out:
            stream(rows, out, format, columns, compress or split(destination)[1], report, progress)
        if manifest:
            manifests.write_for_file(destination, format, filters, columns, report.rows, report.bytes, report.sha256)
    else:
        stream(rows, destination, format, columns, compress, report, progress)
        destination.flush()
    if since_last is not None and report.versions is not None:
        path = str(destination) if isinstance(destination, Path) else None
        archive.exported(since_last, report.versions[1], report.rows, format, path)
    return report


def checked(format_: str, fields: Sequence[str] | None, compress: str | None) -> list[Field]:
    """The fields of an export whose options fit together; an ExportError says which do not."""
    if format_ not in FORMATS:
        raise ExportError(f"unknown format {format_!r}: use {', '.join(FORMATS)}")
    if format_ == "parquet" and compress:
        raise ExportError("Parquet is compressed by itself: leave the other compression out")
    if format_ == "jsonld" and fields is not None:
        raise ExportError("JSON-LD has fields of its own: leave the choice of fields out")
    return chosen(fields)


def format_of(path: Path) -> str | None:
    """The format a file name stands for, or None; `.gz` and `.zst` behind it are its compression."""
    suffix, packed = split(path)
    named = suffix if suffix in FORMATS else {"ndjson": "jsonl"}.get(suffix)
    return None if named == "parquet" and packed else named


def stream(
    rows: Iterable[Stored],
    out: BinaryIO,
    format_: str,
    columns: Sequence[Field],
    compress: str | None,
    report: Report,
    progress: Progress | None = None,
) -> None:
    """Write rows to a stream, counted in the report."""
    before = report.bytes
    measured = Measured(out)
    with compressed(cast("BinaryIO", measured), compress) as packed:
        FORMATS[format_](packed, _records(rows, format_, columns, report, progress), columns)
        packed.flush()
    report.bytes = before + measured.bytes
    report.sha256 = measured.sha256


def _records(
    rows: Iterable[Stored], format_: str, columns: Sequence[Field], report: Report, progress: Progress | None
) -> Iterator[dict[str, Any]]:
    for stored in rows:
        report.rows += 1
        if progress is not None and report.rows % _OFTEN == 0:
            progress(report.rows)
        yield jsonld.news_article(stored) if format_ == "jsonld" else record(stored, columns)
