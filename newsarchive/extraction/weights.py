"""The weights that choose the body: small decision trees learned from pages, kept as numbers, read without a library.

`bench/learn.py` makes the file. A row of numbers (see `features.NAMES`) runs down every tree; the sum of the leaves
reached is the logarithm of the odds that the block is body.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

# (feature, threshold, where to go at most that, where beyond); a leaf is a plain number.
Node = tuple[int, float, Any, Any]


_GROUP, _SETTLED = 12, 2.0  # after each group of trees, a sum this far from the limit will not come back


@dataclass(frozen=True, slots=True)
class Weights:
    """Trees in groups, and the log-odds above which a block is body."""

    groups: Sequence[Sequence[Node | float]]
    limit: float

    def judge(self, rows: Iterable[Sequence[float]]) -> list[bool]:
        """For each row, whether its block is body."""
        score, limit = self.score, self.limit
        return [score(row) > limit for row in rows]

    def score(self, row: Sequence[float]) -> float:
        """The log-odds that a block is body, as far as they had to be worked out."""
        total = 0.0
        low_enough, high_enough = self.limit - _SETTLED, self.limit + _SETTLED
        for group in self.groups:
            for node in group:
                while node.__class__ is tuple:
                    feature, threshold, low, high = node
                    node = low if row[feature] <= threshold else high
                total += node  # type: ignore[operator]
            if not low_enough < total < high_enough:
                break
        return total


def load(text: str) -> Weights:
    """Weights from their JSON."""
    stored = json.loads(text)
    trees = [_node(tree) for tree in stored["trees"]]
    return Weights([tuple(trees[i : i + _GROUP]) for i in range(0, len(trees), _GROUP)], stored["limit"])


def _node(stored: Any) -> Node | float:
    if isinstance(stored, list):
        feature, threshold, low, high = stored
        return (feature, threshold, _node(low), _node(high))
    return float(stored)


def _shipped() -> Weights | None:
    file = files("newsarchive.extraction").joinpath("weights.json")
    return load(file.read_text("utf-8")) if file.is_file() else None


SHIPPED = _shipped()
