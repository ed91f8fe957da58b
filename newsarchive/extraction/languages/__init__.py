"""The language of an article: what the page declares, unless its text clearly says otherwise."""

from __future__ import annotations

import re
from functools import lru_cache

from newsarchive.extraction.languages import tables
from newsarchive.extraction.languages.detection import detect, is_foreign, is_near
from newsarchive.extraction.structured import Structured, strings
from newsarchive.recipe import Recipe

__all__ = ["detect", "normalise", "read"]

_TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@;, ].*)?\s*$")
_METAS = ("content-language", "og:locale", "dc.language", "dcterms.language", "language", "inlanguage", "lang")
_IN_PATH = re.compile(r"^https?://(?:(?P<host>[a-z]{2})\.|[^/]+/(?P<path>[a-z]{2})(?:/|$))")
_NAMES = {
    "english": "en", "french": "fr", "français": "fr", "german": "de", "deutsch": "de", "spanish": "es", "español": "es", "italian": "it",
    "portuguese": "pt", "arabic": "ar", "russian": "ru", "chinese": "zh", "japanese": "ja", "korean": "ko", "turkish": "tr", "hindi": "hi",
}  # fmt: skip
_RENAMED = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jp": "ja",
    "cz": "cs",
    "gr": "el",
    "kr": "ko",
    "cn": "zh",
    "ua": "uk",
    "dk": "da",
    "se": "sv",
    "vn": "vi",
}
_TRADITIONAL_AT = frozenset(("TW", "HK", "MO"))
_CLEAR, _LIKELY, _LONG, _BEGINNING = 0.55, 0.2, 60, 600


def read(text: str, structured: Structured, recipe: Recipe | None, url: str) -> str | None:
    """The language of a text as a BCP 47 tag: the primary language alone ("fr"), "zh-Hant" for traditional Chinese.

    What the recipe and the page declare is believed unless the text clearly contradicts all of it; of several
    declarations the one that agrees with the text. None where neither page nor text nor address tells.
    """
    tags = list(dict.fromkeys(tag for _, tag in declared(structured, recipe)))
    if tags and detect(text[:_BEGINNING])[0] == tags[0]:
        return tags[0]  # as on most pages: a few sentences are enough to bear out what is declared
    found, sure = detect(text)
    if found is None:
        return tags[0] if tags else _of_address(url)
    if not tags:
        return found if sure >= _LIKELY else _of_address(url)
    for tag in tags:
        if tag == found:
            return tag
    for tag in tags:
        if is_near(tag, found):
            return found if tag == "zh" else tag
    contradicted = (sure >= _CLEAR and (len(text) >= _LONG or found not in tables.LATIN)) or all(
        is_foreign(text, tag) for tag in tags
    )
    return found if contradicted else tags[0]


@lru_cache(maxsize=1024)
def normalise(tag: str) -> str | None:
    """The primary language of a tag ("en_US.UTF-8" is "en"), "zh-Hant" where it says so, None where it is no tag."""
    if name := _NAMES.get(tag.strip().lower()):
        return name
    match = _TAG.match(tag)
    if not match:
        return None
    language = match.group(1).lower()
    if language == "zh" and (
        (match.group(2) or "").title() == "Hant" or (match.group(3) or "").upper() in _TRADITIONAL_AT
    ):
        return "zh-Hant"
    return None if language in ("und", "mul", "xx", "zxx") else _RENAMED.get(language, language)


def declared(structured: Structured, recipe: Recipe | None) -> list[tuple[str, str]]:
    """The languages that the recipe and the page declare, each as (place, tag), the most trusted first."""
    said = [(place, normalise(value)) for place, value in dict.fromkeys(_declared(structured, recipe))]
    return [(place, tag) for place, tag in said if tag]


def _declared(structured: Structured, recipe: Recipe | None) -> list[tuple[str, str]]:
    values = [("recipe", recipe.language)] if recipe and recipe.language else []
    values += [("html lang", structured.language)] if structured.language else []
    values += [("json-ld inLanguage", value) for one in structured.articles for value in strings(one.get("inLanguage"))]
    values += [(f"meta {name}", value) for name in _METAS for value in structured.metas.get(name, ())]
    return values


def _of_address(url: str) -> str | None:
    """The language that an address names in its first label or folder ("fr.", "/fr/"), where it is one we know."""
    match = _IN_PATH.match(url.lower())
    code = (match.group("host") or match.group("path")) if match else None
    return code if code in tables.LATIN or code in ("ar", "ru", "uk", "zh", "ja", "ko", "fa", "he", "hi") else None
