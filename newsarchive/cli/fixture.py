"""`newsarchive fixture`: saved pages with the articles they must give."""

from __future__ import annotations

import argparse
from pathlib import Path

from newsarchive.cli import configuration
from newsarchive.cli.errors import COMPLETE, FAILED, CommandError, UsageError

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
    adding.add_argument("--url", required=True, help="where the page was fetched")
    adding.add_argument("--captured-at", required=True, metavar="TIME", help="when, in ISO 8601")
    adding.add_argument("--encoding", help="the charset of the Content-Type header, if it had one")
    adding.add_argument("--site", help="the folder of the site (default: the host's name)")
    adding.add_argument("--name", help="the folder of the page (default: the end of the URL)")
    adding.add_argument("--into", metavar="DIR", type=Path, default=Path("fixtures"), help="the tree of fixtures")
    refreshing = actions.add_parser("refresh", help="write every article.json of a tree again", description=DESCRIPTION)
    refreshing.add_argument("folder", metavar="DIR", type=Path, help="the tree of fixtures")
    refreshing.add_argument("--check", action="store_true", help="write nothing; exit 1 when something would change")
    for action in (adding, refreshing):
        action.formatter_class = argparse.RawDescriptionHelpFormatter
        configuration.add_settings(action)


def run(args: argparse.Namespace) -> int:
    """Add or refresh."""
    return _add(args) if args.action == "add" else _refresh(args)


def _add(args: argparse.Namespace) -> int:
    from newsarchive import urls
    from newsarchive.captures.saved import MetaError, instant, is_binary
    from newsarchive.cli import fixtures, targets
    from newsarchive.spiders.replay import Recipes

    if targets.address(args.url) != args.url:
        raise UsageError(f"not an http(s) URL: {args.url!r}")
    try:
        captured_at = instant(args.captured_at)
    except MetaError as error:
        raise UsageError(f"--captured-at: {error}") from error
    body = args.file.read_bytes()
    if not body.strip() or is_binary(body):
        raise CommandError(f"{args.file}: {'an empty file' if not body.strip() else 'not an HTML page'}")
    known = Recipes(configuration.load(args))
    site = args.site or (urls.site(args.url) or "site").split(".")[0]
    fixture = fixtures.add(
        body,
        root=args.into,
        site=site,
        name=args.name,
        url=args.url,
        captured_at=captured_at,
        encoding=args.encoding,
    )
    fixture.write(fixture.actual(known))
    print(f"{fixture.folder}: added; review {fixture.folder / fixtures.ARTICLE}")
    return COMPLETE


def _refresh(args: argparse.Namespace) -> int:
    from newsarchive.cli import fixtures
    from newsarchive.spiders.replay import Recipes

    if not args.folder.is_dir():
        raise UsageError(f"no folder {args.folder}")
    found = list(fixtures.find(args.folder))
    if not found:
        raise CommandError(f"{args.folder}: no fixture (a folder with {fixtures.PAGE} and {fixtures.META})")
    known = Recipes(configuration.load(args))
    changed = 0
    for fixture in found:
        article = fixture.actual(known)
        differs = fixture.expected() != article if args.check else fixture.write(article)
        if differs:
            changed += 1
            print(f"{fixture.folder}: {'would change' if args.check else 'changed'}")
    print(f"{len(found)} fixtures, {changed} {'would change' if args.check else 'changed'}")
    return FAILED if args.check and changed else COMPLETE
