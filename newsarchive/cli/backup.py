"""`newsarchive backup`: the whole archive copied into a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from newsarchive.cli import archives, configuration, steps
from newsarchive.cli.errors import COMPLETE

SUMMARY = "copy the archive into a file, while others write"
DESCRIPTION = """Copy the archive as it is now into a file, while a crawl goes on writing to it.

The file is there whole or not at all: it takes its name when it is complete and on the disk. A file that is there already is
replaced only with --force. The backup of an SQLite archive is an SQLite archive, to be used like the first. That of a
PostgreSQL archive is made by pg_dump, its client tool, and read back by `pg_restore --dbname=URL FILE`."""
EXAMPLES = (
    "newsarchive backup news-2025-12-25.sqlite",
    "newsarchive backup news.dump --force --database postgresql://user@host/news",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("file", metavar="FILE", type=Path, help="where to copy the archive")
    parser.add_argument("--force", action="store_true", help="replace FILE if it is there already")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Copy, and say how much it was."""
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive, steps.counter("bytes copied") as done:
        size = archive.backup(args.file, force=args.force, done=done)
    print(f"{args.file}: {size:,} bytes")
    return COMPLETE
