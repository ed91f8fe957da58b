"""Give back what the archive holds: rows in one order, filtered, streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, or_, select
from sqlalchemy.orm import aliased

from newsarchive import urls
from newsarchive.archive.engine import beside
from newsarchive.archive.errors import ArchiveError
from newsarchive.archive.models import Alias, Article, LedgerEntry, Site, Version
from newsarchive.archive.rows import article
from newsarchive.article import Article as NewsArticle
from newsarchive.article import Verdict

_AT_ONCE: Final = 200
_First = aliased(Article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles to give back; what is left out does not filter.

    An article was published within `published_from` .. `published_to` (days, both included, as its site counts them) if
    its date, at its precision, can mean a day of that period; an article without date never was. `languages` are BCP 47
    tags and take their variants with them ("fr" takes "fr-MA"). `versions` are ids: after the first, up to the second.
    """

    sites: Sequence[str] = ()
    published_from: date | None = None
    published_to: date | None = None
    languages: Sequence[str] = ()
    verdicts: Sequence[Verdict] = ()
    versions: tuple[int, int] | None = None
    duplicates: bool = True


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as the archive holds it: its current version, and what the archive knows beside."""

    values: Mapping[str, Any]
    """The columns of articles and versions, with `site` and `duplicate_of` (a URL) by name."""
    aliases: Sequence[str] = ()

    @property
    def article(self) -> NewsArticle:
        """The article as it was handed in (but for what normalising at the boundary left out)."""
        return article(self.values, list(self.aliases))

    @property
    def id(self) -> int:
        """The article's number in this archive, for ever."""
        return int(self.values["id"])

    @property
    def version(self) -> int:
        """The number of the current version."""
        return int(self.values["number"])

    @property
    def first_seen(self) -> datetime:
        """When the article was first seen, UTC."""
        seen: datetime = self.values["first_seen"]
        return seen

    @property
    def last_seen(self) -> datetime:
        """When this text of it was last seen, UTC."""
        seen: datetime = self.values["last_seen"]
        return seen

    @property
    def content_digest(self) -> str:
        """SHA-256 of the normalised title and text, in hexadecimal."""
        return bytes(self.values["content_digest"]).hex()

    @property
    def duplicate_of(self) -> str | None:
        """The URL of the first article with the same text, if this is a copy."""
        url: str | None = self.values["duplicate_of"]
        return url


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What the ledger says of one URL."""

    url: str
    state: str
    reason: str | None
    detail: str | None
    first_seen: datetime
    last_seen: datetime
    attempts: int
    article_url: str | None


_COLUMNS: Final = [
    column for column in Version.__table__.columns if column.name not in ("id", "article_id", "last_seen", "run_id")
]
_STORED: Final = (
    select(
        Article.id,
        Article.url,
        Article.first_seen,
        Article.last_seen,
        Article.versions,
        Site.name.label("site"),
        _First.url.label("duplicate_of"),
        *_COLUMNS,
    )
    .join(Site, Site.id == Article.site_id)
    .join(Version, (Version.article_id == Article.id) & (Version.number == Article.current_version))
    .join(_First, _First.id == Article.duplicate_of_id, isouter=True)
)


_LEDGER: Final = select(
    LedgerEntry.url,
    LedgerEntry.state,
    LedgerEntry.reason,
    LedgerEntry.detail,
    LedgerEntry.first_seen,
    LedgerEntry.last_seen,
    LedgerEntry.attempts,
    Article.url.label("article_url"),
).join(Article, Article.id == LedgerEntry.article_id, isouter=True)


def stored(connection: Connection, filters: Filters) -> Iterator[Stored]:
    """The articles of a filter in the order they entered the archive, a few hundred in memory at a time."""
    statement = filtered(connection, _STORED, filters).order_by(Article.id)
    result = connection.execution_options(yield_per=_AT_ONCE).execute(statement)
    with beside(connection) as other:
        for part in result.partitions():
            aliases = _aliases(other, [row.id for row in part])
            for row in part:
                yield Stored(row._asdict(), _others(row.url, aliases[row.id]))


def count(connection: Connection, filters: Filters) -> int:
    """How many articles a filter takes."""
    statement = (
        select(func.count())
        .select_from(Article)
        .join(Version, (Version.article_id == Article.id) & (Version.number == Article.current_version))
    )
    return int(connection.execute(filtered(connection, statement, filters)).scalar_one())


def by_ids(connection: Connection, ids: Sequence[int]) -> dict[int, Stored]:
    """Articles by their numbers, those there are."""
    aliases = _aliases(connection, list(ids))
    rows = connection.execute(_STORED.where(Article.id.in_(ids)))
    return {row.id: Stored(row._asdict(), _others(row.url, aliases[row.id])) for row in rows}


def by_url_key(connection: Connection, key: bytes) -> Stored | None:
    """The article a URL leads to."""
    statement = _STORED.join(Alias, Alias.article_id == Article.id).where(Alias.url_key == key)
    row = connection.execute(statement).first()
    return None if row is None else Stored(row._asdict(), _others(row.url, _aliases(connection, [row.id])[row.id]))


def ledger_row(connection: Connection, key: bytes) -> LedgerRow | None:
    """What the ledger says of a URL."""
    row = connection.execute(_LEDGER.where(LedgerEntry.url_key == key)).first()
    return None if row is None else LedgerRow(**row._mapping)


def ledger_rows(connection: Connection, states: Sequence[str], sites: Sequence[str]) -> Iterator[LedgerRow]:
    """The ledger's rows in the order their URLs were first seen, a few hundred in memory at a time."""
    statement = _LEDGER
    if states:
        statement = statement.where(LedgerEntry.state.in_(states))
    if sites:
        statement = statement.where(LedgerEntry.site_id.in_(site_ids(connection, sites)))
    result = connection.execution_options(yield_per=_AT_ONCE).execute(statement.order_by(LedgerEntry.id))
    for row in result:
        yield LedgerRow(**row._mapping)


def filtered(connection: Connection, statement: Select[Any], filters: Filters) -> Select[Any]:
    """A statement over articles and versions with a filter's conditions."""
    if filters.sites:
        statement = statement.where(Article.site_id.in_(site_ids(connection, filters.sites)))
    if filters.published_from is not None:
        statement = statement.where(Version.published_to >= filters.published_from)
    if filters.published_to is not None:
        statement = statement.where(Version.published_from <= filters.published_to)
    if filters.languages:
        statement = statement.where(
            or_(*(_speaks(language) for language in filters.languages)),
        )
    if filters.verdicts:
        statement = statement.where(Version.verdict.in_([verdict.value for verdict in filters.verdicts]))
    if filters.versions is not None:
        after, up_to = filters.versions
        statement = statement.where(Version.id > after, Version.id <= up_to)
    if not filters.duplicates:
        statement = statement.where(Article.duplicate_of_id.is_(None))
    return statement


def _speaks(language: str) -> Any:
    tag = func.lower(Version.language)
    return or_(tag == language.lower(), tag.startswith(f"{language.lower()}-", autoescape=True))


def site_ids(connection: Connection, names: Sequence[str]) -> list[int]:
    """The ids of sites, each given by its name or by any of its hosts."""
    wanted = {name: urls.site(f"https://{name}/") or name for name in names}
    found = dict(connection.execute(select(Site.name, Site.id).where(Site.name.in_({*wanted, *wanted.values()}))).all())
    ids: set[int] = set()
    for name, site in wanted.items():
        known = found.get(name, found.get(site))
        if known is None:
            raise ArchiveError(f"the archive holds nothing of the site {name}")
        ids.add(known)
    return sorted(ids)


def _aliases(connection: Connection, ids: list[int]) -> dict[int, list[str]]:
    """The URLs that lead to articles, in the order they were seen."""
    found: dict[int, list[str]] = {article_id: [] for article_id in ids}
    rows = connection.execute(
        select(Alias.article_id, Alias.url).where(Alias.article_id.in_(ids)).order_by(Alias.article_id, Alias.id)
    )
    for article_id, url in rows:
        found[article_id].append(url)
    return found


def _others(canonical: str, urls_: list[str]) -> list[str]:
    return [url for url in urls_ if url != canonical]
