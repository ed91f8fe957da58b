"""Stores what a replay read, in its order and in batches; each batch with the place where the next replay would go on.

How much is stored at once, and when, depends on the input alone, never on the clock or on which worker was first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from newsarchive import urls
from newsarchive.archive import Archive, Done, Entry, Outcome, Prepared, Progress, made_ready
from newsarchive.bookkeeping import Books, State
from newsarchive.bookkeeping import Entry as Row
from newsarchive.captures import Skipped
from newsarchive.middlewares.callbacks import LISTINGS
from newsarchive.spiders.replaying import FAILURES, Ready

BATCH: Final = 200
"""Pages and rows that are stored at once, at least: every statement and commit costs the same for one as for many."""
HELD_UNITS: Final = 64
"""For how many units the AMP form of a page waits for the page itself."""


@dataclass(slots=True)
class _Held:
    """The AMP form of a page, which waits for the page itself; `since` is where a replay would have to go on for it."""

    ready: Ready
    since: Progress


class Store:
    """Takes what units gave and keeps it in the archive; `key` is that of the input, `kept` how far it is stored."""

    def __init__(self, archive: Archive, books: Books, key: str) -> None:
        self.archive, self.books, self.key = archive, books, key
        self.kept: Progress | None = None
        self._pages: dict[str, list[Ready]] = {}
        """Those that wait to be stored, by the keys of their addresses."""
        self._held: dict[str, _Held] = {}
        self._rows: list[Row] = []
        self._waiting = 0
        books.write = self._rows.append

    def take(self, found: Iterable[Ready | Skipped], before: Progress) -> None:
        """Settle what a unit gave; `before` is the place where it begins."""
        for one in found:
            if isinstance(one, Skipped):
                self._skip(one)
                continue
            self.books.fetched()
            key = urls.key(one.url)
            if one.original is not None:
                self._settle_form(one, one.original, key, before)
                continue
            if (twin := self._held.pop(key, None)) is not None:
                self._alias(twin.ready, one.url)
                one.name(twin.ready)
            self._add(key, one)
        for key, held in list(self._held.items()):
            if (
                before.units - held.since.units >= HELD_UNITS
            ):  # the page did not come in time: the form is what there is
                self._add(key, self._held.pop(key).ready)

    def proceed(self, to: Progress) -> None:
        """Store what waits where that is enough; the next replay would go on at `to`, or at a form that still waits for its page."""
        if self._waiting + len(self._rows) >= BATCH:
            self._save(min([*(held.since for held in self._held.values()), to], key=lambda since: since.units))

    def finish(self) -> None:
        """Store all that is left: the input is through."""
        for key, held in self._held.items():
            self._add(key, held.ready)
        self._held.clear()
        self._save(None)

    def _add(self, key: str, one: Ready) -> None:
        self._pages.setdefault(key, []).append(one)
        self._waiting += 1

    def _settle_form(self, one: Ready, original: str, key: str, before: Progress) -> None:
        """An AMP or mobile form says less than its page: it is a name of it, unless the page never comes."""
        if pages := self._pages.get(key):
            pages[-1].name(one)
        elif (stored := self.archive.find(original)) is not None:
            rows = made_ready(stored.article, datetime.now(UTC))
            rows.name([one.url, *list(one.rows.keys.values())[1:]])
            self._add(key, Ready(rows=rows, url=original))
        else:
            self._held.setdefault(key, _Held(one, before))
            return
        self._alias(one, original)

    def _alias(self, form: Ready, page: str) -> None:
        self.books.settle(form.url, State.DUPLICATE, "alias", f"see {page}")

    def _skip(self, skipped: Skipped) -> None:
        url = skipped.url or Path(skipped.place).absolute().as_uri()
        if skipped.reason in LISTINGS:
            self.books.settle(url, State.LISTING, skipped.reason)
            return
        is_failure = skipped.reason in FAILURES or skipped.reason.startswith("extraction")
        settle = self.books.failed if is_failure else self.books.rejected
        settle(url, skipped.reason, skipped.detail or skipped.place)

    def _save(self, to: Progress | None) -> None:
        batch: list[Prepared] = []
        for one in (one for pages in self._pages.values() for one in pages):
            if one.rows.verdict.is_readable:
                batch.append(one.rows)
            else:
                self._reject(one)
        self._pages, self._waiting = {}, 0
        done = Done(input=self.key, progress=to)
        for outcome in self.archive.save_ready(batch, self._entries(), done):
            self._count(outcome)
        if self._rows:  # of articles that could not be written
            self.archive.record(self._entries())
        self.kept = to

    def _entries(self) -> list[Entry]:
        rows, self._rows[:] = [_entry(row) for row in self._rows], []
        return rows

    def _reject(self, one: Ready) -> None:
        reason, url = one.rows.verdict.value, one.rows.url
        self.books.settle(url, State.REJECTED, reason)
        for name in dict.fromkeys((one.url, *one.names)):
            if name != url:
                self.books.note(name, State.REJECTED, reason, f"see {url}")

    def _count(self, outcome: Outcome) -> None:
        """As the pipelines count: rows are the archive's own, but for what could not be written."""
        if outcome.status in ("stored", "new_version"):
            self.books.settle(outcome.url, State.ARCHIVED, count=outcome.status, row=False)
        elif outcome.status == "failed":
            self.books.failed(outcome.url, outcome.reason or "archive", outcome.detail)
        else:
            self.books.settle(outcome.url, State(outcome.status), outcome.reason, row=False)


def _entry(row: Row) -> Entry:
    state: Any = (State.ARCHIVED if row.state is State.UNCHANGED else row.state).value
    return Entry(url=row.url, state=state, reason=row.reason, detail=row.detail)
