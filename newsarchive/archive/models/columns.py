"""The types of columns, and the base of all models, alike on every database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    Text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.mysql import DATETIME, LONGBLOB, LONGTEXT, VARBINARY
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Written(sqlite.DATETIME):
    """SQLite's instants, in SQLAlchemy's own form, written in a third of its time."""

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:
        return _written


def _written(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(" ", "microseconds")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on every database; a naive one is an error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        """With microseconds on MariaDB too."""
        kinds: dict[str, TypeEngine[Any]] = {
            "sqlite": _Written(),  # type: ignore[no-untyped-call]
             "mysql": DATETIME(fsp=6), "mariadb": DATETIME(fsp=6)
        }  # fmt: skip
        return dialect.type_descriptor(kinds.get(dialect.name, DateTime(timezone=True)))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC, on its way to the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without zone must not enter the archive: {value!r}")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again, on its way back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = BigInteger().with_variant(Integer, "sqlite")
LongText = Text().with_variant(LONGTEXT(), "mysql", "mariadb")
Bytes = LargeBinary().with_variant(LONGBLOB(), "mysql", "mariadb")
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
UrlKey = LargeBinary(16).with_variant(VARBINARY(16), "mysql", "mariadb")
Digest = LargeBinary(32).with_variant(VARBINARY(32), "mysql", "mariadb")


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A check that a column holds one of these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Base(DeclarativeBase):
    """The base of all models; it names keys, indexes and checks alike on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - the declarative way of SQLAlchemy
        datetime: Instant(),
        str: LongText,
        bytes: Digest,
        float: Double(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }
