"""The weights are numbers in a file, read without a library, for the features there are."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction import features, weights


def test_a_row_runs_down_every_tree_and_the_leaves_are_summed() -> None:
    stored = {"limit": 0.5, "trees": [[0, 10.0, -1.0, [1, 0.5, 2.0, 0.25]], 0.5]}
    learned = weights.load(json.dumps(stored))
    assert [learned.score(row) for row in ([10, 0], [11, 0], [11, 1])] == [-0.5, 2.5, 0.75]
    assert learned.judge([[10, 0], [11, 0], [11, 1]]) == [False, True, True]


def test_the_shipped_weights_are_small_and_made_for_these_features() -> None:
    file = files("newsarchive.extraction").joinpath("weights.json")
    text = file.read_text("utf-8")
    assert len(text) < 40_000
    assert json.loads(text)["features"] == list(features.NAMES)
    assert weights.SHIPPED is not None


@given(st.lists(st.lists(st.floats(-50, 3000, width=32), min_size=len(features.NAMES), max_size=len(features.NAMES))))
def test_a_page_is_judged_as_its_rows_score(rows: list[list[float]]) -> None:
    learned = weights.SHIPPED
    assert learned is not None
    expected = [learned.score(row) > learned.limit for row in rows]
    assert learned.judge(rows) == expected
    assert weights.in_python(learned)(rows) == expected


def test_a_row_without_a_number_for_every_feature_is_an_error() -> None:
    learned = weights.SHIPPED
    assert learned is not None
    with pytest.raises((ValueError, TypeError)):
        learned.judge([[1.0]])
