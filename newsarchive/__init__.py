"""newsarchive: point it at a news site and keep every article once, whole and honestly dated."""

from typing import TYPE_CHECKING, Any

from newsarchive.article import (
    Article,
    DateEvidence,
    Image,
    Paragraph,
    ParagraphKind,
    Precision,
    PublishedDate,
    Verdict,
    Zone,
)
from newsarchive.recipe import Feed, Recipe, Section, Sitemap

if TYPE_CHECKING:
    from newsarchive.extraction.extract import extract

__version__ = "0.1.0"

__all__ = [
    "Article",
    "DateEvidence",
    "Feed",
    "Image",
    "Paragraph",
    "ParagraphKind",
    "Precision",
    "PublishedDate",
    "Recipe",
    "Section",
    "Sitemap",
    "Verdict",
    "Zone",
    "extract",
]


def __getattr__(name: str) -> Any:
    """`extract` when it is asked for: its rules and tables take a moment to load, and most programs want a part."""
    if name == "extract":
        from newsarchive.extraction import extract

        return extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
