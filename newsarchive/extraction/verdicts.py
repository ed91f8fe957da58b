"""What a fetched page turned out to be: an article, part of one, or something that only looks like a page."""

from __future__ import annotations

from collections.abc import Sequence

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured
from newsarchive.page import Page


def read(
    page: Page, structured: Structured, outline: Outline, body: Sequence[str], title: str | None, url: str
) -> tuple[Verdict, str]:
    """The verdict on a page and the rule that gave it; `body` are the paragraphs found, `title` the headline."""
    if not page.body.strip():
        return Verdict.EMPTY, "no bytes"
    if not body:
        return Verdict.EMPTY, "no text"
    return Verdict.ARTICLE, "text"
