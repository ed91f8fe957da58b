"""The formats of an export: records in, pieces of UTF-8 text out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

Record = Mapping[str, Any]
_dumps: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

# A spreadsheet takes a cell that begins so for a formula, behind white space and quotes too.
_FORMULA: Final = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")


def json_array(records: Iterable[Record], _names: Sequence[str]) -> Iterator[str]:
    """One JSON array, an object a line."""
    separator = "[\n"
    for record in records:
        yield separator + _dumps(record)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def json_lines(records: Iterable[Record], _names: Sequence[str]) -> Iterator[str]:
    """One JSON object a line."""
    for record in records:
        yield _dumps(record) + "\n"


def comma_separated(records: Iterable[Record], names: Sequence[str]) -> Iterator[str]:
    """A header and a row a record (RFC 4180); lists of texts have one text a line, other structures are JSON.

    A text a spreadsheet would run as a formula begins with an apostrophe (see `escaped`).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    for record in records:
        writer.writerow([_cell(record[name]) for name in names])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def escaped(text: str) -> str:
    """A text no spreadsheet runs: an apostrophe before what it would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` made this of."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


FORMATS: Final[Mapping[str, Callable[[Iterable[Record], Sequence[str]], Iterator[str]]]] = {
    "json": json_array,
    "jsonl": json_lines,
    "csv": comma_separated,
}


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return escaped("\n".join(" ".join(item.split()) for item in value))
    return _dumps(value)
