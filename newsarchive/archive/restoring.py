"""Put articles back as an export holds them: with their ids, versions, aliases and dates, letter by letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, text, update

from newsarchive.archive import ledger, unlinked
from newsarchive.archive.engine import lock_keys
from newsarchive.archive.fingerprints import content_digest, normalised, text_digest, url_key
from newsarchive.archive.knowing import chunks
from newsarchive.archive.ledger import Line
from newsarchive.archive.models import Alias, Article, Site, Version, Withdrawal
from newsarchive.archive.rows import clean, clean_json, period, stated_date, version_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A URL that leads to an article: of which kind, and when it was first seen."""

    url: str
    kind: str
    first_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """One time an article was taken off its site."""

    gone_at: datetime
    back_at: datetime | None
    reason: str | None


@dataclass(slots=True, kw_only=True)
class Kept:
    """An article with all its versions, as it was in an archive; `versions` are columns by name."""

    id: int
    url: str
    site: str
    first_seen: datetime
    last_seen: datetime
    current_version: int
    duplicate_of: str | None
    leads: Sequence[Lead]
    withdrawals: Sequence[Gone] = ()
    versions: list[dict[str, Any]] = field(default_factory=list)


COLUMNS: Final = frozenset(column.name for column in Version.__table__.columns) - {"id", "article_id", "run_id"}
"""The columns a version is put back with."""


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a version with those that follow from the others; raises ValueError for what cannot be one."""
    values = {
        name: clean(value) if isinstance(value, str) else clean_json_lists(value) for name, value in values.items()
    }
    published = stated_date(values, "published")
    first, last = period(published) if published else (None, None)
    words = normalised(version_text(values["standfirst"], values["body"]))
    return {
        **values,
        "published_from": first,
        "published_to": last,
        "text_digest": text_digest(words),
        "content_digest": content_digest(normalised(values["title"]), words),
        "text_length": len(words),
    }


def clean_json_lists(value: Any) -> Any:
    """A value of a JSON column as a database can hold it; others as they are."""
    return clean_json(value) if isinstance(value, list | dict) else value


def restore(connection: Connection, articles: Sequence[Kept], *, run_id: int | None) -> list[int | None]:
    """Write articles nobody knows yet; the answer holds the id each got, None for one whose URLs are known.

    An article keeps its id where that is free. The caller's transaction makes it whole or nothing.
    """
    keys = [{url_key(lead.url): lead for lead in kept.leads} for kept in articles]
    lock_keys(connection, {key for each in keys for key in each})
    held = _held(connection, keys)
    fresh: list[int] = []
    for index, its in enumerate(keys):
        if held.isdisjoint(its):
            held |= its.keys()
            fresh.append(index)
    ids = dict(zip(fresh, _write_articles(connection, [articles[index] for index in fresh]), strict=True))
    versions = [
        {**values, "article_id": article_id, "run_id": run_id}
        for index, article_id in ids.items()
        for values in articles[index].versions
    ]
    if versions:
        connection.execute(insert(Version), versions)
        rows = [row for index, article_id in ids.items() for row in _aliases(article_id, keys[index])]
        connection.execute(insert(Alias), rows)
        gone = [row for index, article_id in ids.items() for row in _withdrawals(article_id, articles[index])]
        if gone:
            connection.execute(insert(Withdrawal), gone)
        _write_ledger(connection, [(articles[index], keys[index], of) for index, of in ids.items()], run_id)
    return [ids.get(index) for index in range(len(articles))]


def contents(connection: Connection, key: bytes) -> frozenset[str]:
    """The content digests of all versions of the article a URL leads to."""
    statement = select(Version.content_digest).join(Alias, Alias.article_id == Version.article_id)
    found = connection.execute(statement.where(Alias.url_key == key)).scalars()
    return frozenset(bytes(digest).hex() for digest in found)


def link(connection: Connection, copies: Mapping[int, str]) -> list[int]:
    """Link copies (ids) to the first article with the same text (its URL); the answer holds those not found yet."""
    originals: dict[bytes, int] = {}
    for part in chunks({url_key(url) for url in copies.values()}):
        found = connection.execute(select(Alias.url_key, Alias.article_id).where(Alias.url_key.in_(part)))
        originals |= {bytes(key): article_id for key, article_id in found}
    pairs = [(copy, originals.get(url_key(url))) for copy, url in copies.items()]
    linked = [{"row_id": copy, "original": original} for copy, original in pairs if original not in (None, copy)]
    if linked:
        connection.execute(_LINK, linked)
    return [copy for copy, original in pairs if original is None]


def _held(connection: Connection, keys: Sequence[Mapping[bytes, Lead]]) -> set[bytes]:
    found: set[bytes] = set()
    for part in chunks({key for each in keys for key in each}):
        found |= {
            bytes(key) for key in connection.execute(select(Alias.url_key).where(Alias.url_key.in_(part))).scalars()
        }
    return found


def _write_articles(connection: Connection, articles: Sequence[Kept]) -> list[int]:
    """The id each article got: its own one where that is free."""
    if not articles:
        return []
    sites = _sites(connection, articles)
    taken: set[int] = set()
    for part in chunks({kept.id for kept in articles}):
        taken |= set(connection.execute(select(Article.id).where(Article.id.in_(part))).scalars())
    rows: list[tuple[Kept, dict[str, Any]]] = []
    late: list[tuple[Kept, dict[str, Any]]] = []
    for kept in articles:
        row = _row(kept, sites[kept.site])
        (late if kept.id in taken else rows).append((kept, row))
        taken.add(kept.id)
    if rows:
        connection.execute(insert(Article), [{**row, "id": kept.id} for kept, row in rows])
        if connection.dialect.name == "postgresql":
            connection.execute(_BEHIND, {"newest": max(kept.id for kept, _ in rows)})
    given = {id(kept): kept.id for kept, _ in rows}
    for kept, row in late:  # after the others, so that a new number is not one of theirs
        given[id(kept)] = connection.execute(insert(Article).values(row).returning(Article.id)).scalar_one()
    unlinked.note_untold(connection, given.values())
    return [given[id(kept)] for kept in articles]


def _row(kept: Kept, site_id: int) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "url": kept.url,
        "first_seen": kept.first_seen,
        "last_seen": kept.last_seen,
        "versions": len(kept.versions),
        "current_version": kept.current_version,
    }


def _sites(connection: Connection, articles: Sequence[Kept]) -> dict[str, int]:
    names = sorted({kept.site for kept in articles})
    known = _site_ids(connection, names)
    first = {name: min(kept.first_seen for kept in articles if kept.site == name) for name in names}
    new = [{"name": name, "first_seen": first[name]} for name in names if name not in known]
    if new:
        connection.execute(insert(Site), new)
        known = _site_ids(connection, names)
    return known


def _site_ids(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    return dict(connection.execute(select(Site.name, Site.id).where(Site.name.in_(names))).all())


def _aliases(article_id: int, leads: Mapping[bytes, Lead]) -> list[dict[str, Any]]:
    return [
        {"url_key": key, "url": lead.url, "article_id": article_id, "kind": lead.kind, "first_seen": lead.first_seen}
        for key, lead in leads.items()
    ]


def _withdrawals(article_id: int, kept: Kept) -> list[dict[str, Any]]:
    return [
        {"article_id": article_id, "gone_at": gone.gone_at, "back_at": gone.back_at, "reason": gone.reason}
        for gone in kept.withdrawals
    ]


def _write_ledger(
    connection: Connection, articles: Sequence[tuple[Kept, Mapping[bytes, Lead], int]], run_id: int | None
) -> None:
    lines: dict[bytes, Line] = {}
    for kept, leads, article_id in articles:
        for key, lead in leads.items():
            state, reason, detail = ledger.standing(lead.kind, kept.url, kept.duplicate_of)
            lines[key] = Line(
                url=lead.url,
                site=kept.site,
                state=state,
                reason=reason,
                detail=detail or "imported",
                seen=kept.last_seen,
                article_id=article_id,
                visited=lead.kind == "canonical",
            )
    sites = _site_ids(connection, sorted({kept.site for kept, _, _ in articles}))
    ledger.write(connection, lines, ledger.Writing(sites=sites, run_id=run_id, now=datetime.now(UTC)))


_LINK: Final = update(Article).where(Article.id == bindparam("row_id")).values(duplicate_of_id=bindparam("original"))
_BEHIND: Final = text(
    "SELECT setval(pg_get_serial_sequence('articles', 'id'), greatest(:newest, (SELECT last_value FROM articles_id_seq)))"
)
