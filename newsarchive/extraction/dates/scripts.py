"""Dates in the data that scripts carry: asked where nothing better states a day, or where what is stated is disputed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.extraction.dates.candidates import PUBLISHED
from newsarchive.extraction.dates.statements import Statement

_QUOTE = r"(?:\"|&quot;|\\\"|')"
_VALUE = rf"{_QUOTE}\s*[:=]\s*{_QUOTE}([^\"'&\\]{{8,40}})"
# Keys that mean publishing alone: with "publish" or "publication" in them, or a short list of others. The search begins
# with plain letters, which it skips to; what stands before them in the key is looked at afterwards.
_STATED = re.compile(rf"(ubli(?:sh(?:ed|ing)?|cation)(?:[_-]?(?:[dD]ate|[tT]ime|[aA]t|[oO]n|[uU][tT][cC]))*){_VALUE}")
_NAMED = re.compile(rf"ate{_VALUE}")
_OF_NAME = re.compile(rf"{_QUOTE}(pubD|article_d|articleD|displayD)$")
_KEY = re.compile(rf"{_QUOTE}([\w.:-]{{0,24}}[pP])$")
# Of accounts and other things on the page, of expiry and of a second publishing.
_OTHER = re.compile(r"(?:un|re|last|next)[_-]?p$|comment|review|author|user|video|image|product|parent", re.IGNORECASE)
COST = 4.0
_WINDOW = 600_000


def read(text: str) -> Iterator[Statement]:
    """The days of publishing in a page's scripts, where they all name one: several are a list of other stories."""
    found: dict[str, Statement] = {}
    for key, raw in _stated(text[:_WINDOW]):
        found.setdefault(raw[:10], Statement(raw, "script", key, PUBLISHED, COST))
        if len(found) > 1:
            return
    yield from found.values()


def _stated(text: str) -> Iterator[tuple[str, str]]:
    """Every key of publishing with its value."""
    for match in _STATED.finditer(text):
        key = _KEY.search(text, max(0, match.start() - 32), match.start())
        if key is not None and _OTHER.search(key[1]) is None:
            yield key[1] + match[1], match[2]
    for match in _NAMED.finditer(text):
        key = _OF_NAME.search(text, max(0, match.start() - 16), match.start())
        if key is not None:
            yield key[1] + "ate", match[1]
