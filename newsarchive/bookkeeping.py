"""The books of one crawl: every page requested ends as one count and one row, with its reason. Nothing is silent.

Middlewares and pipelines settle pages here; whoever owns the archive gives the books a place to write rows to.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from weakref import WeakKeyDictionary

logger = logging.getLogger("newsarchive")

COMPLETE, FAILED, LEFT, BUSY, INTERRUPTED = 0, 1, 3, 75, 130
"""Exit codes. LEFT: the run's own limit was reached, and pages wait for the next one. BUSY: another crawl of the site runs."""

BUDGET, RUNNING = "budget", "already running"
"""Finish reasons: the time given to a run is over; another crawl of the site runs."""

SETTLED, NAMES = "newsarchive_settled", "newsarchive_names"
"""In the meta of a request: its page is settled by whom it was handed to; the other names that its item was asked for by."""


class State(StrEnum):
    """What became of a page."""

    ARCHIVED = "archived"
    LISTING = "listing"
    """A page that lists articles and is none: a feed, a sitemap, a section, robots.txt."""
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page's end: `reason` is a short standard phrase ("timeout", "http 404"), `detail` what else is known."""

    url: str
    state: State
    reason: str | None = None
    detail: str | None = None
    news: int | None = None
    """Of a listing: how many URLs it brought that were never seen."""


class Stats(Protocol):
    """The part of Scrapy's stats collector that the books need."""

    def inc_value(self, key: str, count: int = 1) -> None:
        """Add to a count."""


class Books:
    """The counts and rows of one crawl."""

    def __init__(self, stats: Stats) -> None:
        self.stats = stats
        self.write: Callable[[Entry], None] | None = None
        self.archive: object | None = None
        """The archive of the crawl, for who can use it; it belongs to who opened it."""
        self.remember: Callable[[str, str | None, str | None], None] | None = None
        """Where to keep what a page (URL) said of its state: ETag and Last-Modified."""
        self.listeners: list[Callable[[Iterable[str]], None]] = []
        """Who wants to hear the URLs that are settled, under all the names the books hear of."""

    def fetched(self) -> None:
        """Count a page that came, whatever it turns out to be."""
        self.stats.inc_value("newsarchive/fetched")

    def settle(
        self,
        url: str | None,
        state: State,
        reason: str | None = None,
        detail: str | None = None,
        *,
        count: str | None = None,
        aliases: Iterable[str] = (),
        row: bool = True,
        news: int | None = None,
    ) -> None:
        """Count a page once and write its row; `aliases` (redirects that led to it) get rows that are not counted.

        `count` is the stats' name where it is not the state's ("stored", "new_version"); `row=False` where the archive
        wrote the row itself. A page whose URL is not known is counted all the same.
        """
        self.stats.inc_value(f"newsarchive/{count or state}")
        if reason and state in (State.LISTING, State.REJECTED, State.FAILED):
            self.stats.inc_value(f"newsarchive/{state}/{reason}")
        if url and row:
            self.note(url, state, reason, detail, news=news)
        elif url:
            self.tell([url])
        for alias in aliases:
            if alias != url:
                self.note(alias, state, reason, f"redirected to {url}" if url else None)

    def rejected(self, url: str | None, reason: str, detail: str | None = None, *, aliases: Iterable[str] = ()) -> None:
        """Settle a page that is not wanted, for a reason that lies in the page or the rules."""
        logger.debug("Rejected (%s): %s", reason, url)
        self.settle(url, State.REJECTED, reason, detail, aliases=aliases)

    def failed(self, url: str | None, reason: str, detail: str | None = None, *, aliases: Iterable[str] = ()) -> None:
        """Settle a page that should have been had but was not; the run's exit code will say so."""
        logger.warning("Failed (%s): %s%s", reason, url, f" ({detail})" if detail else "")
        self.settle(url, State.FAILED, reason, detail, aliases=aliases)

    def note(
        self, url: str, state: State, reason: str | None = None, detail: str | None = None, *, news: int | None = None
    ) -> None:
        """Write a row without counting it."""
        if self.write is not None:
            self.write(Entry(url=url, state=state, reason=reason, detail=detail, news=news))
        self.tell([url])

    def tell(self, names: Iterable[str]) -> None:
        """Let the listeners know of URLs whose rows are written, or on their way before anything that is asked now."""
        for listener in self.listeners:
            listener(names)


_BOOKS: WeakKeyDictionary[Any, Books] = WeakKeyDictionary()


def of(crawler: Any) -> Books:
    """The books of a crawl (a Scrapy Crawler): the same ones for everybody who asks."""
    books = _BOOKS.get(crawler)
    if books is None:
        books = _BOOKS[crawler] = Books(crawler.stats)
    return books


def exit_code(stats: Mapping[str, Any]) -> int:
    """How a crawl ended, from its stats: one of COMPLETE, FAILED (or ended early), LEFT, BUSY and INTERRUPTED."""
    reason = stats.get("finish_reason")
    if reason == "shutdown":
        return INTERRUPTED
    if reason == RUNNING:
        return BUSY
    broken = stats.get("newsarchive/failed") or stats.get("spider_exceptions/count")
    unwritten = any(key.startswith("feedexport/failed_count/") for key in stats)
    if broken or unwritten or reason not in ("finished", BUDGET):
        return FAILED
    return LEFT if reason == BUDGET or stats.get("newsarchive/left") else COMPLETE


_NOT_LEFT_OUT = ("known", "twin")
"""Links that were found before, under this or another name."""


def left_out(stats: Mapping[str, Any]) -> dict[str, int]:
    """How many links were found and not asked for, by reason, the most frequent first."""
    found = reasons(stats, "newsarchive/discovery/skipped/")
    return {reason: number for reason, number in found.items() if reason not in _NOT_LEFT_OUT}


def reasons(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    """The counts whose names begin so, by the rest of their names, the most frequent first."""
    found = {key.removeprefix(prefix): int(value) for key, value in stats.items() if key.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
