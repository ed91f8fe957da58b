"""Learns the weights that choose the body, from pages with known answers in a folder the user names.

    python bench/learn.py --corpus DIR [--write newsarchive/extraction/weights.json]

DIR holds zips of `pages/*` and `gold.json` (id -> {page, url, body} or {page, url, with, without}). What is printed is
cross-validated by host: no page of a scored host was learned from. Needs `pip install lightgbm`; what it writes needs
nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsarchive.extraction import bodies, features, structured, titles
from newsarchive.extraction import outline as outlines
from newsarchive.extraction.outline import Block
from newsarchive.page import Page

_WORD = re.compile(r"\w+")
FOLDS = 5
SETTINGS: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 15, "min_data_in_leaf": 40, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "seed": 1, "deterministic": True,
    "num_threads": 2,
}  # fmt: skip
ROUNDS = 90
LIMIT = -0.2


@dataclass(slots=True)
class Sample:
    """One page: its candidate blocks, their numbers, and for each 1 (body), 0 (not), or None where nobody says."""

    key: tuple[str, str]
    host: str
    blocks: list[Block]
    rows: list[features.Row]
    labels: list[float | None]
    whole: bool
    title: str | None = None


def samples(corpus: Path) -> Iterator[Sample]:
    """Every page of every zip that says what its body is."""
    for path in sorted(corpus.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for key, gold in json.loads(archive.read("gold.json")).items():
                if "body" in gold or "with" in gold:
                    yield _sample((path.stem, key), gold, archive.read(gold["page"]))


def _sample(key: tuple[str, str], gold: dict[str, Any], html: bytes) -> Sample:
    page = Page(url=gold["url"], body=html)
    statements, outline = structured.read(page.tree), outlines.read(page.tree)
    headline = titles.title(outline, statements, page.url)
    scene = bodies.view(outline, statements, headline.block, title=headline.text, stated=bodies.stated_in(statements))
    blocks, rows = features.read(outline.blocks, scene) if scene else ([], [])
    labels = _by_body(gold["body"], blocks) if "body" in gold else _by_segments(gold, blocks)
    return Sample(key, urlsplit(gold["url"]).hostname or key[1], blocks, rows, labels, "body" in gold, headline.text)


def _by_body(body: str, blocks: Sequence[Block]) -> list[float | None]:
    words = _WORD.findall(body)
    known = Counter(zip(*(words[i:] for i in range(4)), strict=False))
    line = f" {' '.join(words)} "
    labels: list[float | None] = []
    for block in blocks:
        own = _WORD.findall(block.text)
        if len(own) >= 4:
            grams = list(zip(*(own[i:] for i in range(4)), strict=False))
            labels.append(sum(gram in known for gram in grams) / len(grams))
        else:
            labels.append(float(bool(own) and f" {' '.join(own)} " in line))
    return labels


def _by_segments(gold: dict[str, Any], blocks: Sequence[Block]) -> list[float | None]:
    within = [" ".join(text.split()) for text in gold["with"]]
    without = [" ".join(text.split()) for text in gold["without"]]
    return [
        1.0 if any(text in b.text for text in within) else 0.0 if any(text in b.text for text in without) else None
        for b in blocks
    ]


def _table(chosen: Sequence[Sample]) -> tuple[list[features.Row], list[bool], list[float]]:
    rows: list[features.Row] = []
    answers: list[bool] = []
    weights: list[float] = []
    for sample in chosen:
        total = sum(len(b.text) for b in sample.blocks) or 1
        for block, row, label in zip(sample.blocks, sample.rows, sample.labels, strict=True):
            if label is None:
                continue
            rows.append(row)
            answers.append(label > 0.5)
            weights.append(0.3 + 40 * len(block.text) / total if sample.whole else 1.5)
    return rows, answers, weights


def fit(chosen: Sequence[Sample], rounds: int = ROUNDS, **settings: Any) -> Any:
    """A LightGBM model of the pages."""
    lightgbm, numpy = import_module("lightgbm"), import_module("numpy")
    rows, answers, weights = _table(chosen)
    data = lightgbm.Dataset(numpy.array(rows, dtype=float), numpy.array(answers), weight=numpy.array(weights))
    return lightgbm.train({**SETTINGS, **settings}, data, rounds)


def fold_of(host: str) -> int:
    """Which fold a host falls in; the same on every machine."""
    return hashlib.sha1(host.encode()).digest()[0] % FOLDS


def cross_validate(every: Sequence[Sample], **settings: Any) -> dict[tuple[str, str], list[float]]:
    """The log-odds of every block, by a model that never saw its host."""
    numpy = import_module("numpy")
    scores: dict[tuple[str, str], list[float]] = {}
    for fold in range(FOLDS):
        model = fit([s for s in every if fold_of(s.host) != fold], **settings)
        for sample in every:
            if fold_of(sample.host) == fold:
                found = model.predict(numpy.array(sample.rows), raw_score=True) if sample.rows else []
                scores[sample.key] = [float(score) for score in found]
    return scores


def dump(model: Any, limit: float) -> str:
    """The weights file of a model, as `newsarchive.extraction.weights` reads it."""
    trees = [_node(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    stored = {"made_by": "bench/learn.py", "features": features.NAMES, "limit": limit, "trees": trees}
    return json.dumps(stored, separators=(",", ":")) + "\n"


def _node(node: dict[str, Any]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    if node["decision_type"] != "<=":
        raise ValueError(f"not a numeric split: {node['decision_type']}")
    threshold = float(f"{node['threshold']:.6g}")
    return [node["split_feature"], threshold, _node(node["left_child"]), _node(node["right_child"])]


def _kept(sample: Sample, scores: Sequence[float], limit: float) -> list[Block]:
    kept = [block for block, score in zip(sample.blocks, scores, strict=True) if score > limit]
    return bodies.each_once(kept, sample.title)


def report(every: Sequence[Sample], scores: dict[tuple[str, str], list[float]], limit: float, corpus: Path) -> None:
    """Prints the body rows of the corpus' own scorer for the blocks above the limit."""
    sys.path.insert(0, str(corpus))
    scorer = import_module("score")
    texts = {s.key: "\n".join(b.text for b in _kept(s, scores[s.key], limit)) for s in every}
    answers = dict(scorer.gold())
    for name in sorted({s.key[0] for s in every}):
        keys = [s.key for s in every if s.key[0] == name]
        if "body" in answers[keys[0]]:
            p, r, f1 = scorer.prf([scorer.match(answers[key]["body"], texts[key]) for key in keys])
        else:
            squashed = [(answers[key], scorer.squash(texts[key])) for key in keys]
            hit = sum(scorer.squash(w) in body for gold, body in squashed for w in gold["with"])
            bad = sum(scorer.squash(w) in body for gold, body in squashed for w in gold["without"])
            need = sum(len(gold["with"]) for gold, _ in squashed)
            p, r, f1 = hit / max(1, hit + bad), hit / need, 2 * hit / (hit + need + bad)
        print(f"  {name:12} F1 {f1:.4f}  precision {p:.4f}  recall {r:.4f}  ({len(keys)} pages)")


def main() -> None:
    """Cross-validates, and writes the weights of a model of all pages where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--limit", type=float, default=LIMIT)
    arguments = parser.parse_args()
    every = list(samples(arguments.corpus))
    print(f"{len(every)} pages, {len({s.host for s in every})} hosts; by blocks alone, cross-validated by host:")
    report(every, cross_validate(every), arguments.limit, arguments.corpus)
    if arguments.write:
        arguments.write.write_text(dump(fit(every), arguments.limit), "utf-8")
        print(f"wrote {arguments.write} ({arguments.write.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
