"""The weights that choose the body: small decision trees learned from pages, kept as numbers, read without a library.

`bench/learn.py` makes the file. A row of numbers (see `features.NAMES`) runs down every tree; the sum of the leaves
reached is the logarithm of the odds that the block is body.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from types import ModuleType
from typing import Any

from newsarchive import compiled

# (feature, threshold, where to go at most that, where beyond); a leaf is a plain number.
Node = tuple[int, float, Any, Any]
Row = Sequence[float]

_GROUP, _SETTLED = 12, 2.0  # after each group of trees, a sum this far from the limit will not come back


@dataclass(frozen=True)
class Weights:
    """Trees in groups, and the log-odds above which a block is body."""

    groups: Sequence[Sequence[Node | float]]
    limit: float

    def judge(self, rows: Sequence[Row]) -> list[bool]:
        """For each row, whether its block is body: its `score` beyond the limit."""
        return self._judge(rows)

    def score(self, row: Row) -> float:
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

    @cached_property
    def _judge(self) -> Callable[[Sequence[Row]], list[bool]]:
        """What judges rows, made when the first page asks: in C where that was built."""
        built = compiled.module("extraction._trees")
        return in_python(self) if built is None else _in_c(self, built)


def in_python(weights: Weights) -> Callable[[Sequence[Row]], list[bool]]:
    """The trees as a Python function: half the time of walking them node by node."""
    space: dict[str, Any] = {}
    exec(_source(weights), space)  # noqa: S102 - made of this file's numbers alone
    judge: Callable[[Sequence[Row]], list[bool]] = space["judge"]
    return judge


def _in_c(weights: Weights, built: ModuleType) -> Callable[[Sequence[Row]], list[bool]]:
    """The trees packed for `_trees.c`, all nodes in one run of bytes."""
    nodes: list[tuple[float, int, int, int]] = []
    trees = [tree for group in weights.groups for tree in group]
    roots = array("i", [_pack(tree, nodes) for tree in trees]).tobytes()
    packed = b"".join([struct.pack("=diiii", *node, 0) for node in nodes])
    width = 1 + max((_widest(tree) for tree in trees), default=0)

    def judge(rows: Sequence[Row]) -> list[bool]:
        found: list[bool] = built.judge(packed, roots, _GROUP, width, weights.limit, _SETTLED, list(rows))
        return found

    return judge


def _pack(tree: Node | float, nodes: list[tuple[float, int, int, int]]) -> int:
    """Adds a tree's nodes to those packed; the place of its root."""
    place = len(nodes)
    if not isinstance(tree, tuple):
        nodes.append((tree, -1, 0, 0))
        return place
    nodes.append((0.0, 0, 0, 0))
    feature, threshold, low, high = tree
    nodes[place] = (threshold, feature, _pack(low, nodes), _pack(high, nodes))
    return place


def _source(weights: Weights) -> str:
    """The source of a function that judges rows as `Weights.score` does, every tree one expression."""
    width = 1 + max((_widest(tree) for group in weights.groups for tree in group), default=0)
    low_enough, high_enough = weights.limit - _SETTLED, weights.limit + _SETTLED
    lines = ["def judge(rows):", " found = []", f" for {', '.join(f'v{i}' for i in range(width))}, *_ in rows:"]
    lines.append("  total = 0.0")
    for number, group in enumerate(weights.groups, 1):
        lines.extend(f"  total += {_expression(tree)}" for tree in group)
        if number < len(weights.groups):
            lines.append(f"  if not {low_enough!r} < total < {high_enough!r}:")
            lines.append(f"   found.append(total > {weights.limit!r})")
            lines.append("   continue")
    return "\n".join([*lines, f"  found.append(total > {weights.limit!r})", " return found"])


def _expression(node: Node | float) -> str:
    if not isinstance(node, tuple):
        return repr(node)
    feature, threshold, low, high = node
    return f"({_expression(low)} if v{feature} <= {threshold!r} else {_expression(high)})"


def _widest(node: Node | float) -> int:
    return max(node[0], _widest(node[2]), _widest(node[3])) if isinstance(node, tuple) else 0


def load(text: str) -> Weights:
    """Weights from their JSON."""
    stored = json.loads(text)
    trees = [_node(tree) for tree in stored["trees"]]
    groups = [tuple(trees[i : i + _GROUP]) for i in range(0, len(trees), _GROUP)]
    return Weights(groups, float(stored["limit"]))


def _node(stored: Any) -> Node | float:
    if isinstance(stored, list):
        feature, threshold, low, high = stored
        return (int(feature), float(threshold), _node(low), _node(high))
    return float(stored)


def _shipped() -> Weights | None:
    file = files("newsarchive.extraction").joinpath("weights.json")
    return load(file.read_text("utf-8")) if file.is_file() else None


SHIPPED = _shipped()
