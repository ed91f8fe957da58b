"""Dates that a reader sees: `<time>` elements, bylines, mastheads, copyright lines; each with what its place says."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates import labels, parsing, relative, visits, written
from newsarchive.extraction.dates.places import Places, byline_words, is_caption
from newsarchive.extraction.dates.stamps import Context, Stamp
from newsarchive.extraction.outline import Block, Outline

BYLINE_LENGTH = 240
DATELINE = 120  # how far into a paragraph a date is looked for
LIST = 3  # so many different days in boxes of one kind are a list
OPENING = 24  # and how far into one that opens with a number
NOTE_LENGTH = 700
NEXT_TO = 30  # characters between a date and the word that says what it is
MAX_ELSEWHERE = 5  # how many dates of comments and related stories are looked at
# One set of first characters, so that the search skips to them.
_LIKELY = re.compile(
    r"[" + written.DIGITS + r"©('’年月년월元](?:\d{3}|\s?[./-]\s?\d{1,2}\s?[./-]\s?\d\d|[\s-][^\W\d_]{3,9}[\s-]\d\d\b"
    r"|(?<=['’])\d\d\b|(?<=[©年月년월元])|(?<=\()[cC]\))"
)
# A timestamp as machines write it: themes hide one of the last change beside the date that readers see.
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPENS = re.compile(r"\W{0,2}\d")
_WORDS = re.compile(r"[^\W\d_]{2,}")


class Sighting(NamedTuple):
    """A date seen on the page: what was stated, its text, source and rule, its role, its cost and its distance."""

    stamp: Stamp
    raw: str
    source: str
    rule: str
    role: str
    cost: float
    near: int | None
    why: str = ""
    kin: tuple[str, str] | None = None


def _copyright_year(text: str) -> Stamp | None:
    """The last year of a copyright line."""
    years = list(_YEAR.finditer(text)) if len(text) <= BYLINE_LENGTH and labels.COPYRIGHT.search(text) else []
    return Stamp(int(years[-1].group()), start=years[-1].start(), end=years[-1].end()) if years else None


def _kin(block: Block, places: Places) -> tuple[str, str] | None:
    """What the items of one list share; None right round the headline, where a date is not an item."""
    if places.is_close(block):
        return None
    parent = block.box.parent
    return block.tag, block.box.hints + " < " + (parent.hints if parent is not None else "")


def nearby(places: Places, context: Context, day: date, *, enough: bool) -> list[Sighting]:
    """The dates round the headline and at both edges of the prose, where `day` is known to be the day of publishing.

    With `enough` the first byline that says this day again ends the search.
    """
    found: list[Sighting] = []
    for seen in _sightings(places.surroundings(), places, context):
        found.append(seen)
        if enough and seen.role == roles.PUBLISHED and seen.kin is None and seen.stamp.full_day == day:
            break
    return found


def read(outline: Outline, places: Places, context: Context) -> list[Sighting]:
    """The dates of the page's blocks in reading order; those of a list of dated things are other things' dates."""
    found = list(_sightings(outline.blocks, places, context))
    days: dict[tuple[str, str], set[object]] = {}
    for one in found:
        if one.kin is not None:
            days.setdefault(one.kin, set()).add(one.stamp.full_day)
    lists = {kin for kin, seen in days.items() if len(seen) >= LIST}
    why = "one of a list of dated things"
    return [one._replace(role=roles.RELATED, why=why) if one.kin in lists else one for one in found]


def _sightings(blocks: Sequence[Block], places: Places, context: Context) -> Iterator[Sighting]:
    """Every date worth a look, block by block."""
    elsewhere = 0
    likely = _likely(blocks, places)
    head = places.head.index if context.now is not None and places.head is not None else None
    for place, block in enumerate(blocks):
        may = place in likely
        if not may and not block.times and (head is None or not -8 <= block.index - head <= 12):
            continue
        worth = _worth(block, may, places, context)
        if block.tag == "title" or not (worth or block.times):
            continue
        against = None if places.is_close(block) else places.against(block)
        if against and (may or block.times):
            elsewhere += 1
            if elsewhere > MAX_ELSEWHERE:
                continue
        for machine, shown in block.times[:4]:
            yield from _time(block, machine, shown, against, places, context)
        if worth:
            yield from _block(block, against, places, context)


def _likely(blocks: Sequence[Block], places: Places) -> set[int]:
    """The places of those blocks that may hold a date, found in one pass over all of them.

    Of a paragraph only the beginning is looked at, where no note can stand.
    """
    notes = places.last_prose - 1 if places.last_prose is not None else sys.maxsize
    texts = [
        text
        if (size := len(text := block.text)) <= BYLINE_LENGTH or (size <= NOTE_LENGTH and block.index >= notes)
        else text[:DATELINE]
        for block in blocks
    ]
    ends = list(accumulate(len(text) + 1 for text in texts))
    return {bisect_right(ends, found.start()) for found in _LIKELY.finditer("\n".join(texts))}


def _worth(block: Block, likely: bool, places: Places, context: Context) -> bool:
    """True where a block that may hold a date is worth a closer look; round the headline, words alone may tell one."""
    text = block.text
    if len(text) > BYLINE_LENGTH:
        if not likely:
            return False
        opens = _OPENS.match(text) is not None and block.link_density < 0.3
        if not opens and not places.is_dateline(block):
            return _is_note(block, places)
        return _LIKELY.search(text, 0, OPENING if opens else DATELINE) is not None
    if likely:
        return True
    if context.now is None or len(text) > 90:
        return False
    near = places.near(block)
    if near is None or not -8 <= near <= 12:
        return False
    return _DIGIT.search(text) is not None or (len(text) < 40 and relative.may_tell(text))


def _is_note(block: Block, places: Places) -> bool:
    """True for a note under the article that says when it was posted, as blogs have them."""
    text = block.text
    under = places.last_prose is not None and block.index >= places.last_prose - 1
    return under and len(text) <= NOTE_LENGTH and bool(_LIKELY.search(text)) and bool(labels.PUBLISHED.search(text))


def _time(
    block: Block, machine: str | None, shown: str, against: str | None, places: Places, context: Context
) -> Iterator[Sighting]:
    raw = (machine or "").strip() or shown
    stamp = parsing.stamp(raw, context) if raw else None
    if stamp is None and machine and shown:
        raw, stamp = shown, parsing.stamp(shown, context)
    if stamp is None or stamp.month is None:
        return
    text = block.text
    at = text.find(shown) if shown else -1
    begin = at if at >= 0 else len(text)
    masthead, beside = places.in_masthead(block), places.is_beside(block)
    role, why = _role(text, begin, begin + len(shown), stamp, against, context, masthead=masthead, beside=beside)
    cost = 1.8 + places.distance(block) + _alone(text, len(shown))
    yield Sighting(
        stamp,
        raw,
        "time",
        "time[datetime]" if machine else "time",
        role,
        cost,
        places.near(block),
        why,
        _kin(block, places),
    )


def _block(block: Block, against: str | None, places: Places, context: Context) -> Iterator[Sighting]:
    whole = block.text
    note = len(whole) > BYLINE_LENGTH and _is_note(block, places)
    text = whole[:DATELINE] if len(whole) > BYLINE_LENGTH and not note else whole
    found = _written(text, context)
    if not found and not against:
        found = _told(text, block, context)
    if not found and (year := _copyright_year(whole)):
        found = [year]
    masthead, beside = (places.in_masthead(block), places.is_beside(block)) if found else (False, False)
    for stamp in found[:3]:
        role, why = _role(text, stamp.start, stamp.end, stamp, against, context, masthead=masthead, beside=beside)
        said = labels.PUBLISHED.search(text, max(0, stamp.start - NEXT_TO), stamp.end + NEXT_TO) is not None
        if (stamp.day is None and role != roles.COPYRIGHT) or (note and not said):
            continue
        raw = written.spelled(text, stamp) or text
        cost = _cost(block, stamp, raw, said, places)
        yield Sighting(stamp, raw, "text", block.tag, role, cost, places.near(block), why, _kin(block, places))


def _written(text: str, context: Context) -> list[Stamp]:
    """The dates written in a text; a machine's timestamp counts only where there is no date that people write."""
    stamped = "T" in text and "-" in text and ":" in text
    plain = _STAMP.sub(lambda found: " " * len(found.group()), text) if stamped else text
    found = written.find(plain, context)
    return found if found or plain is text else written.find(text, context)


def _told(text: str, block: Block, context: Context) -> list[Stamp]:
    """A date told against now; a word alone ("today") must stand where bylines do, as menus say it too."""
    if len(text) > 80 or context.now is None:
        return []
    stamp = relative.find(text, context)
    if stamp is None:
        return []
    worded = _DIGIT.search(text) is None
    return [] if worded and not byline_words(block) and not labels.PUBLISHED.search(text) else [stamp]


def _cost(block: Block, stamp: Stamp, raw: str, said: bool, places: Places) -> float:
    """How little a visible date is to be trusted, by its place, its words and its form; `said` is a word of publishing."""
    beside = _alone(block.text, stamp.end - stamp.start)
    if stamp.start <= 2:
        beside = min(beside, 1.5)  # a dateline opens the text
    cost = 2.4 + places.distance(block) + (min(beside, 0.8) if said else beside)
    cost += 1.5 if is_caption(block) or places.in_title(block, raw) else 0
    cost += 1 if block.tag in _HEADINGS and not places.is_close(block) else 0
    cost += 1 if stamp.short_year or stamp.yearless or stamp.relative else 0
    cost -= 0.6 if said else 0
    cost -= 0.4 if byline_words(block) else 0
    cost -= 0.3 if stamp.hour is not None else 0
    return cost


def _alone(text: str, length: int) -> float:
    """What other words beside a date cost: a byline has few, a sentence many."""
    words = len(_WORDS.findall(text)) if len(text) <= BYLINE_LENGTH else 40
    rest = max(0, len(text) - length)
    return min(3.0, max(0, words - 4) * 0.25 + max(0, rest - 60) * 0.01)


def _role(
    text: str,
    start: int,
    end: int,
    stamp: Stamp,
    against: str | None,
    context: Context,
    *,
    masthead: bool,
    beside: bool,
) -> tuple[str, str]:
    """What a visible date is, and why where it is not the article's; `beside` the headline a byline may stand."""
    if masthead and visits.is_today(stamp, text, context):
        return roles.VISIT, visits.WHY
    if visits.is_visit(stamp, text, context):
        return (roles.TODAY if beside and not against else roles.VISIT), visits.WHY
    begins = max(0, start - 20) if stamp.day is not None else 0
    if labels.COPYRIGHT.search(text, begins, start if stamp.day is not None else len(text)):
        return roles.COPYRIGHT, "a copyright line bounds a date, it is none"
    if against and not (against == roles.FOOTER and _said(text, start)):
        if against == roles.COMMENT:
            return against, "stands among comments"
        return roles.RELATED, "stands in a box of other things"
    if labels.ACCESSED.search(text):
        return roles.VISIT, "the day of reading, by its words"
    return _label(text, start, end), ""


def _said(text: str, start: int) -> bool:
    """True where a word of publishing stands right before the date."""
    return labels.PUBLISHED.search(text, max(0, start - 25), start) is not None


def _label(text: str, start: int, end: int) -> str:
    """Published or modified, by the last such word before the date, else the first after it."""
    before = text[:start]
    if before and not before.isspace():
        published = [m.end() for m in labels.PUBLISHED.finditer(before)]
        modified = [m.end() for m in labels.MODIFIED.finditer(before)]
        if published or modified:
            return roles.PUBLISHED if (published or [-1])[-1] > (modified or [-1])[-1] else roles.MODIFIED
        if labels.EVENT.search(before) or labels.RANGE.search(before):
            return roles.EVENT
    after = text[end : end + 24]
    return roles.MODIFIED if labels.MODIFIED.search(after) and not labels.PUBLISHED.search(after) else roles.PUBLISHED
