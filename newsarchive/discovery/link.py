"""What discovery finds: links with hints, and what was left out and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


class LinkKind(StrEnum):
    """What a link is believed to lead to."""

    ARTICLE = "article"
    PAGE = "page"
    SECTION = "section"
    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link and what its finder says of it; hints are as found (strings), None where there is none.

    `published` and `modified` are dates as written there, `language` a tag as written, `score` and `why` say how an
    article link of a page was recognised.
    """

    url: str
    kind: LinkKind = LinkKind.PAGE
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    score: int = 0
    why: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime | None:
        """The latest readable of its dates, aware (UTC where none is stated): for ordering only."""
        found = [when for when in (moment(self.published), moment(self.modified)) if when]
        return max(found, default=None)


@dataclass(slots=True)
class Listing:
    """What one feed, sitemap or page lists: links in its order, and how many entries were left out, by reason.

    `kind` names the format ("rss", "atom", "rdf", "json", "sitemap", "index", "text", "page"); `problem` says in a few
    words why nothing, or not all, could be read, and is None when all was well. `next_page` is the page of a
    list that comes after this one (see `pagination`).
    """

    kind: str | None = None
    links: list[Link] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    problem: str | None = None
    next_page: str | None = None


_W3C = re.compile(
    r"\s*(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.IGNORECASE,
)


def moment(text: str | None) -> datetime | None:
    """The instant a feed's or sitemap's date means (RFC 822 or W3C), UTC where no zone is stated; None if unreadable."""
    if not text:
        return None
    if match := _W3C.match(text):
        year, month, day, hour, minute, second = (
            int(part or default) for part, default in zip(match.groups(), "011000", strict=False)
        )
        zone = (match[7] or "Z").upper().replace("Z", "+0000").replace(":", "")
        try:
            return datetime.strptime(
                f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}{zone}", "%Y-%m-%dT%H:%M:%S%z"
            )
        except ValueError:
            return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
