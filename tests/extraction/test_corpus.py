"""Quality floors on real pages with known answers, a little under what was reached; runs where the corpus is present."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from newsarchive.extraction import bodies, outline, standfirsts, structured, titles, weights
from newsarchive.page import Page

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPUS / "score.py").is_file(), reason=f"no corpus at {CORPUS}"),
]
FLOORS = {
    "fundus.body": 0.983, "np4k.body": 0.952, "trafilatura.seg": 0.942,
    "fundus.title": 0.89, "np4k.title": 0.955, "trafilatura.title": 0.875,
}  # fmt: skip
FLOORS_OF_RULES = {"fundus.body": 0.96, "np4k.body": 0.93, "trafilatura.seg": 0.905}


def scorer() -> ModuleType:
    spec = spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(folder: Path) -> None:
    """Writes what the shipped weights and what the rules alone find, each page parsed once."""
    with (folder / "weights").open("w") as by_weights, (folder / "rules").open("w") as by_rules:
        for path in sorted(CORPUS.glob("*.zip")):
            with ZipFile(path) as archive:
                for key, gold in json.loads(archive.read("gold.json")).items():
                    if "body" not in gold and "with" not in gold:
                        continue
                    page = Page(url=gold["url"], body=archive.read(gold["page"]))
                    said, seen = structured.read(page.tree), outline.read(page.tree)
                    headline = titles.title(seen, said, page.url)
                    for stream, learned in ((by_weights, weights.SHIPPED), (by_rules, None)):
                        body = bodies.read(seen, said, headline.block, title=headline.text, learned=learned)
                        lead = standfirsts.read(seen, said, body, headline.block)
                        text = "\n".join(filter(None, [lead.text, *standfirsts.without(body.paragraphs, lead)]))
                        stream.write(
                            json.dumps({"corpus": path.stem, "id": key, "title": headline.text, "body": text}) + "\n"
                        )


def test_quality_stays_above_its_floor(tmp_path: Path) -> None:
    predict(tmp_path)
    score = scorer()
    answers = dict(score.gold())
    below: dict[tuple[str, str], float] = {}
    for name, floors in (("weights", FLOORS), ("rules", FLOORS_OF_RULES)):
        table = score.table(tmp_path / name, answers)
        reached = {row: table[row].get("f1", table[row].get("acc")) for row in floors}
        below |= {(name, row): value for row, value in reached.items() if value < floors[row]}
    assert below == {}
