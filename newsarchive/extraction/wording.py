"""Patterns of many phrases, tried only where a text holds a word that each of their matches must hold.

A search for some dozens of alternatives tries them all at every character; asking first whether a text holds one of a few
dozen plain strings takes a tenth of that, and nearly every text holds none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

_CLASSES = frozenset("bBdDwWsSAZ0123456789")  # escapes that are no plain character
_OPTIONAL = ("?", "*", "{0")
_NEAR = 100
_ENOUGH = 5  # characters from which a longer part is hardly rarer


class Wording:
    """A pattern for text in lower case, with the plain strings of which every match holds one.

    `parts` is derived from the pattern: it is `("",)`, which every text holds, where some match needs no plain string.
    """

    __slots__ = ("_ascii", "parts", "pattern")

    def __init__(self, *phrases: str) -> None:
        self.pattern = re.compile("|".join(phrases))
        self.parts = tuple(_fewest(_needed(self.pattern.pattern) or [""]))
        self._ascii = tuple(part for part in self.parts if part.isascii())

    def in_any(self, texts: Sequence[str]) -> bool:
        """True when one of some texts in lower case holds a match."""
        held = self.held("\n".join(texts))
        return bool(held) and any(holds_any(text, held) and self.pattern.search(text) for text in texts)

    def held(self, text: str) -> list[str]:
        """The parts that a text in lower case holds."""
        return [part for part in (self._ascii if text.isascii() else self.parts) if part in text]

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in a text in lower case, between two places of it."""
        return self.pattern.search(text, start, end) if self.may_match(text) else None

    def is_near(self, text: str) -> bool:
        """True when a long text in lower case holds a match within a hundred characters of a part that it needs.

        A page's source is long and what is asked of it stands at a few places, if at all: only those are searched.
        """
        if "" in self.parts:
            return self.pattern.search(text) is not None
        return any(
            self.pattern.search(text, max(0, place - _NEAR), place + len(part) + _NEAR)
            for part in self.held(text)
            for place in _places(text, part)
        )

    def may_match(self, text: str) -> bool:
        """False for a text in lower case that surely holds no match."""
        return holds_any(text, self._ascii if text.isascii() else self.parts)


def _places(text: str, part: str) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + len(part))


def holds_any(text: str, parts: Sequence[str]) -> bool:
    """True when a text holds one of the parts; far quicker than a pattern of as many alternatives."""
    for part in parts:  # noqa: SIM110 - a generator costs as much as the search
        if part in text:
            return True
    return False


def _fewest(parts: Sequence[str]) -> Iterator[str]:
    """The parts without those that hold another of them."""
    kept = dict.fromkeys(parts)
    return (part for part in kept if not any(other in part for other in kept if other != part))


def _needed(pattern: str) -> list[str]:
    """Strings of which every match of a pattern holds one; none at all where some match needs none."""
    found: list[str] = []
    for alternative in _alternatives(pattern):
        offers = [offer for offer in _offers(alternative) if offer]
        if not offers:
            return []
        best = max(offers, key=_worth)
        found += best
    return found


def _worth(parts: list[str]) -> tuple[int, int]:
    """How well parts tell a text apart: the longer the better, and the fewer."""
    return min([_ENOUGH, *(len(part.strip()) for part in parts)]), -len(parts)


def _alternatives(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, split at the bars outside of its groups and classes."""
    start = 0
    for begin, end in _tokens(pattern):
        if pattern[begin:end] == "|":
            yield pattern[start:begin]
            start = end
    yield pattern[start:]


def _offers(alternative: str) -> Iterator[list[str]]:
    """For every run of plain characters, and every group that is not optional, what a match must hold for it."""
    run = ""
    for begin, end in _tokens(alternative):
        token, follows = alternative[begin:end], alternative[end : end + 2]
        plain = token[-1] if len(token) == 1 or (token[0] == "\\" and token[1] not in _CLASSES) else ""
        optional = follows.startswith(_OPTIONAL)
        if plain and token not in ("^", "$", ".", "?", "*", "+") and not optional:
            run += plain
            if not follows.startswith(("+", "{")):
                continue
        yield [run] if run else []
        run = ""
        if token[0] == "(" and not optional:
            yield _of_group(token)
    yield [run] if run else []


def _of_group(token: str) -> list[str]:
    """What a group's match must hold; nothing for one that only looks ahead or back."""
    if token.startswith("(?:"):
        return _needed(token[3:-1])
    return [] if token.startswith("(?") else _needed(token[1:-1])


def _tokens(pattern: str) -> Iterator[tuple[int, int]]:
    """The places of a pattern's outermost tokens: characters, escapes, classes, counts in braces, whole groups."""
    at = 0
    while at < len(pattern):
        end = _end_of_group(pattern, at) if pattern[at] == "(" else _end_of_token(pattern, at)
        yield at, end
        at = end


def _end_of_token(pattern: str, at: int) -> int:
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "{":
        return pattern.index("}", at) + 1
    if pattern[at] != "[":
        return at + 1
    at += 2 if pattern[at + 1] == "^" else 1
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _end_of_group(pattern: str, at: int) -> int:
    """The end of the group that begins at a place."""
    depth = 0
    while True:
        if pattern[at] == "(":
            depth, at = depth + 1, at + 1
        elif pattern[at] == ")":
            depth, at = depth - 1, at + 1
            if not depth:
                return at
        else:
            at = _end_of_token(pattern, at)
