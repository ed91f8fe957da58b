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
    archive = archives.open_existing(settings)
    try:
        figures: dict[str, Any] = archive.stats()
    finally:
        archive.close()
    if args.json:
        print(json.dumps(figures, ensure_ascii=False, default=str))
    else:
        print(f"{archives.shown(settings)}")
        for line in rows(figures):
            print(f"  {line}")
    return 0


def rows(figures: dict[str, Any], indent: int = 0) -> list[str]:
    """Nested counts as aligned lines."""
    found: list[str] = []
    for name, value in figures.items():
        label = f"{' ' * indent}{name.replace('_', ' ')}"
        if isinstance(value, dict):
            if value:
                found += [label, *rows(value, indent + 2)]
        elif value is not None:
            shown = f"{value:,}" if isinstance(value, int) else str(value)
            found.append(f"{label:<30} {shown:>10}")
    return found
