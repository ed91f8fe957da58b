"""`scrapy crawl`: Scrapy's own, that says how the crawl ended by its exit code."""

from __future__ import annotations

import argparse

from scrapy.commands import crawl

from newsarchive.commands import ending


class Command(crawl.Command):
    """Scrapy's `crawl`; exit code 0 when complete, 1 when something failed, 2 on wrong usage, and so on (see `-h`)."""

    def long_desc(self) -> str:
        """What `scrapy crawl -h` says."""
        return (
            "Run a spider of the project by its name. Exit code: 0 complete, 1 something failed (the log and the "
            "archive's ledger say what), 2 wrong usage, 3 the run's own limit (max_pages, budget) was reached and pages "
            "wait for the next run, 75 another crawl of the site is running, 130 interrupted."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options, and refuse at once what could not work: before anything is opened, in one line."""
        super().process_options(args, opts)
        if len(args) != 1:
            unknown = next((argument for argument in args if argument.startswith("-")), None)
            raise ending.refusal(f"no option {unknown}" if unknown else "name one spider; `scrapy list` names them all")
        assert self.settings is not None
        ending.check(self.settings)
        ending.check_spider(self.settings, args[0])

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider `args` names."""
        assert self.crawler_process is not None
        self.exitcode = ending.run(self.crawler_process, self._create_crawler(args[0]), opts.spargs)
