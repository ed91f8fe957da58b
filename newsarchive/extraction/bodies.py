"""The body: which blocks of a page are the article's own words, and what kind of paragraph each is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from newsarchive.article import Paragraph, ParagraphKind
from newsarchive.extraction import chrome, regions
from newsarchive.extraction import text as texts
from newsarchive.extraction.chrome import SUBHEADS, is_prose, weight
from newsarchive.extraction.outline import Block, Box, Outline
from newsarchive.extraction.selectors import NOTHING, Marked
from newsarchive.extraction.structured import Structured, strings

_PARTS = frozenset("p li blockquote td th dd dt pre".split())


@dataclass(slots=True)
class Body:
    """The body of a page: its paragraphs, the blocks they were made from, the box that holds them, the rule used."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    box: Box | None = None
    rule: str = "none"


def read(
    outline: Outline,
    structured: Structured | None = None,
    headline: Block | None = None,
    marked: Marked = NOTHING,
    boilerplate: Sequence[str] = (),
) -> Body:
    """The body of a page by the look of its blocks, its own statement of the text (JSON-LD) heard as a witness."""
    if marked.body:
        chosen = _choose_marked(outline, marked)
        if chosen:
            return Body(paragraphs(chosen, boilerplate), chosen, None, "recipe")
    stated = _stated(structured)
    prose = [block for block in outline.blocks if is_prose(block)]
    captions = regions.caption_boxes(outline)
    around = headline.box.chain() if headline is not None else []
    judge = chrome.Judge(regions.masses(prose), captions, frozenset(around), marked.drop)
    free = [block for block in prose if not judge.is_out(block.box)]
    if regions.total(free) < 0.25 * regions.total(prose):
        judge = chrome.Judge(judge.masses, frozenset(), frozenset(around), marked.drop, weak=False)
        free = [block for block in prose if not judge.is_out(block.box)]
    region = regions.find(free, headline)
    chosen = _choose(outline, region, judge, headline) if region is not None else []
    rule = "blocks"
    if regions.total(chosen) < 300:
        short = _choose_short(outline, judge, headline)
        if regions.total(short) > 1.5 * regions.total(chosen):
            chosen, rule = short, "short blocks"
    if stated and weight(stated) > 2 * sum(weight(b.text) for b in chosen) + 500:
        return Body(clean(_from_statement(stated), boilerplate=boilerplate), chosen, region, "json-ld articleBody")
    return Body(paragraphs(chosen, boilerplate), chosen, region, rule if chosen else "none")


def _choose_marked(outline: Outline, marked: Marked) -> list[Block]:
    return [
        block
        for block in outline.blocks
        if _inside_any(block.box, marked.body) and not _inside_any(block.box, marked.drop)
    ]


def _stated(structured: Structured | None) -> str | None:
    if structured is None:
        return None
    found = [text for article in structured.articles for text in strings(article.get("articleBody"))]
    return max(found, key=len, default=None)


def _from_statement(stated: str) -> list[Paragraph]:
    return clean(texts.plain(line) for line in re.split(r"\n+|</p>|<br\s*/?>\s*<br\s*/?>", stated))


def _choose(outline: Outline, region: Box, judge: chrome.Judge, headline: Block | None) -> list[Block]:
    inside = [b for b in outline.blocks if regions.is_inside(b.box, region)]
    if headline is not None:
        after = [b for b in inside if b.index > headline.index]
        if regions.total(after) >= 0.5 * regions.total(inside):
            inside = after
    inside = [b for b in inside if not judge.is_out(b.box) and not chrome.is_boilerplate(b.text)]
    main, around = regions.main_containers([b for b in inside if is_prose(b)])
    own = texts.key(headline.text) if headline is not None else ""
    kept: list[Block] = []
    seen: set[str] = set()
    for block in inside:
        if not _inside_any(block.box, main) and regions.container(block) not in around:
            continue
        if _rank(block):
            if block.link_density < 0.5 and texts.key(block.text) != own:
                kept.append(block)
        elif is_prose(block) or (block.tag in _PARTS and block.link_density < 0.5):
            if len(block.text) > 60:
                if block.text in seen:
                    continue
                seen.add(block.text)
            kept.append(block)
    return _without_lonely_subheads(_without_short_ends(kept))


def _choose_short(outline: Outline, judge: chrome.Judge, headline: Block | None) -> list[Block]:
    """The blocks of a page with hardly a sentence on it (a list, verses, a caption): those after its headline."""
    start = headline.index + 1 if headline is not None else 0
    free = [
        block
        for block in outline.blocks[start:]
        if block.link_density < 0.5
        and block.tag != "h1"
        and not judge.is_out(block.box)
        and not chrome.is_boilerplate(block.text)
    ]
    region = regions.find(free, headline)
    if region is None:
        return []
    free = [block for block in free if regions.is_inside(block.box, region)]
    main, around = regions.main_containers(free)
    return [b for b in free if _inside_any(b.box, main) or regions.container(b) in around]


def _inside_any(box: Box | None, containers: Collection[Box]) -> bool:
    while box is not None:
        if box in containers:
            return True
        box = box.parent
    return False


def _without_short_ends(blocks: list[Block]) -> list[Block]:
    """The blocks without labels before the first and after the last that read like sentences."""
    prose = [i for i, block in enumerate(blocks) if is_prose(block)]
    if not prose:
        return []
    first, last = prose[0], prose[-1]
    return [
        b
        for i, b in enumerate(blocks)
        if first <= i <= last or (b.tag == "li" and i > last) or (_rank(b) > 1 and first - 2 < i < first)
    ]


def _without_lonely_subheads(blocks: list[Block]) -> list[Block]:
    """The blocks without subheads that nothing follows before the next one of their rank."""
    kept: list[Block] = []
    for block in reversed(blocks):
        if _rank(block) and (not kept or 0 < _rank(kept[-1]) <= _rank(block)):
            continue
        kept.append(block)
    kept.reverse()
    return kept


def _rank(block: Block) -> int:
    return int(block.tag[1]) if block.tag in SUBHEADS or block.tag == "h1" else 0


def kind(block: Block) -> ParagraphKind:
    """The kind of paragraph a block is."""
    if _rank(block):
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


def paragraphs(blocks: Sequence[Block], boilerplate: Sequence[str] = ()) -> list[Paragraph]:
    """The paragraphs of chosen blocks; the cells of one table row become one paragraph."""
    rows: list[Paragraph] = []
    last: Box | None = None
    for block in blocks:
        sort = kind(block)
        row = _row(block) if sort is ParagraphKind.TABLE_ROW else None
        if row is not None and row is last:
            rows[-1] = Paragraph(f"{rows[-1]} | {block.text}", sort)
        else:
            rows.append(Paragraph(block.text, sort))
        last = row
    return clean(rows, boilerplate=boilerplate)


def _row(block: Block) -> Box | None:
    box: Box | None = block.box
    while box is not None and box.tag != "tr":
        box = box.parent
    return box


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
