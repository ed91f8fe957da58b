"""`newsarchive export`: the archive given back as JSON, JSON Lines or CSV."""

from __future__ import annotations

import argparse

from newsarchive.cli import configuration

SUMMARY = "write articles out as JSON, JSON Lines or CSV"
DESCRIPTION = "Write the archive's articles to a file or to stdout, in constant memory and in a fixed order."
EXAMPLES = (
    "newsarchive export --format csv -o articles.csv",
    "newsarchive export --format jsonl --site lematin.ma --from 2024-01-01 | head",
)
FORMATS = ("json", "jsonl", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument(
        "--format", choices=FORMATS, help="json, jsonl or csv (default: by the name of FILE, else jsonl)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="where to write; - is stdout (the default)")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Export."""
    raise NotImplementedError
