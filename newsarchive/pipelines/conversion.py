"""From an item of any kind to the Article the archive keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from itemadapter import ItemAdapter

from newsarchive import urls
from newsarchive.article import Article, Image, Paragraph
from newsarchive.extraction import authors, bodies, images, titles
from newsarchive.pipelines import date, fields
from newsarchive.recipe import Recipe

EXTRACTOR = "item"


def article(item: Any, recipe: Recipe | None = None) -> Article | None:
    """The Article of an item that came through the pipelines; None when it does not say where it was read.

    Its URL becomes canonical, the one it had an alias. An Article passes as it is.
    """
    if isinstance(item, Article):
        return item if item.url else None
    url = fields.url_of(item)
    if url is None or not urls.is_web(url):
        return None
    recipe = recipe or Recipe()
    now = fields.first(item, ("captured_at",))
    now = now if isinstance(now, datetime) and now.tzinfo else datetime.now(UTC)
    language = _text(fields.first(item, fields.LANGUAGE)) or recipe.language
    context = {"now": now, "language": language, "country": recipe.country, "timezone": recipe.timezone}
    canonical, aliases = urls.identity(url)
    writers = authors.clean(fields.first(item, fields.AUTHORS))
    return Article(
        url=canonical,
        aliases=aliases,
        site=urls.site(canonical) or None,
        title=titles.clean(_text(fields.first(item, fields.TITLE))),
        standfirst=_text(fields.first(item, fields.STANDFIRST)),
        body=_paragraphs(fields.first(item, fields.BODY)),
        published=date.parsed(item, fields.PUBLISHED, **context) or date.of_url(canonical, **context),
        modified=date.parsed(item, fields.MODIFIED, **context),
        authors=writers,
        agencies=authors.agencies(writers),
        images=_images(fields.first(item, fields.IMAGES), canonical),
        section=_text(fields.first(item, fields.SECTION)),
        tags=_tags(fields.first(item, fields.TAGS)),
        language=language,
        publisher=_text(fields.first(item, ("publisher", "site_name"))),
        captured_at=now,
        extractor=EXTRACTOR,
        provenance={"item": type(ItemAdapter(item).item).__name__},
    )


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _paragraphs(value: Any) -> list[Paragraph]:
    if isinstance(value, str):
        return bodies.clean(value.splitlines())
    return bodies.clean(part for part in value if isinstance(part, str)) if fields.many(value) else []


def _images(value: Any, base: str) -> list[Image]:
    found = (images.clean(part, base_url=base) for part in (value if fields.many(value) else [value]))
    return [image for image in found if image is not None]


def _tags(value: Any) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value if fields.many(value) else []
    return list(dict.fromkeys(text for part in parts if (text := _text(part))))
