"""`newsarchive stats`: what the archive holds."""

from __future__ import annotations

import argparse
import json
from typing import Any

from newsarchive.cli import archives, configuration

SUMMARY = "count what the archive holds"
DESCRIPTION = (
    "Count what the archive holds: articles, versions, duplicates, and every URL by what became of it and why."
)
EXAMPLES = ("newsarchive stats", "newsarchive stats --json --database news.sqlite")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Print the counts."""
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        figures = archive.stats().as_dict()
    if args.json:
        print(json.dumps({"archive": archives.shown(settings), **figures}, ensure_ascii=False))
    else:
        print(archives.shown(settings))
        print("\n".join(table(figures)))
    return 0


def table(figures: dict[str, Any], indent: int = 2) -> list[str]:
    """Nested counts as aligned lines, names of states and reasons as stored; what is unknown or empty is left out."""
    lines: list[str] = []
    for name, value in figures.items():
        label = f"{' ' * indent}{name}"
        if isinstance(value, dict):
            lines += [label, *table(value, indent + 2)] if value else []
        elif value is not None:
            lines.append(f"{label:<40} {value:>14,}")
    return lines
