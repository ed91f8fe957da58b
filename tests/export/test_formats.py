from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.export import escaped, unescaped
from newsarchive.export.formats import comma_separated, json_array, json_lines


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "'=1", "''-x", "' @x"]
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert escaped(text) == f"'{text}"
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "'s avonds", "'tis", "« =x »", "— dit-il", "'"])
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert escaped(text) == unescaped(text) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n a1＝")) | st.text())
def test_escaping_can_always_be_undone(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_no_records_are_an_empty_array_no_lines_and_a_header() -> None:
    assert b"".join(json_array([])) == b"[]\n"
    assert b"".join(json_lines([])) == b""
    assert b"".join(comma_separated([], ["a", "b"])) == b"a,b\r\n"


VALUES = st.dictionaries(
    st.sampled_from("abc"),
    st.none() | st.booleans() | st.integers(-(2**53), 2**63) | st.text() | st.lists(st.text()),
    min_size=3,
)


@given(st.lists(VALUES))
def test_json_and_json_lines_parse_to_what_was_written(records: list[dict[str, object]]) -> None:
    assert json.loads(b"".join(json_array(records))) == records
    assert [json.loads(line) for line in b"".join(json_lines(records)).split(b"\n")[:-1]] == records


@given(
    st.lists(
        st.fixed_dictionaries(
            {"a": st.text(st.characters(codec="utf-8", exclude_characters="\x00")), "b": st.booleans()}
        )
    )
)
def test_csv_parses_to_what_was_written(records: list[dict[str, object]]) -> None:
    rows = list(csv.DictReader(io.StringIO(b"".join(comma_separated(records, "ab")).decode(), newline="")))
    assert [{"a": unescaped(row["a"]), "b": row["b"] == "true"} for row in rows] == records


def test_csv_writes_lists_of_texts_a_text_a_line_and_other_things_as_json() -> None:
    text = b"".join(
        comma_separated([{"a": ["Inès", "O'Neil,\nJr."], "b": [{"url": "u"}], "c": None, "d": 0.5}], "abcd")
    ).decode()
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row == {"a": "Inès\nO'Neil, Jr.", "b": '[{"url":"u"}]', "c": "", "d": "0.5"}
