"""Reads a part of saved pages or WARC files whole: what the workers of a replay do. It knows no Scrapy, and no database is open."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from newsarchive import urls
from newsarchive.archive import Prepared, made_ready
from newsarchive.article import Article
from newsarchive.captures import Folder, Saved, Skipped, Wanted, records, slices
from newsarchive.captures.saved import Meta
from newsarchive.captures.slices import Files, Slice, Unit
from newsarchive.extraction.dates import Hint, Known
from newsarchive.recipe import Recipe
from newsarchive.spiders import reading
from newsarchive.spiders.sites import Sites, recipe

CAPTURE: Final = "capture"
"""The entry of an article's provenance that says where its raw page is kept."""


FAILURES: Final = frozenset(
    {
        "unreadable file",
        "damaged record",
        "damaged body",
        "torn record",
        "wrong length",
        "wrong digest",
        "no http headers",
        "arc file",
        "bad metadata",
        "no url",
        "extraction error",
    }
)
"""Reasons that mean a page was there and could not be had; any other reason says that there is no page to keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A part of the input, which of its records are wanted, and what is known of pages from outside of them."""

    unit: Unit
    wanted: Wanted = field(default_factory=Wanted)
    stated: Meta = field(default_factory=Meta)
    sites: Sites = ()
    neighbours: Path | None = None
    """A file of what the archive knew of each site's dates before the replay began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A question: where do the records of a part begin? For one that cannot be read at once."""

    unit: Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One page read: its article with all its names, the address it was captured under, and the page it is a form of."""

    article: Article
    url: str
    names: tuple[str, ...] = ()
    original: str | None = None


@dataclass(slots=True, kw_only=True)
class Ready:
    """A page read and made ready to be stored, so that who stores it has little left to do; names as in Read."""

    rows: Prepared
    url: str
    names: tuple[str, ...] = ()
    original: str | None = None

    def name(self, form: Ready) -> None:
        """Let the names of another form of the page lead to it."""
        first, *others = form.rows.keys.values()
        self.rows.name([*others, first, form.url])


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a part gave, in its order; `begin` and `end` are where its records begin and the next part's do."""

    found: list[Ready | Skipped] = field(default_factory=list)
    begin: int | None = None
    end: int = 0
    records: int = 0


def run(task: Task | Outline) -> Answer | list[int]:
    """Read a part; of an Outline, the places of its records."""
    if isinstance(task, Outline):
        return _places(task.unit)
    if isinstance(task.unit, Files):
        answer = Answer(records=len(task.unit.files))
        answer.found = list(_read(slices.pages(task.unit, task.stated), task))
        return answer
    with slices.read(task.unit, task.wanted, Folder(task.unit.file.parent).resolve) as (reader, pages):
        found = list(_read(pages, task))
        return Answer(found=found, begin=reader.begin, end=reader.end, records=reader.records)


def _places(part: Slice) -> list[int]:
    first = slices.begin(part)
    with slices.opened(part) as file:
        found = () if first is None else records.read(file, first, part.end, max_block=0)
        return [one.offset for one in found if isinstance(one, records.Damage) or one.kind in records.HEADS]


def _read(pages: Iterable[Saved | Skipped], task: Task) -> Iterable[Ready | Skipped]:
    for one in pages:
        if isinstance(one, Skipped):
            yield one
            continue
        try:
            rules = recipe(task.sites, one.page.url, one.page.captured_at)
            yield ready(page(one, rules, _known(task.neighbours, one.page.url)))
        except Exception as error:  # noqa: BLE001 - whatever a page does to the reader is that page's reason
            yield Skipped(one.place, "extraction error", f"{type(error).__name__}: {error}"[:300], one.page.url)


def page(saved: Saved, rules: Recipe | None, around: Known | None = None) -> Read:
    """The article of a page, by what a crawl knew of it: its other names, its dates in feeds, where it is kept."""
    hints = [Hint(source=source, role=role, value=value) for source, role, value in saved.crawled.dates]
    found = reading.read(saved.page, rules, hints=hints, known=around)
    article = known(found.article, saved)
    return Read(article=article, url=saved.page.url, names=saved.crawled.names, original=found.original)


def ready(read: Read) -> Ready:
    """A page as it is stored; one whose time of capture nobody knows counts as seen now."""
    rows = made_ready(read.article, datetime.now(UTC))
    return Ready(rows=rows, url=read.url, names=read.names, original=read.original)


def _known(file: Path | None, url: str) -> Known | None:
    """What the articles around an address say of its date; None where that is nothing."""
    if file is None or (neighbours := _neighbours(file).get(urls.site(url))) is None:
        return None
    bounds = neighbours.around(url)
    return Known(**bounds._asdict()) if any(bounds) else None


@lru_cache(maxsize=1)
def _neighbours(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = pickle.loads(file.read_bytes())  # noqa: S301 - our own parent wrote it
    return found


def known(article: Article, saved: Saved) -> Article:
    """The article with what its page does not say: the names that led to it, and where it is kept."""
    names = dict.fromkeys([*article.aliases, *saved.crawled.names, saved.page.url])
    provenance = article.provenance
    if place := saved.location:
        kept = {"file": place.file, "offset": place.offset, "length": place.length, "digest": place.digest}
        provenance = {**provenance, CAPTURE: kept}
    return replace(article, aliases=[name for name in names if name != article.url], provenance=provenance)
