"""The schema of the archive: typed models, one a table, with their keys and checks.

Instants are UTC. A date of an article keeps what was stated beside its instant: precision, offset, zone, raw string,
source and confidence. URLs are found by a digest, so that their length has no limit on any database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.mysql import DATETIME, LONGTEXT, VARBINARY
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from newsarchive.article import Precision, Verdict, Zone

STATES: Final = ("known", "archived", "listing", "duplicate", "rejected", "failed", "gone")
"""What can have become of a URL, in the ledger."""

CHANGES: Final = ("typo", "correction", "substantive", "headline", "extended", "withdrawn", "restored")
"""How a version can differ from the one before it."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on every database; a naive one is an error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        """With microseconds on MariaDB too."""
        fine = dialect.name in ("mysql", "mariadb")
        return dialect.type_descriptor(DATETIME(fsp=6) if fine else DateTime(timezone=True))

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


_Id = BigInteger().with_variant(Integer, "sqlite")
_Text = Text().with_variant(LONGTEXT(), "mysql", "mariadb")
_Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_UrlKey = LargeBinary(16).with_variant(VARBINARY(16), "mysql", "mariadb")
_Digest = LargeBinary(32).with_variant(VARBINARY(32), "mysql", "mariadb")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _date_checks(which: str) -> tuple[CheckConstraint, ...]:
    precisions = tuple(p.value for p in Precision)
    return (
        _one_of(f"{which}_precision", precisions),
        _one_of(f"{which}_zone", tuple(z.value for z in Zone)),
        CheckConstraint(f"({which}_at IS NULL) = ({which}_precision IS NULL)", name=f"{which}_whole"),
        CheckConstraint(f"{which}_confidence BETWEEN 0 AND 1", name=f"{which}_confidence"),
    )


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
        str: _Text,
        bytes: _Digest,
        float: Double(),
        dict[str, Any]: _Json,
        list[Any]: _Json,
    }


class Site(Base):
    """A news site."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True, doc="registrable domain")
    first_seen: Mapped[datetime]


class Run(Base):
    """One run of a command that writes to the archive."""

    __tablename__ = "runs"
    __table_args__ = (_one_of("outcome", ("running", "complete", "incomplete", "failed")),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    command: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(16))
    counts: Mapped[dict[str, Any] | None]


class Article(Base):
    """One article: its identity, and which of its versions is the current one."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "site_id"),
        Index(None, "duplicate_of_id"),
        CheckConstraint("current_version BETWEEN 1 AND versions", name="current_version"),
        CheckConstraint("first_seen <= last_seen", name="seen"),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    url: Mapped[str] = mapped_column(doc="canonical URL")
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime] = mapped_column(doc="last time the current version was seen on the site")
    versions: Mapped[int] = mapped_column(Integer, doc="how many versions are kept")
    current_version: Mapped[int] = mapped_column(Integer, doc="number of the current version")
    duplicate_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("articles.id"), doc="the first article with the same text"
    )


class Alias(Base):
    """A URL that leads to an article; the canonical one is among them."""

    __tablename__ = "aliases"
    __table_args__ = (Index(None, "article_id"), _one_of("kind", ("canonical", "stated", "text")))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    url_key: Mapped[bytes] = mapped_column(_UrlKey, unique=True, doc="digest of the URL")
    url: Mapped[str]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    kind: Mapped[str] = mapped_column(
        String(16), doc="canonical (the page named it its own), stated (redirect, AMP), or text (same title and text)"
    )
    first_seen: Mapped[datetime]


class Version(Base):
    """One text of an article as it was on the site, with all that was read from that page and its twins."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index(None, "text_digest"),
        Index(None, "published_from"),
        _one_of("verdict", tuple(v.value for v in Verdict)),
        _one_of("change_kind", CHANGES),
        _one_of("cause", ("site", "rules")),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("published_from <= published_to", name="published_period"),
        *_date_checks("published"),
        *_date_checks("modified"),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int] = mapped_column(Integer, doc="1, 2, ... in the order of storing")
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    stored_at: Mapped[datetime]
    captured_at: Mapped[datetime | None] = mapped_column(doc="when the page was fetched; null where unknown")
    last_seen: Mapped[datetime | None] = mapped_column(doc="set when a later version follows")
    change_kind: Mapped[str | None] = mapped_column(String(16), doc="how it differs from the version before")
    cause: Mapped[str] = mapped_column(String(8), doc="why it was made: the site changed, or our rules did")
    text_digest: Mapped[bytes] = mapped_column(doc="SHA-256 of the normalised text")
    content_digest: Mapped[bytes] = mapped_column(doc="SHA-256 of the normalised title and text")
    text_length: Mapped[int] = mapped_column(Integer, doc="characters of the normalised text")
    # Small columns first: what is only counted or compared is read without the text behind it.
    verdict: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(35), doc="BCP 47")
    is_free: Mapped[bool | None]
    published_at: Mapped[datetime | None] = mapped_column(doc="first instant of the date, in UTC where known")
    published_from: Mapped[date | None] = mapped_column(Date, doc="first day it can mean, as the site counts days")
    published_to: Mapped[date | None] = mapped_column(Date, doc="last day it can mean")
    published_precision: Mapped[str | None] = mapped_column(String(8))
    published_zone: Mapped[str | None] = mapped_column(String(8))
    published_offset: Mapped[int | None] = mapped_column(Integer, doc="seconds east of UTC; null where unknown")
    published_raw: Mapped[str | None]
    published_source: Mapped[str | None]
    published_rule: Mapped[str | None]
    published_confidence: Mapped[float | None]
    published_ambiguous: Mapped[bool | None]
    modified_at: Mapped[datetime | None]
    modified_precision: Mapped[str | None] = mapped_column(String(8))
    modified_zone: Mapped[str | None] = mapped_column(String(8))
    modified_offset: Mapped[int | None] = mapped_column(Integer)
    modified_raw: Mapped[str | None]
    modified_source: Mapped[str | None]
    modified_rule: Mapped[str | None]
    modified_confidence: Mapped[float | None]
    modified_ambiguous: Mapped[bool | None]
    capture_file: Mapped[str | None]
    capture_offset: Mapped[int | None] = mapped_column(BigInteger)
    capture_length: Mapped[int | None] = mapped_column(BigInteger)
    capture_digest: Mapped[str | None]
    extractor: Mapped[str | None]
    section: Mapped[str | None]
    publisher: Mapped[str | None]
    amp_url: Mapped[str | None]
    title: Mapped[str | None]
    standfirst: Mapped[str | None]
    standfirst_truncated: Mapped[bool]
    authors: Mapped[list[Any] | None]
    agencies: Mapped[list[Any] | None]
    images: Mapped[list[Any] | None] = mapped_column(doc="objects of url, alt, caption, credit")
    tags: Mapped[list[Any] | None]
    body: Mapped[str | None] = mapped_column(doc="paragraphs joined by newlines")
    body_kinds: Mapped[list[Any] | None] = mapped_column(doc="kind of each paragraph; null where all are text")
    date_evidence: Mapped[list[Any] | None] = mapped_column(doc="dates seen and not chosen")
    provenance: Mapped[dict[str, Any] | None] = mapped_column(doc="which rule gave each field")


class LedgerEntry(Base):
    """What became of one URL, and why: one row for every URL ever seen."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index(None, "site_id", "state"),
        Index(None, "article_id"),
        _one_of("state", STATES),
        CheckConstraint("attempts >= 0", name="attempts"),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    url_key: Mapped[bytes] = mapped_column(_UrlKey, unique=True, doc="digest of the URL")
    url: Mapped[str]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"), doc="the run of the last visit")
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(doc="why, in a standard word or two: robots, http 404, consent_wall")
    detail: Mapped[str | None]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, doc="visits with an outcome")


class Export(Base):
    """One finished export under a name: where the next one "since the last" begins."""

    __tablename__ = "exports"
    __table_args__ = (Index(None, "name"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    finished_at: Mapped[datetime]
    last_version_id: Mapped[int] = mapped_column(BigInteger, doc="all versions up to this one were in reach")
    article_count: Mapped[int] = mapped_column(Integer)
    format: Mapped[str] = mapped_column(String(16))
    path: Mapped[str | None]
