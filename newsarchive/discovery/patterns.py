"""What the headlines of one page have in common, so that the other links of the page can be judged by it.

A site gives its articles addresses of one or two shapes. A link whose shape many headlines of the page share is likely
one of them, however short its own words are; one without a number, where every headline has one, is likely none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from newsarchive.discovery import shapes
from newsarchive.discovery.shapes import Score

_ENOUGH = 8
"""Headlines of a page that say something about its other links."""
_SHARED = 4
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Pattern:
    """The shapes of a page's headlines (`shapes.outline`, with how often each came), and whether all have a number."""

    outlines: Counter[str] = field(default_factory=Counter)
    numbered: bool = False

    def judged(self, total: Score, url: str) -> Score:
        """The score of a link beside the page's headlines."""
        shared = self.outlines[shapes.outline(url)]
        if shared >= _SHARED:
            return total.plus(2, f"shape of {shared} headlines")
        if self.numbered and not shapes.is_numbered(url):
            return total.plus(-4, "no number, and the headlines have one")
        return total


def of(headlines: Iterable[str]) -> Pattern:
    """The pattern of the URLs of a page's headlines; one that says nothing when they are few."""
    urls = list(dict.fromkeys(headlines))
    if len(urls) < _ENOUGH:
        return Pattern()
    numbered = sum(shapes.is_numbered(url) for url in urls)
    return Pattern(Counter(map(shapes.outline, urls)), numbered >= _NEARLY_ALL * len(urls))
