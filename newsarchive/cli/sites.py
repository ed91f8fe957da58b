"""`newsarchive list`: the sites that have a file."""

from __future__ import annotations

import argparse

from newsarchive.cli import configuration

SUMMARY = "list the sites that can be crawled by name"
DESCRIPTION = (
    "List the sites that can be crawled by name, as `scrapy list` does. Any other site is crawled by its address."
)
EXAMPLES = ("newsarchive list",)
GENERAL = ("news", "replay")
"""Spiders that are no site's own."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The settings alone."""
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Print one name a line."""
    for name in sorted(configuration.spiders(configuration.load(args)).list()):
        if name not in GENERAL:
            print(name)
    return 0
