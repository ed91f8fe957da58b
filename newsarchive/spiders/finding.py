"""From a link to a row of the frontier, and back: which links are taken, how urgent they are, what is kept of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urldefrag

from w3lib.url import safe_url_string

from newsarchive import urls
from newsarchive.archive import Lead, Waiting
from newsarchive.archive.discovering import FRESH, LISTING
from newsarchive.discovery import backfill, links, shapes
from newsarchive.discovery.link import Link, moment
from newsarchive.middlewares.conditional import VALIDATORS

_HINTS = ("title", "published", "modified", "language")
_SAME = 3
"""From so many entries on, one date of change for more than half of them is the sitemap's own."""


def refused(link: Link, source: str, domains: Sequence[str]) -> str | None:
    """Why a link is not taken, in a standard word or two; None when it is. A list of the user's may name any site."""
    if unfit := links.unfit(link.url):
        return unfit
    if source == "list":
        return None
    if not links.is_inside(link.url, link.url, domains):
        return "offsite"
    return "file" if shapes.is_file(link.url) else None


def articles(found: Iterable[Link], source: str) -> list[Lead]:
    """The rows of article links that one page listed."""
    listed = list(found)
    changes = Counter(link.modified for link in listed if link.modified)
    commonest = changes.most_common(1)[0][1] if changes else 0
    is_dated = commonest < _SAME or 2 * commonest <= len(listed)
    return [_article(link, source, is_dated=is_dated and source == "sitemap") for link in listed]


def left_out(found: Link, source: str, reason: str) -> Lead:
    """The row of what a feed or sitemap lists and the crawl does not ask for."""
    return Lead(url=asked(found.url)[: links.MAX_URL], source=source, refused=reason)


def listing(url: str, role: str, source: str, modified: str | None = None, **hints: Any) -> Lead:
    """The row of a page that lists articles; `role` says how it is read: feed, sitemap, section or robots."""
    kept = {"role": role, **{name: value for name, value in hints.items() if value}}
    changed = moment(modified)
    return Lead(url=asked(url), kind="listing", source=source, priority=LISTING, modified=changed, hints=kept)


def waiting(found: Lead) -> Waiting:
    """What is found as if it came from a frontier, for a crawl without archive."""
    return Waiting(
        id=0,
        url=found.url,
        kind=found.kind,
        source=found.source,
        state="known",
        priority=found.priority,
        hints=found.hints,
    )


def link(waiting: Waiting) -> Link:
    """The link that led to a row, with what was said of it."""
    said: dict[str, Any] = {name: waiting.hints.get(name) for name in _HINTS}
    return Link(url=waiting.url, **said)


def validators(waiting: Waiting) -> dict[str, Any]:
    """The meta of a request for a page that was had before: what it said of its state then."""
    if waiting.state not in ("archived", "listing") or not (waiting.etag or waiting.last_modified):
        return {}
    return {VALIDATORS: (waiting.etag, waiting.last_modified)}


def asked(url: str) -> str:
    """A URL as a request asks for it, by which its answer will be known; without a fragment that no server sees."""
    if urls.is_plain(url):
        return url
    try:
        plain = url if "#!" in url else urldefrag(url).url
        return safe_url_string(plain)
    except ValueError:
        return url


def _article(found: Link, source: str, *, is_dated: bool) -> Lead:
    return Lead(
        url=asked(found.url),
        source=source,
        priority=urgency(found, source),
        published=_day(found),
        modified=moment(found.modified) if is_dated else None,
        hints={name: value for name in _HINTS if (value := getattr(found, name))},
    )


def urgency(found: Link, source: str) -> int:
    """How soon an article is asked for: the newest first, and among those without date the ones on pages of news."""
    known = backfill.dated(found)
    if known is not None:
        return min(known.last.toordinal(), FRESH - 1)
    changed = moment(found.modified)
    if changed is not None:
        return min(changed.toordinal(), FRESH - 1)
    return FRESH if source in ("page", "feed", "list") else 0


def _day(found: Link) -> datetime | None:
    """When an article was published, as its hint or its address says, if that is one day."""
    if (stated := moment(found.published)) is not None:
        return stated
    known = backfill.of_address(found.url)
    if known is None or known.first != known.last:
        return None
    return datetime.combine(known.first, time(), UTC)
