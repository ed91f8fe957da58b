"""`newsarchive wacz`: the pages of articles as one file that players of web archives open."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsarchive import __version__
from newsarchive.cli import archives, captures, configuration, filters, summary
from newsarchive.cli.errors import COMPLETE, FAILED, CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsarchive.archive import Archive, Filters
    from newsarchive.captures.packages import Item

SUMMARY = "pack the raw pages of articles into a WACZ file"
DESCRIPTION = """Pack the raw pages of articles, with their titles and dates, into one WACZ file, which the players of web archives open
(ReplayWeb.page, pywb) and `newsarchive replay` reads.

It is written as it goes, in little memory, and takes its name when it is complete. Records are copied as they were
captured."""
EXAMPLES = (
    "newsarchive wacz -o 2004.wacz --since 2004 --until 2004",
    "newsarchive wacz -o lematin.wacz --site lematin.ma --text",
)
_TELL_SECONDS: Final = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="where to write (.wacz)")
    parser.add_argument("--force", action="store_true", help="replace FILE if it is there already")
    parser.add_argument("--text", action="store_true", help="put the articles' text in, so that players can search it")
    parser.add_argument("--title", help="the title of the collection (default: the file's name)")
    parser.add_argument("--captures", metavar="FOLDER", type=Path, help="the folder of captures (NEWSARCHIVE_CAPTURES)")
    filters.add(parser)
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Write the file; exit code 1 where a capture could not be put in."""
    from newsarchive.captures import packages

    if args.output.exists() and not args.force:
        raise CommandError(f"{args.output} exists already: use --force to replace it")
    chosen, folder, settings = filters.of(args), captures.folder(args), configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        written = packages.write(
            args.output,
            folder,
            _items(archive, chosen, with_text=args.text),
            title=args.title or args.output.stem,
            software=f"newsarchive/{__version__}",
            created=datetime.now(UTC).replace(microsecond=0),
            told=_Told(),
        )
    if not written.pages:
        args.output.unlink()
        why = ", ".join(f"{number:,} {reason}" for reason, number in written.missing.items())
        raise CommandError(f"no article of these has a capture in {folder.path}{f' ({why})' if why else ''}")
    summary.stderr(f"{args.output}: {written.pages:,} pages, {written.bytes:,} bytes")
    for reason, number in written.missing.items():
        summary.stderr(f"not in it: {number:,} ({reason})")
    return FAILED if written.missing else COMPLETE


class _Told:
    """Tells on stderr how far it is, now and then."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last >= _TELL_SECONDS:
            self.last = time.monotonic()
            print(f"newsarchive: {done:,} pages packed", file=sys.stderr, flush=True)


def _items(archive: Archive, chosen: Filters, *, with_text: bool) -> Iterator[Item]:
    """The pages of the articles whose capture is known."""
    from newsarchive.captures import Location
    from newsarchive.captures.packages import Item

    for stored in archive.rows(chosen):
        values = stored.values
        if values["capture_file"] is None:
            continue
        article = stored.article
        place = Location(*(values[f"capture_{name}"] for name in ("file", "offset", "length", "digest")))
        yield Item(
            location=place,
            url=article.url,
            title=article.title,
            published=article.published.isoformat() if article.published else None,
            text=article.text if with_text else None,
        )
