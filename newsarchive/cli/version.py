"""`newsarchive version`: the versions a bug report needs."""

from __future__ import annotations

import argparse
import platform

from newsarchive import __version__

SUMMARY = "show the versions in use"
DESCRIPTION = (
    "Show the version of newsarchive, of Python and of the libraries it stands on, as a bug report needs them."
)
EXAMPLES = ("newsarchive version",)
LIBRARIES = ("scrapy", "twisted", "sqlalchemy", "alembic", "selectolax", "warcio", "rich")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - every verb is handed its options
    """Print one name and version a line."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    print(f"newsarchive {__version__}")
    print(f"python {platform.python_version()} ({platform.platform()})")
    for name in LIBRARIES:
        try:
            print(f"{name} {installed(name)}")
        except PackageNotFoundError:
            print(f"{name} is not installed")
    return 0
