"""`newsarchive db`: look after the database."""

from __future__ import annotations

import argparse

from newsarchive.cli import archives, configuration, steps
from newsarchive.cli.errors import COMPLETE

SUMMARY = "look after the database"
DESCRIPTION = """`db index` brings into the index of search what it lacks: articles of before there was one, and of bulk imports."""
EXAMPLES = (
    "newsarchive db index",
    "newsarchive db index --rebuild --database news.sqlite",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True, help="what to do")
    indexing = actions.add_parser("index", help="bring into the index of search what it lacks", description=DESCRIPTION)
    indexing.add_argument("--rebuild", action="store_true", help="empty the index first")
    for action in (indexing,):
        action.formatter_class = argparse.RawDescriptionHelpFormatter
        configuration.add_settings(action)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive, steps.counter("versions indexed") as done:
        number = archive.index(done, rebuild=args.rebuild)
    print(f"{archives.shown(settings)}: {number:,} versions indexed")
    return COMPLETE
