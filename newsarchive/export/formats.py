"""The formats of an export: records in, bytes out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

import orjson

from newsarchive.export import parquet
from newsarchive.export.fields import Field

Record = Mapping[str, Any]
Write = Callable[[BinaryIO, Iterable[Record], Sequence[Field]], None]

# A spreadsheet takes a cell that begins so for a formula, behind white space and quotes too.
_FORMULA: Final = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")


def json_array(records: Iterable[Record]) -> Iterator[bytes]:
    """One JSON array, an object a line."""
    separator = b"[\n"
    for record in records:
        yield separator + dumped(record)
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def json_lines(records: Iterable[Record]) -> Iterator[bytes]:
    """One JSON object a line."""
    for record in records:
        yield orjson.dumps(record, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


def comma_separated(records: Iterable[Record], names: Sequence[str]) -> Iterator[bytes]:
    """A header and a row a record (RFC 4180); lists of texts have one text a line, other structures are JSON.

    A text a spreadsheet would run as a formula begins with an apostrophe (see `escaped`).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    for record in records:
        writer.writerow([_cell(record[name]) for name in names])
        yield buffer.getvalue().encode("utf-8")
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode("utf-8")


def dumped(value: Any) -> bytes:
    """A value as compact JSON; instants in UTC as RFC 3339."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def escaped(text: str) -> str:
    """A text no spreadsheet runs: an apostrophe before what it would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` made this of."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _write(out: BinaryIO, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        out.write(piece)


def _write_json(out: BinaryIO, records: Iterable[Record], _fields: Sequence[Field]) -> None:
    _write(out, json_array(records))


def _write_lines(out: BinaryIO, records: Iterable[Record], _fields: Sequence[Field]) -> None:
    _write(out, json_lines(records))


def _write_csv(out: BinaryIO, records: Iterable[Record], fields: Sequence[Field]) -> None:
    _write(out, comma_separated(records, [field.name for field in fields]))


FORMATS: Final[Mapping[str, Write]] = {
    "json": _write_json,
    "jsonl": _write_lines,
    "csv": _write_csv,
    "parquet": parquet.write,
    "jsonld": _write_json,
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
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return escaped("\n".join(" ".join(item.split()) for item in value))
    return dumped(value).decode("utf-8")
