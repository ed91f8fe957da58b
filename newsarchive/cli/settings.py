"""`newsarchive settings`: every setting of ours, its default and what it does."""

from __future__ import annotations

import argparse

SUMMARY = "list the settings, with their defaults and meaning"
DESCRIPTION = """List the settings of newsarchive. Each is a Scrapy setting: set it in settings.py, in the environment under the
same name, or with -s NAME=VALUE; the last of these wins."""
EXAMPLES = ("newsarchive settings", "newsarchive settings --markdown > docs/settings.md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--markdown", action="store_true", help="as the page of docs/")


def run(args: argparse.Namespace) -> int:
    """Print the registry."""
    from newsarchive import options

    if args.markdown:
        print(options.markdown(), end="")
        return 0
    for option in options.OPTIONS:
        print(f"{option.name} = {option.default!r}\n    {option.doc}")
    return 0
