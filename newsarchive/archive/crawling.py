"""The part of the Archive that crawls go by: the frontier, locks, hosts, what became of URLs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from newsarchive import urls
from newsarchive.archive import coverage, hosts, locks, why
from newsarchive.archive.engine import reading as one_state
from newsarchive.archive.engine import writing
from newsarchive.archive.frontier import Frontier
from newsarchive.archive.hosts import Trust
from newsarchive.archive.locks import Lock


class Crawling:
    """What an Archive knows of the way to its articles; it raises ArchiveError as the Archive does."""

    _engine: Engine
    revisits: Sequence[timedelta]

    def coverage(self, sites: Sequence[str] = ()) -> list[coverage.Coverage]:
        """What became of the URLs found, by site and day; of these sites (names or hosts), or all."""
        with one_state(self._engine) as connection:
            return list(coverage.days(connection, sites))

    def why(self, url: str) -> dict[str, Any] | None:
        """The whole story of a URL, as plain values; None for one that was never seen."""
        with one_state(self._engine) as connection:
            stories = (why.tell(connection, name) for name in dict.fromkeys((url, urls.canonical(url))))
            return next((story for story in stories if story is not None), None)

    def trust(self, host: str) -> Trust:
        """How far a host's "304 Not Modified" can be believed."""
        with one_state(self._engine) as connection:
            return hosts.read(connection, host)

    def keep_trust(self, known: Mapping[str, Trust]) -> None:
        """Keep how far hosts can be believed."""
        with writing(self._engine) as connection:
            for host, trust in sorted(known.items()):
                hosts.write(connection, host, trust)

    def lock(self, site: str) -> Lock | None:
        """The lock of a site, for one crawl at a time; None when another process holds it. It dies with this process."""
        return locks.take(self._engine, site)

    def frontier(self, site: str) -> Frontier:
        """The frontier of a site."""
        return Frontier(self._engine, site, self.revisits)
