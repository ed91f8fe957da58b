"""The schema as a picture and a list, made from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Double, Integer, LargeBinary, String, Table, Text
from sqlalchemy.types import JSON, TypeEngine

from newsarchive.archive.models import Base, Instant

_WORDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Instant, "instant"),
    (Text, "text"),
    (String, "string"),
    (JSON, "json"),
    (BigInteger, "number"),
    (Boolean, "boolean"),
    (Integer, "number"),
    (Double, "fraction"),
    (LargeBinary, "digest"),
    (Date, "day"),
)


def markdown() -> str:
    """The entities and their keys as a Mermaid diagram, then a table for each with every column."""
    return "\n".join([*_picture(), "", *_lists()]).rstrip()


def _tables() -> list[Table]:
    return Base.metadata.sorted_tables


def _picture() -> Iterator[str]:
    yield "```mermaid"
    yield "erDiagram"
    for table in _tables():
        for column in table.columns:
            for key in column.foreign_keys:
                there = "o|" if column.nullable else "||"
                yield f"    {key.column.table.name} {there}--o{{ {table.name} : {column.name}"
    for table in _tables():
        yield f"    {table.name} {{"
        for column in table.columns:
            marks = _marks(column)
            yield f"        {_type(column)} {column.name}{f' {marks}' if marks else ''}"
        yield "    }"
    yield "```"


def _lists() -> Iterator[str]:
    for table in _tables():
        yield f"### {table.name}"
        yield ""
        yield f"{_first_line(table)}"
        yield ""
        yield "| column | type | null | meaning |"
        yield "| --- | --- | --- | --- |"
        for column in table.columns:
            null = "yes" if column.nullable else ""
            yield f"| `{column.name}` | {_type(column)} | {null} | {_meaning(column)} |"
        yield ""


def _type(column: Column[object]) -> str:
    for kind, word in _WORDS:
        if isinstance(column.type, kind):
            return word
    raise TypeError(f"no word for the type of {column}")


def _marks(column: Column[object]) -> str:
    marks = ["PK"] * column.primary_key + ["FK"] * bool(column.foreign_keys) + ["UK"] * bool(column.unique)
    return ",".join(marks)


def _meaning(column: Column[object]) -> str:
    target = ", ".join(f"→ `{key.target_fullname}`" for key in column.foreign_keys)
    return "; ".join(part for part in (column.doc, target) if part)


def _first_line(table: Table) -> str:
    [model] = [mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table]
    return (model.__doc__ or "").strip().splitlines()[0]
