"""`newsarchive reextract`: stored articles read again from their captures, by today's rules."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsarchive.cli import archives, captures, configuration, filters, summary
from newsarchive.cli.errors import COMPLETE, FAILED, INTERRUPTED
from newsarchive.cli.numbers import at_least

if TYPE_CHECKING:
    from newsarchive.spiders.reextracting import Report

SUMMARY = "read stored articles again from their captures, by today's rules"
DESCRIPTION = """Read the captures of stored articles again with today's rules, and tell what reads otherwise now.

First look: --dry-run writes nothing; it counts by field what is gained, lost and changed, and shows samples of old and new
side by side, the sites with most changes, and the means of text length and of the dates' confidence. Without it, what
differs becomes a new version whose cause is "rules" (not "site": the page did not change). A recipe with `valid_until` reads
the captures of its time. A page that today's rules take for no article keeps its version, and is counted."""
EXAMPLES = (
    "newsarchive reextract --dry-run --site lematin.ma",
    "newsarchive reextract --since 2004 --until 2004 --captures captures",
)
_WIDTH: Final = 100
_TELL_SECONDS: Final = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only tell")
    parser.add_argument(
        "--samples", type=at_least(0), default=3, metavar="N", help="samples shown of each field (default 3)"
    )
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")
    parser.add_argument("--captures", metavar="FOLDER", type=Path, help="the folder of captures (NEWSARCHIVE_CAPTURES)")
    filters.add(parser)
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Read again; exit code 1 where a capture could not be read."""
    from newsarchive import options
    from newsarchive.spiders import reextracting, sites

    settings = configuration.load(args)
    chosen, folder = filters.of(args), captures.folder(args).path
    report = reextracting.Report(each=args.samples)
    code = COMPLETE
    with archives.open_archive(settings, create=False) as archive:
        if not args.dry_run:
            archive.begin_run("reextract")
        try:
            reextracting.run(
                archive,
                folder,
                chosen,
                report,
                sites=sites.of_project(configuration.spiders(settings)),
                workers=options.value(settings, "NEWSARCHIVE_WORKERS"),
                timeout=options.value(settings, "NEWSARCHIVE_EXTRACTION_TIMEOUT"),
                write=not args.dry_run,
                told=_Told(archive.count(chosen)),
            )
        except KeyboardInterrupt:
            code = INTERRUPTED
            summary.stderr("interrupted: what was written stays; the same command reads the rest again")
        finally:
            if not args.dry_run:
                archive.end_run("complete" if code == COMPLETE else "incomplete", report.as_dict())
    if args.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        print("\n".join(lines(report, dry_run=args.dry_run)))
    unread = sum(number for reason, number in report.reasons.items() if reason != "no capture")
    return code or (FAILED if unread else COMPLETE)


class _Told:
    """Tells on stderr how far it is, now and then."""

    def __init__(self, total: int) -> None:
        self.total, self.last = total, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last >= _TELL_SECONDS:
            self.last = time.monotonic()
            print(f"newsarchive: {done:,} of {self.total:,} articles read again", file=sys.stderr, flush=True)


def lines(report: Report, *, dry_run: bool) -> list[str]:
    """The report as text."""
    told = [f"{report.articles:,} articles: {report.same:,} read the same, {report.differ:,} read otherwise"]
    told.append("nothing was written" if dry_run else f"{report.written:,} new versions written (cause: rules)")
    if report.unreadable:
        told.append(f"{report.unreadable:,} are no article by today's rules; their versions stay")
    told += [f"{number:,} not read again: {reason}" for reason, number in report.reasons.most_common()]
    if report.fields:
        told += ["", f"{'field':<12} {'gained':>8} {'lost':>8} {'changed':>8}"]
        told += [f"{name:<12} {one.gained:>8,} {one.lost:>8,} {one.changed:>8,}" for name, one in report.fields.items()]
    for what, measure in (("characters of text", report.length), ("confidence of dates", report.confidence)):
        means = measure.as_dict()
        if means["old"] is not None:
            told.append(f"mean {what}: {means['old']:,} before, {means['new']:,} now")
    changed = [(name, counts) for name, counts in report.most_changed() if counts.total() > counts["articles"]]
    if changed:
        told += ["", f"{'site':<30} {'articles':>8} {'gained':>8} {'lost':>8} {'changed':>8}"]
    for name, counts in changed:
        told.append(
            f"{name:<30} " + " ".join(f"{counts[what]:>8,}" for what in ("articles", "gained", "lost", "changed"))
        )
    for name, samples in report.samples.items():
        told += ["", f"── {name}"]
        for url, change in samples:
            told += [url, *_beside(change.old, change.new)]
    return told


def _beside(old: Any, new: Any) -> list[str]:
    """The first words of two values that differ, one below the other."""
    before, after = _text(old), _text(new)
    same = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(0, same - 30)
    cut = "…" if start else ""
    return [
        f"  {mark} {textwrap.shorten(cut + text[start:], _WIDTH, placeholder=' …') or '(nothing)'}"
        for mark, text in (("-", before), ("+", after))
    ]


def _text(value: Any) -> str:
    if value is None or value == []:
        return ""
    return " ¶ ".join(map(str, value)) if isinstance(value, list) else str(value)
