"""An article as schema.org has it: NewsArticle in JSON-LD."""

from __future__ import annotations

from typing import Any

from newsarchive.archive import Stored
from newsarchive.archive.rows import stated_date


def news_article(stored: Stored) -> dict[str, Any]:
    """The NewsArticle of an article; what is not known is left out, dates are cut at their precision (ISO 8601)."""
    values = stored.values
    published, modified = stated_date(values, "published"), stated_date(values, "modified")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if values["verdict"] == "live_blog" else "NewsArticle",
        "@id": values["url"],
        "url": values["url"],
        "mainEntityOfPage": values["url"],
        "identifier": f"sha256:{stored.content_digest}",
        "headline": values["title"],
        "abstract": values["standfirst"],
        "articleBody": values["body"],
        "datePublished": published.isoformat() if published else None,
        "dateModified": modified.isoformat() if modified else None,
        "author": [{"@type": "Person", "name": name} for name in values["authors"] or []],
        "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": name} for name in values["agencies"] or []],
        "publisher": {"@type": "NewsMediaOrganization", "name": values["publisher"]} if values["publisher"] else None,
        "image": [_image(image) for image in values["images"] or []],
        "articleSection": values["section"],
        "keywords": values["tags"],
        "inLanguage": values["language"],
        "isAccessibleForFree": values["is_free"],
        "isBasedOn": stored.duplicate_of,
        "sameAs": list(stored.aliases),
    }
    return {name: value for name, value in found.items() if value is not None and value != []}


def _image(image: dict[str, str | None]) -> dict[str, str]:
    named = {
        "contentUrl": image.get("url"),
        "alternateName": image.get("alt"),
        "caption": image.get("caption"),
        "creditText": image.get("credit"),
    }
    return {"@type": "ImageObject", **{name: value for name, value in named.items() if value}}
