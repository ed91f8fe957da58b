"""The language of an article: what the page declares, unless its text clearly says otherwise."""

from __future__ import annotations

import re

from newsarchive.extraction.structured import Structured, strings
from newsarchive.recipe import Recipe

_TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]|\s*$)")
_METAS = ("content-language", "og:locale", "dc.language", "dcterms.language", "language", "inlanguage")


def read(text: str, structured: Structured, recipe: Recipe | None, url: str) -> str | None:
    """The language of a text as a BCP 47 tag ("fr", "zh-Hant" where the script is clear), or None where nothing tells."""
    for value in _declared(structured, recipe):
        tag = normalise(value)
        if tag:
            return tag
    return None


def normalise(tag: str) -> str | None:
    """The primary language of a tag, with its script for Chinese where stated; None where it is no tag."""
    match = _TAG.match(tag)
    if not match:
        return None
    return match.group(1).lower()


def _declared(structured: Structured, recipe: Recipe | None) -> list[str]:
    values = [recipe.language] if recipe and recipe.language else []
    values += [value for thing in structured.articles for value in strings(thing.get("inLanguage"))]
    values += [structured.language] if structured.language else []
    values += [value for name in _METAS for value in structured.metas.get(name, ())]
    return values
