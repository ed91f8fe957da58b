"""`newsarchive search`: the articles that have all words of a query, the best first."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from newsarchive.article import Verdict
from newsarchive.cli import archives, configuration, rendering, summary
from newsarchive.cli.errors import COMPLETE, UsageError
from newsarchive.cli.numbers import at_least

if TYPE_CHECKING:
    from newsarchive.archive import Filters, Found, Hit

SUMMARY = "find articles by their words"
DESCRIPTION = """Find the articles whose title and text have all the words of a query, the best first.

A word is found in its other forms, whatever its case, accents and endings, each article by the rules of its own language.
"Words in quotes" must follow each other; telecom* is the beginning of a word, of three letters or more. Every other
character is punctuation: any text is a query. --author and --section match by words of the names. An article of which
only the year is known was published from --since to --until if it can have been. Without words the filters alone
choose, the last stored first.

A word in the title counts more than one in the text, a rare word more than a frequent one (BM25). Of more than a thousand
matches the thousand stored last are ranked, and as many with all words in the title. Needs SQLite or PostgreSQL."""
EXAMPLES = (
    'newsarchive search "maroc telecom adsl" --since 2003 --until 2004 --json',
    "newsarchive search '\"port de pêche\" tanger*' --site lematin.ma --language fr",
    "newsarchive search --author ferrand --section economie --limit 5",
)
_BOLD, _PLAIN = "\033[1m", "\033[0m"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("query", metavar="QUERY", nargs="*", help="the words to look for")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of readable lines")
    parser.add_argument("--limit", metavar="N", type=at_least(0), default=20, help="hits to show (default: 20)")
    parser.add_argument(
        "--offset", metavar="N", type=at_least(0), default=0, help="hits to pass over first (default: 0)"
    )
    group = parser.add_argument_group("filters")
    group.add_argument("--site", action="append", default=[], metavar="SITE", help="of this site (may be repeated)")
    group.add_argument("--since", metavar="DATE", help="published on or after: 2004, 2004-05, 2004-05-06")
    group.add_argument("--until", metavar="DATE", help="published on or before")
    group.add_argument(
        "--language", action="append", default=[], metavar="TAG", help="in this language, as fr (may be repeated)"
    )
    group.add_argument(
        "--author", action="append", default=[], metavar="NAME", help="by an author with these names (may be repeated)"
    )
    group.add_argument(
        "--section", action="append", default=[], metavar="NAME", help="in a section with these words (may be repeated)"
    )
    group.add_argument(
        "--verdict",
        action="append",
        default=[],
        choices=[verdict.value for verdict in Verdict if verdict.is_readable],
        help="pages of this kind only (may be repeated)",
    )
    group.add_argument("--no-duplicates", action="store_true", help="leave out copies of an article on other URLs")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Search, and print the hits."""
    filters = _filters(args)
    query = " ".join(args.query)
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        found = archive.search(
            query, filters, authors=args.author, sections=args.section, limit=args.limit, offset=args.offset
        )
        behind = archive.unindexed()
    if args.json:
        print(json.dumps(as_json(query, found), ensure_ascii=False))
    else:
        print(
            "\n\n".join(_lines(hit, colour=sys.stdout.isatty()) for hit in found.hits), end="\n" if found.hits else ""
        )
        summary.stderr(_how_many(found, args.offset))
    for word in _too_short(query):
        summary.stderr(f"{word} was looked for as a whole word: the beginning of a word takes three letters or more")
    if found.cut:
        summary.stderr("the query is too long: only its beginning was looked for")
    if behind:
        summary.stderr(f"{behind:,} versions are not in the index yet: newsarchive db index")
    return COMPLETE


def _too_short(query: str) -> list[str]:
    """The words of a query that are meant as beginnings and are too short for it."""
    return [word for word in query.split() if word.endswith("*") and 0 < len(word.rstrip("*")) < 3]


def as_json(query: str, found: Found) -> dict[str, Any]:
    """What was found, for machines; `marks` are the places in `snippet` of the words that were looked for."""
    from newsarchive.export.fields import chosen, record

    names = ("id", "version", "url", "site", "title", "date_published", "date_published_precision", "authors")
    fields = chosen((*names, "section", "language", "verdict", "duplicate_of"))
    hits = [
        record(hit.stored, fields)
        | {"score": float(f"{hit.score:.6g}"), "snippet": hit.snippet.text, "marks": hit.snippet.marks}
        for hit in found.hits
    ]
    return {"query": query, "matches": found.matches, "complete": found.complete, "hits": hits}


def _lines(hit: Hit, *, colour: bool) -> str:
    from newsarchive.archive.search.snippets import marked

    article = hit.stored.article
    before, after = (_BOLD, _PLAIN) if colour else ("[", "]")
    title = article.title or "(no title)"
    facts = [article.site, rendering.date(article.published), ", ".join(article.authors), article.section]
    lines = [
        f"{before}{title}{after}" if colour else title,
        f"  {' · '.join(fact for fact in facts if fact)}",
        f"  {article.url}",
        f"  {marked(hit.snippet, before, after)}",
    ]
    return "\n".join(lines)


def _how_many(found: Found, offset: int) -> str:
    if not found.matches:
        return "nothing found"
    more = "" if found.complete else "more than "
    shown = f"{offset + 1} to {offset + len(found.hits)}" if found.hits else "none"
    what = "article" if found.matches == 1 else "articles"
    return f"{more}{found.matches:,} {what} found, {shown} shown"


def _filters(args: argparse.Namespace) -> Filters:
    from newsarchive.archive import Filters

    first, last = _day(args.since, "--since", 0), _day(args.until, "--until", 1)
    if first and last and last < first:
        raise UsageError(f"--until {args.until} is before --since {args.since}")
    return Filters(
        sites=args.site,
        published_from=first,
        published_to=last,
        languages=args.language,
        verdicts=[Verdict(verdict) for verdict in args.verdict],
        duplicates=not args.no_duplicates,
    )


def _day(text: str | None, flag: str, which: int) -> date | None:
    """The first (0) or last (1) day of what a date option names."""
    from newsarchive.export import days

    try:
        return days(text)[which] if text else None
    except ValueError as error:
        raise UsageError(f"{flag}: {error}") from error
