"""What a batch changes, gathered decision by decision before anything is written; no SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from newsarchive.archive import completing
from newsarchive.archive.deciding import Decision, Earlier, Kept, Known, text_of
from newsarchive.archive.fingerprints import WORTH_COMPARING
from newsarchive.archive.ledger import Line, standing
from newsarchive.archive.rows import Prepared

_Holders = dict[bytes, tuple[Kept, str]]
"""Digest of a URL to the article it leads to, and the kind of alias it is."""


@dataclass(slots=True)
class Completion:
    """What a version takes from other readings of its text."""

    columns: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Work:
    """What a batch changes, gathered before anything is written."""

    articles: list[Kept] = field(default_factory=list)
    versions: list[tuple[Kept, dict[str, Any]]] = field(default_factory=list)
    rows: dict[tuple[Kept, int], dict[str, Any]] = field(default_factory=dict)
    """The versions to be written, by article and number."""
    searched: dict[tuple[Kept, int], tuple[str, str] | None] = field(default_factory=dict)
    """Of the versions to be written, title and text in the words of search, where they were made already."""
    current: dict[Kept, dict[str, Any]] = field(default_factory=dict)
    """Of the versions to be written, those that are the current ones."""
    retold: dict[Kept, Prepared] = field(default_factory=dict)
    """Articles with a text they did not have before the batch, and that text."""
    completed: dict[tuple[Kept, int], Completion] = field(default_factory=dict)
    """Article and number of a version that is written already, and what it takes."""
    ended: dict[tuple[Kept, int], datetime | None] = field(default_factory=dict)
    """Article and number of a version that is not the current one any more: when it was last seen; None where it is again."""
    returned: dict[tuple[Kept, int], int] = field(default_factory=dict)
    """Article and number of a version that is written already, and how often the site went back to it."""
    absences: list[tuple[Kept, datetime, str | None, bool]] = field(default_factory=list)
    """Articles taken off their sites, and those seen there again (the last is True for these): when, and how it was said."""
    aliases: dict[bytes, tuple[Kept, str, str, datetime]] = field(default_factory=dict)
    moved: dict[bytes, tuple[Kept, str]] = field(default_factory=dict)
    touched: dict[int, Kept] = field(default_factory=dict)
    lines: dict[bytes, tuple[Line, Kept | None]] = field(default_factory=dict)


def gather(work: Work, new: Prepared, decision: Decision, known: Known) -> Kept | None:
    """Note what a decision changes, and let the rest of the batch know of it."""
    by_key, by_text = known.by_key, known.by_text
    kept = decision.kept
    if decision.status == "rejected":
        _note(work, new, decision, None, by_key)
        return None
    if kept is None:
        kept = _begin(work, new, decision)
    elif decision.status == "new_version":
        _follow(work, new, decision, kept, known)
    elif decision.returns is not None:
        _go_back(work, new, decision.returns, decision.twin, kept, known)
    if decision.withdrawn:
        withdraw(work, kept, new.seen, "notice")
    if decision.adds:
        _complete(work, new, decision.adds, kept)
    if decision.seen:
        kept.last_seen = max(kept.last_seen, new.seen)
        if kept.gone_at is not None and new.seen > kept.gone_at:
            work.absences.append((kept, new.seen, None, True))
            kept.gone_at = None
    kept.first_seen = min(kept.first_seen, new.seen)
    if kept.id is not None:
        work.touched[kept.id] = kept
    if new.length >= WORTH_COMPARING:
        by_text.setdefault(new.values["text_digest"], kept)
    elif new.payload is not None and new.rank >= 2:
        known.by_payload.setdefault(new.payload, kept)
    _lead(work, new, decision, kept, by_key)
    _note(work, new, decision, kept, by_key)
    return kept


def number_of(decision: Decision, kept: Kept | None) -> int | None:
    """The number of the version an article became, or of the one it is like."""
    if kept is None:
        return None
    return kept.current_version if decision.replaces else kept.versions


def _begin(work: Work, new: Prepared, decision: Decision) -> Kept:
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
    values = {**new.values, "number": 1, "change_kind": None, "returns": 0}
    work.articles.append(kept)
    work.versions.append((kept, values))
    work.rows[kept, 1] = work.current[kept] = values
    work.searched[kept, 1] = new.searched
    work.retold[kept] = new
    return kept


def _follow(work: Work, new: Prepared, decision: Decision, kept: Kept, known: Known) -> None:
    kept.versions += 1
    values = {**new.values, "number": kept.versions, "change_kind": decision.change, "returns": 0}
    work.versions.append((kept, values))
    work.rows[kept, kept.versions] = values
    work.searched[kept, kept.versions] = new.searched
    if not decision.replaces:
        known.earlier[kept, new.values["content_digest"]] = Earlier(number=kept.versions, facts=_of_version(new))
        return
    _supersede(work, kept, known)
    work.current[kept] = values
    work.retold[kept] = new
    kept.current_version = kept.versions
    kept.duplicate_of = decision.twin
    for name, value in _of_version(new).items():
        setattr(kept, name, value)


def _go_back(work: Work, new: Prepared, earlier: Earlier, twin: Kept | None, kept: Kept, known: Known) -> None:
    """An earlier version is the current one again."""
    del known.earlier[kept, new.values["content_digest"]]
    since = _supersede(work, kept, known)
    place = kept, earlier.number
    row = work.rows.get(place)
    work.ended[place] = None
    work.current.pop(kept, None)
    if row is None:
        work.returned[place] = work.returned.get(place, 0) + 1
    else:
        row["returns"] += 1
        work.current[kept] = row
    work.retold[kept] = new
    kept.current_version = earlier.number
    kept.duplicate_of = twin
    for name, value in earlier.facts.items():
        setattr(kept, name, value)
    kept.captured_at = max(kept.captured_at, since)


def _supersede(work: Work, kept: Kept, known: Known) -> datetime:
    """The current version is one of the earlier ones; when it was last seen."""
    facts = {name: getattr(kept, name) for name in _FACTS}
    known.earlier[kept, kept.content_digest] = Earlier(number=kept.current_version, facts=facts)
    work.ended[kept, kept.current_version] = kept.last_seen
    return kept.last_seen


def withdraw(work: Work, kept: Kept, seen: datetime, reason: str | None) -> None:
    """Note that an article was taken off its site, unless it was before or has been seen since."""
    if kept.gone_at is None and seen >= kept.last_seen:
        work.absences.append((kept, seen, reason, False))
        kept.gone_at = seen


def _complete(work: Work, new: Prepared, names: tuple[str, ...], kept: Kept) -> None:
    """The current version takes these fields: in place, be it written already or in this batch."""
    taken = completing.columns(new.values, names)
    values = work.current.get(kept)
    if values is not None:
        values |= taken
        work.searched.pop((kept, values["number"]), None)  # words are others in another language
        values["provenance"] = completing.provenance(values["provenance"], new.values["provenance"], names)
    else:
        completion = work.completed.setdefault((kept, kept.current_version), Completion())
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
        "text": text_of(new),
    }


_FACTS: Final = (
    "verdict",
    "captured_at",
    "text_digest",
    "content_digest",
    "title",
    "published_at",
    "published",
    "held",
    "text",
)


def _lead(work: Work, new: Prepared, decision: Decision, kept: Kept, by_key: _Holders) -> None:
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


def _note(work: Work, new: Prepared, decision: Decision, kept: Kept | None, by_key: _Holders) -> None:
    """A line of the ledger for every URL; one that belongs to another article is still that one's.

    The article's own URL counts as visited; who visited it under another name notes that visit itself.
    """
    for index, (key, url) in enumerate(new.keys.items()):
        holder, kind = by_key.get(key, (None, ""))
        line = Line(
            url=url,
            site=new.site,
            state="rejected",
            reason=decision.reason,
            detail=decision.detail,
            seen=new.seen,
            published=new.values["published_at"],
            visited=index == 0,
        )
        if holder is not None:
            original = holder.duplicate_of.url if holder.duplicate_of else None
            line.state, reason, detail = standing(kind, holder.url, original)
            if holder is not kept:
                line.detail = f"leads to {kept.url}" if kept is not None else decision.detail
            elif kind != "canonical":
                line.reason, line.detail = reason, detail
            else:
                line.detail = detail or decision.detail
        work.lines[key] = (line, holder)
