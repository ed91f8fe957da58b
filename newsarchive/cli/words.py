"""Words of the archive on a terminal: nothing in them is obeyed, and colour only where there is somebody to see it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsarchive.archive.diffs import Piece

_REMOVED, _ADDED, _PLAIN = "\x1b[31;9m", "\x1b[32m", "\x1b[0m"
_AROUND: Final = 12
"""Words shown before and after what changed."""


def coloured() -> bool:
    """Whether stdout is a terminal, and its user did not ask for none (NO_COLOR)."""
    return sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def plain(text: str | None) -> str:
    """A text on one line, without characters that a terminal obeys."""
    return "".join(letter if letter.isprintable() else " " for letter in text or "")


def marked(pieces: Sequence[Piece], *, colour: bool, whole: bool = False) -> str:
    """The words of a difference: [-removed-] and {+added+}, or in red and green; long stretches of the same are cut."""
    parts: list[str] = []
    for place, piece in enumerate(pieces):
        if piece.same:
            parts += _same(piece.new, first=place == 0, last=place == len(pieces) - 1, whole=whole)
            continue
        if piece.old:
            parts += _changed(piece.old, (_REMOVED, _PLAIN) if colour else ("[-", "-]"))
        if piece.new:
            parts += _changed(piece.new, (_ADDED, _PLAIN) if colour else ("{+", "+}"))
    return "\n".join(line.strip() for line in " ".join(parts).split("\n")).strip("\n")


def _same(words: Sequence[str], *, first: bool, last: bool, whole: bool) -> Iterable[str]:
    if whole or len(words) <= 3 * _AROUND:
        return map(_shown, words)
    head = [] if first else list(words[:_AROUND])
    tail = [] if last else list(words[-_AROUND:])
    return map(_shown, [*head, "…", *tail])


def _changed(words: Sequence[str], marks: tuple[str, str]) -> Iterable[str]:
    """The words between marks, each line by itself; a line's end that came or went is a pilcrow."""
    said = " ".join("¶" if word == "\n" else plain(word) for word in words)
    return [f"{marks[0]}{said}{marks[1]}", *(["\n"] if words[-1] == "\n" else [])]


def _shown(word: str) -> str:
    return word if word == "\n" else plain(word)
