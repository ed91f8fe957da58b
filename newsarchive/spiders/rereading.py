"""Reads captures of stored articles again, by today's rules: what the workers of a re-extraction do. No Scrapy, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from newsarchive.article import Article, PublishedDate
from newsarchive.captures import Folder, Location, Saved, Skipped
from newsarchive.captures.saved import MAX_BYTES
from newsarchive.captures.warcs import PageReader
from newsarchive.spiders import replaying
from newsarchive.spiders.sites import Sites, recipe

FIELDS: Final = (
    "title", "standfirst", "body", "published", "modified", "authors", "agencies", "images", "section", "tags",
    "language", "publisher", "verdict", "is_free",
)  # fmt: skip
"""The fields that are compared, in the order a reader meets them."""
_FILLED: Final = ("authors", "agencies", "images", "section", "tags", "publisher", "language", "is_free", "amp_url")
"""Fields that a version may have from a twin of its page (see docs/archive.md, "One article at its best")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """An article as it is stored, and where its page is kept."""

    article: Article
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some articles to be read again from a folder of captures."""

    folder: Path
    articles: tuple[Rereading, ...]
    sites: Sites = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One field that reads otherwise now: "gained" (it was empty), "lost" (it is empty now) or "changed"."""

    field: str
    kind: str
    old: Any
    new: Any


@dataclass(slots=True, kw_only=True)
class Reread:
    """What became of one article: its new reading and how that differs, or the reason why there is none."""

    old: Article
    new: Article | None = None
    changes: list[Change] = field(default_factory=list)
    reason: str | None = None


def run(batch: Batch) -> list[Reread]:
    """Read a batch again."""
    folder = Folder(batch.folder)
    return [_one(folder, one, batch.sites) for one in batch.articles]


def _one(folder: Folder, asked: Rereading, sites: Sites) -> Reread:
    old = asked.article
    try:
        new = _read(folder, asked.location, old, sites)
    except OSError as error:
        return Reread(old=old, reason=f"capture: {error.strerror}")
    except Exception as error:  # noqa: BLE001 - whatever a page does to the reader is that page's reason
        return Reread(old=old, reason=f"extraction error: {type(error).__name__}")
    if isinstance(new, str):
        return Reread(old=old, reason=new)
    changes = compare(old, new)
    if any(change.kind == "lost" and change.field in _FILLED for change in changes) or _is_vaguer(old, new):
        new = _filled(folder, new, old, sites)
        changes = compare(old, new)
    return Reread(old=old, new=new, changes=changes)


def _read(folder: Folder, place: Location, old: Article, sites: Sites) -> Article | str:
    """The article of a capture, captured when its version was; or the reason why there is none."""
    with (folder.path / place.file).open("rb") as file:
        reader = PageReader(file, place.file, place.file, max_bytes=MAX_BYTES, resolve=folder.resolve)
        found = next(iter(reader.pages(place.offset, place.offset + 1)), None)
    if found is None:
        return "capture: no page at its place"
    if isinstance(found, Skipped):
        return f"capture: {found.reason}"
    if place.digest and (found.location is None or found.location.digest != place.digest):
        return "capture: another page is at its place"
    names = {old.url, *old.aliases}
    url = found.page.url if found.page.url in names else old.url
    saved = replace(found, page=replace(found.page, url=url, captured_at=old.captured_at or found.page.captured_at))
    return _article(saved, sites)


def _article(saved: Saved, sites: Sites) -> Article:
    return replaying.page(saved, recipe(sites, saved.page.url, saved.page.captured_at)).article


def _filled(folder: Folder, new: Article, old: Article, sites: Sites) -> Article:
    """What the page does not say, from its twins: their captures are read again, too."""
    for name in old.aliases:
        line = folder.nearest(name, old.captured_at)
        if line is None or line.status != 200:
            continue
        twin = _read(folder, line.location, replace(old, url=name, captured_at=line.captured_at), sites)
        if isinstance(twin, Article) and twin.url == new.url and twin.text == new.text:
            lacking = {name: value for name in _FILLED if not getattr(new, name) and (value := getattr(twin, name))}
            for which in ("published", "modified"):
                stated: PublishedDate | None = getattr(twin, which)
                if stated is not None and _units(stated) > _units(getattr(new, which)):
                    lacking[which] = stated
            rules = {name: twin.provenance[name] for name in lacking if name in twin.provenance}
            new = replace(new, **lacking, provenance={**new.provenance, **rules})
    return new


def _units(date: PublishedDate | None) -> int:
    return len(date.isoformat()) if date is not None else 0


def _is_vaguer(old: Article, new: Article) -> bool:
    return any(_units(getattr(new, which)) < _units(getattr(old, which)) for which in ("published", "modified"))


def compare(old: Article, new: Article) -> list[Change]:
    """How two readings of one page differ, field by field; a date differs when it says another day, time, zone or unit."""
    changes = []
    for name in FIELDS:
        before, after = plain(getattr(old, name)), plain(getattr(new, name))
        if before != after:
            kind = "gained" if not before else "lost" if not after else "changed"
            changes.append(Change(name, kind, before, after))
    return changes


def plain(value: Any) -> Any:
    """A field's value as text or lists of text, so that what is the same compares and prints the same."""
    if isinstance(value, PublishedDate):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    if hasattr(value, "url"):
        return " | ".join(str(part) for part in (value.url, value.alt, value.caption, value.credit) if part)
    return str(value) if isinstance(value, str) else value
