"""Give back what became of one article: its versions, what changed between them, when it was off the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from newsarchive.archive import diffs
from newsarchive.archive.diffs import Piece
from newsarchive.archive.errors import ArchiveError
from newsarchive.archive.models import Alias, Article, Version, Withdrawal
from newsarchive.archive.rows import version_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One version of an article, without its text."""

    number: int
    seen_at: datetime
    """When it was captured, or stored where that is not known."""
    last_seen: datetime
    change: str | None
    """How it differs from the version before; None for the first one, and where nobody compared them."""
    returns: int
    """How often the site went back to it."""
    current: bool
    verdict: str
    title: str | None
    length: int
    """Characters of its normalised text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One time the article was off its site; `back_at` is None while it is."""

    gone_at: datetime
    back_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An article's versions in the order they were stored, and its absences."""

    url: str
    first_seen: datetime
    last_seen: datetime
    versions: Sequence[Told]
    absences: Sequence[Absence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two versions of an article, by number, and the words in which they differ; a newline is a word of the text."""

    url: str
    old: int
    new: int
    change: str | None
    title: Sequence[Piece]
    text: Sequence[Piece]


def of(connection: Connection, key: bytes) -> History | None:
    """The history of the article a URL leads to, by the URL's digest."""
    found = connection.execute(_ARTICLE.where(Alias.url_key == key)).first()
    if found is None:
        return None
    rows = connection.execute(_TOLD.where(Version.article_id == found.id).order_by(Version.number)).all()
    absences = connection.execute(_ABSENCES.where(Withdrawal.article_id == found.id).order_by(Withdrawal.id))
    return History(
        url=found.url,
        first_seen=found.first_seen,
        last_seen=found.last_seen,
        versions=[
            Told(
                number=row.number,
                seen_at=row.seen_at,
                last_seen=found.last_seen if row.number == found.current_version else row.last_seen or row.seen_at,
                change=row.change_kind,
                returns=row.returns,
                current=row.number == found.current_version,
                verdict=row.verdict,
                title=row.title,
                length=row.text_length,
            )
            for row in rows
        ],
        absences=[Absence(gone_at=gone, back_at=back, reason=reason) for gone, back, reason in absences],
    )


def difference(connection: Connection, key: bytes, old: int | None, new: int | None) -> Difference | None:
    """What changed between two versions of an article; without numbers, between the current one and the one before it.

    Raises ArchiveError for a number it has no version of.
    """
    found = connection.execute(_ARTICLE.where(Alias.url_key == key)).first()
    if found is None:
        return None
    new = found.current_version if new is None else new
    if old is None:
        old = new - 1 if new > 1 else found.versions if found.current_version == new and found.versions > 1 else None
    if old is None:
        raise ArchiveError(f"{found.url} has one version alone: there is nothing to compare it with")
    rows = connection.execute(_TEXTS.where(Version.article_id == found.id, Version.number.in_((old, new))))
    texts = {row.number: row for row in rows}
    for number in (old, new):
        if number not in texts:
            raise ArchiveError(f"{found.url} has no version {number}: its versions are 1 to {found.versions}")
    one, other = texts[old], texts[new]
    return Difference(
        url=found.url,
        old=old,
        new=new,
        change=other.change_kind if old == new - 1 else None,
        title=diffs.pieces([(one.title or "").split()], [(other.title or "").split()]),
        text=diffs.pieces(*(_words(version_text(row.standfirst, row.body)) for row in (one, other))),
    )


def _words(text: str) -> list[list[str]]:
    return [[*line.split(), "\n"] for line in text.split("\n")] if text else []


_ARTICLE: Final = select(
    Article.id, Article.url, Article.first_seen, Article.last_seen, Article.versions, Article.current_version
).join(Alias, Alias.article_id == Article.id)
_TOLD: Final = select(
    Version.number,
    func.coalesce(Version.captured_at, Version.stored_at).label("seen_at"),
    Version.last_seen,
    Version.change_kind,
    Version.returns,
    Version.verdict,
    Version.title,
    Version.text_length,
)
_ABSENCES: Final = select(Withdrawal.gone_at, Withdrawal.back_at, Withdrawal.reason)
_TEXTS: Final = select(Version.number, Version.change_kind, Version.title, Version.standfirst, Version.body)
