"""The words in which two texts differ; pure functions, bounded in time for texts of any length."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_MOST: Final = 1_500_000
"""Pairs of words, or of lines, that are compared with each other at most; longer stretches differ as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words both texts have (`old == new`), or one the older has where the newer has another (or none)."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both texts have it."""
        return self.old == self.new


def pieces(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[Piece]:
    """Two texts, each as lines of words, as the pieces that lead from one to the other.

    Lines are compared first, and words where lines differ. Joined, the `old` of all pieces are the old text's words, the `new`
    the new one's.
    """
    before, after = [tuple(line) for line in old], [tuple(line) for line in new]
    found: list[Piece] = []
    for i, j, k, m in _changes(before, after):
        one = tuple(word for line in before[i:j] for word in line)
        other = tuple(word for line in after[k:m] for word in line)
        if one == other:
            _add(found, one, other)
        else:
            for a, b, c, d in _changes(one, other):
                _add(found, one[a:b], other[c:d])
    return found


def _add(found: list[Piece], old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Add a piece, joined with the one before where both are the same, or both are not."""
    if not old and not new:
        return
    if found and found[-1].same == (old == new):
        last = found.pop()
        found.append(Piece(last.old + old, last.new + new))
    else:
        found.append(Piece(old, new))


def _changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of two sequences, equal and not, in order: from and to in the old one, from and to in the new one."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield 0, head, 0, head
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(one) * len(other) > _MOST:
        yield head, head + len(one), head, head + len(other)
    else:
        for _, i, j, k, m in SequenceMatcher(None, one, other, autojunk=len(one) * len(other) > 40_000).get_opcodes():
            yield head + i, head + j, head + k, head + m
    yield len(old) - tail, len(old), len(new) - tail, len(new)
