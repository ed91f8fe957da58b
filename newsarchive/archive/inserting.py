"""Insert many rows of one table at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, func, insert, select

from newsarchive.archive.models import Base

_Binder = Callable[[Any], Any]


def insert_rows(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns.

    On SQLite their values are bound here: SQLAlchemy spends as much time on a wide row as SQLite on writing it.
    """
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[assignment]
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    statement, columns = _plan(table, tuple(rows[0]), connection.dialect)
    columns_of_values = [
        [row[name] for row in rows] if bind is None else [bind(row[name]) for row in rows] for name, bind in columns
    ]
    connection.exec_driver_sql(statement, list(zip(*columns_of_values, strict=True)))


def insert_numbered(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows without their id; the ids they got, in their order."""
    if not rows:
        return []
    table: Table = model.__table__  # type: ignore[assignment]
    if connection.dialect.name != "sqlite":
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(connection.execute(statement, rows).scalars())
    # It has one writer, who holds the lock already: numbers need not be handed out row by row.
    last = connection.execute(_last(table)).scalar() or 0
    ids = list(range(last + 1, last + 1 + len(rows)))
    insert_rows(connection, model, [{"id": number, **row} for number, row in zip(ids, rows, strict=True)])
    return ids


@lru_cache(maxsize=64)
def _last(table: Table) -> Any:
    return select(func.max(table.c.id))


@lru_cache(maxsize=64)
def _plan(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, list[tuple[str, _Binder | None]]]:
    """The statement for these columns, and what each value of them passes through on its way to the database."""
    kinds = [table.c[name].type.dialect_impl(dialect) for name in names]
    columns: list[tuple[str, _Binder | None]] = [
        (name, kind.bind_processor(dialect)) for name, kind in zip(names, kinds, strict=True)
    ]
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", columns  # noqa: S608
