"""Write a batch of articles and ledger entries in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql

from newsarchive.archive import completing, ledger
from newsarchive.archive.deciding import Decision, Kept, decide, outcome
from newsarchive.archive.engine import lock_keys
from newsarchive.archive.fingerprints import WORTH_COMPARING, url_key
from newsarchive.archive.knowing import chunks, known
from newsarchive.archive.ledger import Line
from newsarchive.archive.models import Alias, Article, Site, Version
from newsarchive.archive.outcomes import Entry, Outcome
from newsarchive.archive.rows import Prepared, clean, site_of

_Holders = dict[bytes, tuple[Kept, str]]
"""Digest of a URL to the article it leads to, and the kind of alias it is."""


@dataclass(slots=True)
class _Completion:
    """What a version takes from other readings of its text."""

    columns: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """What a batch changes, gathered before anything is written."""

    articles: list[Kept] = field(default_factory=list)
    versions: list[tuple[Kept, dict[str, Any]]] = field(default_factory=list)
    current: dict[Kept, dict[str, Any]] = field(default_factory=dict)
    """Of the versions to be written, those that are the current ones."""
    completed: dict[tuple[Kept, int], _Completion] = field(default_factory=dict)
    """Article and number of a version that is written already, and what it takes."""
    superseded: list[tuple[Kept, int, datetime]] = field(default_factory=list)
    aliases: dict[bytes, tuple[Kept, str, str, datetime]] = field(default_factory=dict)
    moved: dict[bytes, tuple[Kept, str]] = field(default_factory=dict)
    touched: dict[int, Kept] = field(default_factory=dict)
    lines: dict[bytes, tuple[Line, Kept | None]] = field(default_factory=dict)


def write(
    connection: Connection, batch: Sequence[Prepared], entries: Sequence[Entry], *, run_id: int | None, now: datetime
) -> list[Outcome]:
    """Write a batch; the outcomes are in its order. The caller's transaction makes it whole or nothing."""
    noted = _noted(entries, now)
    lock_keys(connection, _keys(batch, noted))
    names = {new.site for new in batch} | {line.site for line in noted.values() if line.site}
    sites = _sites(connection, names, now)
    held = known(connection, batch, lock=True)
    work = _Work()
    decided: list[tuple[Prepared, Decision, Kept | None, int | None]] = []
    for new in batch:
        decision = decide(new, held)
        kept = _gather(work, new, decision, held.by_key, held.by_text)
        decided.append((new, decision, kept, _number(decision, kept)))
    _write_articles(connection, work, sites)
    _write_versions(connection, work, run_id, now)
    _write_aliases(connection, work)
    lines: dict[bytes, Line] = {}
    for key, (line, kept) in work.lines.items():
        line.article_id = kept.id if kept else None
        lines[key] = line
    for key, line in noted.items():
        ledger.merge(lines, key, line)
    ledger.write(connection, lines, sites, run_id)
    return [outcome(new, decision, kept, number) for new, decision, kept, number in decided]


def _noted(entries: Sequence[Entry], now: datetime) -> dict[bytes, Line]:
    lines: dict[bytes, Line] = {}
    for entry in entries:
        url = clean(entry.url)
        if url:
            line = Line(
                url=url,
                site=(clean(entry.site) or site_of(url) or "")[:255] or None,
                state=entry.state,
                reason=clean(entry.reason),
                detail=clean(entry.detail),
                seen=entry.seen or now,
            )
            ledger.merge(lines, url_key(url), line)
    return lines


def _keys(batch: Sequence[Prepared], noted: dict[bytes, Line]) -> set[bytes]:
    texts = {new.values["text_digest"] for new in batch if new.length >= WORTH_COMPARING}
    return texts | {key for new in batch for key in new.keys} | noted.keys()


def _gather(
    work: _Work,
    new: Prepared,
    decision: Decision,
    by_key: _Holders,
    by_text: dict[bytes, Kept],
) -> Kept | None:
    """Note what a decision changes, and let the rest of the batch know of it."""
    kept = decision.kept
    if decision.status == "rejected":
        _note(work, new, decision, None, by_key)
        return None
    if kept is None:
        kept = _begin(work, new, decision)
    elif decision.status == "new_version":
        _follow(work, new, decision, kept)
    if decision.adds:
        _complete(work, new, decision.adds, kept)
    if decision.seen:
        kept.last_seen = max(kept.last_seen, new.seen)
    kept.first_seen = min(kept.first_seen, new.seen)
    if kept.id is not None:
        work.touched[kept.id] = kept
    if new.length >= WORTH_COMPARING:
        by_text.setdefault(new.values["text_digest"], kept)
    _lead(work, new, decision, kept, by_key)
    _note(work, new, decision, kept, by_key)
    return kept


def _number(decision: Decision, kept: Kept | None) -> int | None:
    """The number of the version an article became, or of the one it is like."""
    if kept is None:
        return None
    return kept.current_version if decision.replaces else kept.versions


def _begin(work: _Work, new: Prepared, decision: Decision) -> Kept:
    kept = Kept(
        id=None,
        url=new.url,
        site=new.site,
        first_seen=new.seen,
        last_seen=new.seen,
        versions=1,
        current_version=1,
        duplicate_of=decision.twin,
        **_of_version(new),
    )
    values = {**new.values, "number": 1}
    work.articles.append(kept)
    work.versions.append((kept, values))
    work.current[kept] = values
    return kept


def _follow(work: _Work, new: Prepared, decision: Decision, kept: Kept) -> None:
    kept.versions += 1
    values = {**new.values, "number": kept.versions}
    work.versions.append((kept, values))
    if not decision.replaces:
        return
    work.current[kept] = values
    work.superseded.append((kept, kept.current_version, kept.last_seen))
    kept.current_version = kept.versions
    kept.duplicate_of = decision.twin
    for name, value in _of_version(new).items():
        setattr(kept, name, value)


def _complete(work: _Work, new: Prepared, names: tuple[str, ...], kept: Kept) -> None:
    """The current version takes these fields: in place, be it written already or in this batch."""
    taken = completing.columns(new.values, names)
    values = work.current.get(kept)
    if values is not None:
        values |= taken
        values["provenance"] = completing.provenance(values["provenance"], new.values["provenance"], names)
    else:
        completion = work.completed.setdefault((kept, kept.current_version), _Completion())
        completion.columns |= taken
        rules = new.values["provenance"] or {}
        completion.provenance |= {name: rules.get(name) for name in names}
    completing.take(kept.held, new.values, names)
    if "published" in names:
        kept.published_at, kept.published = new.published_at, _days(new)


def _days(new: Prepared) -> tuple[date, date] | None:
    first = new.values["published_from"]
    return (first, new.values["published_to"]) if first is not None else None


def _of_version(new: Prepared) -> dict[str, Any]:
    """What an article is known by while this is its current version."""
    return {
        "verdict": new.verdict.value,
        "captured_at": new.seen,
        "text_digest": new.values["text_digest"],
        "content_digest": new.values["content_digest"],
        "title": new.values["title"],
        "published_at": new.published_at,
        "published": _days(new),
        "held": completing.of_version(new.values),
    }


def _lead(work: _Work, new: Prepared, decision: Decision, kept: Kept, by_key: _Holders) -> None:
    """Every URL that is not yet known leads to the article; its canonical one does so even if it led elsewhere before."""
    for index, (key, url) in enumerate(new.keys.items()):
        holder, kind = by_key.get(key, (None, ""))
        if holder is kept or (holder is not None and (index > 0 or kind == "canonical")):
            continue
        if index == 0 and decision.status == "duplicate" and decision.kept is not None:
            kind = "text"
        else:
            kind = "canonical" if index == 0 else "stated"
        if holder is None or key in work.aliases:
            work.aliases[key] = (kept, url, kind, new.seen)
        else:
            work.moved[key] = (kept, kind)
        by_key[key] = (kept, kind)


def _note(work: _Work, new: Prepared, decision: Decision, kept: Kept | None, by_key: _Holders) -> None:
    """A line of the ledger for every URL; one that belongs to another article is still that one's."""
    for key, url in new.keys.items():
        holder, _ = by_key.get(key, (None, ""))
        line = Line(
            url=url, site=new.site, state="rejected", reason=decision.reason, detail=decision.detail, seen=new.seen
        )
        if holder is not None:
            copied = holder.duplicate_of is not None or (holder is kept and decision.status == "duplicate")
            line.state = "duplicate" if copied else "archived"
        if kept is not None and holder is not kept:
            line.detail = f"leads to {kept.url}"
        elif decision.twin is not None and decision.status == "duplicate":
            line.detail = f"same text as {decision.twin.url}"
        work.lines[key] = (line, holder)


def _sites(connection: Connection, names: set[str], now: datetime) -> dict[str, int]:
    """The ids of the sites, those never seen before made now."""
    found = _site_ids(connection, names)
    missing = sorted(names - found.keys())
    if missing:
        rows = [{"name": name, "first_seen": now} for name in missing]
        if connection.dialect.name == "postgresql":
            connection.execute(postgresql.insert(Site).on_conflict_do_nothing(), rows)
        else:
            connection.execute(insert(Site), rows)
        found |= _site_ids(connection, set(missing))
    return found


def _site_ids(connection: Connection, names: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(sorted(names)):
        found.update(connection.execute(select(Site.name, Site.id).where(Site.name.in_(part))).all())
    return found


def _write_articles(connection: Connection, work: _Work, sites: dict[str, int]) -> None:
    if work.articles:
        statement = insert(Article).returning(Article.id, sort_by_parameter_order=True)
        ids = connection.execute(statement, [_article_row(kept, sites) for kept in work.articles]).scalars()
        for kept, article_id in zip(work.articles, ids, strict=True):
            kept.id = article_id
        # A copy of an article of the same batch can name it only now.
        late = [kept for kept in work.articles if kept.duplicate_of in work.articles]
        for kept in late:
            work.touched[kept.id or 0] = kept
    if work.touched:
        rows = [
            {
                "row_id": article_id,
                "new_first_seen": kept.first_seen,
                "new_last_seen": kept.last_seen,
                "new_versions": kept.versions,
                "new_current": kept.current_version,
                "new_duplicate": kept.duplicate_of.id if kept.duplicate_of else None,
            }
            for article_id, kept in sorted(work.touched.items())
        ]
        connection.execute(_TOUCH, rows)


def _article_row(kept: Kept, sites: dict[str, int]) -> dict[str, Any]:
    return {
        "site_id": sites[kept.site],
        "url": kept.url,
        "first_seen": kept.first_seen,
        "last_seen": kept.last_seen,
        "versions": kept.versions,
        "current_version": kept.current_version,
        "duplicate_of_id": kept.duplicate_of.id if kept.duplicate_of else None,
    }


def _write_versions(connection: Connection, work: _Work, run_id: int | None, now: datetime) -> None:
    rows = [
        {**values, "article_id": kept.id, "run_id": run_id, "stored_at": now, "cause": "site"}
        for kept, values in work.versions
    ]
    if rows:
        connection.execute(insert(Version), rows)
    ended = [{"of_article": kept.id, "of_number": number, "seen_last": seen} for kept, number, seen in work.superseded]
    if ended:
        connection.execute(_END, ended)
    _write_completions(connection, work)


def _write_completions(connection: Connection, work: _Work) -> None:
    rules: dict[tuple[int, int], dict[str, Any] | None] = {}
    for ids in chunks(sorted({kept.id or 0 for kept, _ in work.completed})):
        rows = connection.execute(_RULES.where(Version.article_id.in_(ids)))
        rules |= {(article_id, number): held for article_id, number, held in rows}
    for (kept, number), completion in work.completed.items():
        new = {name: rule for name, rule in completion.provenance.items() if rule is not None}
        merged = completing.provenance(rules[kept.id or 0, number], new, completion.provenance)
        connection.execute(
            update(Version)
            .where(Version.article_id == kept.id, Version.number == number)
            .values(**completion.columns, provenance=merged)
        )


def _write_aliases(connection: Connection, work: _Work) -> None:
    rows = [
        {"url_key": key, "url": url, "article_id": kept.id, "kind": kind, "first_seen": seen}
        for key, (kept, url, kind, seen) in work.aliases.items()
    ]
    if rows:
        connection.execute(insert(Alias), rows)
    if work.moved:
        moved = [{"of_key": key, "to_article": kept.id, "as_kind": kind} for key, (kept, kind) in work.moved.items()]
        connection.execute(_MOVE, moved)


_RULES: Final = select(Version.article_id, Version.number, Version.provenance)
_TOUCH: Final = (
    update(Article)
    .where(Article.id == bindparam("row_id"))
    .values(
        first_seen=bindparam("new_first_seen"),
        last_seen=bindparam("new_last_seen"),
        versions=bindparam("new_versions"),
        current_version=bindparam("new_current"),
        duplicate_of_id=bindparam("new_duplicate"),
    )
)
_END: Final = (
    update(Version)
    .where(Version.article_id == bindparam("of_article"), Version.number == bindparam("of_number"))
    .values(last_seen=bindparam("seen_last"))
)
_MOVE: Final = (
    update(Alias)
    .where(Alias.url_key == bindparam("of_key"))
    .values(article_id=bindparam("to_article"), kind=bindparam("as_kind"))
)
