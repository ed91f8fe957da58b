"""`scrapy runspider`: Scrapy's own, that says how the crawl ended by its exit code."""

from __future__ import annotations

import argparse
from typing import Any

from scrapy import Spider
from scrapy.commands import runspider
from scrapy.crawler import Crawler, CrawlerProcessBase

from newsarchive.commands import ending


class _Later:
    """Stands for the process while Scrapy's own command reads the file: what that would start is started afterwards."""

    bootstrap_failed = False

    def __init__(self, process: CrawlerProcessBase) -> None:
        self.create_crawler = process.create_crawler
        self.arguments: dict[str, Any] = {}

    def crawl(self, _: Crawler, **arguments: Any) -> None:
        """Take down what the spider is given."""
        self.arguments = arguments

    def start(self) -> None:
        """Start nothing yet."""


class Command(runspider.Command):
    """Scrapy's `runspider`, with the exit codes of our `crawl`."""

    _crawler: Crawler

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options, and refuse at once what could not work."""
        super().process_options(args, opts)
        assert self.settings is not None
        ending.check(self.settings)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._crawler = super()._create_crawler(spidercls)
        return self._crawler

    def run(self, args: list[str], opts: Any) -> None:
        """Run the spider in the file `args` names."""
        assert self.crawler_process is not None
        process = self.crawler_process
        later: Any = _Later(process)
        self.crawler_process = later
        try:
            super().run(args, opts)
        finally:
            self.crawler_process = process
        self.exitcode = ending.run(process, self._crawler, later.arguments)
