"""Read what the archive holds of the URLs and texts of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, func, select

from newsarchive.archive.completing import DATES, FIELDS, STATED, Held, stated
from newsarchive.archive.deciding import Kept, Known
from newsarchive.archive.engine import find_by_key
from newsarchive.archive.fingerprints import WORTH_COMPARING
from newsarchive.archive.models import Alias, Article, Site, Version
from newsarchive.archive.rows import Prepared, exact

_AT_ONCE: Final = 500
T = TypeVar("T")


def known(connection: Connection, batch: Sequence[Prepared], *, lock: bool = False) -> Known:
    """All that bears on the batch; with `lock` the articles are held until the transaction ends."""
    find_by_key(connection)
    aliases = _aliases(connection, {key for new in batch for key in new.keys})
    texts = _texts(connection, {new.values["text_digest"] for new in batch if new.length >= WORTH_COMPARING})
    wanted = {article_id for article_id, _ in aliases.values()} | set(texts.values())
    kept = _articles(connection, wanted, lock)
    found = Known(
        by_key={key: (kept[article_id], kind) for key, (article_id, kind) in aliases.items()},
        by_text={digest: kept[article_id] for digest, article_id in texts.items()},
    )
    late = {k.id for new in batch if (k := found.find(new)) is not None and k.id and new.seen < k.captured_at}
    for ids in chunks(sorted(late)):
        rows = connection.execute(select(Version.article_id, Version.content_digest).where(Version.article_id.in_(ids)))
        found.contents.update((article_id, bytes(digest)) for article_id, digest in rows)
    _read_bodies(connection, batch, found)
    return found


def _read_bodies(connection: Connection, batch: Sequence[Prepared], known: Known) -> None:
    """The bodies of articles without standfirst whose text comes with one: it may stand in them as a paragraph."""
    wanted: dict[int, Held] = {}
    for new in batch:
        kept = (known.find(new) or known.twin(new)) if new.values["standfirst"] else None
        if kept is None or not kept.id or "standfirst" not in kept.held.empty:
            continue
        if kept.content_digest == new.values["content_digest"]:
            wanted[kept.id] = kept.held
    for ids in chunks(sorted(wanted)):
        for article_id, body in connection.execute(_BODY.where(Article.id.in_(ids))):
            wanted[article_id].body = body


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists short enough for one statement."""
    left = iter(values)
    while part := list(islice(left, _AT_ONCE)):
        yield part


def _aliases(connection: Connection, keys: set[bytes]) -> dict[bytes, tuple[int, str]]:
    found: dict[bytes, tuple[int, str]] = {}
    for part in chunks(keys):
        rows = connection.execute(select(Alias.url_key, Alias.article_id, Alias.kind).where(Alias.url_key.in_(part)))
        found.update((bytes(key), (article_id, kind)) for key, article_id, kind in rows)
    return found


def _texts(connection: Connection, digests: set[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for part in chunks(digests):
        rows = connection.execute(
            select(Version.text_digest, func.min(Version.article_id))
            .where(Version.text_digest.in_(part))
            .group_by(Version.text_digest)
        )
        found.update((bytes(digest), article_id) for digest, article_id in rows)
    return found


def _articles(connection: Connection, wanted: set[int], lock: bool) -> dict[int, Kept]:
    """The articles by id, and with them those they are copies of."""
    kept: dict[int, Kept] = {}
    first: dict[int, int] = {}
    for part in chunks(sorted(wanted)):
        if lock and connection.dialect.name != "sqlite":
            connection.execute(
                select(Article.id).where(Article.id.in_(part)).order_by(Article.id).with_for_update(key_share=True)
            ).all()
        for row in connection.execute(_CURRENT.where(Article.id.in_(part))):
            kept[row.id] = _kept(row)
            if row.duplicate_of_id is not None:
                first[row.id] = row.duplicate_of_id
    missing = set(first.values()) - kept.keys()
    for part in chunks(sorted(missing)):
        for row in connection.execute(_CURRENT.where(Article.id.in_(part))):
            kept[row.id] = _kept(row)
    for article_id, first_id in first.items():
        kept[article_id].duplicate_of = kept.get(first_id)
    return kept


_IS_CURRENT: Final = (Version.article_id == Article.id) & (Version.number == Article.current_version)
_STATED: Final = [Version.__table__.columns[f"{which}_{name}"] for which in DATES for name in STATED]
_FILLED: Final = [Version.__table__.columns[name] for name in (*FIELDS, "standfirst")]
_CURRENT: Final = (
    select(
        Article.id,
        Article.url,
        Site.name.label("site"),
        Article.first_seen,
        Article.last_seen,
        Article.versions,
        Article.current_version,
        Article.duplicate_of_id,
        Version.verdict,
        # a page whose capture time nobody knows was at the site before it was stored, at the latest
        func.coalesce(Version.captured_at, Version.stored_at).label("captured_at"),
        Version.text_digest,
        Version.content_digest,
        Version.title,
        Version.published_at,
        Version.published_precision,
        Version.published_from,
        Version.published_to,
        *(column for column in _STATED if column.name not in ("published_at", "published_precision")),
        *(column.is_(None).label(f"no_{column.name}") for column in _FILLED),
    )
    .join(Site, Site.id == Article.site_id)
    .join(Version, _IS_CURRENT)
)
_BODY: Final = select(Article.id, Version.body).join(Version, _IS_CURRENT)


def _kept(row: Row[*tuple[Any, ...]]) -> Kept:
    columns = row._asdict()
    empty = {column.name for column in _FILLED if columns[f"no_{column.name}"]}
    return Kept(
        id=row.id,
        url=row.url,
        site=row.site,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        versions=row.versions,
        current_version=row.current_version,
        verdict=row.verdict,
        captured_at=row.captured_at,
        text_digest=bytes(row.text_digest),
        content_digest=bytes(row.content_digest),
        title=row.title,
        published_at=exact(row.published_at, row.published_precision),
        published=(row.published_from, row.published_to) if row.published_from else None,
        held=Held(empty, stated(columns)),
    )
