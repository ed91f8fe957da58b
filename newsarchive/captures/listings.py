"""Feeds and sitemaps among what was saved: they list articles and are none."""

from __future__ import annotations

import re
from typing import Final

LOOKED_AT: Final = 4096
"""Bytes in which the first element of a document must begin."""
_TYPES: Final = re.compile(r"^(?:text|application)/(?:[\w.-]+\+)?xml$")
_FIRST: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]*>\s*)*<(?:\w+:)?(?:(?P<feed>rss|feed|RDF)|(?P<sitemap>urlset|sitemapindex))[\s>/]"
)


def may_be(content_type: str | None) -> bool:
    """Whether feeds and sitemaps are sent as this type: any XML that is no XHTML."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    return kind != "application/xhtml+xml" and _TYPES.match(kind) is not None


def kind_of(body: bytes) -> str | None:
    """ "feed" or "sitemap", by the first element of a document; None for any other."""
    found = _FIRST.match(body[:LOOKED_AT])
    return found.lastgroup if found else None
