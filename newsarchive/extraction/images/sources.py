"""Where a page shows its images: the media of its outline, weighed with what structured data says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborNode

from newsarchive.article import Image
from newsarchive.extraction.images import captions, normalise
from newsarchive.extraction.outline import Block, Box, Outline
from newsarchive.extraction.structured import Structured
from newsarchive.page import Page

# Words that stand alone or between "-" and "_"; each alternative of the pattern begins with its own letters, since such a
# pattern is searched for much faster.
_WHOLE_WORDS = "|".join(
    rf"{word}(?<![^\s_-]{word})(?![^\s_-])"
    for word in "bio nav ad ads banner card cards rail menu header-top tag tags".split()
)
_OUTSIDE = re.compile(
    r"author|avatar|byline|portrait|profile|logo|icon|emoji|share|social|related|recommend|teaser|promo|sidebar|widget|comment|"
    r"footer|newsletter|popular|trending|most-|latest|more-|sponsor|outbrain|taboola|paywall|subscri|breadcrumb|toolbar|rating|"
    r"badge|read-?next|thumb(?:nail)?s?-list|up-next|playlist|advert(?<![^\s_-]advert)\w*(?![^\s_-])|" + _WHOLE_WORDS
)
_SHOWN = frozenset(("img", "amp-img"))
_ROOMS = frozenset(("body", "main", "article"))
_HOLDERS = frozenset(("figure", "body", "main", "article"))
_OUT_TAGS = frozenset(("aside", "nav", "footer", "form", "dialog"))
_SETS, _LAZY = ("srcset", *normalise.LAZY_SETS), (*normalise.LAZY, "srcset", "data-srcset")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|\?)", re.IGNORECASE)
_ABOVE, _HEAD, _MIN_SIDE, _MAX_IMAGES, _MAX_LOOKED, _MAX_OTHERS = 8, 40, 100, 60, 400, 4


@dataclass(slots=True)
class Images:
    """The images of an article, the main one first, and the rule that chose it.

    `offered` is what the page states as its main image, as (rule, URL), the most trusted first.
    """

    images: list[Image] = field(default_factory=list)
    rule: str | None = None
    offered: list[tuple[str, str]] = field(default_factory=list)


def read(page: Page, structured: Structured, outline: Outline, body: Sequence[Block] = ()) -> Images:
    """The images of a page's article, the main one first; `body` are the blocks its body was made from, where known.

    The main image is the one that Open Graph and JSON-LD name; where the page shows none above its text, it is added as
    stated. Size variants of one image are one image.
    """
    base = _base(page, structured)
    rule, stated = _first_stated(structured, base)
    first, start, last = _extent(outline, body)
    shown = _shown(outline, base, first, last)
    images = {key: image for key, (image, _) in shown.items()}
    if stated is not None:
        main = normalise.key(stated.url)
        if main in images:
            found = [images.pop(main), *images.values()]
        elif not any(before <= start for _, before in shown.values()):
            found = [stated, *images.values()]
        else:
            rule, found = "shown", list(images.values())
        return Images(found[:_MAX_IMAGES], rule, _others(found[0], structured, base))
    return Images(list(images.values())[:_MAX_IMAGES], "shown" if images else None)


def _others(main: Image, structured: Structured, base: str) -> list[tuple[str, str]]:
    """The images that the page states beside the main one."""
    found: list[tuple[str, str]] = []
    known = {main.url}
    for rule, value in _stated(structured):
        url = value if isinstance(value, str) else value.get("url") if isinstance(value, dict) else None
        if not isinstance(url, str) or url in known or len(found) >= _MAX_OTHERS:
            continue
        known.add(url)
        image = normalise.clean(url, base_url=base)
        if image is not None and normalise.key(image.url) != normalise.key(main.url):
            found.append((rule, image.url))
    return found


def _base(page: Page, structured: Structured) -> str:
    """The URL that relative ones start from: `<base href>` where there is one."""
    return (normalise.absolute(structured.base, page.url) if structured.base else None) or page.url


def _first_stated(structured: Structured, base: str) -> tuple[str | None, Image | None]:
    """The first real image that structured data names as the article's, with the place that names it."""
    for rule, value in _stated(structured):
        image = normalise.clean(value, base_url=base)
        if image is not None:
            return rule, replace(image, caption=None) if image.caption and len(image.caption) > 1000 else image
    return None, None


def _stated(structured: Structured) -> Iterator[tuple[str, Any]]:
    for thing in structured.articles:
        image = thing.get("image")
        for value in image if isinstance(image, list) else [image]:
            yield "json-ld image", _resolved(value, structured)
    for name in ("og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        for value in structured.metas.get(name, ()):
            yield f"meta {name}", value


def _resolved(value: Any, structured: Structured) -> Any:
    """An image given by its `@id` alone as the thing of that name."""
    if isinstance(value, dict) and "@id" in value and not value.get("url") and not value.get("contentUrl"):
        for thing in structured.things:
            if thing.get("@id") == value["@id"] and (thing.get("url") or thing.get("contentUrl")):
                return thing
    return value


def _shown(outline: Outline, base: str, first: int, last: int) -> dict[str, tuple[Image, int]]:
    """The images between two blocks with the block each stands before, by what their size variants have in common."""
    images: dict[str, tuple[Image, int]] = {}
    lone: dict[int, bool] = {}
    known: dict[Box, bool] = {}
    near = [medium for medium in outline.media if medium.tag in _SHOWN and first <= medium.before <= last]
    for medium in near[:_MAX_LOOKED]:
        if _is_outside(medium.box, known):
            continue
        node = medium.node
        attributes = node.attributes
        if _is_small(attributes) or _is_teaser(node):
            continue
        if len(images) >= _MAX_IMAGES:
            break
        image = normalise.clean(_attributes(node, attributes), base_url=base)
        if image is None:
            continue
        key = normalise.key(image.url)
        if key not in images:
            caption, credit = captions.read(node, lone)
            if caption != image.caption or credit != image.credit:
                image = replace(image, caption=caption, credit=credit)
            images[key] = image, medium.before
    return images


def _extent(outline: Outline, body: Sequence[Block]) -> tuple[int, int, int]:
    """The first block an article's image can stand before, the block its text begins with, and the last block."""
    blocks = outline.blocks
    text = body or _text(blocks)
    if not text:
        return 0, len(blocks), len(blocks)
    start, last = text[0].index, text[-1].index + 2
    headline = next((block.index for block in blocks[:start] if block.tag == "h1"), start)
    if start - headline > _HEAD:
        headline = start
    return max(0, headline - _ABOVE), start, last


def _text(blocks: Sequence[Block]) -> list[Block]:
    """The prose in the box that holds most of it: a rough body for pages read without one."""
    prose = [block for block in blocks if len(block.text) > 80 and block.link_density < 0.3]
    mass: dict[Box, int] = {}
    for block in prose:
        box = block.box.parent or block.box
        mass[box] = mass.get(box, 0) + len(block.text)
    best = max(mass, key=lambda box: mass[box], default=None)
    return [block for block in prose if block.box.parent is best or block.box is best]


def _is_outside(box: Box, known: dict[Box, bool]) -> bool:
    """True when an image stands in a portrait, a teaser, a side column or other furniture; `known` remembers boxes."""
    current: Box | None = box
    for _ in range(8):
        if current is None or current.tag in _ROOMS:
            return False
        is_outside = known.get(current)
        if is_outside is None:
            is_outside = known[current] = current.tag in _OUT_TAGS or _speaks_of_outside(current.hints)
        if is_outside:
            return True
        current = current.parent
    return False


@lru_cache(maxsize=4096)
def _speaks_of_outside(hints: str) -> bool:
    return len(hints) > 1 and _OUTSIDE.search(hints) is not None


def _is_small(attributes: Mapping[str, str | None]) -> bool:
    """True when an image's own attributes make it an icon or a thumbnail."""
    words, name = attributes.get("class"), attributes.get("id")
    if (words or name) and _speaks_of_outside(f"{words or ''} {name or ''}".lower()):
        return True
    for side in ("width", "height"):
        value = attributes.get(side)
        if value:
            value = value.strip().removesuffix("px")
            if value.isdecimal() and len(value) < 6 and int(value) < _MIN_SIDE:
                return True
    return False


def _is_teaser(node: LexborNode) -> bool:
    """True when an image is the link to another page, outside of any figure."""
    box, steps = node.parent, 0
    while box is not None and steps < 6 and (tag := box.tag) not in _HOLDERS:
        if tag == "a":
            href = box.attributes.get("href") or ""
            return bool(href) and not href.startswith("#") and not _PICTURE_FILE.search(href) and not _in_figure(box)
        box, steps = box.parent, steps + 1
    return False


def _in_figure(node: LexborNode) -> bool:
    box, steps = node.parent, 0
    while box is not None and steps < 4:
        if box.tag == "figure":
            return True
        box, steps = box.parent, steps + 1
    return False


def _attributes(node: LexborNode, own: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """The attributes of an image with, where it gives none, the best source of its `<picture>` or its `<noscript>` twin."""
    parent = node.parent
    if parent is None:
        return own
    attributes = own
    if parent.tag == "picture" and not any(own.get(name) for name in _SETS):
        widest = [found for source in parent.css("source") for name in _SETS if (found := source.attributes.get(name))]
        if widest:
            attributes = {**own, "srcset": ", ".join(widest)}
    source = own.get("src")
    if (not source or source.startswith("data:")) and not any(attributes.get(name) for name in _LAZY):
        twin = parent.css_first("noscript img")
        if twin is not None:
            attributes = {**attributes, **twin.attributes}
    return attributes
