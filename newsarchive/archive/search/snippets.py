"""The lines of a text that show why it was found; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newsarchive.archive.search.words import Wanted, places

LENGTH: Final = 240
"""Characters of a snippet, about."""
_LEAD: Final = 40
_LONGEST: Final = 200_000


class Snippet(NamedTuple):
    """A piece of a text, and where in it the words stand that were looked for: (start, end) of each."""

    text: str
    marks: list[tuple[int, int]]


def snippet(text: str, wanted: Wanted) -> Snippet:
    """The piece of a text with the most different words of a query in it, the first of the best; its beginning without any."""
    text = text[:_LONGEST]
    found = places(text, wanted)
    first = _best(found)
    start = _start(text, found[first][0] if found else 0)
    end = _end(text, start + LENGTH)
    piece = text[start:end].replace("\n", " ")
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    marks = [(a + shift, b + shift) for a, b, _ in found if start <= a and b <= end]
    return Snippet(f"{before}{piece}{after}", marks)


def marked(found: Snippet, before: str, after: str) -> str:
    """A snippet with these signs around the words that were looked for."""
    parts: list[str] = []
    last = 0
    for start, end in found.marks:
        parts += [found.text[last:start], before, found.text[start:end], after]
        last = end
    return "".join([*parts, found.text[last:]])


def _best(found: Sequence[tuple[int, int, str]]) -> int:
    """The first of the words whose following LENGTH characters have the most different words."""
    best, most = 0, 0
    for index, (start, _, _) in enumerate(found[:500]):
        within = {word for at, end, word in found[index : index + 50] if end <= start + LENGTH - _LEAD}
        if len(within) > most:
            best, most = index, len(within)
    return best


def _start(text: str, at: int) -> int:
    """A little before a place, where a word begins."""
    if at <= _LEAD:
        return 0
    space = max(text.find(" ", at - _LEAD, at), text.find("\n", at - _LEAD, at))
    return space + 1 if space >= 0 else at


def _end(text: str, at: int) -> int:
    """A place where a word ends, at or a little before this one."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - _LEAD, at)
    return space if space > 0 else at
