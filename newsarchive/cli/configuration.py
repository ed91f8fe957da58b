"""The settings a verb works with: defaults, the environment, the project's own, then the command line."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from newsarchive.cli.errors import CommandError, UsageError

if TYPE_CHECKING:
    from scrapy.settings import Settings
    from scrapy.spiderloader import SpiderLoaderProtocol

ADDON = "newsarchive.addon.NewsArchive"
SPIDERS = "newsarchive.spiders"
ENVIRONMENT_PRIORITY = 25
"""Above a project's settings file (20), below -s (40), as the add-on has it."""


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
    """The Scrapy settings of the project around the working directory, or newsarchive's own outside of any.

    In a project of somebody else our add-on and our spiders join in. A value that cannot be read is an OptionError.
    """
    from scrapy.settings import Settings
    from scrapy.utils.conf import closest_scrapy_cfg
    from scrapy.utils.project import ENVVAR

    from newsarchive import options

    overrides = pairs(args.set, "-s")
    if args.database:
        overrides["NEWSARCHIVE_DATABASE_URL"] = database_url(args.database)
    if os.environ.get(ENVVAR) or closest_scrapy_cfg():
        settings = _project_settings()
    else:
        settings = Settings()
        settings.setmodule("newsarchive.settings", priority="project")
    settings.setdict(options.from_environment(), priority=ENVIRONMENT_PRIORITY)
    for name, value in overrides.items():
        try:
            settings.set(name, value, priority="cmdline")
        except ValueError as error:  # a dictionary of Scrapy's, which is to be written as JSON
            raise UsageError(f"{name} takes JSON, not {value!r}: {error}") from error
    options.check(settings)
    return settings


def spiders(settings: Settings) -> SpiderLoaderProtocol:
    """The project's spiders; a CommandError names the file that cannot be imported."""
    from scrapy.spiderloader import get_spider_loader

    try:
        return get_spider_loader(settings)
    except Exception as error:
        raise CommandError(f"the spiders of this project cannot be loaded: {_named(error)}") from error


def _project_settings() -> Settings:
    """The settings of the Scrapy project we are in, with ours beneath where it is not newsarchive's own."""
    from scrapy.utils.project import get_project_settings

    try:
        settings = get_project_settings()
    except Exception as error:
        raise CommandError(f"the settings of this Scrapy project cannot be read: {_named(error)}") from error
    if settings.get("BOT_NAME") == "newsarchive":
        return settings
    addons = settings.getdict("ADDONS")
    if ADDON not in addons:
        settings.set("ADDONS", {**addons, ADDON: 500}, priority="project")
    modules = settings.getlist("SPIDER_MODULES")
    if SPIDERS not in modules:
        settings.set("SPIDER_MODULES", [*modules, SPIDERS], priority="project")
    return settings


def database_url(value: str) -> str:
    """An SQLAlchemy URL; a plain path is an SQLite file."""
    return value if "://" in value else f"sqlite:///{value}"


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
