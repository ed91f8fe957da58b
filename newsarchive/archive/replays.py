"""The part of the Archive that replays need: payloads kept raw, how far replays have come, pages made ready elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine

from newsarchive.archive import payloads, sketches
from newsarchive.archive.engine import reading as one_state
from newsarchive.archive.engine import writing
from newsarchive.archive.fingerprints import WORTH_COMPARING
from newsarchive.archive.outcomes import Entry, Outcome, Validators
from newsarchive.archive.payloads import Done, Payload, Progress
from newsarchive.archive.rows import Prepared, prepare
from newsarchive.archive.search import indexing
from newsarchive.article import Article


def made_ready(article: Article, now: datetime) -> Prepared:
    """All that `Archive.save` does before it needs the database; for another process to do.

    `now` stands in where nobody knows when the page was captured. ValueError or TypeError where it cannot be stored.
    """
    ready = prepare(article, now)
    if ready.length >= WORTH_COMPARING and ready.rank >= 2:
        ready.sketch = sketches.sketch(sketches.shingles(ready.words))
    if ready.verdict.is_readable:
        ready.searched = indexing.searched(ready.values)
    return ready


class Replays:
    """What an Archive knows of captures and replays; it raises ArchiveError as the Archive does."""

    _engine: Engine

    def payloads(self, digests: Sequence[str]) -> dict[str, Payload]:
        """The payloads of these digests that are kept raw already, by their digests."""
        with one_state(self._engine) as connection:
            return {found.digest: found for found in payloads.find(connection, digests)}

    def keep_payloads(self, kept: Iterable[Payload]) -> None:
        """Remember where payloads are kept raw."""
        with writing(self._engine) as connection:
            payloads.keep(connection, kept)

    def places(self) -> Iterator[tuple[str, str, int, int, str]]:
        """Where every version's capture is: its article's address, then file, offset, length and digest; streamed."""
        with one_state(self._engine) as connection:
            yield from payloads.places(connection)

    def replayed(self, key: str) -> Progress | None:
        """How far the replay of an input has come; None where none is under way."""
        with one_state(self._engine) as connection:
            return payloads.progress(connection, key)

    def replay_to(self, key: str, progress: Progress | None) -> None:
        """Note how far the replay of an input has come; None when it is through."""
        with writing(self._engine) as connection:
            payloads.proceed(connection, key, progress)

    def save_ready(self, batch: Sequence[Prepared], entries: Iterable[Entry], done: Done) -> list[Outcome]:
        """`save`, of what `made_ready` gave, with how far the replay has come by it in the same transaction."""
        answers = self._store(dict(enumerate(batch)), list(entries), datetime.now(UTC), done=done)
        return [answers[index] for index in range(len(batch))]

    def _store(
        self,
        batch: dict[int, Prepared],
        entries: Sequence[Entry],
        now: datetime,
        validators: Sequence[Validators] = (),
        done: Done | None = None,
    ) -> dict[int, Outcome]:
        raise NotImplementedError
