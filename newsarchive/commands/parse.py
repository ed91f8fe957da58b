"""`scrapy parse`: Scrapy's own, that leaves the archive alone."""

from __future__ import annotations

import argparse

from scrapy.commands import parse

from newsarchive.commands import looking


class Command(parse.Command):
    """Scrapy's `parse`, which archives nothing."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options."""
        super().process_options(args, opts)
        looking.prepare(self.settings, args)
