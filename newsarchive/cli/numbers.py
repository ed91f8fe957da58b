"""Whole numbers on the command line, with a plain word for what is none."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def at_least(lowest: int) -> Callable[[str], int]:
    """The type of an option that takes a whole number, `lowest` or more."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = lowest - 1
        if number < lowest:
            raise argparse.ArgumentTypeError(f"takes a whole number, {lowest} or more, not {text!r}")
        return number

    return read
