"""Everything a page offers for each field, beside what was chosen: for people who ask why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from newsarchive.article import Article
from newsarchive.cli import rendering
from newsarchive.extraction import dates
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured, strings
from newsarchive.page import Page
from newsarchive.recipe import Recipe

METAS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title", "headline"),
    "standfirst": ("description", "og:description", "twitter:description", "dc.description"),
    "authors": (
        "author",
        "article:author",
        "byl",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
        "twitter:creator",
    ),
    "images": ("og:image", "twitter:image", "image", "thumbnailurl"),
    "section": ("article:section", "section", "parsely-section"),
    "tags": ("article:tag", "keywords", "news_keywords", "parsely-tags"),
    "language": ("content-language", "og:locale", "language", "dc.language", "inlanguage"),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher", "al:android:app_name"),
}
"""The meta elements that may speak of a field, by lower-case name."""

THINGS: dict[str, tuple[str, ...]] = {
    "title": ("headline", "name", "alternativeHeadline"),
    "standfirst": ("description", "abstract"),
    "authors": ("author", "creator"),
    "images": ("image", "thumbnailUrl"),
    "section": ("articleSection",),
    "tags": ("keywords",),
    "language": ("inLanguage",),
    "publisher": ("publisher",),
}
"""The JSON-LD properties of an article that may speak of a field."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One field: its chosen value as text, the rule that gave it, what that rule overruled, and all that was offered.

    `overruled` and `offered` are (place, value); the first is what the archive keeps, the second the whole page.
    """

    name: str
    value: str | None
    rule: str | None
    offered: list[tuple[str, str]] = field(default_factory=list)
    overruled: list[tuple[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        offered = [{"place": place, "value": value} for place, value in self.offered]
        overruled = [{"place": place, "value": value} for place, value in self.overruled]
        return {
            "field": self.name,
            "value": self.value,
            "rule": self.rule,
            "overruled": overruled,
            "offered": offered,
        }


def answers(page: Page, article: Article, recipe: Recipe | None) -> list[Answer]:
    """The fields of `article`, read from `page`, each with all that the page offered for it."""
    structured, outline = statements.read(page.tree), outlines.read(page.tree)
    chosen = _chosen(article)
    found = [
        Answer(name, value, _rule(article, name), _offered(name, structured, outline), _overruled(article, name))
        for name, value in chosen.items()
    ]
    found.append(
        Answer("dates", rendering.date(article.published), None, _dates(page, article, structured, outline, recipe))
    )
    return found


def _chosen(article: Article) -> dict[str, str | None]:
    paragraphs, characters = len(article.body), sum(map(len, article.body))
    return {
        "url": article.url,
        "title": article.title,
        "standfirst": article.standfirst,
        "body": f"{paragraphs} paragraphs, {characters:,} characters" if paragraphs else None,
        "authors": ", ".join([*article.authors, *article.agencies]) or None,
        "images": "; ".join(image.url for image in article.images) or None,
        "section": article.section,
        "tags": ", ".join(article.tags) or None,
        "language": article.language,
        "publisher": article.publisher,
        "is_free": None if article.is_free is None else "yes" if article.is_free else "no",
        "amp_url": article.amp_url,
        "next_page": article.next_page,
        "verdict": article.verdict.value,
    }


def _rule(article: Article, name: str) -> str | None:
    entry = article.provenance.get(name)
    return str(entry.get("rule")) if isinstance(entry, dict) else str(entry) if entry else None


def _overruled(article: Article, name: str) -> list[tuple[str, str]]:
    entry = article.provenance.get(name)
    found = entry.get("overruled") if isinstance(entry, dict) else None
    return [(str(place), str(value)) for place, value in found.items()] if isinstance(found, dict) else []


def _offered(name: str, structured: Structured, outline: Outline) -> list[tuple[str, str]]:
    found = [(f"meta {meta}", value) for meta in METAS.get(name, ()) for value in structured.metas.get(meta, ())]
    for thing in structured.articles:
        for key in THINGS.get(name, ()):
            found += [(f"json-ld {key}", value) for value in _strings(thing.get(key))]
    if name == "title":
        found += [("h1", block.text) for block in outline.blocks if block.tag == "h1"]
        found += [("<title>", structured.title)] if structured.title else []
    if name == "url":
        found += [("canonical link", structured.canonical)] if structured.canonical else []
        found += [("meta og:url", value) for value in structured.metas.get("og:url", ())]
        found += [("amp link", structured.amp)] if structured.amp else []
    if name == "language" and structured.language:
        found.append(("<html lang>", structured.language))
    if name == "images":
        found += [
            ("media", f"{medium.tag} {medium.node.attributes.get('src') or ''}".strip()) for medium in outline.media
        ]
    return found


def _strings(value: Any) -> list[str]:
    """The texts of a JSON-LD value; of things without a name, their URLs."""
    if isinstance(value, dict) and isinstance(value.get("url"), str) and not value.get("name"):
        return [value["url"]]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return strings(value)


def _dates(
    page: Page, article: Article, structured: Structured, outline: Outline, recipe: Recipe | None
) -> list[tuple[str, str]]:
    """Every date seen, the chosen ones first, with its role and why it won or lost."""
    found = []
    for one in dates.explain(page, structured, outline, recipe, article.language):
        place = f"{one['source']} {one.get('rule') or ''}".strip()
        taken = f"{one['field']} <- " if one.get("field") else ""
        why = f": {one['why']}" if one.get("why") else ""
        found.append((place, f"{taken}{one['value']} {one['raw']!r} [{one['role']}{why}]"))
    return found
