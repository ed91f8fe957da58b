"""Write a batch of articles and ledger entries in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql

from newsarchive.archive import completing, ledger, near, schedule, sketches, unlinked
from newsarchive.archive.buckets import Buckets
from newsarchive.archive.deciding import Decision, Kept, Known, decide, outcome, undisputed
from newsarchive.archive.engine import lock_keys
from newsarchive.archive.fingerprints import WORTH_COMPARING, url_key
from newsarchive.archive.gathering import Work, gather, number_of, withdraw
from newsarchive.archive.inserting import insert_numbered, insert_rows
from newsarchive.archive.knowing import chunks, known
from newsarchive.archive.ledger import Line, Writing
from newsarchive.archive.models import Alias, Article, Site, Version, Withdrawal
from newsarchive.archive.outcomes import Entry, Outcome
from newsarchive.archive.rows import Prepared, clean, site_of
from newsarchive.archive.search import indexing as search


def write(
    connection: Connection,
    batch: Sequence[Prepared],
    entries: Sequence[Entry],
    *,
    run_id: int | None,
    now: datetime,
    buckets: Buckets,
    index: bool = True,
    later: bool = False,
    revisits: Sequence[timedelta] = schedule.REVISITS,
) -> list[Outcome]:
    """Write a batch; the outcomes are in its order. The caller's transaction makes it whole or nothing.

    Without `index` the versions are left for search to catch up with; with `later` the copies of the texts are not looked
    for now, only noted to be.
    """
    noted = _noted(entries, now)
    lock_keys(connection, _keys(batch, noted))
    names = {new.site for new in batch} | {line.site for line in noted.values() if line.site}
    sites = site_ids(connection, names, now)
    gone = {key: line for key, line in noted.items() if line.state == "gone"}
    held = known(connection, batch, gone, lock=True)
    work = Work()
    decided = [_decided(work, given, held) for given in batch]
    for key, line in gone.items():
        kept, alias = held.by_key.get(key, (None, ""))
        if kept is not None and alias == "canonical":
            withdraw(work, kept, line.seen, line.reason)
    _write_articles(connection, work, sites)
    versions = _write_versions(connection, work, run_id, now)
    _write_aliases(connection, work)
    if index:
        _index(connection, work, sites, versions)
    texts = _texts(work)
    if later:
        unlinked.note(connection, texts)
    else:
        near.link(connection, texts, now, buckets)
    ledger.place(connection, noted)
    lines = _lines(work, noted)
    ledger.write(connection, lines, Writing(sites=sites, run_id=run_id, now=now, revisits=revisits))
    return [outcome(new, decision, kept, number) for new, decision, kept, number in decided]


def _decided(work: Work, given: Prepared, held: Known) -> tuple[Prepared, Decision, Kept | None, int | None]:
    """What is done with one article, with the work it makes gathered."""
    new = undisputed(given, held)
    decision = decide(new, held)
    kept = gather(work, new, decision, held)
    return new, decision, kept, number_of(decision, kept)


def _lines(work: Work, noted: Mapping[bytes, Line]) -> dict[bytes, Line]:
    """The lines of the ledger: those of the articles written, and what was noted besides."""
    lines: dict[bytes, Line] = {}
    for key, (line, kept) in work.lines.items():
        line.article_id = kept.id if kept else None
        lines[key] = line
    for key, line in noted.items():
        ledger.merge(lines, key, line)
    return lines


def _texts(work: Work) -> list[near.Text]:
    """The texts whose copies are to be looked for: of new articles, and of those whose current text is another one now."""
    texts: list[near.Text] = []
    for kept, new in work.retold.items():
        is_new = kept in work.articles
        worth = new.length >= WORTH_COMPARING and new.rank >= 2
        twin = kept.duplicate_of.id if kept.duplicate_of else None
        if not worth and is_new and twin is None:
            continue
        found = sketches.shingles(new.words) if worth and twin is None and new.sketch is None else None
        made = new.sketch if worth and twin is None else None
        sketch = sketches.sketch(found) if found is not None else made or b""
        texts.append(near.Text(kept.id or 0, sketch, twin, found, is_new, new.words))
    return texts


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
                news=entry.news,
            )
            ledger.merge(lines, url_key(url), line)
    return lines


def _keys(batch: Sequence[Prepared], noted: dict[bytes, Line]) -> set[bytes]:
    texts = {new.values["text_digest"] for new in batch if new.length >= WORTH_COMPARING}
    payloads = {new.payload.encode() for new in batch if new.payload is not None}
    return texts | payloads | {key for new in batch for key in new.keys} | noted.keys()


def site_ids(connection: Connection, names: set[str], now: datetime) -> dict[str, int]:
    """The ids of the sites, those never seen before made now."""
    found = _known_sites(connection, names)
    missing = sorted(names - found.keys())
    if missing:
        rows = [{"name": name, "first_seen": now} for name in missing]
        if connection.dialect.name == "postgresql":
            connection.execute(postgresql.insert(Site).on_conflict_do_nothing(), rows)
        else:
            connection.execute(insert(Site), rows)
        found |= _known_sites(connection, set(missing))
    return found


def _known_sites(connection: Connection, names: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(sorted(names)):
        found.update(connection.execute(select(Site.name, Site.id).where(Site.name.in_(part))).all())
    return found


def _write_articles(connection: Connection, work: Work, sites: dict[str, int]) -> None:
    if work.articles:
        ids = insert_numbered(connection, Article, [_article_row(kept, sites) for kept in work.articles])
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


def _write_versions(connection: Connection, work: Work, run_id: int | None, now: datetime) -> list[int]:
    """Write the new versions, and what changed of others; the ids of the new ones."""
    rows = [{**values, "article_id": kept.id, "run_id": run_id, "stored_at": now} for kept, values in work.versions]
    ids = insert_numbered(connection, Version, rows)
    ended = [
        {"of_article": kept.id, "of_number": number, "seen_last": seen} for (kept, number), seen in work.ended.items()
    ]
    if ended:
        connection.execute(_END, ended)
    returned = [
        {"of_article": kept.id, "of_number": number, "times": times} for (kept, number), times in work.returned.items()
    ]
    if returned:
        connection.execute(_RETURN, returned)
    for kept, at, reason, back in work.absences:
        if back:
            connection.execute(_BACK, {"of_article": kept.id, "at": at})
        else:
            connection.execute(insert(Withdrawal).values(article_id=kept.id, gone_at=at, reason=reason))
    with search.renewed(connection, [(kept.id or 0, number) for kept, number in work.completed]):
        _write_completions(connection, work)
    return ids


def _index(connection: Connection, work: Work, sites: dict[str, int], versions: Sequence[int]) -> None:
    """Index the new versions for search."""
    sites = sites | _known_sites(connection, {kept.site for kept, _ in work.versions} - sites.keys())
    written = zip(versions, work.versions, strict=True)
    rows = [
        {**values, "id": number, "site_id": sites[kept.site], "searched": work.searched.get((kept, values["number"]))}
        for number, (kept, values) in written
    ]
    search.add(connection, rows)


def _write_completions(connection: Connection, work: Work) -> None:
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


def _write_aliases(connection: Connection, work: Work) -> None:
    rows = [
        {"url_key": key, "url": url, "article_id": kept.id, "kind": kind, "first_seen": seen}
        for key, (kept, url, kind, seen) in work.aliases.items()
    ]
    insert_rows(connection, Alias, rows)
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
_RETURN: Final = (
    update(Version)
    .where(Version.article_id == bindparam("of_article"), Version.number == bindparam("of_number"))
    .values(returns=Version.returns + bindparam("times"))
)
_BACK: Final = (
    update(Withdrawal)
    .where(Withdrawal.article_id == bindparam("of_article"), Withdrawal.back_at.is_(None))
    .values(back_at=bindparam("at"))
)
_MOVE: Final = (
    update(Alias)
    .where(Alias.url_key == bindparam("of_key"))
    .values(article_id=bindparam("to_article"), kind=bindparam("as_kind"))
)
