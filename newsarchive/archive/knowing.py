"""Read what the archive holds of the URLs and texts of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, case, func, select
from sqlalchemy.orm import aliased

from newsarchive.archive.completing import DATES, FIELDS, STATED, Held, stated
from newsarchive.archive.deciding import Earlier, Kept, Known
from newsarchive.archive.engine import find_by_key
from newsarchive.archive.fingerprints import WORTH_COMPARING, url_key
from newsarchive.archive.models import Alias, Article, Capture, Site, Version, Withdrawal
from newsarchive.archive.rows import Prepared, exact, version_text

_AT_ONCE: Final = 500
T = TypeVar("T")


def known(
    connection: Connection, batch: Sequence[Prepared], others: Iterable[bytes] = (), *, lock: bool = False
) -> Known:
    """All that bears on the batch and on `others` (keys of URLs); with `lock` the articles are held until the transaction ends."""
    find_by_key(connection)
    aliases = _aliases(connection, {key for new in batch for key in new.keys}.union(others))
    texts = _texts(connection, {new.values["text_digest"] for new in batch if new.length >= WORTH_COMPARING})
    payloads = _payloads(connection, {new.payload for new in batch if new.payload is not None and new.rank >= 2})
    wanted = {article_id for article_id, _ in aliases.values()} | set(texts.values()) | set(payloads.values())
    kept = _articles(connection, wanted, lock)
    found = Known(
        by_key={key: (kept[article_id], kind) for key, (article_id, kind) in aliases.items()},
        by_text={digest: kept[article_id] for digest, article_id in texts.items()},
        by_payload={digest: kept[article_id] for digest, article_id in payloads.items()},
    )
    _read_earlier(connection, batch, found)
    _read_bodies(connection, batch, found)
    return found


def _read_earlier(connection: Connection, batch: Sequence[Prepared], known: Known) -> None:
    """Of articles whose text may change: the text they have, and the version that has the new one already."""
    wanted: dict[int, Kept] = {}
    digests: dict[int, set[bytes]] = {}
    for new in batch:
        digest = new.values["content_digest"]
        for kept, _ in (known.by_key[key] for key in new.keys if key in known.by_key):
            if kept.id is not None and digest != kept.content_digest:
                wanted[kept.id] = kept
                digests.setdefault(kept.id, set()).add(digest)
    for ids in chunks(sorted(wanted)):
        for row in connection.execute(_BODY.where(Article.id.in_(ids))):
            wanted[row.id].text = version_text(row.standfirst, row.body)
        sought = {digest for article_id in ids for digest in digests[article_id]}
        for part in chunks(sorted(sought)):
            for row in connection.execute(_EARLIER.where(Article.id.in_(ids), Version.content_digest.in_(part))):
                facts = _facts(row) | {"text": version_text(row.standfirst, row.body)}
                place = wanted[row.id], facts["content_digest"]
                known.earlier[place] = Earlier(number=row.number, facts=facts)


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
        for article_id, _, body in connection.execute(_BODY.where(Article.id.in_(ids))):
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


def _payloads(connection: Connection, digests: set[str]) -> dict[str, int]:
    """Digest of a payload to the article of the URL it was first captured from."""
    keys: dict[str, bytes] = {}
    for part in chunks(sorted(digests)):
        rows = connection.execute(select(Capture.digest, Capture.url).where(Capture.digest.in_(part)))
        keys |= {digest: url_key(url) for digest, url in rows}
    leads = _aliases(connection, set(keys.values()))
    return {digest: leads[key][0] for digest, key in keys.items() if key in leads}


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
_GONE: Final = (
    select(func.max(Withdrawal.gone_at))
    .where(Withdrawal.article_id == Article.id, Withdrawal.back_at.is_(None))
    .correlate(Article)
    .scalar_subquery()
)
_OTHER: Final = aliased(Version)
_SINCE: Final = (
    select(func.max(_OTHER.last_seen)).where(_OTHER.article_id == Article.id).correlate(Article).scalar_subquery()
)
_VERSION: Final = (
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
        _GONE.label("gone_at"),
        # a version the site went back to has been there since the other one was last seen
        case((Version.returns > 0, _SINCE)).label("since"),
        *_VERSION,
    )
    .join(Site, Site.id == Article.site_id)
    .join(Version, _IS_CURRENT)
)
_EARLIER: Final = select(Article.id, Version.number, Version.standfirst, Version.body, *_VERSION).join(
    Version, (Version.article_id == Article.id) & (Version.number != Article.current_version)
)
_BODY: Final = select(Article.id, Version.standfirst, Version.body).join(Version, _IS_CURRENT)


def _facts(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """What an article is known by while this is its current version."""
    columns = row._asdict()
    empty = {column.name for column in _FILLED if columns[f"no_{column.name}"]}
    return {
        "verdict": row.verdict,
        "captured_at": row.captured_at,
        "text_digest": bytes(row.text_digest),
        "content_digest": bytes(row.content_digest),
        "title": row.title,
        "published_at": exact(row.published_at, row.published_precision),
        "published": (row.published_from, row.published_to) if row.published_from else None,
        "held": Held(empty, stated(columns)),
    }


def _kept(row: Row[*tuple[Any, ...]]) -> Kept:
    facts = _facts(row)
    if row.since is not None:
        facts["captured_at"] = max(facts["captured_at"], row.since)
    return Kept(
        id=row.id,
        url=row.url,
        site=row.site,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        versions=row.versions,
        current_version=row.current_version,
        gone_at=row.gone_at,
        **facts,
    )
