"""`newsarchive replay`."""

from __future__ import annotations

import argparse

SUMMARY = "replay"
DESCRIPTION = "replay"
EXAMPLES = ("newsarchive replay",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""


def run(args: argparse.Namespace) -> int:
    """Do it."""
    raise NotImplementedError
