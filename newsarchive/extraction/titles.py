"""The title as the reader sees it."""

from __future__ import annotations

from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured


def title(outline: Outline, structured: Structured) -> str | None:
    """The headline of a page, or None."""
    for block in outline.blocks:
        if block.tag == "h1":
            return block.text
    return structured.meta("og:title", "twitter:title") or structured.title
