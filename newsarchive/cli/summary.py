"""The end of a run: a table of what became of the pages, or one JSON object."""

from __future__ import annotations

import json
import sys
from typing import TextIO

from newsarchive.bookkeeping import BUDGET
from newsarchive.cli.counts import SINGLE, Counts
from newsarchive.cli.progress import clock


def show(
    name: str, counts: Counts, archive: str | None, *, as_json: bool, quiet: bool = False, file: TextIO | None = None
) -> None:
    """Print the summary on stdout (or `file`): an aligned table, or with `as_json` one object; quiet prints no table."""
    if as_json:
        print(json.dumps({"name": name, "archive": archive, **counts.as_dict()}, ensure_ascii=False), file=file)
    elif not quiet:
        print(text(name, counts, archive), file=file)


def text(name: str, counts: Counts, archive: str | None) -> str:
    """The summary as aligned plain text."""
    rows = [(title.replace("_", " "), getattr(counts, title), _reasons(counts, title)) for title in SINGLE]
    if counts.errors:
        rows.append(("errors", counts.errors, {}))
    width = max(len(f"{number:,}") for _, number, _ in rows)
    lines = [f"{name}: {_ended(counts)}{counts.verdict} in {clock(counts.elapsed)} ({counts.rate:.1f} pages/s)"]
    for title, number, reasons in rows:
        lines.append(f"  {title:<12} {number:>{width},}")
        lines.extend(f"    {reason:<24} {each:>{width},}" for reason, each in reasons.items())
    if counts.left_out_for:
        told = ", ".join(f"{reason} {each:,}" for reason, each in counts.left_out_for.items())
        lines.append(f"  {sum(counts.left_out_for.values()):,} links left out ({told})")
    if counts.outside:
        lines.append(f"  {counts.outside:,} wait outside the period")
    if archive:
        lines.append(f"  archive      {archive}")
    return "\n".join(lines)


def _reasons(counts: Counts, title: str) -> dict[str, int]:
    reasons: dict[str, int] = getattr(counts, f"{title}_for", {})
    return reasons


def _ended(counts: Counts) -> str:
    if counts.ended == "finished" and counts.left:
        return f"ended early (max_pages), {counts.left:,} wait, "
    if counts.ended == BUDGET:
        return f"ended early (budget), {counts.left:,} wait, "
    if counts.ended == "finished":
        return ""
    return "interrupted, " if counts.ended == "shutdown" else f"ended early ({counts.ended or 'not started'}), "


def stderr(message: str) -> None:
    """One line for the person at the terminal."""
    print(f"newsarchive: {message}", file=sys.stderr)
