"""Count what the archive holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select, text

from newsarchive.archive.models import Alias, Article, Base, LedgerEntry, Site, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts of an archive; `bytes` is its size on disk where the database can say so.

    `sites` maps a site to its articles, `states` a state of the ledger to its URLs, `reasons` the same for listings,
    rejected and failed URLs: state to reason to URLs.
    """

    articles: int
    versions: int
    duplicates: int
    aliases: int
    urls: int
    sites: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)
    bytes: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain values, for JSON."""
        return asdict(self)


def count(connection: Connection) -> Stats:
    """Count everything, in one state of the database."""
    states: dict[str, int] = {}
    reasons: dict[str, dict[str, int]] = {}
    rows = connection.execute(
        select(LedgerEntry.state, LedgerEntry.reason, func.count()).group_by(LedgerEntry.state, LedgerEntry.reason)
    )
    for state, reason, number in sorted(rows, key=lambda row: (row[0], -row[2], row[1] or "")):
        states[state] = states.get(state, 0) + number
        if state in ("listing", "rejected", "failed"):
            reasons.setdefault(state, {})[reason or "unknown"] = number
    articles = _rows(connection, select(func.count()).select_from(Article))
    return Stats(
        articles=articles,
        versions=_rows(connection, select(func.count()).select_from(Version)),
        duplicates=_rows(
            connection, select(func.count()).select_from(Article).where(Article.duplicate_of_id.is_not(None))
        ),
        aliases=_rows(connection, select(func.count()).select_from(Alias)) - articles,
        urls=sum(states.values()),
        sites=_by(
            connection,
            select(Site.name, func.count()).join(Article, Article.site_id == Site.id).group_by(Site.name),
        ),
        verdicts=_by(
            connection,
            select(Version.verdict, func.count())
            .join(Article, (Article.id == Version.article_id) & (Article.current_version == Version.number))
            .group_by(Version.verdict),
        ),
        states=states,
        reasons=reasons,
        bytes=size(connection),
    )


def _rows(connection: Connection, statement: Any) -> int:
    return int(connection.execute(statement).scalar_one())


def _by(connection: Connection, statement: Any) -> dict[str, int]:
    rows = connection.execute(statement)
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


def size(connection: Connection) -> int | None:
    """Bytes on the disk, where the database can say so."""
    if connection.dialect.name == "sqlite":
        pages = connection.execute(text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"))
        return int(pages.scalar_one())
    if connection.dialect.name == "postgresql":
        names = [*(table.name for table in Base.metadata.sorted_tables), "search"]
        sizes = " + ".join(f"pg_total_relation_size('{name}')" for name in names)
        return int(connection.execute(text(f"SELECT {sizes}")).scalar_one())
    return None
