"""Runs, and the ledger: one row for every URL ever seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.models.columns import Base, Id, UrlKey, one_of

STATES: Final = ("known", "archived", "listing", "duplicate", "rejected", "failed", "gone")
"""What can have become of a URL, in the ledger."""


class Run(Base):
    """One run of a command that writes to the archive."""

    __tablename__ = "runs"
    __table_args__ = (one_of("outcome", ("running", "complete", "incomplete", "failed")),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    command: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(16))
    counts: Mapped[dict[str, Any] | None]


class LedgerEntry(Base):
    """What became of one URL, and why: one row for every URL ever seen."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index(None, "site_id", "state"),
        Index(None, "article_id"),
        one_of("state", STATES),
        CheckConstraint("attempts >= 0", name="attempts"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url_key: Mapped[bytes] = mapped_column(UrlKey, unique=True, doc="digest of the URL")
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
