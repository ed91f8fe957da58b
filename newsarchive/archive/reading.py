"""Give back what the archive holds: rows in one order, filtered, streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, extract, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from newsarchive import urls
from newsarchive.archive.engine import beside
from newsarchive.archive.errors import ArchiveError
from newsarchive.archive.models import Alias, Article, LedgerEntry, Site, Version, Withdrawal
from newsarchive.archive.rows import article
from newsarchive.archive.stories import Copy
from newsarchive.article import Article as NewsArticle
from newsarchive.article import Verdict

_Row = Row[*tuple[Any, ...]]
Place = tuple[int, int]
"""An article's id and a version's number."""
Partition = tuple[str, int]
"""A site's name and a year of publication; 0 where that is unknown."""

_AT_ONCE: Final = 200
_First = aliased(Article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles to give back; what is left out does not filter.

    An article was published within `published_from` .. `published_to` (days, both included, as its site counts them) if
    its date, at its precision, can mean a day of that period; an article without date never was. `languages` are BCP 47
    tags and take their variants with them ("fr" takes "fr-MA"). `versions` are ids: after the first, up to the second.
    `every_version` gives each version of an article by itself; else its current one is filtered and given.
    """

    sites: Sequence[str] = ()
    published_from: date | None = None
    published_to: date | None = None
    languages: Sequence[str] = ()
    verdicts: Sequence[Verdict] = ()
    versions: tuple[int, int] | None = None
    duplicates: bool = True
    every_version: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as the archive holds it: one of its versions (the current one, unless every one was asked for), and what
    the archive knows beside."""

    values: Mapping[str, Any]
    """The columns of articles and versions, with `site` and `duplicate_of` (a URL) by name; the version's `last_seen` is
    `ended_at`, its id `version_id`."""
    aliases: Sequence[str] = ()
    leads: Sequence[Mapping[str, str]] = ()
    """All URLs that lead to the article, with `kind` and `first_seen` (ISO 8601), where details were asked for."""
    withdrawals: Sequence[Mapping[str, str | None]] = ()
    """Each time it was taken off the site: `gone_at`, `back_at` (ISO 8601), `reason`, where details were asked for."""

    copies: Sequence[Copy] = ()
    """The exact and near copies of the article and itself, the earliest first, each with the agencies it credits; from
    `Archive.find` alone, and empty where it has none."""

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
    def earliest(self) -> Copy | None:
        """Which of the copies was certainly there first; None for an article without copies."""
        return self.copies[0] if self.copies else None

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
        Article.current_version,
        Site.name.label("site"),
        _First.url.label("duplicate_of"),
        Version.id.label("version_id"),
        Version.last_seen.label("ended_at"),
        *_COLUMNS,
    )
    .join(Site, Site.id == Article.site_id)
    .join(Version, Version.article_id == Article.id)
    .join(_First, _First.id == Article.duplicate_of_id, isouter=True)
)


_IS_CURRENT: Final = Version.number == Article.current_version
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


def stored(
    connection: Connection, filters: Filters, *, after: Place | None = None, details: bool = False
) -> Iterator[Stored]:
    """The articles of a filter in the order they entered the archive, a few hundred in memory at a time.

    `after` begins behind an article and version; `details` fills `Stored.leads` and `Stored.withdrawals`.
    """
    statement = filtered(connection, _STORED, filters)
    if after is not None:
        statement = statement.where(tuple_(Article.id, Version.number) > tuple_(*after))
    statement = statement.order_by(Article.id, Version.number)
    result = connection.execution_options(yield_per=_AT_ONCE).execute(statement)
    with beside(connection) as other:
        for part in result.partitions():
            yield from _whole(other, part, details)


def by_partition(
    connection: Connection, filters: Filters, *, after: tuple[Partition, Place] | None = None, details: bool = False
) -> Iterator[tuple[Partition, list[Stored]]]:
    """The articles of a filter by site and year of publication (0: unknown), a few hundred of one partition at a time."""
    year = func.coalesce(extract("year", Version.published_from), 0)
    keys: Select[*tuple[Any, ...]] = select(
        Site.name, year.label("year"), Article.id, Version.number, Version.id.label("version_id")
    )
    keys = keys.select_from(Article).join(Site, Site.id == Article.site_id)
    keys = keys.join(Version, Version.article_id == Article.id)
    keys = filtered(connection, keys, filters)
    if after is not None:
        (site, of_year), place = after
        keys = keys.where(tuple_(Site.name, year, Article.id, Version.number) > tuple_(site, of_year, *place))
    keys = keys.order_by(Site.name, year, Article.id, Version.number)
    result = connection.execution_options(yield_per=_AT_ONCE).execute(keys)
    with beside(connection) as other:
        for (site, of_year), rows in groupby(result, key=lambda row: (row.name, int(row.year))):
            for part in _batched(rows, _AT_ONCE):
                found = other.execute(_STORED.where(Version.id.in_([row.version_id for row in part]))).all()
                yield (site, of_year), list(_whole(other, sorted(found, key=lambda row: (row.id, row.number)), details))


def _whole(connection: Connection, rows: Sequence[_Row], details: bool) -> Iterator[Stored]:
    """Rows of versions with the URLs that lead to their articles."""
    ids = list(dict.fromkeys(row.id for row in rows))
    if details:
        known, gone = _leads(connection, ids), _withdrawals(connection, ids)
        for row in rows:
            others = [lead["url"] for lead in known[row.id] if lead["url"] != row.url]
            yield Stored(row._asdict(), others, known[row.id], gone.get(row.id, ()))
        return
    aliases = _aliases(connection, ids)
    for row in rows:
        yield Stored(row._asdict(), _others(row.url, aliases[row.id]))


def count(connection: Connection, filters: Filters) -> int:
    """How many articles a filter takes."""
    statement = select(func.count()).select_from(Article).join(Version, Version.article_id == Article.id)
    return int(connection.execute(filtered(connection, statement, filters)).scalar_one())


def by_ids(connection: Connection, ids: Sequence[int]) -> dict[int, Stored]:
    """Articles by their numbers, those there are."""
    aliases = _aliases(connection, list(ids))
    rows = connection.execute(_STORED.where(Article.id.in_(ids), _IS_CURRENT))
    return {row.id: Stored(row._asdict(), _others(row.url, aliases[row.id])) for row in rows}


def by_url_key(connection: Connection, key: bytes) -> Stored | None:
    """The article a URL leads to."""
    statement = _STORED.join(Alias, Alias.article_id == Article.id).where(Alias.url_key == key)
    statement = statement.where(_IS_CURRENT)
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


def _batched(rows: Iterable[_Row], size: int) -> Iterator[list[_Row]]:
    """Lists of up to `size` rows (itertools.batched is newer than Python 3.11)."""
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


def filtered(connection: Connection, statement: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
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
    if not filters.every_version:
        statement = statement.where(_IS_CURRENT)
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


def _leads(connection: Connection, ids: list[int]) -> dict[int, list[dict[str, str]]]:
    """The URLs that lead to articles, each with its kind and first sight."""
    found: dict[int, list[dict[str, str]]] = {article_id: [] for article_id in ids}
    rows = connection.execute(
        select(Alias.article_id, Alias.url, Alias.kind, Alias.first_seen)
        .where(Alias.article_id.in_(ids))
        .order_by(Alias.article_id, Alias.id)
    )
    for article_id, url, kind, seen in rows:
        found[article_id].append({"url": url, "kind": kind, "first_seen": seen.isoformat()})
    return found


def _withdrawals(connection: Connection, ids: list[int]) -> dict[int, list[dict[str, str | None]]]:
    """When articles were taken off their sites."""
    found: dict[int, list[dict[str, str | None]]] = {}
    rows = connection.execute(
        select(Withdrawal.article_id, Withdrawal.gone_at, Withdrawal.back_at, Withdrawal.reason)
        .where(Withdrawal.article_id.in_(ids))
        .order_by(Withdrawal.id)
    )
    for article_id, gone, back, reason in rows:
        entry = {"gone_at": gone.isoformat(), "back_at": back.isoformat() if back else None, "reason": reason}
        found.setdefault(article_id, []).append(entry)
    return found


def _others(canonical: str, urls_: list[str]) -> list[str]:
    return [url for url in urls_ if url != canonical]
