"""Sites, articles, the URLs that lead to them, and their versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.models.columns import Base, Id, UrlKey, one_of
from newsarchive.article import Precision, Verdict, Zone

CHANGES: Final = ("typo", "correction", "substantive", "headline", "extended", "withdrawn", "restored")
"""How a version can differ from the one before it."""


def _date_checks(which: str) -> tuple[CheckConstraint, ...]:
    precisions = tuple(p.value for p in Precision)
    return (
        one_of(f"{which}_precision", precisions),
        one_of(f"{which}_zone", tuple(z.value for z in Zone)),
        CheckConstraint(f"({which}_at IS NULL) = ({which}_precision IS NULL)", name=f"{which}_whole"),
        CheckConstraint(f"{which}_confidence BETWEEN 0 AND 1", name=f"{which}_confidence"),
    )


class Site(Base):
    """A news site."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True, doc="registrable domain")
    first_seen: Mapped[datetime]


class Article(Base):
    """One article: its identity, and which of its versions is the current one."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "site_id"),
        Index(None, "duplicate_of_id"),
        CheckConstraint("current_version BETWEEN 1 AND versions", name="current_version"),
        CheckConstraint("first_seen <= last_seen", name="seen"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
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
    __table_args__ = (Index(None, "article_id"), one_of("kind", ("canonical", "stated", "text")))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url_key: Mapped[bytes] = mapped_column(UrlKey, unique=True, doc="digest of the URL")
    url: Mapped[str]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    kind: Mapped[str] = mapped_column(
        String(16), doc="canonical (the page named it its own), stated (redirect, AMP), or text (same title and text)"
    )
    first_seen: Mapped[datetime]


class Withdrawal(Base):
    """One time an article was taken off its site."""

    __tablename__ = "withdrawals"
    __table_args__ = (Index(None, "article_id"), CheckConstraint("gone_at <= back_at", name="back"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    gone_at: Mapped[datetime] = mapped_column(doc="when it was first seen to be gone")
    back_at: Mapped[datetime | None] = mapped_column(doc="when it was seen again; null while it is gone")
    reason: Mapped[str | None] = mapped_column(doc="how the site said so: http 410, notice")


class Version(Base):
    """One text of an article as it was on the site, with all that was read from that page and its twins."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index(None, "text_digest"),
        Index(None, "published_from"),
        Index(None, "language"),
        one_of("verdict", tuple(v.value for v in Verdict)),
        one_of("change_kind", CHANGES),
        one_of("cause", ("site", "rules")),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("published_from <= published_to", name="published_period"),
        *_date_checks("published"),
        *_date_checks("modified"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int] = mapped_column(Integer, doc="1, 2, ... in the order of storing")
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    stored_at: Mapped[datetime]
    captured_at: Mapped[datetime | None] = mapped_column(doc="when the page was fetched; null where unknown")
    last_seen: Mapped[datetime | None] = mapped_column(doc="set when a later version follows")
    change_kind: Mapped[str | None] = mapped_column(String(16), doc="how it differs from the version before")
    cause: Mapped[str] = mapped_column(String(8), doc="why it was made: the site changed, or our rules did")
    returns: Mapped[int] = mapped_column(
        Integer, server_default="0", doc="how often the site went back to it after another version"
    )
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
    provenance: Mapped[dict[str, Any] | None] = mapped_column(
        doc="by field, the rule that gave it and what it overruled"
    )
