"""Write the articles of an archive to a folder of files, which goes on where it was broken off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, cast
from urllib.parse import quote

from newsarchive.archive import Archive, Filters, Stored
from newsarchive.archive.reading import Partition
from newsarchive.export.errors import ExistsError, ExportError
from newsarchive.export.exporting import Progress, Report, checked, stream
from newsarchive.export.fields import DETAILED, Field
from newsarchive.export.files import replaced
from newsarchive.export.manifests import NAME, Manifest, Part, asked

ROWS: Final = 50_000
"""Rows of a file, unless said otherwise."""

_UNKNOWN_YEAR: Final = "__HIVE_DEFAULT_PARTITION__"
_NAME_BYTES: Final = 180


def write_folder(
    archive: Archive,
    folder: Path,
    format: str = "parquet",
    filters: Filters | None = None,
    *,
    fields: Sequence[str] | None = None,
    partition: bool = False,
    compress: str | None = None,
    rows_per_file: int = ROWS,
    since_last: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Manifest:
    """Write the articles of a filter as files of up to `rows_per_file` rows, in constant memory, with a manifest.

    With `partition` they lie in `site=NAME/year=YYYY/` (the convention of Hive, which Parquet readers know). Each file is
    whole when it has its name, and the manifest lists it then; asked for again, a broken-off export goes on behind the
    last one: each article is written as it is at that time. Raises ExportError (ExistsError where the folder holds a
    finished export or other files; `force` replaces an export, and nothing else) and ArchiveError.
    """
    columns = checked(format, fields, compress)
    filters = filters or Filters()
    manifest = Manifest(
        format=format,
        fields=[column.name for column in columns],
        filters=asked(filters),
        compress=compress,
        partitioned=partition,
        since_last=since_last,
        versions=list(archive.since_last(since_last)) if since_last is not None else None,
    )
    manifest = _begun(folder, manifest, force)
    if manifest.versions is not None:
        after, up_to = manifest.versions
        filters = replace(filters, versions=(after, up_to))
    files = _Files(folder, manifest, columns, rows_per_file, progress)
    details = any(column.name in DETAILED for column in columns)
    last = manifest.files[-1].last if manifest.files else ()
    if partition:
        files.write_partitions(_by_partition(archive, filters, last, details))
    else:
        files.write(None, archive.rows(filters, after=_place(last), details=details))
    manifest.complete = True
    manifest.save(folder / NAME)
    if since_last is not None and manifest.versions is not None:
        archive.exported(since_last, manifest.versions[1], manifest.rows, format, str(folder))
    return manifest


class _Files:
    """Writes rows to numbered files and notes each in the manifest."""

    def __init__(
        self, folder: Path, manifest: Manifest, columns: Sequence[Field], rows: int, progress: Progress | None
    ) -> None:
        self._folder, self._manifest, self._columns = folder, manifest, columns
        self._rows, self._progress = max(1, rows), progress

    def write_partitions(self, rows: Iterator[tuple[Partition, Stored]]) -> None:
        """Write rows that come in the order of their partitions."""
        ahead = next(rows, None)
        while ahead is not None:
            partition = ahead[0]
            kept: list[tuple[Partition, Stored]] = [ahead]

            def of_this(
                partition: Partition = partition, kept: list[tuple[Partition, Stored]] = kept
            ) -> Iterator[Stored]:
                while kept:
                    yield kept.pop()[1]
                    following = next(rows, None)
                    if following is not None:
                        kept.append(following)
                        if following[0] != partition:
                            return

            self.write(partition, of_this())
            ahead = kept.pop() if kept else None

    def write(self, partition: Partition | None, rows: Iterable[Stored]) -> None:
        """Write the rows of one partition (None: all) to files of their own."""
        left = iter(rows)
        for first in left:
            self._write_file(partition, first, islice(left, self._rows - 1))

    def _write_file(self, partition: Partition | None, first: Stored, rows: Iterable[Stored]) -> None:
        path = self._path(partition)
        report = Report()
        done = self._manifest.rows
        progress = self._progress
        last: list[Stored] = [first]

        def seen() -> Iterator[Stored]:
            yield first
            for stored in rows:
                last[0] = stored
                yield stored

        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced(path, force=True) as out:
            stream(
                seen(),
                out,
                self._manifest.format,
                self._columns,
                self._manifest.compress,
                report,
                (lambda number: progress(done + number)) if progress else None,
            )
        end = (*(partition or ()), last[0].id, last[0].version)
        relative = path.relative_to(self._folder).as_posix()
        self._manifest.add(
            Part(path=relative, rows=report.rows, bytes=report.bytes, sha256=report.sha256 or "", last=end)
        )
        self._manifest.save(self._folder / NAME)

    def _path(self, partition: Partition | None) -> Path:
        suffix = ".".join(filter(None, [self._manifest.format, self._manifest.compress]))
        name = f"part-{len(self._manifest.files) + 1:05}.{suffix}"
        return self._folder / _folder_of(partition) / name


def _begun(folder: Path, manifest: Manifest, force: bool) -> Manifest:
    """The manifest to go on with: a new one, or that of the same export broken off."""
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder} is a file: name a folder")
    if not folder.parent.is_dir():
        raise ExportError(f"cannot write {folder}: there is no directory {folder.parent}")
    path = folder / NAME
    if path.exists():
        before = Manifest.load(path)
        if force:
            for part in before.files:
                (folder / part.path).unlink(missing_ok=True)
        elif before.complete:
            raise ExistsError(folder)
        elif not before.is_for(manifest):
            raise ExportError(f"{folder} holds another export that was broken off: --force begins anew")
        else:
            for left in folder.rglob(".*.part"):  # of a process that was killed
                left.unlink(missing_ok=True)
            return before
    elif folder.exists() and any(folder.iterdir()):
        raise ExportError(f"{folder} is not empty and holds no export of ours: name another folder")
    folder.mkdir(exist_ok=True)
    manifest.save(path)
    return manifest


def _by_partition(
    archive: Archive, filters: Filters, last: tuple[str | int, ...], details: bool
) -> Iterator[tuple[Partition, Stored]]:
    after = None
    if len(last) == 4:
        site, year, article_id, number = last
        after = ((str(site), int(year)), (int(article_id), int(number)))
    for partition, rows in archive.partitions(filters, after=after, details=details):
        for stored in rows:
            yield partition, stored


def _place(last: tuple[str | int, ...]) -> tuple[int, int] | None:
    return cast("tuple[int, int]", last) if len(last) == 2 else None


def _folder_of(partition: Partition | None) -> str:
    if partition is None:
        return "."
    site, year = partition
    name = quote(site, safe="")
    if len(name) > _NAME_BYTES:  # the longest name a file system takes is 255 bytes
        name = f"{name[:_NAME_BYTES]}-{sha256(site.encode('utf-8')).hexdigest()[:16]}"
    return f"site={name}/year={year or _UNKNOWN_YEAR}"
