"""The body: which blocks of a page are the article's own words, and what kind of paragraph each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsarchive.article import Paragraph, ParagraphKind
from newsarchive.extraction import text as texts
from newsarchive.extraction.outline import Block, Box, Outline

OUT_TAGS = frozenset(
    "nav aside footer form button figure figcaption dialog fieldset label legend menu select input address summary".split()
)
SUBHEADS = frozenset("h2 h3 h4 h5 h6".split())
_OUT_HINTS = re.compile(
    r"(?:^|[\s_-])(?:"
    r"share|sharing|social|sociable|newsletters?|nl-|related|recommend\w*|promo\w*|advert\w*|ads?|adslot|sponsor\w*|outbrain|taboola|"
    r"comments?|disqus|cookies?|consent|gdpr|breadcrumbs?|byline|authors?|bio|captions?|credits?|copyright|"
    r"tags?|taglist|toolbar|subscri\w+|paywall|signup|sign-up|login|popup|modal|sidebar|widgets?|"
    r"readmore|read-more|read-also|most-read|trending|popular|more-(?:on|from|articles|stories|news)|teasers?|infobox|"
    r"footer|nav|navbar|navigation|menu|banner|rail|skip|sr-only|screen-reader-text|visually-hidden|visuallyhidden|hidden|"
    r"timestamp|dateline|published|pubdate|meta|metadata|player|gallery|print-only|noprint|donate|donation|"
    r"tooltip|overlay|poll|quiz|rating|pagination|pager|prev-next|post-nav\w*|embed|twitter-tweet|tweet|instagram-media|"
    r"factbox|fact-box|toc|jp-relatedposts|wp-caption-text|image-caption|photo\w*|media-caption|featured|disclaimer|feedback"
    r")(?:$|[\s_-])"
)
_SENTENCE_END = re.compile(r"[.!?…。！？।؟։][\"'”’»)\]]*$")
_BOILERPLATE = re.compile(
    r"^(?:advert(?:isement|ising)?|anzeige|publicité|publicidad|reklama|read (?:more|also|next)\b|also read\b|lire aussi\b|à lire aussi\b|"
    r"lesen sie (?:auch|mehr)\b|mehr zum thema|lee también|leia (?:também|mais)|leggi anche|related\b|see also\b|"
    r"photo(?:s| credit)?\s*:|foto\s*:|image\s*:|credit\s*:|source\s*:|getty images|©|\(c\)|copyright\b|"
    r"sign up\b|subscribe\b|follow us\b|share this\b|click here\b|story continues|continue reading|"
    r"all rights reserved)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Body:
    """The body of a page: its paragraphs, the blocks they were made from, the box that holds them, the rule used."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    box: Box | None = None
    rule: str = "none"


def weight(text: str) -> int:
    """How much text a string is: bytes, so that a Chinese character counts for about a word's worth of Latin ones."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def is_prose(block: Block) -> bool:
    """True when a block reads like sentences and not like a label or a list of links."""
    size = weight(block.text)
    return block.link_density < 0.5 and (size >= 80 or (size >= 25 and bool(_SENTENCE_END.search(block.text))))


class _Judge:
    """Which boxes are never part of an article, each box asked once."""

    def __init__(self, mass: dict[Box, int], total: int) -> None:
        self.mass, self.limit, self.known = mass, total * 0.4, {}

    def is_out(self, box: Box | None) -> bool:
        trail: list[Box] = []
        known: dict[Box, bool] = self.known
        while box is not None and box not in known:
            trail.append(box)
            box = box.parent
        out = known[box] if box is not None else False
        for item in reversed(trail):
            out = out or self._alone(item)
            known[item] = out
        return out

    def _alone(self, box: Box) -> bool:
        if box.tag in OUT_TAGS or box.hidden or (box.hints and _OUT_HINTS.search(box.hints)):
            return self.mass.get(box, 0) <= self.limit
        return False


def _masses(blocks: Iterable[Block]) -> dict[Box, int]:
    """The weight of prose in every box, its inner boxes included."""
    mass: dict[Box, int] = {}
    for block in blocks:
        size = weight(block.text)
        box: Box | None = block.box
        while box is not None:
            mass[box] = mass.get(box, 0) + size
            box = box.parent
    return mass


def _region(prose: Sequence[Block]) -> Box | None:
    """The smallest box that holds most of the prose."""
    mass = _masses(prose)
    if not mass:
        return None
    children: dict[Box, list[Box]] = {}
    root = None
    for box in mass:
        if box.parent is None:
            root = box
        else:
            children.setdefault(box.parent, []).append(box)
    box = root
    while box is not None and box in children:
        best = max(children[box], key=mass.__getitem__)
        if best.tag == "p" or mass[best] < 0.7 * mass[box]:
            break
        box = best
    return box


def read(outline: Outline) -> Body:
    """The body of a page by the look of its blocks."""
    prose = [block for block in outline.blocks if is_prose(block)]
    mass = _masses(prose)
    judge = _Judge(mass, sum(weight(b.text) for b in prose))
    prose = [block for block in prose if not judge.is_out(block.box)]
    region = _region(prose)
    if region is None:
        return Body()
    chosen = _choose(outline, region, judge)
    return Body(paragraphs(chosen), chosen, region, "blocks")


def _inside(box: Box | None, region: Box) -> bool:
    while box is not None and box is not region:
        box = box.parent
    return box is region


def _choose(outline: Outline, region: Box, judge: _Judge) -> list[Block]:
    inside = [b for b in outline.blocks if _inside(b.box, region)]
    for position, block in enumerate(inside):
        if block.tag == "h1":
            inside = inside[position + 1 :]
            break
    kept: list[Block] = []
    for block in inside:
        if judge.is_out(block.box) or _BOILERPLATE.match(block.text) or block.tag == "h1":
            continue
        if block.tag in SUBHEADS:
            if block.link_density < 0.5:
                kept.append(block)
        elif is_prose(block) or (block.tag in ("p", "li", "blockquote") and block.link_density < 0.5):
            kept.append(block)
    while kept and kept[-1].tag in SUBHEADS:
        kept.pop()
    return [
        b
        for b, after in zip(kept, [*kept[1:], None], strict=False)
        if not (b.tag in SUBHEADS and after is not None and after.tag in SUBHEADS and after.tag <= b.tag)
    ]


def kind(block: Block) -> ParagraphKind:
    """The kind of paragraph a block is."""
    if block.tag in SUBHEADS:
        return ParagraphKind.SUBHEAD
    box: Box | None = block.box
    for _ in range(4):
        if box is None:
            break
        if box.tag == "blockquote":
            return ParagraphKind.QUOTE
        if box.tag in ("li", "dd", "dt"):
            return ParagraphKind.LIST_ITEM
        if box.tag in ("td", "th"):
            return ParagraphKind.TABLE_ROW
        box = box.parent
    return ParagraphKind.TEXT


def paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs of chosen blocks; the cells of one table row become one paragraph."""
    return clean(Paragraph(block.text, kind(block)) for block in blocks)


def clean(paragraphs: Iterable[str], *, boilerplate: Iterable[str] = ()) -> list[Paragraph]:
    """Paragraphs without invisible characters, empty ones, exact repeats in a row, and a site's boilerplate."""
    unwanted = {texts.key(item) for item in boilerplate}
    cleaned: list[Paragraph] = []
    for paragraph in paragraphs:
        text = texts.fold_spaces(paragraph)
        if not text or (unwanted and texts.key(text) in unwanted) or (cleaned and cleaned[-1] == text):
            continue
        cleaned.append(Paragraph(text, getattr(paragraph, "kind", ParagraphKind.TEXT)))
    return cleaned
