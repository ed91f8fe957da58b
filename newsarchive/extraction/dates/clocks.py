"""The time of day beside a date: "à 10h20", "10:20 PM EST", "klo 10.20", "오전 10시 20분"."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import NamedTuple

from newsarchive.extraction.dates import zones

_BEFORE_NOON = "vorm.|am|a.m.|a. m.|a.m|π.μ.|πμ|ص|上午|午前|오전|凌晨|早上|sa"
_AFTER_NOON = "nachm.|pm|p.m.|p. m.|p.m|μ.μ.|μμ|م|下午|午後|오후|晚上|ch"
_HALF = "|".join(re.escape(word) for word in sorted(f"{_BEFORE_NOON}|{_AFTER_NOON}".split("|"), key=len, reverse=True))
_CORE = (
    rf"(?P<early>{_HALF})?\s?(?P<hour>\d{{1,2}})\s?(?P<sep>[:h：時时点點시.])\s?(?P<minute>\d{{2}})(?!\d)"
    rf"(?:\s?[:m分분.](?P<second>\d{{2}})(?!\d))?(?:\s?[分분](?:\s?(?P<second2>\d{{1,2}})\s?[秒초])?)?"
    rf"(?:\s?(?P<half>{_HALF})(?![^\W\d_]))?"
    r"(?:\s*\(?(?P<zone>(?:UTC|GMT)?\s?[+\-−]\s?\d{1,2}:?\d{0,2}(?![\d.])|Z\b|[A-Z]{2,5}\b)\)?)?"
)
_BARE_HOUR = rf"(?P<bare>\d{{1,2}})\s?(?P<bare_half>{_HALF})(?![^\W\d_])"
_AFTER = re.compile(rf"(?P<gap>\D{{0,16}}?)(?:{_CORE}|{_BARE_HOUR})", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:^|[^\d.:])(?:{_CORE})(?P<gap>\D{{0,14}})$", re.IGNORECASE)
# Words that begin the next statement, so a clock after them belongs to another date.
_BREAK = re.compile(r"upda|modif|aktual|mis à jour|publi|actual|обнов|\n|[.!?]\s+[A-Z]\w{3}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_EARLY = frozenset(_BEFORE_NOON.split("|"))


class Clock(NamedTuple):
    """A stated time of day."""

    hour: int
    minute: int
    second: int | None
    zone: tzinfo | None
    start: int
    end: int


def _made(found: re.Match[str], country: str | None) -> Clock | None:
    group = found.groupdict()
    if group.get("bare"):
        hour, minute, second, half = int(group["bare"]), 0, None, group["bare_half"]
    else:
        second_text = group["second"] or group["second2"]
        hour, minute, second = int(group["hour"]), int(group["minute"]), int(second_text) if second_text else None
        half = group["half"] or group["early"]
    if half:
        if hour > 12:
            half = None
        else:
            hour = hour % 12 + (0 if half.lower() in _EARLY else 12)
    if hour > 24 or minute > 59 or (second or 0) > 60:
        return None
    zone = zones.read(group.get("zone"), country)
    return Clock(hour, minute, second, zone, found.start(), found.end())


def after(text: str, position: int, country: str | None = None) -> Clock | None:
    """The clock that follows a date ending at `position`."""
    if _DIGIT.search(text, position, position + 48) is None:
        return None
    found = _AFTER.match(text, position, position + 48)
    if found is None or _BREAK.search(found["gap"]):
        return None
    if found["sep"] == "." and text[position : position + 1] == ".":
        return None  # "6.5.2024 10.20" has a clock, "2024.10.20" has none
    return _made(found, country)


def before(text: str, position: int, country: str | None = None) -> Clock | None:
    """The clock that stands right before a date starting at `position`."""
    begin = max(0, position - 32)
    if _DIGIT.search(text, begin, position) is None:
        return None
    found = _BEFORE.search(text[begin:position])
    if found is None or _BREAK.search(found["gap"]) or found["sep"] == ".":
        return None
    clock = _made(found, country)
    return clock._replace(start=begin + found.start(), end=begin + found.end()) if clock else None
