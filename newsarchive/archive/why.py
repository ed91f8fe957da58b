"""The whole story of one URL: where it was found, every state and reason, its visits, its article and versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.models import Alias, Article, LedgerEntry, PastOutcome, Run, Site, Version

_Origin: Final = aliased(LedgerEntry)
_COLUMNS: Final = (
    "url", "state", "reason", "detail", "kind", "source", "hints", "first_seen", "published_at", "visited_at", "last_seen",
    "attempts", "failures", "next_visit", "pace", "etag", "last_modified",
)  # fmt: skip
_ROW: Final = (
    select(
        LedgerEntry.id,
        *(LedgerEntry.__table__.columns[name] for name in _COLUMNS),
        LedgerEntry.article_id,
        Site.name.label("site"),
        _Origin.url.label("found_on"),
        Run.id.label("run"),
        Run.command,
        Run.started_at,
    )
    .join(Site, Site.id == LedgerEntry.site_id, isouter=True)
    .join(_Origin, _Origin.id == LedgerEntry.found_on_id, isouter=True)
    .join(Run, Run.id == LedgerEntry.run_id, isouter=True)
)


def tell(connection: Connection, url: str) -> dict[str, Any] | None:
    """The story of a URL as plain values (instants in ISO 8601, UTC); None for one that was never seen."""
    row = connection.execute(_ROW.where(LedgerEntry.url_key == url_key(url))).first()
    if row is None:
        return None
    story: dict[str, Any] = {name: getattr(row, name) for name in ("url", "site", *_COLUMNS[1:])}
    story["found_on"] = row.found_on
    story["run"] = None if row.run is None else {"id": row.run, "command": row.command, "started_at": row.started_at}
    past = select(PastOutcome.state, PastOutcome.reason, PastOutcome.detail, PastOutcome.last_seen)
    rows = connection.execute(past.where(PastOutcome.ledger_id == row.id).order_by(PastOutcome.id))
    story["before"] = [dict(each._mapping) for each in rows]
    story["article"] = None if row.article_id is None else _article(connection, row.article_id)
    plain: dict[str, Any] = _plain(story)
    return plain


def _article(connection: Connection, article_id: int) -> dict[str, Any]:
    article = connection.execute(
        select(Article.url, Article.first_seen, Article.last_seen, Article.current_version).where(
            Article.id == article_id
        )
    ).one()
    versions = select(
        Version.number, Version.stored_at, Version.captured_at, Version.verdict, Version.change_kind, Version.title
    ).where(Version.article_id == article_id)
    aliases = select(Alias.url).where(Alias.article_id == article_id, Alias.url != article.url).order_by(Alias.id)
    return {
        **article._mapping,
        "aliases": list(connection.execute(aliases).scalars()),
        "versions": [dict(each._mapping) for each in connection.execute(versions.order_by(Version.number))],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
