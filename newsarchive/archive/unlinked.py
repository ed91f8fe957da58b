"""Articles whose copies are to be looked for later: those of many writers at once, and those of a bulk load.

Two writers cannot see each other's uncommitted articles. So what they write is only noted, and one pass at a time looks for the
copies of what is committed; it may be broken off and run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, text

from newsarchive.archive import sketches
from newsarchive.archive.buckets import Buckets
from newsarchive.archive.engine import find_by_key
from newsarchive.archive.fingerprints import WORTH_COMPARING
from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import Article, Unlinked, Version
from newsarchive.archive.near import Text, link, texts_of
from newsarchive.archive.rows import rank

_LINKING: Final = 0x6E657773_00000002
"""Advisory lock of PostgreSQL: one pass at a time."""


def note(connection: Connection, texts: Sequence[Text]) -> None:
    """Note that the copies of these articles are to be looked for."""
    again = [found.article_id for found in texts if not found.is_new]
    for part in chunks(sorted(again)):
        connection.execute(delete(Unlinked).where(Unlinked.article_id.in_(part)))
    if texts:
        rows = [{"article_id": found.article_id, "sketch": found.sketch} for found in texts]
        connection.execute(insert(Unlinked), rows)


def note_untold(connection: Connection, ids: Iterable[int]) -> None:
    """Note that the copies of articles are to be looked for, whose texts are in the database alone."""
    rows = [{"article_id": article_id, "sketch": None} for article_id in ids]
    if rows:
        connection.execute(insert(Unlinked), rows)


def waiting(connection: Connection) -> int:
    """How many articles wait."""
    return int(connection.execute(select(func.count()).select_from(Unlinked)).scalar_one())


def alone(connection: Connection) -> None:
    """Wait until no other transaction looks for copies, and keep others out until this one ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LINKING})


def catch_up(connection: Connection, most: int, now: datetime, buckets: Buckets) -> int:
    """Link the articles that wait longest, `most` of them; how many they were."""
    alone(connection)
    find_by_key(connection)
    oldest = select(Unlinked.article_id, Unlinked.sketch).order_by(Unlinked.article_id).limit(most)
    if connection.dialect.name == "postgresql":
        oldest = oldest.with_for_update(skip_locked=True)
    rows = connection.execute(oldest).all()
    facts = _facts(connection, [row.article_id for row in rows])
    made = {row.article_id: row.sketch for row in rows if row.sketch is not None}
    for own, words in texts_of(connection, facts.keys() - made.keys()):
        made[own] = sketches.sketch(sketches.shingles(words))
    texts: list[Text] = []
    for row in rows:
        own = row.article_id
        texts.append(Text(own, made[own] if own in facts else b"", facts.get(own), is_new=False))
    link(connection, texts, now, buckets)
    for part in chunks(row.article_id for row in rows):
        connection.execute(delete(Unlinked).where(Unlinked.article_id.in_(part)))
    return len(rows)


def _has_copies(row: Row[*tuple[Any, ...]]) -> bool:
    """Whether a text is worth comparing, or was found to be the same as another's."""
    return row.duplicate_of_id is not None or (row.text_length >= WORTH_COMPARING and rank(row.verdict) >= 2)


def _facts(connection: Connection, ids: Sequence[int]) -> dict[int, int | None]:
    """The articles that can have copies, with the first one of the same text."""
    found: dict[int, int | None] = {}
    for part in chunks(ids):
        rows = connection.execute(_FACTS.where(Article.id.in_(part)))
        found |= {row.id: row.duplicate_of_id for row in rows if _has_copies(row)}
    return found


_FACTS: Final = select(Article.id, Article.duplicate_of_id, Version.text_length, Version.verdict).join(
    Version, (Version.article_id == Article.id) & (Version.number == Article.current_version)
)
