"""The Scrapy add-on: newsarchive's pipelines, middlewares and safe settings for any project, in one line."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from scrapy.settings import BaseSettings

from newsarchive import __version__, options

if TYPE_CHECKING:
    from collections.abc import Iterator

# The environment is nearer to a run than a project's settings file (20), a spider's own settings (30) and -s (40) nearer
# still.
_ENVIRONMENT_PRIORITY = 25
# What makes a project this one and no other.
_OWN = frozenset({"ADDONS", "BOT_NAME", "SPIDER_MODULES", "NEWSPIDER_MODULE", "COMMANDS_MODULE", "LOG_LEVEL"})


class NewsArchive:
    """`ADDONS = {"newsarchive.addon.NewsArchive": 500}`: what newsarchive/settings.py says, at add-on priority.

    What the project sets itself wins, component by component: `ITEM_PIPELINES = {"newsarchive.pipelines.store.Store":
    None}` turns one pipeline off, `ROBOTSTXT_OBEY = False` changes one setting.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Set what a process reads before there is a crawl: the guarded resolver, and what it needs to know.

        This is the first moment all settings are known: one that cannot be read ends the program here, with one line.
        """
        logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells what it loads and how it looks, on every run
        for name, value in _values():
            if name == "TWISTED_DNS_RESOLVER" or name in options.BY_NAME:
                settings.set(name, value, "addon")
        settings.setdict(options.from_environment(), _ENVIRONMENT_PRIORITY)
        try:
            options.check(settings)
        except options.OptionError as error:
            sys.stderr.write(f"newsarchive: {error}\n")
            raise SystemExit(2) from None

    def update_settings(self, settings: BaseSettings) -> None:
        """Set everything else; dictionaries are merged, entry by entry."""
        for name, value in _values():
            if isinstance(value, dict):
                _merge(settings, name, value)
            else:
                settings.set(name, value, "addon")
        settings.setdict(options.from_environment(), _ENVIRONMENT_PRIORITY)
        settings.set("USER_AGENT", options.user_agent(settings, __version__), "addon")


def _values() -> Iterator[tuple[str, Any]]:
    """newsarchive's settings, without what makes its project its own."""
    from newsarchive import settings

    for name in sorted(vars(settings)):
        if name.isupper() and name not in _OWN and name not in options.BY_NAME:
            yield name, getattr(settings, name)
    for option in options.OPTIONS:
        yield option.name, option.default


def _merge(settings: BaseSettings, name: str, values: dict[str, Any]) -> None:
    """Add the entries of a dictionary of components that the project says nothing of."""
    known = settings[name]
    if not isinstance(known, BaseSettings):
        known = BaseSettings(known, settings.getpriority(name) or "default")
        settings.set(name, known, settings.getpriority(name) or "default")
    for key, value in values.items():
        if key not in settings[name]:
            settings[name].set(key, value, "addon")
