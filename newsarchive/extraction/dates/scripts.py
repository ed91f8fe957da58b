"""Dates in the data that scripts carry: the last resort, asked only where nothing better states a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.extraction.dates.candidates import PUBLISHED
from newsarchive.extraction.dates.statements import Statement

# Keys that mean publishing alone; those of expiry, schedules, accounts and comments are not among them.
_STATED = re.compile(
    r"(?:\"|&quot;|\\\"|')(datePublished|publishedDate|publishDate|publish_date|publicationDate|publication_date|published_at|"
    r"publishedAt|firstPublished(?:Date|At)?|first_published_at|datePublication|articlePublish(?:ed)?(?:Date|Time)|pubDate|"
    r"publishTime|publish_time|published_time|article_date|articleDate|displayDate)"
    r"(?:\"|&quot;|\\\"|')\s*[:=]\s*(?:\"|&quot;|\\\"|')([^\"'&\\]{8,40})"
)
COST = 4.0
_WINDOW = 600_000


def read(text: str) -> Iterator[Statement]:
    """The days of publishing in a page's scripts, where they all name one: several are a list of other stories."""
    found: dict[str, Statement] = {}
    for match in _STATED.finditer(text, 0, _WINDOW):
        found.setdefault(match[2][:10], Statement(match[2], "script", match[1], PUBLISHED, COST))
        if len(found) > 1:
            return
    yield from found.values()
