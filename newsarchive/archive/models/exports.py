"""Finished exports."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.models.columns import Base, Id


class Export(Base):
    """One finished export under a name: where the next one "since the last" begins."""

    __tablename__ = "exports"
    __table_args__ = (Index(None, "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    finished_at: Mapped[datetime]
    last_version_id: Mapped[int] = mapped_column(BigInteger, doc="all versions up to this one were in reach")
    article_count: Mapped[int] = mapped_column(Integer)
    format: Mapped[str] = mapped_column(String(16))
    path: Mapped[str | None]
