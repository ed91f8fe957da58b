"""Copies of each other: the shingles by which they are found, the links between them, the stories they make."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.models.columns import Base, Bytes, Id


class Story(Base):
    """One text that was published more than once: what its copies have in common."""

    __tablename__ = "stories"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    made_at: Mapped[datetime]


class Kin(Base):
    """One article of a story, and the article its text was compared with when it joined."""

    __tablename__ = "kin"
    __table_args__ = (
        Index(None, "story_id"),
        Index(None, "near_id"),
        CheckConstraint("overlap BETWEEN 0 AND 1", name="overlap"),
    )

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"))
    near_id: Mapped[int | None] = mapped_column(
        ForeignKey("articles.id"), doc="the article it is a copy of; null for the one the story began with"
    )
    overlap: Mapped[float | None] = mapped_column(
        doc="the part of the shorter text that both share, 1 for an exact copy"
    )


class Shingle(Base):
    """One sampled shingle of a text (a short run of words, hashed), by which near copies are found."""

    __tablename__ = "shingles"
    # One clustered tree, without the index beside it that a table of rows would need.
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, doc="48 bits; the version of the sketch is part of it"
    )
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)


class RecentShingles(Base):
    """The shingles of one batch that are not among the others yet: they are brought over many at a time."""

    __tablename__ = "recent_shingles"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entries: Mapped[bytes] = mapped_column(
        Bytes, doc="hash and article's id in turn, integers of 64 bits, little-endian"
    )


class Unlinked(Base):
    """One article whose copies have not been looked for yet."""

    __tablename__ = "unlinked"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    sketch: Mapped[bytes | None] = mapped_column(
        LargeBinary, doc="its sampled shingles; null to make them from the text"
    )
