"""Live blogs: reports written while things happen, told by their entries and the times over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Block, Box
from newsarchive.extraction.structured import types
from newsarchive.extraction.verdicts import families, phrases, signs
from newsarchive.extraction.verdicts.evidence import Evidence, weight
from newsarchive.extraction.verdicts.tongues import fold

# A time of day, with what stands around it in the languages of the news ("16.20", "Kl. 16:20", "午後4時20分", "16h20").
_TIME = re.compile(
    r"(?<![\d.,:/-])(\d{1,2})\s?[:.h時时點点시]\s?(\d{2})(?![\d,%/]|[.:-]\d)\s*(?:([ap])\.?\s?m\b)?", re.IGNORECASE
)
_AGO = re.compile(
    r"\d+\s*(?:s\b|m\b|h\b|sec|sek|min|мин|хв|perc|dak|sa\b|λεπτ|ώρ|دقیق|دقيق|ساع|منٹ|گھن|דק|שע|मिनट|घंट|মিনিট|ঘণ্টা|நிமிட|"
    r"நாடி|นาที|ชั่วโมง|phút|giờ|menit|jam|分|小时|小時|時間|분|시간|час|год|hour|stund|heure|hora|ora|ore\b|uur|tim|time|"
    r"godz|hod|órá|tund|val)"
    r"|^(?:قبل|منذ|לפני)\s|^(?:just now|gerade eben|à l['’]instant|ahora|adesso|zojuist|nyss|akkurat nå|lige nu|только что|"
    r"刚刚|たった今|방금)",
    re.IGNORECASE,
)
_OF_PLAY = re.compile(
    r"^(?:min\.?\s*)?\d{1,3}(?:\.?\s?\+\s?\d+)?\s?(?:['’′]|min\.?|\.$|e minuut|ª?\s?minut\w*)|^\d{1,3}\s*\+\s*\d+['’′]?$"
)
_OPENED_BY_CLOCK = re.compile(
    r"^(?:\W|ore|um|kl\.?|klo|às|saat|godz\.?|at|في|الساعة)*\s*\d{1,2}\s?[:.h時时點点시]\s?\d{2}(?:\s*(?:分|분))?"
    r"(?:\s*(?:uhr|h|น\.|wib|wita|wit|gmt|cet|bst|msk|мск|est|et|pst|ist|[ap]\.?m\.?))?\s*[-–—:：|•)\]]+\s*\S",
    re.IGNORECASE,
)
_CLOCKED = re.compile(r"\d\s?[:.h時时點点시]\s?\d\d")
_DAY = re.compile(r"\d{1,2}[./-]\s?\d{1,2}(?:[./-]\s?(?:\d{4}|\d{2})|\.(?!\d))(?!\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_BEFORE_TIME = frozenset(
    "kl or um sa às à  à1 à2 at a  la la go ve v  в  о  у  об kl klo i  午後 午前 下午 上午 오전 오후 凌晨 晚上 早上 中午 ال".split()
)
_LONGEST_MARK, _LONGEST_CLOCK, _REACH, _BRIEF, _ENTRIES, _SHORT = 48, 24, 4, 100, 4, 700


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a live blog: the minute of the day stated over it (None for another kind of time) and its text."""

    minute: int | None
    text: str


def live_blog(page: Evidence) -> str | None:
    """A report written while things happen: stated so, or entries under times of their own."""
    if any("LiveBlogPosting" in types(thing) for thing in page.structured.articles):
        return "json-ld"
    if _is_logged(page):
        return "entries by the clock"
    titled, addressed = phrases.LIVE_TITLE.in_any(page.headings[:3]), phrases.LIVE_PATH.search(page.path) is not None
    spoken = titled or addressed or families.LIVE.is_in(fold("\n".join(page.headings[:3])))
    if not spoken:
        return None
    if titled or addressed:
        page.doubt(Verdict.LIVE_BLOG, "live heading" if titled else "live address")
    entries = list(_entries(page))
    size = sum([weight(entry.text) for entry in entries])
    if max(size, page.body_weight) < (_BRIEF if len(entries) < _ENTRIES else _BRIEF // 2):
        return None
    if not titled and not addressed:
        made_of = 2 * size > page.body_weight and _run_one_way([e.minute for e in entries if e.minute is not None])
        return "words of a live blog and entries by the clock" if made_of else None
    if len(entries) >= _ENTRIES or (titled and addressed and len(entries) >= 2):
        return "live heading and entries"
    boxes = sum(1 for box in page.outline.boxes if phrases.LIVE_HINTS.search(box.hints))
    if boxes >= _ENTRIES and (titled or len(entries) >= 2):
        return "live heading and boxes of entries"
    if titled and page.body_weight < _SHORT and signs.LIVE_EMBED.search(page.page.text[:400_000].lower()):
        return "live heading over an embedded feed"
    return None


def _is_logged(page: Evidence) -> bool:
    """True when a text is a row of entries, each under a clock time of its own, and the times run one way."""
    blocks = page.outline.blocks
    short = [block for block in blocks if len(block.text) <= _LONGEST_CLOCK and not block.link_chars]
    if len(short) < _ENTRIES or len(_CLOCKED.findall("\n".join([block.text for block in short]))) < _ENTRIES:
        return False
    marks = [block.index for block in short if _opens_with_time(block)]
    if len(marks) < _ENTRIES:
        return False
    told = frozenset(page.body)
    minutes: list[int] = []
    for index in marks:
        if (minute := _minute(blocks[index].text)) is None:
            continue
        if any(following.text in told for following in _after(blocks, index)):
            minutes.append(minute)
    return _run_one_way(minutes)


def _opens_with_time(block: Block) -> bool:
    text = block.text
    return text[0].isdigit() or text[:2].lower() in _BEFORE_TIME or bool(block.times)


def _run_one_way(minutes: list[int]) -> bool:
    """True for four times or more that only rise, or only fall."""
    steps = [later - earlier for earlier, later in pairwise(minutes)]
    return len(minutes) >= _ENTRIES and (all(step < 0 for step in steps) or all(step > 0 for step in steps))


def _minute(text: str) -> int | None:
    """The minute of the day that a short text states and little else, or None."""
    match = _TIME.search(_DAY.sub("", text))
    if match is None or len(text) - len(match.group(0)) > 14:
        return None
    hour, minute, half = match.groups()
    if int(hour) > 24 or int(minute) > 59:
        return None
    afternoon = (half or "").lower() == "p" or text[:2] in ("午後", "下午", "오후")
    return (int(hour) % 12 + 12 if afternoon else int(hour)) * 60 + int(minute)


def _after(blocks: list[Block], index: int) -> Iterator[Block]:
    """The blocks of running text right after a time: none where a linked headline follows, as in a list of stories."""
    for block in blocks[index + 1 : index + _REACH]:
        if block.link_density > 0.8 and block.link_chars > 12:
            return
        if len(block.text) <= _LONGEST_CLOCK and _TIME.search(block.text):
            return
        yield block


def _entries(page: Evidence) -> Iterator[Entry]:
    """The entries of a page: texts under a time, or opened by one."""
    blocks = page.outline.blocks
    for block in blocks:
        text = block.text
        if len(text) <= _LONGEST_MARK:
            if "©" in text or not (
                block.times or _OF_PLAY.match(text) or _AGO.search(text) or _minute(text) is not None
            ):
                continue
            if _is_of_comments(block):
                continue
            for following in _after(blocks, block.index):
                if len(following.text) >= 12 or following.weight >= 16:
                    yield Entry(_minute(text), following.text)
                    break
        elif block.link_density < 0.5 and _OPENED_BY_CLOCK.match(text):
            yield Entry(None, text)


def _is_of_comments(block: Block) -> bool:
    box: Box | None = block.box
    for _ in range(4):
        if box is None:
            return False
        if "comment" in box.hints and "comments-area" not in box.hints and "commentary" not in box.hints:
            return True
        box = box.parent
    return False
