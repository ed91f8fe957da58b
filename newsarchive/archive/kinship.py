"""The part of the Archive that looks back: an article's history, its copies, the stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine

from newsarchive import urls
from newsarchive.archive import history, reading, stories, unlinked
from newsarchive.archive.buckets import Buckets
from newsarchive.archive.engine import reading as one_state
from newsarchive.archive.engine import writing
from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.history import Difference, History
from newsarchive.archive.stories import Copy, Told

_LINK_AT_ONCE: Final = 2000
_BRING_EVERY: Final = 200
"""Articles linked after which a part of the shingles that came of late is brought over."""
T = TypeVar("T")


class Kinship:
    """What an Archive tells of changes and copies; it raises ArchiveError as the Archive does."""

    _engine: Engine
    _waiting: int
    _buckets: Buckets

    def history(self, url: str) -> History | None:
        """The versions of the article a URL leads to, and when it was off its site; None where the archive has none."""
        return self._first(url, history.of)

    def difference(self, url: str, old: int | None = None, new: int | None = None) -> Difference | None:
        """The words in which two versions of an article differ: by default its current one and the one before that."""
        return self._first(url, lambda connection, key: history.difference(connection, key, old, new))

    def copies(self, url: str) -> list[Copy]:
        """The exact and near copies of the article a URL leads to and itself, the earliest first; none where it has none."""
        return self._first(url, lambda connection, key: stories.copies(connection, key) or None) or []

    def stories(
        self, *, since: date | None = None, until: date | None = None, sites: Sequence[str] = (), most: int = 20
    ) -> list[Told]:
        """The texts most published from `since` to `until` (days, both included), and by one of `sites` where there are any."""
        with one_state(self._engine) as connection:
            ids = reading.site_ids(connection, sites) if sites else None
            return stories.largest(connection, since=since, until=until, site_ids=ids, most=most)

    def unlinked(self) -> int:
        """How many articles wait for `link`."""
        with one_state(self._engine) as connection:
            return unlinked.waiting(connection)

    def link(self, told: Callable[[int], None] | None = None) -> int:
        """Look for the copies of all articles whose copies were not looked for yet; how many these were.

        `save` looks for them at once on a database with one writer at a time; on PostgreSQL, within `bulk()`, after an import
        and after an older archive was migrated they wait for this. It may be broken off and run again, and by several
        processes. `told` hears how many are done.
        """
        linked = 0
        while True:
            with writing(self._engine) as connection:
                found = unlinked.catch_up(connection, _LINK_AT_ONCE, datetime.now(UTC), self._buckets)
            self._bring_over(found)
            linked += found
            if found and told is not None:
                told(linked)
            if found < _LINK_AT_ONCE:
                self._waiting = 0
                return linked

    def _bring_over(self, linked: int) -> None:
        """Bring shingles into their large table, more the more articles were linked: it shall end before many more come."""
        for _ in range(1 + linked // _BRING_EVERY):
            if not self._buckets.is_full:
                return
            with writing(self._engine) as connection:
                unlinked.alone(connection)
                step = self._buckets.bring_over(connection)
            self._buckets.brought(step)

    def _first(self, url: str, ask: Callable[[Connection, bytes], T | None]) -> T | None:
        """The first answer for a URL as it is given, and in its canonical form."""
        with one_state(self._engine) as connection:
            for candidate in dict.fromkeys((url, urls.canonical(url))):
                found = ask(connection, url_key(candidate))
                if found is not None:
                    return found
        return None
