"""Find the near copies of articles, and keep the stories they make; by key, so that the cost does not grow with the archive.

Each text leaves a few of its shingles (`buckets.py`); a text that meets two or more of another's is compared with
it. A shingle that many texts have (a site's boilerplate, a common phrase) is left by the first few only: its bucket is
full, and those after leave their next ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from newsarchive.archive import sketches
from newsarchive.archive.buckets import Buckets
from newsarchive.archive.fingerprints import normalised
from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import Article, Kin, Story, Version
from newsarchive.archive.rows import version_text
from newsarchive.archive.sketches import Hashes

LEFT: Final = 12
"""Shingles that a text leaves in the table."""
BUCKET: Final = 6
"""Texts that may leave the same shingle."""
CLOSE: Final = 0.5
"""The part of all shingles of two texts both must have, for stories to become one because of them."""
_MEETINGS: Final = 2
_COMPARED: Final = 8
"""Texts at most that one is compared with, those of the most shingles in common first."""


@dataclass(slots=True)
class Text:
    """One article whose copies are looked for."""

    article_id: int
    sketch: bytes
    twin_id: int | None = None
    """The first article with the very same text, where there is one: nothing else is looked for then."""
    shingles: Hashes | None = None
    """All of them, where they are at hand."""
    is_new: bool = True
    """False for an article that may have been linked by an earlier version of it."""
    words: str | None = None
    """The normalised text, where it is at hand."""


class _Link(NamedTuple):
    """An article that is a copy, by its shingles."""

    other: int
    overlap: float
    resemblance: float


@dataclass(slots=True)
class _State:
    """What is known of the articles a batch meets; it grows with the batch."""

    stories: dict[int, int] = field(default_factory=dict)
    """Article to story."""
    shingles: dict[int, Hashes] = field(default_factory=dict)
    buckets: dict[int, list[int]] = field(default_factory=dict)


def link(connection: Connection, texts: Sequence[Text], now: datetime, buckets: Buckets) -> None:
    """Look for the copies of articles that are written, and link them; those of the batch find each other too."""
    if not texts:
        return
    former = _forget(connection, [text.article_id for text in texts if not text.is_new])
    keys = {text.article_id: sketches.hashes(text.sketch) for text in texts if text.twin_id is None}
    state = _State(buckets=buckets.who(connection, {key for found in keys.values() for key in found}))
    left: list[tuple[int, int]] = []
    met: dict[int, list[int]] = {}
    for text in texts:
        if text.twin_id is not None:
            met[text.article_id] = [text.twin_id]
            continue
        found = _met(text.article_id, keys[text.article_id], state.buckets)
        met[text.article_id] = list(dict.fromkeys([*found, *former.get(text.article_id, ())]))
        left += _leave(text.article_id, keys[text.article_id], state.buckets)
        if text.shingles is not None:
            state.shingles[text.article_id] = text.shingles
    buckets.leave(connection, left)
    others = {other for found in met.values() for other in found}
    if others:
        state.stories = _stories(connection, others)
        _read(connection, texts, met, state)
        for text in texts:
            _join(connection, text, met[text.article_id], state, now)


def _met(own: int, keys: Sequence[int], buckets: Mapping[int, list[int]]) -> list[int]:
    """The articles that left two or more of a text's shingles, those with the most first, then the oldest."""
    meetings = Counter(chain.from_iterable(buckets[key] for key in keys if key in buckets))
    found = [(-times, other) for other, times in meetings.items() if times >= _MEETINGS and other != own]
    return [other for _, other in sorted(found)[:_COMPARED]]


def _leave(own: int, keys: Sequence[int], buckets: dict[int, list[int]]) -> list[tuple[int, int]]:
    """Leave the first shingles of a text whose buckets are not full."""
    rows: list[tuple[int, int]] = []
    number = 0
    for key in keys:
        bucket = buckets.setdefault(key, [])
        if own not in bucket:
            if len(bucket) >= BUCKET:
                continue
            bucket.append(own)
            rows.append((key, own))
        number += 1
        if number == LEFT:
            break
    return rows


def _stories(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in chunks(sorted(ids)):
        found.update(connection.execute(select(Kin.article_id, Kin.story_id).where(Kin.article_id.in_(part))).all())
    return found


def _join(connection: Connection, text: Text, others: Sequence[int], state: _State, now: datetime) -> None:
    """Compare a text with those it met, and put the copies into one story."""
    own = text.article_id
    links = [_Link(text.twin_id, 1.0, 1.0)] if text.twin_id is not None else _copies(text, others, state)
    if not links:
        return
    nearest = max(links, key=lambda found: found.resemblance)
    known = [state.stories[other] for other in (own, nearest.other) if other in state.stories]
    story = known[0] if known else _begin(connection, nearest.other, state, now)
    # A digest holds pieces of many texts: only those that are nearly the same are of one story because of it.
    close = [found for found in links if found is nearest or found.resemblance >= CLOSE]
    joined = {state.stories[found.other] for found in close if found.other in state.stories} | {story}
    if len(joined) > 1:
        _merge(connection, joined - {story}, story, state)
    rows = [] if own in state.stories else [_row(own, story, nearest.other, nearest.overlap)]
    rows += [_row(found.other, story, own, found.overlap) for found in close if found.other not in state.stories]
    if rows:
        connection.execute(insert(Kin), rows)
    state.stories.update({row["article_id"]: story for row in rows})


def _copies(text: Text, others: Sequence[int], state: _State) -> list[_Link]:
    """The articles that are truly copies."""
    own = state.shingles.get(text.article_id)
    found: list[_Link] = []
    for other in others:
        theirs = state.shingles.get(other)
        if own is not None and theirs is not None and sketches.same(own, theirs):
            found.append(_Link(other, sketches.overlap(own, theirs), sketches.resemblance(own, theirs)))
    return found


def _begin(connection: Connection, first: int, state: _State, now: datetime) -> int:
    """A new story, with the article it began with."""
    story = int(connection.execute(insert(Story).values(made_at=now).returning(Story.id)).scalar_one())
    connection.execute(insert(Kin), [_row(first, story, None, None)])
    state.stories[first] = story
    return story


def _merge(connection: Connection, stories: set[int], into: int, state: _State) -> None:
    """A text that is a copy of articles of several stories makes them one."""
    connection.execute(update(Kin).where(Kin.story_id.in_(stories)).values(story_id=into))
    connection.execute(delete(Story).where(Story.id.in_(stories)))
    state.stories.update({article_id: into for article_id, story in state.stories.items() if story in stories})


def _row(article_id: int, story: int, near_id: int | None, overlap: float | None) -> dict[str, Any]:
    return {"article_id": article_id, "story_id": story, "near_id": near_id, "overlap": overlap}


def _forget(connection: Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    """Take articles whose text may have changed out of their stories; some of those they were with, for each."""
    before = _stories(connection, ids)
    members: dict[int, list[int]] = defaultdict(list)
    for story in sorted(set(before.values())):
        rows = select(Kin.article_id).where(Kin.story_id == story).order_by(Kin.article_id).limit(_COMPARED + 1)
        members[story] = list(connection.execute(rows).scalars())
    for part in chunks(sorted(before)):
        connection.execute(delete(Kin).where(Kin.article_id.in_(part)))
    return {own: [other for other in members[story] if other != own] for own, story in before.items()}


def _read(connection: Connection, texts: Sequence[Text], met: Mapping[int, list[int]], state: _State) -> None:
    """The shingles of all texts that are to be compared, from their current versions where they are not at hand."""
    own = {text.article_id for text in texts if text.twin_id is None and met[text.article_id]}
    wanted = own.union(*(met[article_id] for article_id in own)) - state.shingles.keys()
    at_hand = {text.article_id: text.words for text in texts if text.words is not None and text.article_id in wanted}
    state.shingles |= {article_id: sketches.shingles(words) for article_id, words in at_hand.items()}
    wanted -= at_hand.keys()
    for article_id, words in texts_of(connection, wanted):
        state.shingles[article_id] = sketches.shingles(words)


def texts_of(connection: Connection, ids: Iterable[int]) -> Iterable[tuple[int, str]]:
    """The normalised texts of articles in their current versions."""
    for part in chunks(sorted(ids)):
        for row in connection.execute(_TEXT.where(Article.id.in_(part))):
            yield row.id, normalised(version_text(row.standfirst, row.body))


_TEXT: Final = select(Article.id, Version.standfirst, Version.body).join(
    Version, (Version.article_id == Article.id) & (Version.number == Article.current_version)
)
