"""`newsarchive explain`."""

from __future__ import annotations

import argparse

SUMMARY = "explain"
DESCRIPTION = "explain"
EXAMPLES = ("newsarchive explain",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""


def run(args: argparse.Namespace) -> int:
    """Do it."""
    raise NotImplementedError
