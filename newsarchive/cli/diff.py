"""`newsarchive diff`: the words in which two versions of an article differ."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsarchive.cli import archives, configuration
from newsarchive.cli.errors import COMPLETE, CommandError
from newsarchive.cli.numbers import at_least
from newsarchive.cli.words import coloured, marked, plain

if TYPE_CHECKING:
    from newsarchive.archive import Difference
    from newsarchive.archive.diffs import Piece

SUMMARY = "show what changed between two versions of an article"
DESCRIPTION = """Show the words in which two versions of an article differ: by default its current version and the one before it.

What was removed stands in [-brackets-], what was added in {+braces+}; on a terminal in red and green instead (NO_COLOR turns
that off). `newsarchive history URL` tells the numbers of the versions."""
EXAMPLES = (
    "newsarchive diff https://example.org/news/1",
    "newsarchive diff https://example.org/news/1 --from 1 --to 3 --json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("url", metavar="URL", help="an address of the article")
    parser.add_argument(
        "--from", dest="old", metavar="N", type=at_least(1), help="the older version (default: the one before)"
    )
    parser.add_argument(
        "--to", dest="new", metavar="M", type=at_least(1), help="the newer version (default: the current one)"
    )
    parser.add_argument("--whole", action="store_true", help="the whole text, not only what is near a change")
    parser.add_argument("--json", action="store_true", help="one JSON object: the pieces, as lists of words")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Print the difference."""
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        found = archive.difference(args.url, args.old, args.new)
    if found is None:
        raise CommandError(f"the archive has no article at {args.url}")
    if args.json:
        print(json.dumps(as_json(found), ensure_ascii=False))
    else:
        print("\n".join(_lines(found, whole=args.whole)))
    return COMPLETE


def as_json(found: Difference) -> dict[str, Any]:
    """The difference, for machines: a piece both have is {"same": …}, another {"removed": …, "added": …}."""
    return {
        "url": found.url,
        "from": found.old,
        "to": found.new,
        "change": found.change,
        "title": [_piece(piece) for piece in found.title],
        "text": [_piece(piece) for piece in found.text],
    }


def _piece(piece: Piece) -> dict[str, list[str]]:
    if piece.same:
        return {"same": list(piece.new)}
    return {name: list(words) for name, words in (("removed", piece.old), ("added", piece.new)) if words}


def _lines(found: Difference, *, whole: bool) -> list[str]:
    colour = coloured()
    change = f" ({found.change})" if found.change else ""
    lines = [plain(found.url), f"version {found.old} → {found.new}{change}"]
    if found.title:
        lines += ["", marked(found.title, colour=colour, whole=True)]
    if _changed(found.text) or whole:
        lines += ["", marked(found.text, colour=colour, whole=whole)]
    elif not _changed(found.title):
        lines += ["", "no word differs"]
    return lines


def _changed(pieces: Sequence[Piece]) -> bool:
    return any(not piece.same for piece in pieces)
