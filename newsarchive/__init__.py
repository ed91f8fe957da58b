"""newsarchive: point it at a news site and keep every article once, whole and honestly dated."""

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
from newsarchive.extraction import extract
from newsarchive.recipe import Feed, Recipe, Section, Sitemap

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
