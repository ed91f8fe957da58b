"""`newsarchive export`: the archive given back as JSON, JSON Lines or CSV."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.article import Verdict
from newsarchive.cli import archives, configuration, summary
from newsarchive.cli.errors import COMPLETE, UsageError

if TYPE_CHECKING:
    from newsarchive.archive import Filters

SUMMARY = "write articles out as JSON, JSON Lines or CSV"
DESCRIPTION = """Write the archive's articles to a file or to stdout, in constant memory and in the order they entered the archive.

A file is written whole or not at all: it takes its name when it is complete. A file that is there already is replaced
only with --force. An article of which only the year is known was published from --from to --to if it can have been.
docs/export.md describes the fields and how CSV is kept safe for spreadsheets."""
EXAMPLES = (
    "newsarchive export --format csv -o articles.csv",
    "newsarchive export --site lematin.ma --from 2004 --to 2004-06 --language fr | head",
    "newsarchive export --since-last nightly -o new.jsonl --force",
)
FORMATS = ("json", "jsonl", "csv")
STDOUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument(
        "--format", choices=FORMATS, help="default: as FILE is named (.json, .jsonl, .ndjson, .csv); on stdout jsonl"
    )
    parser.add_argument("-o", "--output", metavar="FILE", default=STDOUT, help="where to write; - (default) is stdout")
    parser.add_argument("--force", action="store_true", help="replace FILE if it is there already")
    parser.add_argument("--fields", metavar="NAME,NAME", help="these fields only, in this order")
    group = parser.add_argument_group("filters")
    group.add_argument("--site", action="append", default=[], metavar="SITE", help="of this site (may be repeated)")
    group.add_argument("--from", dest="first", metavar="DATE", help="published on or after: 2004, 2004-05, 2004-05-06")
    group.add_argument("--to", dest="last", metavar="DATE", help="published on or before")
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
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Export, and say on stderr how much it was when a file was written."""
    filters = _filters(args)
    fields = [name.strip() for name in args.fields.split(",")] if args.fields is not None else None
    settings = configuration.load(args)
    from newsarchive import export
    from newsarchive.export.fields import chosen

    try:
        chosen(fields)
    except export.ExportError as error:
        raise UsageError(str(error)) from error
    to_stdout = args.output == STDOUT
    destination = sys.stdout.buffer if to_stdout else Path(args.output)
    format_ = _format(args)
    with archives.open_archive(settings, create=False) as archive:
        report = export.write(
            archive, destination, format_, filters, since_last=args.since_last, fields=fields, force=args.force
        )
    if not to_stdout:
        summary.stderr(f"{args.output}: {report.rows:,} articles, {report.bytes:,} bytes")
    return COMPLETE


def _format(args: argparse.Namespace) -> str:
    """The format that is asked for, or that the file's name stands for; stdout, pipes and devices get JSON Lines."""
    from newsarchive import export

    if args.format:
        return str(args.format)
    file = Path(args.output)
    if args.output == STDOUT or (file.exists() and not file.is_file()):
        return "jsonl"
    if (named := export.format_of(file)) is None:
        ending = f"from {file.suffix}" if file.suffix else f"of {file}"
        raise UsageError(f"cannot tell the format {ending}; use --format json, jsonl or csv")
    return named


def _filters(args: argparse.Namespace) -> Filters:
    from newsarchive.archive import Filters

    first, last = _day(args.first, "--from", 0), _day(args.last, "--to", 1)
    if first and last and last < first:
        raise UsageError(f"--to {args.last} is before --from {args.first}")
    return Filters(
        sites=args.site,
        published_from=first,
        published_to=last,
        languages=args.language,
        verdicts=[Verdict(verdict) for verdict in args.verdict],
        duplicates=not args.no_duplicates,
    )


def _day(text: str | None, flag: str, which: int) -> date | None:
    """The first (0) or last (1) day of what a date option names."""
    from newsarchive.export import days

    try:
        return days(text)[which] if text else None
    except ValueError as error:
        raise UsageError(f"{flag}: {error}") from error
