"""Give back the copies of an article, and the stories: the texts that were published more than once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.orm import aliased

from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import Alias, Article, Kin, Site, Version
from newsarchive.archive.rows import exact, stated_date
from newsarchive.article import PublishedDate

_MEMBERS: Final = 1000
"""Articles of one story that are given back at most, the oldest of the archive first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article of a story."""

    id: int
    url: str
    site: str
    title: str | None
    published: PublishedDate | None
    first_seen: datetime
    agencies: Sequence[str]
    near: str | None
    """The URL of the article its text was compared with; None for the one the story began with in this archive."""
    overlap: float | None
    """The part of the shorter text that both share; 1 for an exact copy."""
    latest: datetime
    """The last instant it can have been published: of its date at its precision, or when it was first seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One story: how many articles tell it (in the period that was asked for, and in all), and who they are."""

    id: int
    articles: int
    in_all: int
    copies: Sequence[Copy]
    """The articles, the earliest first; of a very large story the first thousand that were archived."""

    @property
    def earliest(self) -> Copy:
        """The article that was certainly there first."""
        return self.copies[0]

    @property
    def sites(self) -> list[str]:
        """The sites that tell it, in the order in which they did."""
        return list(dict.fromkeys(copy.site for copy in self.copies))

    @property
    def agencies(self) -> list[str]:
        """The agencies credited, the most credited first."""
        names = [name for copy in self.copies for name in dict.fromkeys(copy.agencies)]
        return sorted(dict.fromkeys(names), key=lambda name: -names.count(name))


def copies(connection: Connection, key: bytes) -> list[Copy]:
    """All articles of the story of the article a URL leads to, itself among them; none where it has no copies."""
    own = select(Kin.story_id).join(Alias, Alias.article_id == Kin.article_id).where(Alias.url_key == key)
    story = connection.execute(own).scalar()
    found = _copies(connection, story) if story is not None else []
    return found if len(found) > 1 else []


def largest(
    connection: Connection,
    *,
    since: date | None,
    until: date | None,
    site_ids: Sequence[int] | None,
    most: int,
) -> list[Told]:
    """The stories with the most articles published from `since` to `until` (days, both included), the largest first.

    With `site_ids` those that one of these sites tells. An article without date counts by the day it was first seen.
    """
    size = func.count().label("size")
    statement = _within(select(Kin.story_id, size), since, until)
    statement = statement.group_by(Kin.story_id).having(size > 1).order_by(size.desc(), Kin.story_id)
    if site_ids is not None:
        # named apart, so that it is not taken for the outer query's own table
        other = aliased(Kin)
        told = select(other.story_id).join(Article, Article.id == other.article_id).where(Article.site_id.in_(site_ids))
        statement = statement.where(Kin.story_id.in_(told))
    rows = connection.execute(statement.limit(most)).all()
    sizes: dict[int, int] = {}
    for part in chunks([row.story_id for row in rows]):
        counted = select(Kin.story_id, func.count()).where(Kin.story_id.in_(part)).group_by(Kin.story_id)
        sizes.update(connection.execute(counted).all())
    return [
        Told(id=story, articles=number, in_all=sizes[story], copies=_copies(connection, story))
        for story, number in rows
    ]


def _within(statement: Select[int, int], since: date | None, until: date | None) -> Select[int, int]:
    if since is None and until is None:
        return statement
    statement = statement.join(Article, Article.id == Kin.article_id).join(Version, _IS_CURRENT)
    if since is not None:
        seen = Version.published_to.is_(None) & (Article.first_seen >= _start(since))
        statement = statement.where((Version.published_to >= since) | seen)
    if until is not None:
        seen = Version.published_from.is_(None) & (Article.first_seen < _start(until) + timedelta(days=1))
        statement = statement.where((Version.published_from <= until) | seen)
    return statement


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _copies(connection: Connection, story: int) -> list[Copy]:
    rows = connection.execute(_COPIES.where(Kin.story_id == story).order_by(Article.id).limit(_MEMBERS))
    return sorted((_copy(row) for row in rows), key=lambda copy: (copy.latest, copy.id))


def _copy(row: Row[*tuple[Any, ...]]) -> Copy:
    columns = row._asdict()
    return Copy(
        id=row.id,
        url=row.url,
        site=row.site,
        title=row.title,
        published=stated_date(columns, "published"),
        first_seen=row.first_seen,
        agencies=row.agencies or [],
        near=row.near,
        overlap=row.overlap,
        latest=_latest(row),
    )


def _latest(row: Row[*tuple[Any, ...]]) -> datetime:
    instant: datetime | None = exact(row.published_at, row.published_precision)
    if instant is not None:
        return instant
    seen: datetime = row.first_seen
    if row.published_to is None:
        return seen
    # Seen while its day was not over: it was there by then.
    ended: datetime = datetime.combine(row.published_to, time.max, UTC)
    return min(ended, seen) if seen.date() >= row.published_from else ended


_Near = aliased(Article)
_DATE: Final = [column for column in Version.__table__.columns if column.name.startswith("published_")]
_IS_CURRENT: Final = (Version.article_id == Article.id) & (Version.number == Article.current_version)
_COPIES: Final = (
    select(
        Article.id,
        Article.url,
        Site.name.label("site"),
        Article.first_seen,
        Version.title,
        Version.agencies,
        *_DATE,
        Kin.overlap,
        _Near.url.label("near"),
    )
    .select_from(Kin)
    .join(Article, Article.id == Kin.article_id)
    .join(Site, Site.id == Article.site_id)
    .join(Version, _IS_CURRENT)
    .join(_Near, _Near.id == Kin.near_id, isouter=True)
)
