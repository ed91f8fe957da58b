"""`newsarchive coverage`: what there is, what is missing, and why."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from newsarchive.cli import archives, configuration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsarchive.archive.coverage import Coverage

SUMMARY = "say what became of every URL found, by site and day"
DESCRIPTION = """Say how complete the archive is: for each site and day, how many URLs were found, and how many of them are archived,
copies or other names (duplicate), lists of articles (listing), withdrawn since (gone), rejected, failed for good, or
waiting for a crawl. The parts add up to what was found; the reasons of what was rejected and failed follow by site.
A day is the one (UTC) on which a URL was first seen."""
EXAMPLES = ("newsarchive coverage", "newsarchive coverage lematin.ma --json")

COLUMNS = ("discovered", "archived", "duplicate", "listing", "gone", "rejected", "failed", "waiting")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument(
        "sites", metavar="SITE", nargs="*", help="a site, by its name or any of its hosts (default: all)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a site and day, one a line")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Print the coverage."""
    from newsarchive.archive.coverage import totals

    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        days = archive.coverage(args.sites)
    if args.json:
        for each in days:
            print(json.dumps(each.as_dict(), ensure_ascii=False))
    else:
        print("\n".join(table(days, totals(days))))
    return 0


def table(days: Sequence[Coverage], totals: Sequence[Coverage]) -> list[str]:
    """The coverage as aligned lines: a block a site, a line a day, the site's sum and its reasons."""
    if not totals:
        return ["no URL was ever seen"]
    lines = []
    for total in totals:
        lines.append(f"{total.site or '(no site)':<12}" + "".join(f"{name:>11}" for name in COLUMNS))
        lines += [_line(each.day or "", each) for each in days if each.site == total.site]
        lines.append(_line("all", total))
        for state in ("rejected", "failed"):
            reasons: dict[str, int] = getattr(total, state)
            ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
            lines += [f"  {state}: {reason} {number:,}" for reason, number in ordered]
    return lines


def _line(name: str, each: Coverage) -> str:
    numbers = (getattr(each, column) for column in COLUMNS)
    return f"{name:<12}" + "".join(f"{sum(n.values()) if isinstance(n, dict) else n:>11,}" for n in numbers)
