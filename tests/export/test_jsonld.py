from __future__ import annotations

import io
import json
from typing import Any

import pytest

from newsarchive import export
from newsarchive.archive import Archive
from newsarchive.article import Verdict
from newsarchive.export import ExportError
from tests.archive.samples import article, full


def written(archive: Archive) -> list[dict[str, Any]]:
    out = io.BytesIO()
    export.write(archive, out, "jsonld")
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def test_an_article_is_a_news_article_of_schema_org(archive: Archive) -> None:
    archive.save([full()])
    [found] = written(archive)
    assert found.pop("identifier").startswith("sha256:")
    assert found.pop("articleBody").startswith("Reprise\n")
    assert found == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": "https://example.org/news/1",
        "url": "https://example.org/news/1",
        "mainEntityOfPage": "https://example.org/news/1",
        "headline": "Le port rouvre, jour 1",
        "abstract": "Les bateaux sortent de nouveau.",
        "datePublished": "2025-12-24T18:05+01:00",
        "dateModified": "2025-12-25",
        "author": [{"@type": "Person", "name": "Inès Ferrand"}, {"@type": "Person", "name": "O'Neil, Jr."}],
        "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": "AFP"}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "Exemple SA"},
        "image": [
            {
                "@type": "ImageObject",
                "contentUrl": "https://example.org/port.jpg",
                "alternateName": "Le port",
                "caption": "Lundi",
                "creditText": "I. Ferrand",
            }
        ],
        "articleSection": "Économie",
        "keywords": ["port", "pêche"],
        "inLanguage": "fr",
        "isAccessibleForFree": False,
        "sameAs": ["https://m.example.org/news/1"],
    }


def test_what_is_not_known_is_left_out_and_a_live_blog_is_called_one(archive: Archive) -> None:
    archive.save([article(1, published=None, language=None, verdict=Verdict.LIVE_BLOG)])
    [found] = written(archive)
    assert found["@type"] == "LiveBlogPosting"
    assert not {"datePublished", "inLanguage", "author", "publisher", "isBasedOn"} & found.keys()


def test_it_has_fields_of_its_own(archive: Archive) -> None:
    with pytest.raises(ExportError, match="fields of its own"):
        export.write(archive, io.BytesIO(), "jsonld", fields=["url"])
