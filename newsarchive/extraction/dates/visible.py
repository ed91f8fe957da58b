"""Dates that a reader sees: `<time>` elements, bylines, mastheads, copyright lines; each with what its place says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates import labels, parsing, relative, visits, written
from newsarchive.extraction.dates.stamps import Context, Stamp
from newsarchive.extraction.outline import Block, Outline

BYLINE_LENGTH = 200
MAX_BLOCKS = 400
_DIGITS = re.compile(r"\d")
_OFF = re.compile(
    r"relat|sidebar|side-bar|footer|comment|recommend|most-?(?:read|popular|viewed)|latest|trending|popular|\bnav|menu|widget|"
    r"teaser|promo|newsletter|cookie|similar|also|more-|next|prev|ticker|aside|carousel|slider|weather|calendar|\brail|upsell|"
    r"further|archive-list|complementary|disqus|respond|reply|feedback|see-also|read-more|lees-ook|mehr-|weitere|voir-aussi"
)
_COMMENTS = re.compile(r"comment|kommentar|disqus|respond|reply|forum|discussion|reader")
_BYLINE = re.compile(
    r"date|time|publish|byline|meta|author|posted|info|stamp|dateline|entry-|article-head|datum|fecha|datetime"
)


class Sighting(NamedTuple):
    """A date seen on the page: what was stated, its text, source and rule, its role, its rank and its distance."""

    stamp: Stamp
    raw: str
    source: str
    rule: str
    role: str
    rank: int
    near: int | None
    why: str = ""


def title_index(outline: Outline, title: str | None) -> int | None:
    """The index of the block that is the headline: the first h1 that shares words with the title, else the first h1."""
    first = None
    wanted = set((title or "").casefold().split())
    for block in outline.blocks:
        if block.tag == "h1":
            words = set(block.text.casefold().split())
            if len(words & wanted) >= max(1, len(words) // 2):
                return block.index
            first = block.index if first is None else first
    if first is not None:
        return first
    for block in outline.blocks:
        if len(block.text) > 15 and wanted and title and (block.text in title):
            return block.index
    return None


def sightings(outline: Outline, title: str | None, context: Context) -> Iterator[Sighting]:
    """The dates of the page's blocks in reading order."""
    head = title_index(outline, title)
    looked = 0
    for block in outline.blocks:
        near = block.index - head if head is not None else None
        for machine, shown in block.times:
            yield from _time(block, machine, shown, near, context)
        if not _worth(block, near):
            continue
        looked += 1
        if looked > MAX_BLOCKS:
            break
        yield from _block(block, near, context)


def _worth(block: Block, near: int | None) -> bool:
    text = block.text
    if len(text) > BYLINE_LENGTH:
        return False
    if not _DIGITS.search(text):
        return len(text) < 40 and near is not None and abs(near) < 12 and bool(_BYLINE.search(_hints(block)))
    return True


def _hints(block: Block) -> str:
    box, words = block.box, []
    for _ in range(4):
        words.append(box.hints)
        if box.parent is None:
            break
        box = box.parent
    return " ".join(words)


def _off(block: Block) -> str | None:
    """What a block's boxes say against its dates: "comment", "related" or "copyright", or None."""
    box = block.box
    while box is not None and box.tag not in ("article", "main", "body"):
        if box.tag in ("footer", "aside", "nav") and not _BYLINE.search(block.box.hints):
            return roles.RELATED
        if box.hints and _COMMENTS.search(box.hints):
            return roles.COMMENT
        if box.hints and _OFF.search(box.hints):
            return roles.RELATED
        if box.parent is None:
            break
        box = box.parent
    return None


def _time(block: Block, machine: str | None, shown: str, near: int | None, context: Context) -> Iterator[Sighting]:
    raw = (machine or "").strip() or shown
    stamp = parsing.stamp(raw, context) if raw else None
    if stamp is None and machine and shown:
        raw, stamp = shown, parsing.stamp(shown, context)
    if stamp is None:
        return
    role, why = _role(block, block.text, stamp, context)
    yield Sighting(stamp, raw, "time", "time[datetime]" if machine else "time", role, _rank(block, near, 4), near, why)


def _role(block: Block, text: str, stamp: Stamp, context: Context) -> tuple[str, str]:
    off = _off(block)
    if off:
        return off, f"stands in a box of {off} things"
    if visits.is_visit(stamp, text, context):
        return roles.VISIT, "the day of the visit, as a masthead shows it"
    if labels.COPYRIGHT.search(text):
        return roles.COPYRIGHT, "a copyright line bounds a date, it is none"
    if labels.ACCESSED.search(text):
        return roles.VISIT, "the day of reading, by its words"
    return _label(text, stamp), ""


def _label(text: str, stamp: Stamp) -> str:
    """Published or modified, by the last such word before the date, else the first after it."""
    before = text[: stamp.start]
    published = [m.end() for m in labels.PUBLISHED.finditer(before)]
    modified = [m.end() for m in labels.MODIFIED.finditer(before)]
    if published or modified:
        return roles.PUBLISHED if (published or [-1])[-1] > (modified or [-1])[-1] else roles.MODIFIED
    if labels.EVENT.search(before):
        return roles.EVENT
    after = text[stamp.end : stamp.end + 24]
    return roles.MODIFIED if labels.MODIFIED.search(after) and not labels.PUBLISHED.search(after) else roles.PUBLISHED


def _rank(block: Block, near: int | None, base: int) -> int:
    """How far a visible date is to be trusted: nearer to the headline, labelled and alone in its block is better."""
    rank = base
    if near is None or not -8 <= near <= 14:
        rank += 2
    if not _BYLINE.search(_hints(block)) and not labels.PUBLISHED.search(block.text):
        rank += 1
    return rank


def _block(block: Block, near: int | None, context: Context) -> Iterator[Sighting]:
    text = block.text
    found = written.find(text, context)
    if not found and len(text) <= 80 and context.now is not None:
        told = relative.find(text, context)
        found = [told] if told else []
    for stamp in found[:3]:
        raw = text[stamp.start : stamp.end] or text
        if stamp.day is None and not labels.COPYRIGHT.search(text):
            continue
        role, why = _role(block, text, stamp, context)
        rest = len(text) - (stamp.end - stamp.start)
        rank = (
            _rank(block, near, 5)
            + (1 if rest > 60 else 0)
            + (1 if rest > 120 else 0)
            + (1 if stamp.short_year or stamp.yearless else 0)
        )
        yield Sighting(stamp, raw, "text", block.tag, role, rank, near, why)
