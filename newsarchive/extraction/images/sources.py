"""Where a page shows its images: the media of its outline, weighed with what structured data says."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborNode

from newsarchive.article import Image
from newsarchive.extraction.images import normalise
from newsarchive.extraction.outline import Box, Medium, Outline
from newsarchive.extraction.structured import Structured
from newsarchive.page import Page

_MAX_IMAGES = 60


def read(page: Page, structured: Structured, outline: Outline, box: Box | None = None) -> list[Image]:
    """The images of a page's article, the main one first; `box` is the box that holds the body, where it is known."""
    images: dict[str, Image] = {}
    for stated in _stated(structured):
        image = normalise.clean(stated, base_url=page.url)
        if image:
            images.setdefault(normalise.key(image.url), image)
    return list(images.values())[:1]


def _stated(structured: Structured) -> list[Any]:
    values: list[Any] = []
    for thing in structured.articles:
        image = thing.get("image")
        values.extend(image if isinstance(image, list) else [image] if image else [])
    values.extend(structured.metas.get("og:image", ()))
    values.extend(structured.metas.get("twitter:image", ()))
    return values
