"""Re-extraction: stored articles read again from their captures by today's rules, compared, and stored as new versions."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from newsarchive.archive import Archive, Filters
from newsarchive.article import Article
from newsarchive.captures import Location
from newsarchive.spiders import rereading
from newsarchive.spiders.replaying import CAPTURE
from newsarchive.spiders.rereading import Batch, Change, Reread, Rereading
from newsarchive.spiders.sites import Sites
from newsarchive.spiders.workers import Pool, ReadingError

AT_ONCE: Final = 32
SITES_TOLD: Final = 10
TIMES: Final = 6
"""How many times the limit of one page a whole batch may take before it is read page by page."""


@dataclass(slots=True)
class Field:
    """How one field changed over all articles."""

    gained: int = 0
    lost: int = 0
    changed: int = 0


@dataclass(slots=True)
class Measure:
    """A mean before and after."""

    old: float = 0.0
    new: float = 0.0
    number: int = 0

    def add(self, old: float, new: float) -> None:
        """Take one more article in."""
        self.old, self.new, self.number = self.old + old, self.new + new, self.number + 1

    def as_dict(self) -> dict[str, float | None]:
        """The means, and how much the new one is of the old."""
        if not self.number:
            return {"old": None, "new": None}
        return {"old": round(self.old / self.number, 4), "new": round(self.new / self.number, 4)}


@dataclass(slots=True)
class Report:
    """What re-extraction found: counts by field and site, what articles came to, means of length and confidence, samples."""

    articles: int = 0
    same: int = 0
    differ: int = 0
    written: int = 0
    unreadable: int = 0
    """Pages that today's rules take for no article: they are told, and their versions stay."""
    reasons: Counter[str] = field(default_factory=Counter)
    fields: dict[str, Field] = field(default_factory=dict)
    sites: dict[str, Counter[str]] = field(default_factory=dict)
    length: Measure = field(default_factory=Measure)
    confidence: Measure = field(default_factory=Measure)
    samples: dict[str, list[tuple[str, Change]]] = field(default_factory=dict)
    each: int = 3
    """How many samples of a field are kept."""

    def add(self, one: Reread) -> None:
        """Take one article in."""
        self.articles += 1
        if one.new is None:
            self.reasons[one.reason or "unknown"] += 1
            return
        site = self.sites.setdefault(one.old.site or "unknown", Counter())
        site["articles"] += 1
        self.length.add(len(one.old.text), len(one.new.text))
        if one.old.published is not None or one.new.published is not None:
            self.confidence.add(
                *((date.confidence if date else 0.0) for date in (one.old.published, one.new.published))
            )
        self.same += not one.changes
        self.differ += bool(one.changes)
        for change in one.changes:
            counts = self.fields.setdefault(change.field, Field())
            setattr(counts, change.kind, getattr(counts, change.kind) + 1)
            site[change.kind] += 1
            shown = self.samples.setdefault(change.field, [])
            if len(shown) < self.each:
                shown.append((one.old.url, change))

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "articles": self.articles,
            "same": self.same,
            "differ": self.differ,
            "written": self.written,
            "no article any more": self.unreadable,
            "not read": dict(self.reasons),
            "fields": {
                name: {"gained": one.gained, "lost": one.lost, "changed": one.changed}
                for name, one in self.fields.items()
            },
            "characters of text": self.length.as_dict(),
            "confidence of dates": self.confidence.as_dict(),
            "sites": {name: dict(counts) for name, counts in self.most_changed()},
        }

    def most_changed(self) -> list[tuple[str, Counter[str]]]:
        """The sites with the most changes of fields, those first."""
        return sorted(self.sites.items(), key=lambda one: (-sum(one[1].values()) + one[1]["articles"], one[0]))[
            :SITES_TOLD
        ]


def run(
    archive: Archive,
    folder: Path,
    filters: Filters,
    report: Report,
    *,
    sites: Sites = (),
    workers: int = 0,
    timeout: float = 20.0,
    write: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Read the articles of a filter again, and with `write` store what differs as versions that the rules made."""
    pool: Pool[Batch, list[Reread]] = Pool(rereading.run, size=workers, timeout=TIMES * timeout)
    pending: deque[tuple[Batch, Future[list[Reread]]]] = deque()
    asked = _asked(archive, filters, report)
    try:
        while True:
            part = tuple(islice(asked, AT_ONCE))
            if part:
                batch = Batch(folder=folder, articles=part, sites=sites)
                pending.append((batch, pool.submit(batch)))
            if not pending:
                return
            if not part or len(pending) > 2 * workers:
                batch, future = pending.popleft()
                _take(archive, _answer(pool, batch, future), report, write=write)
                told(report.articles)
    finally:
        pool.close()


def _asked(archive: Archive, filters: Filters, report: Report) -> Iterator[Rereading]:
    """The articles of a filter whose page is kept; others are counted."""
    for stored in archive.rows(filters):
        article = stored.article
        place = article.provenance.get(CAPTURE)
        if place is None:
            report.add(Reread(old=article, reason="no capture"))
        else:
            yield Rereading(article=article, location=Location(**place))


def _answer(pool: Pool[Batch, list[Reread]], batch: Batch, future: Future[list[Reread]]) -> list[Reread]:
    try:
        return future.result()
    except ReadingError as error:
        if len(batch.articles) == 1:
            return [Reread(old=batch.articles[0].article, reason=error.reason)]
    found: list[Reread] = []
    for one in batch.articles:  # which of them was it?
        single = Batch(folder=batch.folder, articles=(one,), sites=batch.sites)
        found += _answer(pool, single, pool.submit(single))
    return found


def _take(archive: Archive, found: list[Reread], report: Report, *, write: bool) -> None:
    changed: list[Article] = []
    for one in found:
        report.add(one)
        if one.new is None or not one.changes:
            continue
        if one.new.verdict.is_readable:
            changed.append(one.new)
        else:
            report.unreadable += 1
    if write and changed:
        for outcome in archive.save(changed, cause="rules"):
            report.written += outcome.status == "new_version"
            if outcome.status != "new_version":
                report.reasons[f"not written: {outcome.reason or outcome.detail or outcome.status}"] += 1
