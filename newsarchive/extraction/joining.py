"""One article from the several pages a site cut it into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsarchive.article import Article, Image, Paragraph, Verdict

MAX_PAGES = 20
"""Pages of one article that are worth following; what has more is a gallery or a trap."""


def join(pages: Sequence[Article]) -> Article:
    """The article of `pages`, which are its pages as they were read, in their order; ValueError for none.

    It is the first page with the bodies, images and tags of all, each paragraph that pages repeat (standfirst, first lines,
    "read on") once; the addresses of the others are among its aliases. A page that is no article (an error, a wall) ends it:
    what comes after is not taken. `provenance["pages"]` says how many were joined, and `next_page` what was not.
    """
    if not pages:
        raise ValueError("an article has at least one page")
    first = pages[0]
    parts = _readable(pages)
    if len(parts) == 1:
        return first
    body: list[Paragraph] = []
    known: set[str] = set()
    for part in parts:
        for paragraph in part.body:
            text = _folded(paragraph)
            # A short line may be said twice, as a subhead or a cry is; a paragraph that a page begins with again may not.
            if part is first or text not in known:
                body.append(paragraph)
            if len(text) >= _REPEATED:
                known.add(text)
    images: dict[str, Image] = {}
    for image in (image for part in parts for image in part.images):
        images.setdefault(image.url, image)
    names = [name for part in parts[1:] for name in (part.url, *part.aliases)]
    return replace(
        first,
        body=_without_standfirst(body, first),
        images=list(images.values()),
        tags=list(dict.fromkeys(tag for part in parts for tag in part.tags)),
        aliases=[name for name in dict.fromkeys([*first.aliases, *names]) if name != first.url],
        next_page=parts[-1].next_page,
        provenance={**first.provenance, "pages": {"rule": "joined", "count": len(parts)}},
    )


_REPEATED = 40
"""Characters from which on a paragraph that comes again on a later page is the same one, repeated by the site."""


def _readable(pages: Sequence[Article]) -> list[Article]:
    """The first page, and those after it up to one that is no page of an article."""
    parts = [pages[0]]
    for page in pages[1:MAX_PAGES]:
        # The last page of a cut article may be so short that it looks like none.
        if page.verdict not in (Verdict.ARTICLE, pages[0].verdict) or not page.body:
            break
        parts.append(page)
    return parts


def _without_standfirst(body: list[Paragraph], first: Article) -> list[Paragraph]:
    """The body without the standfirst that later pages show again above their text."""
    if not first.standfirst:
        return body
    again = _folded(first.standfirst)
    kept = len(first.body)
    return [text for place, text in enumerate(body) if place < kept or _folded(text) != again]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
