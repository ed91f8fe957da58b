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
    add_period(group)
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


def add_period(group: argparse._ActionsContainer) -> None:
    """The options --since and --until; --from and --to, as they were called before, are understood too."""
    group.add_argument("--since", dest="first", metavar="DATE", help="published on or after: 2004, 2004-05, 2004-05-06")
    group.add_argument("--until", dest="last", metavar="DATE", help="published on or before")
    group.add_argument("--from", dest="first", help=argparse.SUPPRESS)
    group.add_argument("--to", dest="last", help=argparse.SUPPRESS)


def period(args: argparse.Namespace) -> tuple[date | None, date | None]:
    """The first and last day of the options' period; a UsageError for dates that are none."""
    first, last = _day(args.first, "--since", 0), _day(args.last, "--until", 1)
    if first and last and last < first:
        raise UsageError(f"--until {args.last} is before --since {args.first}")
    return first, last


def of(args: argparse.Namespace) -> Filters:
    """The filter the options make; a UsageError for dates that are none."""
    from newsarchive.archive import Filters

    first, last = period(args)
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
