"""`newsarchive migrate`: the database brought to the present schema."""

from __future__ import annotations

import argparse

from newsarchive.cli import archives, configuration

SUMMARY = "create the archive, or bring it to the present schema"
DESCRIPTION = """Create the archive's tables, or bring those of an older newsarchive to the present schema.

Every verb does this on first use; run it by itself before many processes start on one database."""
EXAMPLES = (
    "newsarchive migrate",
    "newsarchive migrate --database postgresql+psycopg://user@host/news",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The settings alone."""
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Migrate and say where."""
    settings = configuration.load(args)
    archives.open_archive(settings).close()
    print(f"{archives.shown(settings)}: up to date")
    return 0
