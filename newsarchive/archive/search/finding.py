"""Search: the articles whose words and facts fit, the best first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import Connection, Select, func, select, text

from newsarchive.archive import reading
from newsarchive.archive.models import Article, Version
from newsarchive.archive.reading import Filters, Stored
from newsarchive.archive.search import facts, indexing, querying
from newsarchive.archive.search.querying import Phrase, Query
from newsarchive.archive.search.snippets import Snippet, snippet
from newsarchive.archive.search.words import Wanted, primary

RANKED: Final = 1000
"""Matches that are ranked: of a query with more, the last stored, and the last stored with all words in the title."""
_AT_ONCE: Final = 500
COMMON: Final = 100_000
"""Articles in which a word may stand to bear on the order, on SQLite: BM25 counts them at every search, and so common a word
tells little of which of them fits better."""
_PROBE: Final = 200
_MOST_PERIODS: Final = 60
_WEIGHTS: Final = "6.0, 1.0, 0.0"
"""What a word counts in the title, the text and the facts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, how well it fits (greater is better, within one search), and the lines that show it."""

    stored: Stored
    score: float
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a search, the best first, and how many articles fit; `complete` is False where these are only the ranked
    ones and more fit. `cut` says that the query was too long and its end was left out."""

    hits: list[Hit] = field(default_factory=list)
    matches: int = 0
    complete: bool = True
    cut: bool = False


def find(
    connection: Connection,
    text_: str,
    filters: Filters,
    *,
    authors: Sequence[str] = (),
    sections: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """The articles whose current version has all words of a text and passes the filters; any text is a query."""
    indexing.require(connection)
    asked = querying.parse(text_, _languages(connection, filters))
    named = _facts(connection, filters, authors, sections)
    if named is None or (text_.strip() and not asked.groups) or not (asked or named):
        return Found(cut=asked.cut)
    query = replace(asked, facts=tuple(named))
    fits = _fits(connection, filters)
    telling = _telling(connection, query)
    scores = _ranked(connection, query, telling, fits, title=False)
    complete = len(scores) < RANKED
    if not complete and query.groups:
        scores |= _ranked(connection, query, telling, fits, title=True)
    best = sorted(scores.items(), key=lambda pair: (-pair[1][1], -pair[0]))[offset : offset + limit]
    rows = reading.by_ids(connection, [article for _, (article, _) in best])
    wanted = {
        tag: Wanted(tag, *querying.looked_for(query)) for tag in {row.values["language"] for row in rows.values()}
    }
    hits = [
        Hit(rows[article], score, _snippet(rows[article], wanted)) for _, (article, score) in best if article in rows
    ]
    return Found(hits, len(scores), complete, asked.cut)


def _telling(connection: Connection, query: Query) -> Query:
    """The words of a query by which what fits is put in order: all that are not too common."""
    if connection.dialect.name != "sqlite":
        return replace(query, facts=())
    last = int(connection.execute(_LAST).scalar() or 0)
    rare = [group for group in query.groups if last <= COMMON or _share(connection, group, last) * last <= COMMON]
    return Query(groups=tuple(rare))


def _share(connection: Connection, group: tuple[Phrase, ...], last: int) -> float:
    """In how many of the articles some words stand, judged by those stored last."""
    asked = querying.fts5(Query(groups=(group,)))
    found = connection.execute(_PROBED, {"query": asked, "before": _PROBE - 1}).scalar()
    return 0.0 if found is None else _PROBE / (last - int(found) + 1)


def _ranked(
    connection: Connection, query: Query, telling: Query, fits: Select[Any], *, title: bool
) -> dict[int, tuple[int, float]]:
    """Version id to its article's id and its score: the last stored ones that fit, RANKED at most."""
    found: dict[int, int] = {}
    for part in _candidates(connection, query, title):
        for version, article in connection.execute(fits.where(Version.id.in_(part)).order_by(Version.id.desc())):
            found[version] = article  # noqa: PERF403 - a dictionary of rows is refused as well
        if len(found) >= RANKED:
            found = dict(list(found.items())[:RANKED])
            break
    scores = _scores(connection, telling, found, title) if found and telling else {}
    return {version: (article, scores.get(version, float(title))) for version, article in found.items()}


def _candidates(connection: Connection, query: Query, title: bool) -> Iterator[list[int]]:
    """Ids of the versions the index finds, the last stored first, some hundreds at a time."""
    sqlite = connection.dialect.name == "sqlite"
    asked = (querying.fts5 if sqlite else querying.tsquery)(query, title=title)
    rows = connection.execute(_FTS5 if sqlite else _TSVECTOR, {"query": asked})
    with rows:
        while part := rows.fetchmany(_AT_ONCE):
            yield [version for (version,) in part]


def _scores(connection: Connection, telling: Query, found: Collection[int], title: bool) -> dict[int, float]:
    """How well versions fit, and perhaps some that stand between them."""
    if connection.dialect.name == "sqlite":
        asked = querying.fts5(telling, title=title)
        rows = connection.execute(_BM25, {"query": asked, "low": min(found), "high": max(found)})
    else:
        asked = querying.tsquery(telling, title=title)
        rows = connection.execute(_TS_RANK, {"query": asked, "found": list(found)})
    return {version: float(score) for version, score in rows}


def _fits(connection: Connection, filters: Filters) -> Select[Any]:
    statement = cast("Select[Any]", select(Version.id, Article.id)).join(
        Article, (Article.id == Version.article_id) & (Article.current_version == Version.number)
    )
    return reading.filtered(connection, statement, filters)


def _facts(
    connection: Connection, filters: Filters, authors: Sequence[str], sections: Sequence[str]
) -> list[tuple[Phrase, ...]] | None:
    """The filters as phrases of the index; None where nothing can pass them. What they only come near to, `_fits` settles."""
    groups: list[tuple[Phrase, ...]] = []
    wanted: list[tuple[Sequence[str], Any]] = [(authors, facts.author), (sections, facts.section)]
    for names, words in wanted:
        phrases = [Phrase(tuple(words(name))) for name in names]
        if names and not all(phrase.words for phrase in phrases):
            return None
        groups += [tuple(phrases)] if phrases else []
    singles = [
        [facts.site(number) for number in reading.site_ids(connection, filters.sites)],
        [facts.language(tag) for tag in filters.languages],
        [facts.verdict(verdict.value) for verdict in filters.verdicts],
        _periods(connection, filters),
    ]
    return groups + [tuple(Phrase((word,)) for word in dict.fromkeys(words)) for words in singles if words]


def _periods(connection: Connection, filters: Filters) -> list[str]:
    """The years and months of a filter, within those the archive has; none where they are too many to help."""
    if filters.published_from is None and filters.published_to is None:
        return []
    first, last = connection.execute(
        select(
            select(func.min(Version.published_from)).scalar_subquery(),
            select(func.max(Version.published_from)).scalar_subquery(),
        )
    ).one()
    if first is None or last is None:
        return [facts.period(date.min, date.min)[0]]
    start = max(filters.published_from or date.min, first)
    end = min(filters.published_to or date.max, date(last.year, 12, 31))
    if end < start:
        return [facts.period(start, start)[0]]  # what is left is compared day by day
    periods = facts.period(start, end)
    return periods if len(periods) <= _MOST_PERIODS else []


def _languages(connection: Connection, filters: Filters) -> set[str | None]:
    """The languages whose forms of a word are looked for: those asked for, else all the archive has."""
    if filters.languages:
        return {primary(tag) for tag in filters.languages}
    found = {primary(tag) for (tag,) in connection.execute(_EVERY_LANGUAGE)}
    return found | {None}


def _snippet(stored: Stored, wanted: Mapping[str | None, Wanted]) -> Snippet:
    values = stored.values
    body, standfirst = values["body"] or "", values["standfirst"]
    text_ = f"{standfirst}\n{body}" if standfirst and standfirst not in body else body
    return snippet(text_ or values["title"] or "", wanted[values["language"]])


_FTS5: Final = text("SELECT rowid FROM search WHERE search MATCH :query ORDER BY rowid DESC")
_PROBED: Final = text("SELECT rowid FROM search WHERE search MATCH :query ORDER BY rowid DESC LIMIT 1 OFFSET :before")
_LAST: Final = text("SELECT max(id) FROM search_docsize")
_BM25: Final = text(
    f"SELECT rowid, -bm25(search, {_WEIGHTS}) FROM search WHERE search MATCH :query AND rowid BETWEEN :low AND :high"  # noqa: S608
)
_TSVECTOR: Final = text("SELECT version_id FROM search WHERE words @@ CAST(:query AS tsquery) ORDER BY version_id DESC")
_TS_RANK: Final = text(
    "SELECT version_id, ts_rank('{0.1, 0, 0, 0.6}', words, CAST(:query AS tsquery)) FROM search WHERE version_id = ANY(:found)"
)
_EVERY_LANGUAGE: Final = text(
    "WITH RECURSIVE held (tag) AS (SELECT min(language) FROM versions UNION ALL "
    "SELECT (SELECT min(language) FROM versions WHERE language > held.tag) FROM held WHERE held.tag IS NOT NULL) "
    "SELECT tag FROM held WHERE tag IS NOT NULL"
)
"""Walks along the index of languages, one step a language, whatever the number of articles."""
