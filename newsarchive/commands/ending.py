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

from scrapy.spiderloader import get_spider_loader

from newsarchive import bookkeeping, options

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase
    from scrapy.settings import BaseSettings

logger = logging.getLogger("newsarchive")


def refusal(message: str) -> SystemExit:
    """The end of a command that was used wrongly: one line on stderr, exit code 2.

    Scrapy's UsageError would print the command's whole usage around the line.
    """
    sys.stderr.write(f"scrapy: {message}\n")
    return SystemExit(2)


def check(settings: BaseSettings) -> None:
    """Refuse a setting that cannot be read, or an output file that cannot be written."""
    try:
        options.check(settings)
    except options.OptionError as error:
        raise refusal(str(error)) from None
    for uri in settings.getdict("FEEDS"):
        if (problem := unwritable(str(uri))) is not None:
            raise refusal(problem)


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
    known = sorted(get_spider_loader(settings).list())
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
        logger.error("The crawl could not start: %s", error, exc_info=error)
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
    if result != bookkeeping.COMPLETE:
        reasons = {
            key.removeprefix("newsarchive/failed/"): value
            for key, value in sorted(stats.items())
            if key.startswith("newsarchive/failed/")
        }
        told = ", ".join(f"{name} {count}" for name, count in reasons.items())
        logger.error("Incomplete (%s)%s", stats.get("finish_reason", "no end"), f": {told}" if told else "")
    return result
