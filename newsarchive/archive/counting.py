"""Count what the archive holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, String, cast, func, select, text

from newsarchive.archive.models import Alias, Article, Base, Kin, LedgerEntry, Site, Story, Version

COVERED: Final = {
    "title": Version.title,
    "standfirst": Version.standfirst,
    "body": func.nullif(Version.text_length, 0),
    "published": Version.published_at,
    "modified": Version.modified_at,
    "authors": Version.authors,
    "section": Version.section,
    "images": Version.images,
    "tags": Version.tags,
    "language": Version.language,
}
"""Fields whose coverage is counted, and the column that is null without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts of an archive; `bytes` is its size on disk where the database can say so.

    `duplicates` are exact copies; `near_copies` articles that are linked to another by most of their text, `stories` what all
    copies of one text make together. `sites` maps a site to its articles, `states` a state of the ledger to its URLs,
    `reasons` the same for listings, rejected and failed URLs: state to reason to URLs. `days` maps a day to the articles first
    seen on it (UTC), `coverage` a site to the part of its articles that have each field, from 0 to 1.
    """

    articles: int
    versions: int
    duplicates: int
    near_copies: int
    stories: int
    aliases: int
    urls: int
    sites: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    coverage: dict[str, dict[str, float]] = field(default_factory=dict)
    bytes: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain values, for JSON."""
        return asdict(self)


def count(connection: Connection) -> Stats:
    """Count everything, in one state of the database."""
    states, reasons = _ledger(connection)
    sites, verdicts, coverage = _versions(connection)
    articles = sum(sites.values())
    day = cast(func.date(Article.first_seen), String(10))
    days = connection.execute(select(day, func.count()).group_by(day).order_by(day))
    return Stats(
        articles=articles,
        versions=_rows(connection, Version),
        duplicates=_rows(connection, Article, Article.duplicate_of_id.is_not(None)),
        near_copies=_rows(
            connection,
            Kin,
            Kin.near_id.is_not(None),
            select(Article.id).where(Article.id == Kin.article_id, Article.duplicate_of_id.is_(None)).exists(),
        ),
        stories=_rows(connection, Story),
        aliases=_rows(connection, Alias) - articles,
        urls=sum(states.values()),
        sites=sites,
        verdicts=verdicts,
        states=states,
        reasons=reasons,
        days={str(one): number for one, number in days},
        coverage=coverage,
        bytes=size(connection),
    )


def _ledger(connection: Connection) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """URLs by their state, and by their reason."""
    states: dict[str, int] = {}
    reasons: dict[str, dict[str, int]] = {}
    rows = connection.execute(
        select(LedgerEntry.state, LedgerEntry.reason, func.count()).group_by(LedgerEntry.state, LedgerEntry.reason)
    )
    for state, reason, number in sorted(rows, key=lambda row: (row[0], -row[2], row[1] or "")):
        states[state] = states.get(state, 0) + number
        if state in ("listing", "rejected", "failed"):
            reasons.setdefault(state, {})[reason or "unknown"] = number
    return states, reasons


def _versions(connection: Connection) -> tuple[dict[str, int], dict[str, int], dict[str, dict[str, float]]]:
    """Articles by site and by verdict, and the coverage of their fields by site: one walk over the current versions."""
    statement = (
        select(Site.name, Version.verdict, func.count(), *(func.count(column) for column in COVERED.values()))
        .select_from(Article)
        .join(Version, (Article.id == Version.article_id) & (Article.current_version == Version.number))
        .join(Site, Article.site_id == Site.id)
        .group_by(Site.name, Version.verdict)
    )
    sites: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    filled: dict[str, Counter[str]] = {}
    for site, verdict, number, *having in connection.execute(statement):
        sites[site] += number
        verdicts[verdict] += number
        filled.setdefault(site, Counter()).update(dict(zip(COVERED, having, strict=True)))
    ordered = _ordered(sites)
    coverage = {site: {name: round(filled[site][name] / sites[site], 4) for name in COVERED} for site in ordered}
    return ordered, _ordered(verdicts), coverage


def _ordered(numbers: Counter[str]) -> dict[str, int]:
    return dict(sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0])))


def _rows(connection: Connection, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(model).where(*conditions)
    return int(connection.execute(statement).scalar_one())


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
