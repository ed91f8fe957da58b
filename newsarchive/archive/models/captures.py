"""Payloads that are kept raw already, and how far replays have come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.models.columns import Base, Id


class Capture(Base):
    """The first capture of a payload: what comes again is kept as a reference to it (a revisit record)."""

    __tablename__ = "captures"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(String(80), unique=True, doc="of the payload, as WARC writes it: sha1:BASE32")
    url: Mapped[str]
    captured_at: Mapped[datetime]
    file: Mapped[str]
    file_offset: Mapped[int] = mapped_column(BigInteger)
    file_length: Mapped[int] = mapped_column(BigInteger)


class Checkpoint(Base):
    """How far a replay has come, so that the next one of the same input goes on there."""

    __tablename__ = "replays"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    input: Mapped[str] = mapped_column(String(64), unique=True, doc="digest of the paths and filters")
    units: Mapped[int] = mapped_column(BigInteger, doc="parts of the input that are done")
    place: Mapped[str] = mapped_column(doc="the part that comes next")
    position: Mapped[int] = mapped_column(BigInteger, doc="where the record that comes next is expected")
    records: Mapped[int] = mapped_column(BigInteger, doc="records that are done")
    articles: Mapped[int] = mapped_column(Integer, doc="pages that were read")
    updated_at: Mapped[datetime]
