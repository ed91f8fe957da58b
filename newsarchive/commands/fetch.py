"""`scrapy fetch`: Scrapy's own, that leaves the archive alone."""

from __future__ import annotations

import argparse

from scrapy.commands import fetch

from newsarchive.commands import looking


class Command(fetch.Command):
    """Scrapy's `fetch`, which archives nothing."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options."""
        super().process_options(args, opts)
        looking.prepare(self.settings, args)
