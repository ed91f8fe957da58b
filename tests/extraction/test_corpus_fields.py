"""Floors for authors and verdicts on real pages with known answers; runs where the corpus is present."""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import mean
from typing import Any
from zipfile import ZipFile

import pytest

from newsarchive import Verdict
from newsarchive.extraction import authors, bodies, outline, structured, titles, verdicts
from newsarchive.page import Page

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPUS / "score.py").is_file(), reason=f"no corpus at {CORPUS}"),
]
AUTHORS = {"fundus": 0.92, "np4k": 0.92, "trafilatura": 0.70}
ARTICLES = 0.99
READABLE = {Verdict.ARTICLE, Verdict.TEASER, Verdict.LIVE_BLOG}


@pytest.fixture(scope="module")
def found() -> tuple[dict[str, list[float]], list[Verdict]]:
    """By corpus the F1 of each page's authors, and the verdict on every page that holds an article."""
    spec = spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = module_from_spec(spec)
    spec.loader.exec_module(score)
    by_corpus: dict[str, list[float]] = defaultdict(list)
    said: list[Verdict] = []
    for path in sorted(CORPUS.glob("*.zip")):
        with ZipFile(path) as archive:
            for gold in json.loads(archive.read("gold.json")).values():
                if "body" in gold or "with" in gold:
                    people, verdict = _read(Page(url=gold["url"], body=archive.read(gold["page"])))
                    said.append(verdict)
                    if gold.get("authors"):
                        by_corpus[path.stem].append(_f1(score, gold["authors"], people))
    return by_corpus, said


def _read(page: Page) -> tuple[list[str], Verdict]:
    stated, seen = structured.read(page.tree), outline.read(page.tree)
    headline = titles.title(seen, stated, page.url)
    body = bodies.read(seen, stated, headline.block, title=headline.text)
    judged = verdicts.read(page, stated, seen, body.paragraphs, headline.text, page.url)
    return authors.read(page, stated, seen).people, judged.verdict


def _f1(score: Any, true: list[str], people: list[str]) -> float:
    one, other = ({score.fold(name) for name in names} - {""} for names in (true, people))
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


@pytest.mark.parametrize("corpus", AUTHORS)
def test_authors_stay_above_their_floor(corpus: str, found: tuple[dict[str, list[float]], list[Verdict]]) -> None:
    assert mean(found[0][corpus]) >= AUTHORS[corpus]


def test_pages_that_hold_articles_are_called_so(found: tuple[dict[str, list[float]], list[Verdict]]) -> None:
    assert mean(verdict in READABLE for verdict in found[1]) >= ARTICLES
