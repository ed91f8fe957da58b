"""`newsarchive export`: the archive given back as JSON, JSON Lines, CSV, Parquet or JSON-LD."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.article import Verdict
from newsarchive.cli import archives, configuration, steps, summary
from newsarchive.cli import filters as periods
from newsarchive.cli.errors import COMPLETE, OutputError, UsageError

if TYPE_CHECKING:
    from newsarchive.archive import Filters

SUMMARY = "write articles out as JSON, JSON Lines, CSV, Parquet or JSON-LD"
DESCRIPTION = """Write the archive's articles to a file, a folder or stdout, in constant memory and in the order they entered the archive.

A file is written whole or not at all: it takes its name when it is complete. A file that is there already is replaced
only with --force. A name ending in .gz or .zst is compressed. A folder (a name ending in /, or with --partition) gets
files of many rows each and a manifest of their counts and digests; broken off, the same command goes on with it.
An article of which only the year is known was published from --since to --until if it can have been.
With --full the export can be put back with `newsarchive import`.
docs/export.md describes the fields and how CSV is kept safe for spreadsheets."""
EXAMPLES = (
    "newsarchive export --format csv -o articles.csv",
    "newsarchive export --site lematin.ma --since 2004 --until 2004-06 --language fr | head",
    "newsarchive export --since-last nightly -o new.jsonl.gz --force",
    "newsarchive export --format parquet --partition -o articles/",
    "newsarchive export --full --manifest -o everything.jsonl.zst",
)
FORMATS = ("json", "jsonl", "csv", "parquet", "jsonld")
COMPRESSIONS = ("gz", "zst")
STDOUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="default: as FILE is named (.json, .jsonl, .ndjson, .csv, .parquet, .jsonld); on stdout jsonl, in a folder parquet",
    )
    parser.add_argument("-o", "--output", metavar="FILE", default=STDOUT, help="where to write; - (default) is stdout")
    parser.add_argument(
        "--force", action="store_true", help="replace FILE (or the export in a folder) if it is there already"
    )
    parser.add_argument("--compress", choices=COMPRESSIONS, help="default: as FILE ends (.gz, .zst)")
    parser.add_argument("--manifest", action="store_true", help="write FILE.manifest.json: counts, digest, filters")
    rows = parser.add_argument_group("rows and fields")
    rows.add_argument("--fields", metavar="NAME,NAME", help="these fields only, in this order")
    rows.add_argument("--every-version", action="store_true", help="a row for every version of an article")
    rows.add_argument(
        "--full", action="store_true", help="all fields and every version, so that `newsarchive import` restores them"
    )
    rows.add_argument(
        "--partition",
        action="store_true",
        help="a folder of folders: site=NAME/year=YYYY, as Parquet readers know them",
    )
    rows.add_argument(
        "--rows-per-file", type=int, metavar="N", default=50_000, help="rows of each file of a folder (default: 50000)"
    )
    _add_filters(parser.add_argument_group("filters"))
    configuration.add_settings(parser)


def _add_filters(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--site", action="append", default=[], metavar="SITE", help="of this site (may be repeated)")
    periods.add_period(group)
    group.add_argument(
        "--language", action="append", default=[], metavar="TAG", help="in this language, as fr (may be repeated)"
    )
    group.add_argument(
        "--verdict",
        action="append",
        default=[],
        choices=[verdict.value for verdict in Verdict if verdict.is_readable],
        help="pages of this kind only (may be repeated)",
    )
    group.add_argument("--no-duplicates", action="store_true", help="leave out copies of an article on other URLs")
    group.add_argument(
        "--since-last",
        metavar="NAME",
        nargs="?",
        const="default",
        help="only what is new or changed since the last finished export of that name",
    )


def run(args: argparse.Namespace) -> int:
    """Export, and say on stderr how much it was when a file was written."""
    filters = _filters(args)
    fields = [name.strip() for name in args.fields.split(",")] if args.fields is not None else None
    settings = configuration.load(args)
    from newsarchive import export
    from newsarchive.export.exporting import checked

    if args.full:
        fields = _everything(args, fields)
    to_folder, to_stdout = _is_folder(args), args.output == STDOUT
    format_ = _format(args, to_folder)
    try:
        checked(format_, fields, args.compress)
    except export.ExportError as error:
        raise UsageError(str(error)) from error
    what = "versions" if args.every_version else "articles"
    options = {"fields": fields, "since_last": args.since_last, "force": args.force, "compress": args.compress}
    with archives.open_archive(settings, create=False) as archive:
        if to_stdout:
            with _named():
                export.write(archive, sys.stdout.buffer, format_, filters, **options)
            return COMPLETE
        with steps.counter(what, archive.count(filters)) as told:
            options["progress"] = told
            if to_folder:
                options |= {"partition": args.partition, "rows_per_file": args.rows_per_file}
                made = export.write_folder(archive, Path(args.output), format_, filters, **options)
                rows, size = made.rows, sum(part.bytes for part in made.files)
            else:
                report = export.write(archive, Path(args.output), format_, filters, manifest=args.manifest, **options)
                rows, size = report.rows, report.bytes
    summary.stderr(f"{args.output}: {rows:,} {what}, {size:,} bytes")
    return COMPLETE


@contextmanager
def _named() -> Iterator[None]:
    """Say of an export to stdout that it is stdout which cannot be written; files are named by who writes them."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error) from error


def _everything(args: argparse.Namespace, fields: list[str] | None) -> list[str]:
    """All fields of every version, and the manifest that says they are whole."""
    from newsarchive import export

    if fields is not None:
        raise UsageError("--full writes all fields: leave --fields out")
    args.every_version = True
    return list(export.ALL)


def _is_folder(args: argparse.Namespace) -> bool:
    if args.output == STDOUT:
        if args.partition or args.manifest:
            raise UsageError(f"{'--partition' if args.partition else '--manifest'} needs -o: it makes files")
        return False
    if args.rows_per_file < 1:
        raise UsageError("--rows-per-file must be at least 1")
    return bool(args.partition or args.output.endswith("/") or Path(args.output).is_dir())


def _format(args: argparse.Namespace, to_folder: bool) -> str:
    """The format that is asked for, or that the file's name stands for; stdout, pipes and devices get JSON Lines."""
    from newsarchive import export

    if args.format:
        return str(args.format)
    if to_folder:
        return "parquet"
    file = Path(args.output)
    if args.output == STDOUT or (file.exists() and not file.is_file()):
        return "jsonl"
    if (named := export.format_of(file)) is None:
        ending = f"from {file.suffix}" if file.suffix else f"of {file}"
        raise UsageError(f"cannot tell the format {ending}; use --format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    return named


def _filters(args: argparse.Namespace) -> Filters:
    from newsarchive.archive import Filters

    first, last = periods.period(args)
    return Filters(
        sites=args.site,
        published_from=first,
        published_to=last,
        languages=args.language,
        verdicts=[Verdict(verdict) for verdict in args.verdict],
        duplicates=not args.no_duplicates,
        every_version=args.every_version or args.full,
    )
