"""`newsarchive fixture`: saved pages with the articles they must give."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.cli import configuration
from newsarchive.cli.errors import COMPLETE, FAILED, CommandError, UsageError

if TYPE_CHECKING:
    from newsarchive.captures import Saved

SUMMARY = "add a saved page to the fixtures, or refresh what they must give"
DESCRIPTION = """Fixtures are saved pages with the articles they must give: FOLDER/page.html, meta.json and article.json.

`fixture add` copies a saved page into a new folder and writes the article read from it. `fixture refresh` writes every
article.json of a tree again with today's rules: review the change with git diff before you commit it."""
EXAMPLES = (
    "newsarchive fixture add page.html --url https://example.org/2024/a-story --captured-at 2025-12-25T10:00+00:00",
    "newsarchive fixture refresh fixtures",
    "newsarchive fixture refresh fixtures --check",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two actions and their options."""
    actions = parser.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, help="add or refresh"
    )
    adding = actions.add_parser("add", help="copy a saved page into a new fixture folder", description=DESCRIPTION)
    adding.add_argument("file", metavar="FILE", type=Path, help="the saved page")
    adding.add_argument("--url", help="where the page was fetched (default: the address the page states of itself)")
    adding.add_argument("--captured-at", required=True, metavar="TIME", help="when, in ISO 8601")
    adding.add_argument("--encoding", help="the charset of the Content-Type header, if it had one")
    adding.add_argument("--site", help="the folder of the site (default: the host's name)")
    adding.add_argument("--name", help="the folder of the page (default: the end of the URL)")
    adding.add_argument("--into", metavar="DIR", type=Path, default=Path("fixtures"), help="the tree of fixtures")
    refreshing = actions.add_parser("refresh", help="write every article.json of a tree again", description=DESCRIPTION)
    refreshing.add_argument("folder", metavar="DIR", type=Path, help="the tree of fixtures")
    refreshing.add_argument("--new", action="store_true", help="also write it where there is none yet")
    refreshing.add_argument("--check", action="store_true", help="write nothing; exit 1 when something would change")
    for action in (adding, refreshing):
        action.formatter_class = argparse.RawDescriptionHelpFormatter
        configuration.add_settings(action)


def run(args: argparse.Namespace) -> int:
    """Add or refresh."""
    return _add(args) if args.action == "add" else _refresh(args)


def _add(args: argparse.Namespace) -> int:
    from newsarchive import urls
    from newsarchive.cli import fixtures
    from newsarchive.spiders.sites import Recipes

    saved, captured_at = _saved(args)
    url = saved.page.url
    known = Recipes(configuration.spiders(configuration.load(args)))
    fixture = fixtures.add(
        saved.page.body,
        root=args.into,
        site=args.site or (urls.site(url) or "site").split(".")[0],
        name=args.name,
        url=url,
        captured_at=captured_at,
        encoding=args.encoding,
    )
    fixture.write(fixture.actual(known))
    print(f"{fixture.folder}: added; review {fixture.folder / fixtures.ARTICLE}")
    return COMPLETE


def _saved(args: argparse.Namespace) -> tuple[Saved, datetime]:
    """The page to add and when it was captured; a CommandError or UsageError where it is none."""
    from newsarchive.captures import Saved
    from newsarchive.cli.inputs import Inputs

    if args.file.is_dir():
        raise UsageError(f"{args.file} is a folder: name one saved page")
    inputs = Inputs.of([args.file], url=args.url, captured_at=args.captured_at)
    found = next(one for one in inputs.found() if isinstance(one, Saved))
    captured_at = inputs.captured_at
    if captured_at is None:
        raise UsageError("--captured-at says nothing")
    return replace(found, page=replace(found.page, url=args.url or found.page.url)), captured_at


def _refresh(args: argparse.Namespace) -> int:
    from newsarchive.cli import fixtures
    from newsarchive.spiders.sites import Recipes

    if not args.folder.is_dir():
        raise CommandError(f"no folder {args.folder}")
    found = list(fixtures.find(args.folder, new=args.new))
    if not found:
        names = ", ".join((fixtures.PAGE, fixtures.META, fixtures.ARTICLE))
        raise CommandError(f"{args.folder}: no fixture (a folder with {names}; --new takes those without the last)")
    known = Recipes(configuration.spiders(configuration.load(args)))
    changed = 0
    for fixture in found:
        article = fixture.actual(known)
        differs = fixture.expected() != article if args.check else fixture.write(article)
        if differs:
            changed += 1
            print(f"{fixture.folder}: {'would change' if args.check else 'changed'}")
    print(f"{len(found)} fixtures, {changed} {'would change' if args.check else 'changed'}")
    return FAILED if args.check and changed else COMPLETE
