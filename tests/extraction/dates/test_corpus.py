"""Floors of the dates on real pages with known answers, a little under what was reached; where the corpus is present."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import dates

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
FLOORS = {"fundus": 0.994, "htmldate": 0.961, "trafilatura": 0.956}
INSTANTS, SURE = 0.98, 0.98

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPUS / "score.py").is_file(), reason=f"no corpus at {CORPUS}"),
]


def test_dates_stay_above_their_floors() -> None:
    tally = dates.measure(CORPUS)
    reached = {name: round(tally.days[name].f1, 4) for name in FLOORS}
    assert {name: value for name, value in reached.items() if value < FLOORS[name]} == {}
    assert tally.instants.right / tally.instants.pages >= INSTANTS
    sure = [score for band, score in tally.sure.items() if float(band) >= dates.SURE]
    assert sum(score.right for score in sure) / sum(score.pages for score in sure) >= SURE
