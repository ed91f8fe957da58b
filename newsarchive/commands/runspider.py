"""`scrapy runspider`: Scrapy's own, that says how the crawl ended by its exit code."""

from __future__ import annotations

import argparse
from typing import Any

from scrapy import Spider
from scrapy.commands import runspider
from scrapy.crawler import Crawler

from newsarchive.commands import ending


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
        super().run(args, opts)
        self.exitcode = ending.code(self._crawler, failed=self.exitcode != 0)
