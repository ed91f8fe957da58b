"""`newsarchive history`: what became of one article."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsarchive.cli import archives, configuration
from newsarchive.cli.errors import COMPLETE, CommandError
from newsarchive.cli.words import plain

if TYPE_CHECKING:
    from newsarchive.archive import Copy, History

SUMMARY = "tell the versions of an article, and its copies"
DESCRIPTION = """Tell what became of an article: each of its versions with the class of its change, when it was off its site, and its
copies on other URLs and sites, the earliest first.

typo: a few words spelled otherwise. correction: little changed, or a notice says so. headline: the title alone. extended: the
old text and more. substantive: all else. restored: another text after it was withdrawn. A version the site went back to
(a headline on trial) is told once, with how often. URL may be any address that led to the article."""
EXAMPLES = (
    "newsarchive history https://example.org/news/1",
    "newsarchive history https://example.org/news/1 --json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("url", metavar="URL", help="an address of the article")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Print the history."""
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        found = archive.history(args.url)
        copies = archive.copies(args.url)
    if found is None:
        raise CommandError(f"the archive has no article at {args.url}")
    if args.json:
        print(json.dumps(as_json(found, copies), ensure_ascii=False))
    else:
        print("\n".join(_lines(found, copies)))
    return COMPLETE


def as_json(found: History, copies: list[Copy]) -> dict[str, Any]:
    """The history, for machines; instants are UTC."""
    return {
        "url": found.url,
        "first_seen": found.first_seen.isoformat(),
        "last_seen": found.last_seen.isoformat(),
        "versions": [
            {
                "version": version.number,
                "seen_at": version.seen_at.isoformat(),
                "last_seen": version.last_seen.isoformat(),
                "change": version.change,
                "returns": version.returns,
                "current": version.current,
                "verdict": version.verdict,
                "title": version.title,
                "length": version.length,
            }
            for version in found.versions
        ],
        "withdrawals": [
            {
                "gone_at": absence.gone_at.isoformat(),
                "back_at": absence.back_at.isoformat() if absence.back_at else None,
                "reason": absence.reason,
            }
            for absence in found.absences
        ],
        "copies": [copy_as_json(copy) for copy in copies],
    }


def copy_as_json(copy: Copy) -> dict[str, Any]:
    """One copy, for machines."""
    return {
        "id": copy.id,
        "url": copy.url,
        "site": copy.site,
        "title": copy.title,
        "date_published": copy.published.isoformat() if copy.published else None,
        "first_seen": copy.first_seen.isoformat(),
        "agencies": list(copy.agencies),
        "near": copy.near,
        "overlap": round(copy.overlap, 4) if copy.overlap is not None else None,
    }


def _lines(found: History, copies: list[Copy]) -> list[str]:
    rows: list[tuple[datetime, str, str, str]] = []
    for version in found.versions:
        again = f", back {version.returns} time{'s' * (version.returns > 1)}" if version.returns else ""
        what = (version.change or ("first" if version.number == 1 else "older")) + again
        mark = "*" if version.current else " "
        said = f"{version.length:>8,} characters  {plain(version.title) or '(no title)'}"
        rows.append((version.seen_at, f"{mark}{version.number:>3}", what, said))
    for absence in found.absences:
        rows.append((absence.gone_at, "   -", "withdrawn", plain(absence.reason)))
        if absence.back_at:
            rows.append((absence.back_at, "   -", "restored", ""))
    width = max(len(what) for _, _, what, _ in rows)
    lines = [plain(found.url), f"first seen {_minute(found.first_seen)}, last seen {_minute(found.last_seen)} (UTC)"]
    lines += [f"{number}  {_minute(at)}  {what:<{width}}  {said}".rstrip() for at, number, what, said in sorted(rows)]
    if copies:
        lines += ["", f"{len(copies)} copies on {len({copy.site for copy in copies})} sites, the earliest first:"]
        lines += [copy_line(copy, found.url) for copy in copies]
    return lines


def copy_line(copy: Copy, own: str | None = None) -> str:
    """One copy in a line."""
    date = copy.published.isoformat() if copy.published else f"seen {copy.first_seen:%Y-%m-%d}"
    facts = [
        date,
        "this one" if copy.url == own else None,
        ", ".join(map(plain, copy.agencies)) or None,
        f"{copy.overlap:.0%} of the text" if copy.overlap is not None else None,
    ]
    return f"  {plain(copy.url)} ({'; '.join(fact for fact in facts if fact)})"


def _minute(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}"
