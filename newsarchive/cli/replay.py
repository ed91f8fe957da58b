"""`newsarchive replay`: saved pages and WARC files read again, by the rules and pipelines of a crawl, without network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.cli import archives, bulk, configuration, summary
from newsarchive.cli import run as runner
from newsarchive.cli.errors import COMPLETE, FAILED, UsageError

if TYPE_CHECKING:
    from newsarchive.captures import Wanted
    from newsarchive.cli.inputs import Inputs

SUMMARY = "read saved pages or WARC files as if they were crawled"
DESCRIPTION = """Read saved pages with the rules and pipelines of a crawl, without network, and store what they give.

PATH is a saved .html page, a fixture folder (page.html and meta.json), a folder of ArchiveBox, a WARC or WACZ file of any
writer, or a tree of any of these. A page's address
and time of capture come from meta.json or the sidecar NAME.json beside it, from the WARC record, or from --url and
--captured-at; failing that the address is the one the page states of itself, and the time stays unknown.

Large files are read in slices by all workers at once. A replay that was interrupted goes on where it stopped when the same
command is given again; --restart begins it anew."""
EXAMPLES = (
    "newsarchive replay fixtures/lematin --dry-run",
    "newsarchive replay captures/ --database again.sqlite",
    "newsarchive replay CC-NEWS-2025.warc.gz --matching '^https://example\\.org/2025/'",
    "newsarchive replay page.html --url https://example.org/story --captured-at 2025-12-25 --dry-run --json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a page, a folder or a WARC file")
    parser.add_argument("--url", help="the address of a page that does not state its own")
    parser.add_argument("--captured-at", metavar="TIME", help="when pages that do not say so were captured (ISO 8601)")
    group = parser.add_argument_group("filters of records")
    group.add_argument("--matching", metavar="REGEX", help="only addresses in which this regular expression is found")
    group.add_argument(
        "--status", type=int, action="append", metavar="CODE", help="answers with this status (default 200; repeatable)"
    )
    group.add_argument(
        "--type",
        action="append",
        metavar="TYPE",
        help="bodies of this media type (default: HTML and XHTML; repeatable)",
    )
    parser.add_argument("--restart", action="store_true", help="begin anew what was interrupted")
    parser.add_argument(
        "--dry-run", action="store_true", help="store nothing: print the articles (with --json: one object a line)"
    )
    configuration.add_settings(parser)
    runner.add_run_options(parser)


def run(args: argparse.Namespace) -> int:
    """Replay into the archive, or print."""
    from newsarchive.cli.inputs import Inputs

    inputs = Inputs.of(args.paths, url=args.url, captured_at=args.captured_at, wanted=_wanted(args))
    return _print(args, inputs) if args.dry_run else _store(args, inputs)


def _wanted(args: argparse.Namespace) -> Wanted:
    from newsarchive.captures import Wanted

    usual = Wanted()
    types = tuple(kind.strip().lower() for kind in args.type or usual.types)
    try:
        return Wanted(statuses=tuple(args.status or usual.statuses), types=types, pattern=args.matching)
    except ValueError as error:
        raise UsageError(f"--matching: {error}") from error


def _store(args: argparse.Namespace, inputs: Inputs) -> int:
    """By the workers alone, or, where the project has pipelines of its own, by Scrapy's engine, which runs them."""
    settings = configuration.load(args)
    if bulk.is_usual(settings):
        runner.set_logging(settings, args)
        counts = bulk.run(settings, inputs, args)
    else:
        from newsarchive.spiders.replay import ReplaySpider

        archives.open_archive(settings).close()
        arguments = {
            "paths": inputs.paths, "url": inputs.url, "captured_at": inputs.captured_at, "wanted": inputs.wanted
        }  # fmt: skip
        counts = runner.run(settings, ReplaySpider, arguments, args, name="replay")
    summary.show("replay", counts, archives.shown(settings), as_json=args.json, quiet=args.quiet)
    return counts.exit_code if counts.fetched else counts.exit_code or FAILED


def _print(args: argparse.Namespace, inputs: Inputs) -> int:
    """Every article on stdout, and every file that gave none on stderr; the exit code is 1 when one failed."""
    settings = configuration.load(args)
    from newsarchive.captures import Skipped
    from newsarchive.cli import rendering
    from newsarchive.cli.inputs import told
    from newsarchive.spiders import reading
    from newsarchive.spiders.replaying import FAILURES
    from newsarchive.spiders.sites import Recipes

    recipes = Recipes(configuration.spiders(settings))
    code, shown = COMPLETE, 0
    for found in inputs.found():
        if isinstance(found, Skipped):
            summary.stderr(told(found))
            code = FAILED if found.reason in FAILURES else code
            continue
        page = found.page
        article = reading.read(page, recipes.recipe(page.url, page.captured_at)).article
        if args.json:
            print(rendering.as_line(article))
        else:
            print("\n" + "─" * rendering.WIDTH + "\n" if shown else "", rendering.as_text(article), sep="")
        shown += 1
    return code
