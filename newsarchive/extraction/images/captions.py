"""What a page says beneath an image: its caption, and apart from it whose picture it is."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from newsarchive.extraction import nodes
from newsarchive.extraction import text as texts

# Parts of the words of classes, and whole ones of itemprop, that mark a caption (as the element figcaption does) or a credit.
_CAPTIONS = ("aption", "egend", "ildunterschrift")
_CREDITS = ("redit", "opyright", "hotographer", "ildquelle", "ttribution")
_CAPTION_PROPERTIES = frozenset(("caption", "description"))
_CREDIT_PROPERTIES = frozenset(("copyrightHolder", "author"))
# What every such element holds in one of these attributes: looked for first.
_MARKING, _HELD = ("class", "itemprop"), (*_CAPTIONS, *_CREDITS, "escription", "uthor")
_HOLDER = re.compile(r"figure|image|media|photo|picture|caption|bild|foto|img|visual|hero|lead")
_LABEL = re.compile(
    r"^(?:photo(?:graph)?(?:\s+credit)?s?|image(?:\s+(?:credit|source))?s?|picture|pic|credits?|source|courtesy(?: of)?|illustration|"
    r"fotos?|bild(?:quelle|rechte|nachweis)?|quelle|foto\s+di|crédit(?:s)?(?:\s+photo)?|crédits?\s+image|photographie|fuente|imagen|"
    r"crédito|créditos|fotografía|fotografia|reprodução|divulgação|fonte|beeld|kuva|zdjęcie|fot|źródło|фото|источник|джерело|"
    r"kaynak|fotoğraf|fotogr\w+|sumber|ảnh|nguồn|الصورة|المصدر|تصوير|صورة|צילום|写真|図片|图片来源|图源|图|来源|사진|제공|©|\(c\)|ⓒ|copyright)"
    r"\s*[:：/.|-]*\s*(?:by|von|par|por|de|di|©)?\s*(?=\S)",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"\s*(?:[(\[]\s*)?(?<!\w)(?:(?:photo(?:graph)?(?:\s+credit)?s?|image(?:\s+credit)?|picture|credits?|fotos?|"
    r"bild(?:quelle|rechte)?|crédits?(?:\s+photo)?|фото|fot|zdjęcie|fuente|quelle|source|kuva|beeld|ảnh|사진|写真|图片来源)"
    r"\s*(?:[:：/]|by\b|courtesy of\b)|courtesy (?:of|:)|©|\(c\)|ⓒ)"
    r"\s*(?P<credit>[^()\[\]\n]{2,120}?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
# A part of every label in _INLINE, looked for first.
_INLINE_PARTS = tuple(
    "photo mage pict cred créd fot bild фото zdję fuente quelle our kuva beeld ảnh 사진 写真 图片来源 © (c) ⓒ".split()
)
_AGENCY_TAIL = re.compile(
    r"\s*(?:[(\[]\s*)?(?P<credit>(?:[\w.'’ -]{0,40}[/|]\s*)?(?:AFP|AP|Reuters|REUTERS|Getty Images|EPA|dpa|EFE|ANSA|"
    r"Shutterstock|iStock|picture alliance|"
    r"IMAGO|imago images|PA Wire|Xinhua|TASS|Yonhap|APA|Keystone|Bloomberg)(?:\s*/[^()\[\]]{1,60})?)\s*[)\]]\s*$"
)
_MAX_CAPTION, _MAX_CREDIT, _MAX_LOOKED = 1000, 160, 400


def read(node: LexborNode, lone: dict[int, bool]) -> tuple[str | None, str | None]:
    """The caption and the credit of an image, each None where the page gives none; the caption never repeats the credit.

    `lone` remembers, for all images of one page, which boxes hold a single image.
    """
    holder = _holder(node, lone)
    if holder is None:
        return None, None
    caption: str | None = None
    credit: str | None = None
    for found in nodes.holding(holder, _MARKING, _HELD, _MAX_LOOKED, "figcaption"):
        if not caption and is_caption(found):
            text = _text(found)
            caption = text if len(text) <= _MAX_CAPTION else None
        if not credit and is_credit(found):
            text = _text(found)
            credit = text if 1 < len(text) <= _MAX_CREDIT else None
        if caption and credit:
            break
    return parted(caption or None, credit or None)


def is_caption(node: LexborNode) -> bool:
    """True for an element that is marked as the caption of an image."""
    attributes = node.attributes
    words, properties = attributes.get("class") or "", attributes.get("itemprop")
    return (
        node.tag == "figcaption"
        or any(part in words for part in _CAPTIONS)
        or bool(properties and not _CAPTION_PROPERTIES.isdisjoint(properties.split()))
    )


def is_credit(node: LexborNode) -> bool:
    """True for an element that is marked as the credit of an image."""
    attributes = node.attributes
    words, properties = attributes.get("class") or "", attributes.get("itemprop")
    return any(part in words for part in _CREDITS) or bool(
        properties and not _CREDIT_PROPERTIES.isdisjoint(properties.split())
    )


def parted(caption: str | None, credit: str | None) -> tuple[str | None, str | None]:
    """A caption and a credit set apart: what the one repeats of the other is cut, labels such as "Photo:" too."""
    if caption and credit:
        if caption == credit:
            caption = None
        elif caption.endswith(credit):
            caption = caption[: -len(credit)].rstrip(" |/–—-(:©")
        elif caption.startswith(credit):
            caption = caption[len(credit) :].lstrip(" |/–—-):")
    elif caption and (match := _credit_in(caption)):
        caption, credit = caption[: match.start()].rstrip(" |/–—-("), match.group("credit")
    credit = _LABEL.sub("", credit).strip(" ()[]|/–—-:") if credit else None
    return caption or None, credit or None


def _credit_in(caption: str) -> re.Match[str] | None:
    """Where a caption ends with a credit."""
    lower = caption.lower()
    if any([part in lower for part in _INLINE_PARTS]) and (match := _INLINE.search(caption)):  # noqa: C419 - quicker
        return match
    return _AGENCY_TAIL.search(caption) if caption.rstrip().endswith((")", "]")) else None


def _text(node: LexborNode) -> str:
    return texts.fold_spaces(node.text(separator=" "))


@lru_cache(maxsize=2048)
def _holds_image(words: str) -> bool:
    return _HOLDER.search(words.lower()) is not None


def _holder(node: LexborNode, lone: dict[int, bool]) -> LexborNode | None:
    """The figure round an image, or the nearest box whose class says that it holds one."""
    box, steps, found = node.parent, 0, None
    while box is not None and steps < 6 and box.tag not in ("body", "main", "article"):
        if box.tag == "figure":
            return box
        if steps < 4 and (words := box.attributes.get("class")) and _holds_image(words):
            if box.mem_id not in lone:
                lone[box.mem_id] = len(box.css("img, amp-img")) == 1
            if not lone[box.mem_id]:
                return found
            found = box
        box, steps = box.parent, steps + 1
    return found
