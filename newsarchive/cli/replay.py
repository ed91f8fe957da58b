"""`newsarchive replay`: saved pages and WARC files read again, by the rules and pipelines of a crawl, without network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.cli import archives, configuration, summary
from newsarchive.cli import run as runner
from newsarchive.cli.errors import COMPLETE, FAILED

if TYPE_CHECKING:
    from newsarchive.cli.inputs import Inputs

SUMMARY = "read saved pages or WARC files as if they were crawled"
DESCRIPTION = """Read saved pages with the rules and pipelines of a crawl, without network, and store what they give.

PATH is a saved .html page, a fixture folder (page.html and meta.json), a tree of either, or a WARC file. A page's address
and time of capture come from meta.json or the sidecar NAME.json beside it, from the WARC record, or from --url and
--captured-at; failing that the address is the one the page states of itself, and the time stays unknown."""
EXAMPLES = (
    "newsarchive replay fixtures/lematin --dry-run",
    "newsarchive replay captures/ --database again.sqlite",
    "newsarchive replay page.html --url https://example.org/story --captured-at 2025-12-25 --dry-run --json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a page, a folder or a WARC file")
    parser.add_argument("--url", help="the address of a page that does not state its own")
    parser.add_argument("--captured-at", metavar="TIME", help="when pages that do not say so were captured (ISO 8601)")
    parser.add_argument(
        "--dry-run", action="store_true", help="store nothing: print the articles (with --json: one object a line)"
    )
    configuration.add_settings(parser)
    runner.add_run_options(parser)


def run(args: argparse.Namespace) -> int:
    """Replay into the archive, or print."""
    from newsarchive.cli.inputs import Inputs

    inputs = Inputs.of(args.paths, url=args.url, captured_at=args.captured_at)
    return _print(args, inputs) if args.dry_run else _store(args, inputs)


def _store(args: argparse.Namespace, inputs: Inputs) -> int:
    settings = configuration.load(args)
    from newsarchive.spiders.replay import ReplaySpider

    archives.open_archive(settings).close()
    arguments = {"paths": inputs.paths, "url": inputs.url, "captured_at": inputs.captured_at}
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
    from newsarchive.spiders.replay import FAILURES, Recipes

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
