"""The images: real ones with absolute URLs; "No Image", placeholders and spacers are none."""

from __future__ import annotations

from typing import Any

from newsarchive.article import Image
from newsarchive.extraction import images
from newsarchive.pipelines import fields
from newsarchive.pipelines.context import FieldPipeline


class Images(FieldPipeline):
    """`images`, `image`, `image_url`, …: each image keeps its shape (URL, mapping, Image) and the field its own."""

    def process_item(self, item: Any) -> Any:
        """The item with real images only."""
        base = fields.url_of(item)
        return fields.change(item, fields.IMAGES, lambda value: _clean(value, base))


def _clean(value: Any, base: str | None) -> Any:
    if not fields.many(value):
        return _one(value, base)
    kept = [found for found in (_one(part, base) for part in value) if found is not None]
    return kept if isinstance(value, list) else tuple(kept)


def _one(value: Any, base: str | None) -> Any:
    found = images.clean(value, base_url=base)
    if found is None or isinstance(value, Image):
        return found
    if isinstance(value, str):
        return found.url
    said = {"url": found.url, "alt": found.alt, "caption": found.caption, "credit": found.credit}
    return {name: text for name, text in said.items() if text is not None}
