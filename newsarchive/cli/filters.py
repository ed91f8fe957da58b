"""The filters of verbs that work on the articles of an archive."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from newsarchive.article import Verdict
from newsarchive.cli.errors import UsageError

if TYPE_CHECKING:
    from newsarchive.archive import Filters


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    group = parser.add_argument_group("filters")
    group.add_argument("--site", action="append", default=[], metavar="SITE", help="of this site (may be repeated)")
    group.add_argument("--from", dest="first", metavar="DATE", help="published on or after: 2004, 2004-05, 2004-05-06")
    group.add_argument("--to", dest="last", metavar="DATE", help="published on or before")
    group.add_argument(
        "--language", action="append", default=[], metavar="TAG", help="in this language, as fr (may be repeated)"
    )
    group.add_argument(
        "--verdict",
        action="append",
        default=[],
        choices=[verdict.value for verdict in Verdict if verdict.is_readable],
        help="pages of this kind only (may be repeated)",
    )


def of(args: argparse.Namespace) -> Filters:
    """The filter the options make; a UsageError for dates that are none."""
    from newsarchive.archive import Filters

    first, last = _day(args.first, "--from", 0), _day(args.last, "--to", 1)
    if first and last and last < first:
        raise UsageError(f"--to {args.last} is before --from {args.first}")
    return Filters(
        sites=args.site,
        published_from=first,
        published_to=last,
        languages=args.language,
        verdicts=[Verdict(verdict) for verdict in args.verdict],
    )


def _day(text: str | None, flag: str, which: int) -> date | None:
    """The first (0) or last (1) day of what a date option names."""
    from newsarchive.export import days

    try:
        return days(text)[which] if text else None
    except ValueError as error:
        raise UsageError(f"{flag}: {error}") from error
