"""Dates in microdata and old conventions: itemprop and pubdate attributes, `<abbr class="published" title=...>`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates import labels
from newsarchive.extraction.dates.places import Places
from newsarchive.extraction.dates.statements import Statement
from newsarchive.extraction.outline import hints
from newsarchive.page import Page

_SELECTOR = (
    '[itemprop*="date" i]:not(meta),[pubdate],[property*="date" i]:not(meta),[property*="published" i]:not(meta),'
    "abbr.published,abbr.updated,.hentry .updated[title]"
)
_NAMES = re.compile("date|publish|updated", re.IGNORECASE)
_OTHERS = re.compile(r"comment|relat|side-?bar|footer|widget|teaser|recommend|popular|latest")
_MODIFIED = re.compile(r"modif|updat", re.IGNORECASE)
_REPLIES = frozenset(("review", "reviews", "comment", "comments", "suggestedanswer", "acceptedanswer"))
MOST = 12


def read(page: Page, places: Places) -> Iterator[Statement]:
    """The dates of a page's microdata outside its meta elements, in reading order."""
    for node in page.tree.css(_SELECTOR)[:MOST]:
        attributes = node.attributes
        name = attributes.get("itemprop") or attributes.get("property") or attributes.get("class") or "pubdate"
        if not _NAMES.search(name):
            continue
        shown = node.text().strip()
        raw = next((v for k in ("content", "datetime", "title") if (v := attributes.get(k))), None) or shown
        if not raw or len(raw) > 80 or _is_elsewhere(node):
            continue
        published = labels.PUBLISHED.search(shown) and not labels.MODIFIED.search(shown)
        role = roles.MODIFIED if _MODIFIED.search(name) and not published else roles.PUBLISHED
        cost = 0.6 if "publish" in name.lower() or "pubdate" in attributes else 1.2
        if "itemprop" not in attributes and "updated" in name and not labels.MODIFIED.search(shown):
            # hAtom: an entry without a day of publishing was published when it was updated.
            role, cost = roles.PUBLISHED, 2.5
        # What readers see far from the headline belongs to another story as often as not.
        far = bool(shown) and places.head is not None and not places.shows(shown)
        yield Statement(raw, "microdata", name.strip(), role, cost + (1.6 if far else 0.0))


def _is_elsewhere(node: LexborNode) -> bool:
    """True in boxes of comments and other stories, as far as the article's own element."""
    up = node.parent
    for _ in range(8):
        if up is None or up.tag in ("article", "main", "body"):
            return up is not None and up.tag == "article" and bool(re.search("teaser|comment|relat", hints(up)))
        if (up.attributes.get("itemprop") or "").lower() in _REPLIES:
            return True
        if _OTHERS.search(hints(up)) or up.tag in ("aside", "footer", "nav"):
            return True
        up = up.parent
    return False
