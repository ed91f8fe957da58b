"""`newsarchive crawl`: one site into the archive, with live progress."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from newsarchive.bookkeeping import BUSY
from newsarchive.cli import archives, configuration, hints, sites, summary, targets
from newsarchive.cli import run as runner
from newsarchive.cli.errors import CommandError, UsageError

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.settings import Settings

SUMMARY = "crawl a site into the archive"
DESCRIPTION = """Crawl one site into the archive: a site by its name (`newsarchive list`), or any site by its address.

By its name, a site's pages are read with the recipe of its file; by an address they are read without any, even where
the address is that of a site with a file.

On a terminal a table shows pages fetched, stored, new version, duplicate, unchanged, listing, rejected and failed as they
come; elsewhere a line is written every few seconds. Ctrl-C finishes what the downloader has begun or queued, leaves the
rest of the pages for another crawl, stores what was read and ends well; pressed again it ends at once.
Only what is due is asked for: a second crawl goes on where the first one ended, however it ended, looks again at lists
and young articles when their time has come, and stores nothing that has not changed (docs/ledger.md).

`-a budget=10m` or `-a max_pages=200` bound a run, `-a since=2004-01 -a until=2004-12` fetch a period of the past, newest
first, `-a revisit=yes` asks for all pages again (of that period alone, where one is given). An argument nobody knows is
refused: a misspelt limit would be none. Exit codes: 0 complete, 1 something failed, 2 wrong usage, 3 the run's
own limit was reached and pages wait for the next one, 75 another crawl of the site is running, 130 interrupted."""
EXAMPLES = (
    "newsarchive crawl lematin",
    "newsarchive crawl https://example.org --output articles.json",
    "newsarchive crawl lematin -a budget=10m",
    "newsarchive crawl lematin -a max_pages=100 -s NEWSARCHIVE_CAPTURES=captures --json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("target", metavar="SITE|URL", help="a site's name, or the address of any site")
    parser.add_argument(
        "-a",
        dest="arguments",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a spider argument, as scrapy's -a",
    )
    parser.add_argument(
        "-O",
        "--output",
        metavar="FILE",
        help="also write the articles to FILE, overwriting it, as scrapy's -O (--output=-:json is stdout)",
    )
    configuration.add_settings(parser)
    runner.add_run_options(parser)


def run(args: argparse.Namespace) -> int:
    """Crawl, show the summary, return the exit code."""
    settings = configuration.load(args)
    arguments = configuration.pairs(args.arguments, "-a")
    spider, name = _spider(settings, args.target, arguments)
    _output(settings, args.output)
    archives.open_archive(settings).close()
    counts = runner.run(settings, spider, arguments, args, name=name)
    file = sys.stderr if (args.output or "").startswith("-") else sys.stdout  # articles on stdout stay alone there
    did_nothing = counts.exit_code == BUSY and not counts.fetched  # the one line that says so is written already
    if args.json or not did_nothing:
        summary.show(name, counts, archives.shown(settings), as_json=args.json, quiet=args.quiet, file=file)
    elif args.log_file and not args.quiet:
        summary.stderr(f"another crawl of {name} is running: this one has nothing to do")
    hint = hints.private_start(counts, hints.start_url(spider, arguments), settings.get(hints.SETTING))
    if hint and not args.quiet:
        summary.stderr(hint)
    return counts.exit_code


def _spider(settings: Settings, target: str, arguments: dict[str, str]) -> tuple[type[Spider], str]:
    """The spider a target means, and what to call it; a URL becomes the `url` argument of `news`."""
    loader = configuration.spiders(settings)
    names = sorted(loader.list())
    if target in names:
        return loader.load(target), target
    url = targets.address(target)
    if url is None or "news" not in names:
        raise targets.unknown(target, [name for name in names if name not in sites.GENERAL])
    arguments.setdefault("url", url)
    return loader.load("news"), url


def _output(settings: Settings, output: str | None) -> None:
    """Set scrapy's feed export for `--output`, refused at once where it cannot be written."""
    if not output:
        return
    from scrapy.exceptions import UsageError as ScrapyUsageError
    from scrapy.utils.conf import feed_process_params_from_cli

    from newsarchive.commands import ending

    try:
        feeds = feed_process_params_from_cli(settings, [], overwrite_output=[output])
    except ScrapyUsageError as error:
        raise UsageError(str(error)) from error
    for uri in feeds:
        if problem := ending.unwritable(uri):
            raise CommandError(problem)
    settings.set("FEEDS", feeds, priority="cmdline")
