"""How a command that crawls begins and ends: wrong usage told in one line, and an exit code that says what happened."""

from __future__ import annotations

import asyncio
import difflib
import logging
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, iter_default_settings
from scrapy.spiderloader import get_spider_loader

from newsarchive import bookkeeping, options

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase

logger = logging.getLogger("newsarchive")

_WAITING = "the run's own limit is reached, and pages wait in the ledger for the next run"


def refusal(message: str) -> SystemExit:
    """The end of a command that was used wrongly: one line on stderr, exit code 2.

    Scrapy's UsageError would print the command's whole usage around the line.
    """
    sys.stderr.write(f"scrapy: {message}\n")
    return SystemExit(2)


def check(settings: BaseSettings) -> None:
    """Refuse a setting that cannot be read, or a file (feed, log, state of a job) that cannot be written."""
    try:
        options.check(settings)
    except options.OptionError as error:
        raise refusal(str(error)) from None
    if (problem := misread(settings)) is not None:
        raise refusal(problem)
    files = [str(uri) for uri in settings.getdict("FEEDS")]
    files += [settings["LOG_FILE"]] if settings["LOG_FILE"] and settings.getbool("LOG_ENABLED") else []
    files += [f"{settings['JOBDIR']}/requests.seen"] if settings["JOBDIR"] else []
    captures = options.value(settings, "NEWSARCHIVE_CAPTURES")
    files += [str(captures / "pages.warc.gz")] if captures is not None else []
    for file in files:
        if (problem := unwritable(file)) is not None:
            raise refusal(problem)
    log = Path(settings["LOG_FILE"] or ".")
    if not log.absolute().parent.is_dir():
        raise refusal(f"cannot write {log}: no folder {log.parent}")


def misread(settings: BaseSettings) -> str | None:
    """What is wrong with a value that `-s` gives one of Scrapy's own settings, which would end in a traceback; or None."""
    for name, default in iter_default_settings():
        if (settings.getpriority(name) or 0) < SETTINGS_PRIORITIES["cmdline"]:
            continue
        if isinstance(default, (bool, int, float)):
            read = settings.getbool if isinstance(default, bool) else settings.getfloat
            try:
                read(name)
            except (ValueError, TypeError):
                kind = "True or False" if isinstance(default, bool) else "a number"
                return f"{name} takes {kind}, not {settings[name]!r}"
        if isinstance(default, dict) and not isinstance(settings[name], (dict, BaseSettings)):
            return f"{name} takes a JSON object, not {settings[name]!r}"
    level = settings["LOG_LEVEL"]
    if not isinstance(level, int) and str(level) not in logging.getLevelNamesMapping():
        return f"LOG_LEVEL takes one of DEBUG, INFO, WARNING, ERROR, CRITICAL, not {level!r}"
    return None


def unwritable(uri: str) -> str | None:
    """Why a feed's file could not be written, or None; nothing is changed. URIs of other places are not judged."""
    parts = urlsplit(uri)
    if parts.scheme not in ("", "file") or "%(" in uri:
        return None
    file = Path(parts.path if parts.scheme else uri)
    if file.is_dir():
        return f"cannot write {file}: it is a folder"
    folder = next((parent for parent in file.absolute().parents if parent.exists()), Path("/"))
    if not folder.is_dir():
        return f"cannot write {file}: {folder} is no folder"
    try:
        if file.exists():
            file.open("ab").close()
        else:
            TemporaryFile(dir=folder).close()
    except OSError as error:
        return f"cannot write {file}: {error.strerror or error}"
    return None


def check_spider(settings: BaseSettings, name: str) -> None:
    """Refuse a spider that does not exist, naming those whose names are near, or all if they are few."""
    try:
        known = sorted(get_spider_loader(settings).list())
    except ImportError as error:
        raise refusal(f"the spiders cannot be loaded: {error}") from None
    if name in known:
        return
    near = difflib.get_close_matches(name, known, n=3) or (known if len(known) <= 10 else [])
    hint = f"did you mean {' or '.join(near)}?" if near else "`scrapy list` names them all"
    raise refusal(f"no spider {name!r}: {hint}")


def run(process: CrawlerProcessBase, crawler: Crawler, arguments: dict[str, Any]) -> int:
    """Run a crawl to its end and return its exit code; a spider that refuses its arguments is wrong usage."""
    errors: list[BaseException] = []
    started: Any = process.crawl(crawler, **arguments)
    if isinstance(started, asyncio.Future):
        started.add_done_callback(lambda task: errors.extend(_error(task)))
    else:
        started.addErrback(lambda failure: errors.append(failure.value))
    process.start()
    for error in errors:
        if _is_usage(error, crawler):
            raise refusal(f"{crawler.spidercls.name}: {error}")
        logger.error("The crawl could not start: %s: %s", type(error).__name__, error)
        logger.debug("Where it could not:", exc_info=error)
    return code(crawler, failed=bool(errors) or process.bootstrap_failed)


def _error(task: asyncio.Future[Any]) -> list[BaseException]:
    """The exception a task ended in; asking for it keeps asyncio from printing it as forgotten."""
    error = None if task.cancelled() else task.exception()
    return [error] if error is not None else []


def _is_usage(error: BaseException, crawler: Crawler) -> bool:
    """True for what a spider says of arguments it cannot take: its own OptionError, or one it lacks or does not know."""
    constructor = f"{crawler.spidercls.__name__}.__init__()"
    return isinstance(error, options.OptionError) or (isinstance(error, TypeError) and constructor in str(error))


def code(crawler: Crawler, *, failed: bool) -> int:
    """The exit code of a crawl that has ended; `failed` when it could not even start."""
    if failed or crawler._stats is None:  # the property raises before a crawl has stats
        return bookkeeping.FAILED
    stats = crawler.stats.get_stats()
    result = bookkeeping.exit_code(stats)
    if left_out := bookkeeping.left_out(stats):
        told = ", ".join(f"{reason} {number:,}" for reason, number in left_out.items())
        logger.info("%s links left out (%s)", f"{sum(left_out.values()):,}", told)
    if result in (bookkeeping.LEFT, bookkeeping.BUSY):
        logger.info(
            "Not complete: %s", _WAITING if result == bookkeeping.LEFT else "another crawl of the site is running"
        )
    elif result != bookkeeping.COMPLETE:
        reasons = {
            key.removeprefix("newsarchive/failed/"): value
            for key, value in sorted(stats.items())
            if key.startswith("newsarchive/failed/")
        }
        told = ", ".join(f"{name} {count}" for name, count in reasons.items())
        logger.error("Incomplete (%s)%s", stats.get("finish_reason", "no end"), f": {told}" if told else "")
    return result
