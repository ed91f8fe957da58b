"""`newsarchive stories`: the texts that were published most."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from newsarchive.cli import archives, configuration, steps
from newsarchive.cli.errors import COMPLETE, UsageError
from newsarchive.cli.history import copy_as_json, copy_line
from newsarchive.cli.numbers import at_least
from newsarchive.cli.words import plain

if TYPE_CHECKING:
    from newsarchive.archive import Archive, Story

SUMMARY = "list the texts that were published most, on other sites and URLs"
DESCRIPTION = """List the stories: texts that the archive holds more than once, letter by letter or nearly so (cut, edited, framed by a
site, under another headline), those with the most articles first.

Each is told with its earliest article, the sites that published it and the agency they credit. A period counts the articles
published in it (by the day they were first seen, where their date is not known). Articles whose copies were not looked for
yet (after an import, or written by many at once) are looked for first."""
EXAMPLES = (
    "newsarchive stories --since 2004-05 --until 2004-06",
    "newsarchive stories --site lematin.ma --limit 5 --json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--since", metavar="DATE", help="published on or after: 2004, 2004-05, 2004-05-06")
    parser.add_argument("--until", metavar="DATE", help="published on or before")
    parser.add_argument(
        "--site", action="append", default=[], metavar="SITE", help="that this site tells (may be repeated)"
    )
    parser.add_argument("--limit", metavar="N", type=at_least(1), default=20, help="stories to show (default: 20)")
    parser.add_argument("--copies", action="store_true", help="show every article of each story (--json always does)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, a story each")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Print the stories."""
    since, until = _day(args.since, "--since", 0), _day(args.until, "--until", 1)
    if since and until and until < since:
        raise UsageError(f"--until {args.until} is before --since {args.since}")
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        _catch_up(archive)
        found = archive.stories(since=since, until=until, sites=args.site, most=args.limit)
    if args.json:
        for story in found:
            print(json.dumps(as_json(story), ensure_ascii=False))
    else:
        print("\n\n".join(_told(story, whole=args.copies) for story in found) or _none(args))
    return COMPLETE


def _none(args: argparse.Namespace) -> str:
    where = " of this site" if args.site else ""
    if args.since or args.until:
        return f"no story{where} in this period"
    return f"no story{where}" if where else "no story: no text was published twice"


def as_json(story: Story) -> dict[str, Any]:
    """One story, for machines."""
    return {
        "id": story.id,
        "articles": story.articles,
        "articles_in_all": story.in_all,
        "sites": story.sites,
        "agencies": story.agencies,
        "earliest": story.earliest.url,
        "title": story.earliest.title,
        "copies": [copy_as_json(copy) for copy in story.copies],
    }


def _catch_up(archive: Archive) -> None:
    """Look for the copies of what waits; an archive without any waiting is only read."""
    waiting = archive.unlinked()
    if waiting:
        with steps.counter("articles compared", waiting) as told:
            archive.link(told)


def _told(story: Story, *, whole: bool) -> str:
    first = story.earliest
    number = f"{story.articles:,} articles" + (f" of {story.in_all:,}" if story.in_all != story.articles else "")
    sites = story.sites
    named = ", ".join(map(plain, sites[:5])) + (f" and {len(sites) - 5} more" if len(sites) > 5 else "")
    lines = [plain(first.title) or "(no title)", f"  {number} on {len(sites)} site{'s' * (len(sites) > 1)}: {named}"]
    if story.agencies:
        lines.append(f"  credited to {', '.join(map(plain, story.agencies[:3]))}")
    if whole:
        lines += [copy_line(copy) for copy in story.copies]
    else:
        lines.append(f"  earliest: {copy_line(first).strip()}")
    return "\n".join(lines)


def _day(text: str | None, flag: str, which: int) -> date | None:
    """The first (0) or last (1) day of what a date option names."""
    from newsarchive.export import days

    try:
        return days(text)[which] if text else None
    except ValueError as error:
        raise UsageError(f"{flag}: {error}") from error
