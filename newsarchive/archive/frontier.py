"""The frontier of one site: what was discovered and is still to be asked for, in the database and never in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from newsarchive.archive import discovering, schedule, urgency
from newsarchive.archive.discovering import Discovered, Lead
from newsarchive.archive.engine import reading, writing
from newsarchive.archive.saving import site_ids
from newsarchive.archive.urgency import Waiting, Wish

AT_ONCE = 500
"""URLs entered in one transaction: enough to be quick, few enough for other writers not to wait."""


class Frontier:
    """The URLs of one site. Its methods raise ArchiveError, and each is one transaction (`discover`: one for 500 URLs)."""

    def __init__(self, engine: Engine, site: str, revisits: Sequence[timedelta] = schedule.REVISITS) -> None:
        self._engine = engine
        self.site = site
        with writing(engine) as connection:
            now = datetime.now(UTC)
            self._site_id = site_ids(connection, {site}, now)[site]
            urgency.mend(connection, self._site_id, now, max(revisits, default=timedelta(0)) + schedule.DAY)

    def discover(self, found: Sequence[Lead], found_on: str | None = None) -> Discovered:
        """Enter URLs, each once, with the page that listed them; durable when it returns."""
        counts = Discovered()
        for start in range(0, len(found), AT_ONCE):
            part = found[start : start + AT_ONCE]
            with writing(self._engine) as connection:
                more = discovering.discover(connection, self._site_id, part, found_on, datetime.now(UTC))
            counts = Discovered(
                new=counts.new + more.new, known=counts.known + more.known, twins=counts.twins + more.twins
            )
        return counts

    def due(self, wish: Wish) -> list[Waiting]:
        """The next URLs to be asked for, most urgent first."""
        with reading(self._engine) as connection:
            return urgency.due(connection, self._site_id, wish, datetime.now(UTC))

    def among(self, urls: Collection[str]) -> list[Waiting]:
        """Those of some URLs that are to be asked for now."""
        with reading(self._engine) as connection:
            return urgency.among(connection, urls, datetime.now(UTC))

    def again(
        self, only: Collection[str] | None = None, *, since: date | None = None, until: date | None = None
    ) -> None:
        """Make every page of the site due that was visited before, or those of `only` (URLs); of articles those of a period."""
        wish = Wish(limit=0, since=since, until=until)
        with writing(self._engine) as connection:
            urgency.again(connection, self._site_id, datetime.now(UTC), wish, only)

    def left(self, *, since: date | None = None, until: date | None = None) -> tuple[int, int]:
        """How many URLs of a period could be asked for now, and how many wait outside of it; both up to ten thousand."""
        wish = Wish(limit=0, since=since, until=until)
        with reading(self._engine) as connection:
            return urgency.left(connection, self._site_id, datetime.now(UTC), wish)

    def has_articles(self) -> bool:
        """True when an article of the site was ever discovered."""
        with reading(self._engine) as connection:
            return urgency.has_articles(connection, self._site_id)
