"""`newsarchive stats`: what the archive holds."""

from __future__ import annotations

import argparse
import json
from typing import Any

from newsarchive.cli import archives, configuration

SUMMARY = "count what the archive holds"
DESCRIPTION = (
    "Count what the archive holds: articles, versions, copies and stories, sites, days, the fields each site's articles have, "
    "and every URL by what became of it and why. It reads an archive in a folder that may not be written, too."
)
SITES, DAYS = 20, 10
"""Sites and days that are shown, of more."""
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
        print("\n".join(lines(figures)))
    return 0


def lines(figures: dict[str, Any]) -> list[str]:
    """The counts for people: of many days the last, of many sites the largest, coverage as a table of percent."""
    coverage = figures.pop("coverage")
    shown = figures | {
        "sites": _few(figures["sites"], list(figures["sites"])[:SITES]),
        "days": _few(figures["days"], list(figures["days"])[-DAYS:]),
    }
    return [*table(shown), *_coverage(coverage)]


def _few(numbers: dict[str, int], names: list[str]) -> dict[str, int]:
    """These alone, and how much all others come to."""
    rest = len(numbers) - len(names)
    left = sum(numbers.values()) - sum(numbers[name] for name in names)
    return {name: numbers[name] for name in names} | ({f"({rest:,} others)": left} if rest else {})


def _coverage(coverage: dict[str, dict[str, float]]) -> list[str]:
    if not coverage:
        return []
    names = list(next(iter(coverage.values())))
    rows = [
        f"    {site[:29]:<30}" + "".join(f"{100 * part[name]:>11.0f}" for name in names)
        for site, part in coverage.items()
    ]
    rest = [f"    ({len(rows) - SITES:,} others: --json)"] if len(rows) > SITES else []
    return ["  coverage, in percent", f"{'':34}" + "".join(f"{name:>11}" for name in names), *rows[:SITES], *rest]


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
