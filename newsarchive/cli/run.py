"""Runs one spider in this process, with a display, and comes back with its counts."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING, Any

from newsarchive.cli.counts import Counts, count
from newsarchive.cli.errors import CommandError, told
from newsarchive.cli.progress import display

if TYPE_CHECKING:
    import argparse

    from scrapy import Spider
    from scrapy.settings import Settings


_WRONG = (ValueError, TypeError, ImportError, AttributeError)
"""What a wrong value of one of Scrapy's own settings leads to."""

_OBJECTS = 10_000
"""More objects than there were, after which cycles are looked for: a crawl leaves few, and each search costs time."""

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """The options of every verb that runs a spider."""
    group = parser.add_argument_group("display")
    group.add_argument("--plain", action="store_true", help="plain lines instead of the live table")
    group.add_argument("-q", "--quiet", action="store_true", help="no display and no summary; errors only")
    group.add_argument("--json", action="store_true", help="end with the summary as one JSON object on stdout")
    group.add_argument("--log-file", metavar="FILE", help="write Scrapy's log to FILE")
    group.add_argument(
        "--log-level",
        metavar="LEVEL",
        choices=LEVELS,
        help="what is logged: DEBUG, INFO, WARNING, ERROR (default: WARNING, in a file INFO)",
    )


def run(
    settings: Settings, spider: type[Spider], arguments: dict[str, Any], args: argparse.Namespace, *, name: str
) -> Counts:
    """Run `spider` to its end under `settings` and count; a spider that cannot start is a CommandError.

    `name` is what the display calls the run.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    from newsarchive.spiders.workers import collect_seldom

    set_logging(settings, args)
    try:
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(spider)
    except _WRONG as wrong:
        raise CommandError(f"{name} could not start: {wrong}") from wrong
    started = time.monotonic()

    def stats() -> dict[str, Any]:
        collector = crawler._stats  # the property raises before the crawl has begun
        return collector.get_stats() if collector else {}

    with display(name, stats, plain=args.plain, quiet=args.quiet or args.json):
        task = process.crawl(crawler, **arguments)
        collect_seldom(_OBJECTS)
        process.start()
    seconds = time.monotonic() - started
    if not task.done() or task.cancelled():  # Ctrl-C twice: the reactor stopped under the crawl
        return count({**stats(), "finish_reason": "shutdown"}, seconds)
    if error := task.exception():
        known = told(error) if isinstance(error, Exception) else None
        raise known or CommandError(f"{name} could not start: {error}") from error
    return count(stats(), seconds)


def set_logging(settings: Settings, args: argparse.Namespace) -> None:
    """Scrapy's own log to a file when one is named; else one line a warning, on stderr, above the display."""
    if args.log_file:
        settings.set("LOG_FILE", args.log_file, priority="cmdline")
        settings.set("LOG_LEVEL", args.log_level or "INFO", priority="cmdline")
        return
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    root = logging.getLogger()
    root.setLevel(args.log_level or "WARNING")
    root.addHandler(StderrHandler(getattr(logging, args.log_level or "WARNING")))


class StderrHandler(logging.Handler):
    """One line a record, to whatever stderr is at the moment, so that it passes above a live display."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self.least = least
        self.addFilter(self._is_shown)

    def emit(self, record: logging.LogRecord) -> None:
        """Print the first line of a record; tracebacks are for the log file."""
        try:
            first = record.getMessage().partition("\n")[0]
            print(f"{record.levelname.lower()}: {first}", file=sys.stderr)
        except (OSError, ValueError, TypeError):
            self.handleError(record)

    def _is_shown(self, record: logging.LogRecord) -> bool:
        """True for what is grave enough, and for Scrapy's answer to Ctrl-C; Python's own warnings are for developers."""
        if record.name == "scrapy.crawler" and record.msg.startswith("Received"):
            return True
        return record.levelno >= self.least and record.name != "py.warnings"
