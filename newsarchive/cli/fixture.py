"""`newsarchive fixture`."""

from __future__ import annotations

import argparse

SUMMARY = "fixture"
DESCRIPTION = "fixture"
EXAMPLES = ("newsarchive fixture",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""


def run(args: argparse.Namespace) -> int:
    """Do it."""
    raise NotImplementedError
