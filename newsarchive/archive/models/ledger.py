"""Runs, and the ledger: one row for every URL ever seen, what it was before, and what is known of its host."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.models.columns import Base, Id, UrlKey, one_of

STATES: Final = ("known", "archived", "listing", "duplicate", "rejected", "failed", "gone")
"""What can have become of a URL, in the ledger."""

KINDS: Final = ("article", "listing")
"""What a URL of the frontier is believed to lead to: an article, or a page (feed, sitemap, section) that lists some."""

_DUE: Final = text("next_visit IS NOT NULL")


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
    site: Mapped[str | None] = mapped_column(String(255), doc="the site whose lock the run holds")


class LedgerEntry(Base):
    """What became of one URL, and why: one row for every URL ever seen. Those with a kind are the frontier's."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index(None, "site_id", "state", "priority"),
        Index(None, "site_id", "kind", "next_visit", sqlite_where=_DUE, postgresql_where=_DUE),
        Index(None, "article_id"),
        Index(None, "page_key"),
        one_of("state", STATES),
        one_of("kind", KINDS),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("failures >= 0", name="failures"),
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
    kind: Mapped[str | None] = mapped_column(String(8), doc="null: not of the frontier, only noted")
    source: Mapped[str | None] = mapped_column(
        String(16), doc="what listed it: start, robots, feed, sitemap, page, list"
    )
    found_on_id: Mapped[int | None] = mapped_column(ForeignKey("ledger.id"), doc="the page that listed it")
    page_key: Mapped[bytes | None] = mapped_column(UrlKey, doc="digest that all names of one page share")
    hints: Mapped[dict[str, Any] | None] = mapped_column(doc="what its finder said: title, dates, language, role")
    published_at: Mapped[datetime | None] = mapped_column(doc="as hinted, then as its article says")
    priority: Mapped[int] = mapped_column(Integer, server_default="0", doc="of URLs not visited yet, highest first")
    next_visit: Mapped[datetime | None] = mapped_column(doc="when to ask for it again; null: never")
    visited_at: Mapped[datetime | None] = mapped_column(doc="last visit with an outcome, by our clock")
    failures: Mapped[int] = mapped_column(Integer, server_default="0", doc="visits that failed since one succeeded")
    pace: Mapped[int | None] = mapped_column(Integer, doc="seconds between two visits of a listing")
    etag: Mapped[str | None]
    last_modified: Mapped[str | None] = mapped_column(doc="the HTTP header, as it was sent")


class PastOutcome(Base):
    """What the ledger said of a URL before it said something else."""

    __tablename__ = "past_outcomes"
    __table_args__ = (Index(None, "ledger_id"), one_of("state", STATES))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    last_seen: Mapped[datetime] = mapped_column(doc="when it was last so")


class Host(Base):
    """How far a host's "304 Not Modified" can be believed."""

    __tablename__ = "hosts"
    __table_args__ = (CheckConstraint("confirmed >= 0 AND answered >= 0", name="counts"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True, doc="host, with its port where it is not the usual one")
    answered: Mapped[int] = mapped_column(Integer, doc="how often it answered 304")
    confirmed: Mapped[int] = mapped_column(Integer, doc="how often a page fetched whole after a 304 was the same")
    lied_at: Mapped[datetime | None] = mapped_column(doc="when a page was found changed after a 304")
    lied_about: Mapped[str | None] = mapped_column(doc="the URL of that page")
