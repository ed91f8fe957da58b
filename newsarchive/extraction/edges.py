"""The edges of a body: what stands before its headline or trails its last sentence and says nothing of the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newsarchive.extraction import chrome, placeholders, regions
from newsarchive.extraction.outline import Block

_SHORT: Final = 60
_FEW: Final = 3
# Asked of lower case, and beginning with plain letters: such a pattern is searched for at the speed of a scan.
_RIGHTS: Final = re.compile(
    r"©|\(c\)\s|copyright(?<!\wcopyright)\b|all rights reserved|tous droits réservés|alle rechte vorbehalten|"
    r"todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|alle rechten voorbehouden|"
    r"wszelkie prawa zastrzeżone|все права защищены|جميع الحقوق محفوظة|כל הזכויות שמורות"
)


def trim(blocks: Sequence[Block], headline: Block | None) -> list[Block]:
    """The blocks of a body without stand-ins for images, lines of rights, and labels outside the story's own sentences."""
    kept = [block for block in blocks if not _is_stand_in(block)]
    kept = _without_head(kept, headline)
    if sum(map(chrome.is_prose, kept)) < _FEW:
        return kept
    while kept and _trails(kept[-1]):
        kept.pop()
    return kept


def _without_head(blocks: list[Block], headline: Block | None) -> list[Block]:
    """What stands before the headline is no part of the story, unless most of the story stands there."""
    if headline is None:
        return blocks
    before = [block for block in blocks if block.index < headline.index]
    if not before or regions.total(before) > 0.3 * regions.total(blocks):
        return blocks
    return [block for block in blocks if block.index > headline.index or chrome.is_prose(block)]


def _is_stand_in(block: Block) -> bool:
    text = block.text
    return len(text) < 200 and (
        placeholders.says_no_image(text) or (len(text) < 120 and bool(_RIGHTS.search(text.lower())))
    )


def _trails(block: Block) -> bool:
    """A short line that is no sentence: a heading without text under it, a label, the title of a box."""
    if block.weight >= _SHORT or chrome.ends_sentence(block.text):
        return False
    return block.tag in chrome.SUBHEADS or block.tag in ("p", "div", "span", "section")
