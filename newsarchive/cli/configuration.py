"""The settings a verb works with: defaults, the environment, the project's own, then the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from newsarchive.cli.errors import UsageError

if TYPE_CHECKING:
    from scrapy.settings import Settings


def add_settings(parser: argparse.ArgumentParser) -> None:
    """The options of every verb that reads settings."""
    group = parser.add_argument_group("settings")
    group.add_argument(
        "-s",
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a setting, as scrapy's -s (may be repeated); `newsarchive settings` lists them",
    )
    group.add_argument(
        "--database",
        metavar="URL",
        help="the archive: an SQLAlchemy URL, or the path of an SQLite file (NEWSARCHIVE_DATABASE_URL)",
    )


def pairs(values: list[str], flag: str) -> dict[str, str]:
    """NAME=VALUE arguments as a dict; a UsageError names the one that is none."""
    found: dict[str, str] = {}
    for value in values:
        name, sign, setting = value.partition("=")
        if not sign or not name:
            raise UsageError(f"invalid {flag} value {value!r}, use {flag} NAME=VALUE")
        found[name] = setting
    return found


def load(args: argparse.Namespace) -> Settings:
    """The Scrapy settings of the project around the working directory, or newsarchive's own outside of any."""
    from scrapy.settings import Settings
    from scrapy.utils.project import get_project_settings, inside_project

    overrides = pairs(args.set, "-s")
    if args.database:
        overrides["NEWSARCHIVE_DATABASE_URL"] = database_url(args.database)
    if inside_project():
        settings = get_project_settings()
    else:
        settings = Settings()
        settings.setmodule("newsarchive.settings", priority="project")
    settings.setdict(overrides, priority="cmdline")
    return settings


def database_url(value: str) -> str:
    """An SQLAlchemy URL; a plain path is an SQLite file."""
    return value if "://" in value else f"sqlite:///{value}"
