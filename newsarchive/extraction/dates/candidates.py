"""A date seen on a page, before and after it was judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from newsarchive.article import Precision, PublishedDate
from newsarchive.extraction.dates.stamps import Stamp

PUBLISHED, MODIFIED, VISIT, EVENT = "published", "modified", "visit", "event"
TODAY = "today"  # the capture's own day beside the headline: the byline's or the visit's, which the judge tells
COPYRIGHT, COMMENT, RELATED, URL, FOOTER = "copyright", "comment", "related", "url", "footer"


@dataclass(frozen=True, slots=True)
class Hint:
    """A date that others say of the page: `source` is "feed" or "sitemap" (or any word), `value` the date as stated.

    `role` is "published" or "modified"; a sitemap's lastmod is the latter.
    """

    source: str
    value: str | dt.date | dt.datetime
    role: str = PUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an archive knows of the site around a page, handed in by who can ask it.

    `not_before` and `not_after` are the days of the articles numbered next below and above; `shared_days` are days that
    far too many pages of the site state, as an import or a masthead leaves them.
    """

    not_before: dt.date | None = None
    not_after: dt.date | None = None
    shared_days: frozenset[dt.date] = frozenset()


@dataclass(slots=True, eq=False)
class Candidate:
    """One date of a page: what it states, where it stood, what it is taken for.

    `cost` tells how far its place is to be trusted (0 is best); `why` is why it won or lost, and `lost` is True once a
    rule has put it aside. `near` tells how many blocks it comes after the headline, None off the page.
    """

    stamp: Stamp
    date: PublishedDate
    role: str
    cost: float
    near: int | None = None
    lost: bool = False
    why: str = ""
    notes: list[str] = field(default_factory=list)
    day: dt.date | None = field(init=False)  # the local calendar day as stated, where it was stated whole

    def __post_init__(self) -> None:
        self.day = self.stamp.full_day

    @property
    def source(self) -> str:
        """Where it was found."""
        return self.date.source

    @property
    def rule(self) -> str:
        """The exact place it was found in."""
        return self.date.rule or self.date.source

    @property
    def is_timed(self) -> bool:
        """True where a time of day was stated."""
        return self.date.precision in (Precision.MINUTE, Precision.SECOND)

    def restate(self, stamp: Stamp, date: PublishedDate) -> None:
        """Read this candidate as another date."""
        self.stamp, self.date, self.day = stamp, date, stamp.full_day

    def lose(self, why: str, role: str | None = None) -> None:
        """Put this candidate aside, for a reason in a few words."""
        self.lost, self.why, self.role = True, why, role or self.role
