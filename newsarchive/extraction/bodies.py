"""The body: which blocks of a page are the article's own words, and what kind of paragraph each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsarchive.article import Paragraph, ParagraphKind
from newsarchive.extraction import chrome, edges, features, regions, rules, weights
from newsarchive.extraction import text as texts
from newsarchive.extraction.features import Scene
from newsarchive.extraction.outline import Block, Box, Outline
from newsarchive.extraction.selectors import NOTHING, Marked
from newsarchive.extraction.structured import Structured, strings
from newsarchive.extraction.weights import Weights

_QUOTES = "\"'“”„«»‹›‚‘’ "
_LAID_OUT = 4  # a cell of so many paragraphs is a column of the page's layout, not one of a table
_BREAKS = re.compile(r"\n+|</p>|<br\s*/?>\s*<br\s*/?>")


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
    *,
    title: str | None = None,
    learned: Weights | None = weights.SHIPPED,
) -> Body:
    """The body of a page by the look of its blocks, its own statement of the text (JSON-LD) heard as a witness.

    `headline` is where the title stands, `marked` what the site's recipe picks, `boilerplate` texts left out. Without
    `learned` weights the rules alone decide.
    """
    if marked.body:
        chosen = [b for b in outline.blocks if b.box.is_in(marked.body) and not b.box.is_in(marked.drop)]
        if chosen:
            return Body(paragraphs(chosen, boilerplate), chosen, None, "recipe")
    stated = stated_in(structured)
    scene = view(outline, structured, headline, marked, title, stated)
    chosen, rule = [], "none"
    if scene is not None:
        chosen, rule = _choose(outline, scene, learned)
        chosen = edges.trim(chosen, headline)
    if stated and chrome.weight(stated) > 2 * regions.total(chosen) + 500:
        return Body(clean(_paragraphs_of(stated), boilerplate=boilerplate), chosen, None, "json-ld articleBody")
    return Body(paragraphs(chosen, boilerplate), chosen, scene.region if scene else None, rule if chosen else "none")


def _choose(outline: Outline, scene: Scene, learned: Weights | None) -> tuple[list[Block], str]:
    if learned is None:
        return rules.choose(outline, scene), "rules"
    candidates, rows = features.read(outline.blocks, scene)
    kept = each_once([b for b, good in zip(candidates, learned.judge(rows), strict=True) if good], scene.title)
    return (kept, "weights") if kept else (each_once(rules.choose(outline, scene), scene.title), "rules")


def each_once(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The blocks without the title, and with every sentence once.

    Pages say text again for another screen, as a pull quote, or all of it in one hidden run.
    """
    seen: set[str] = set()
    kept: list[Block] = []
    longest = len(title or "") + 20
    title = texts.key(title or "")
    for block in blocks:
        text = block.text
        if len(text) > 40:
            if text in seen:
                continue
            seen.add(text)
        if block.tag == "h1" or (title and len(text) <= longest and _begins(text, title) and texts.key(text) == title):
            continue
        kept.append(block)
    return _without_repeats(kept)


def _begins(text: str, key: str) -> bool:
    """True where a text's key may be this one: whose first character is a letter or digit begins its key with it."""
    first = text[0]
    return not first.isalnum() or first.casefold()[0] == key[0]


def _without_repeats(blocks: list[Block]) -> list[Block]:
    kept = [block for block in blocks if len(block.text) < 1500 or not _repeats_all(block, blocks)]
    whole = "\n".join([block.text for block in kept])
    return [b for b in kept if not 40 < len(b.text) < 400 or whole.count(b.text.strip(_QUOTES)) < 2]


def _repeats_all(block: Block, blocks: Sequence[Block]) -> bool:
    """True for a run that says most of its length again: other blocks' texts, one after the other."""
    said = sum(len(other.text) for other in blocks if other is not block and other.text in block.text)
    return said > 0.5 * len(block.text)


def view(
    outline: Outline,
    structured: Structured | None = None,
    headline: Block | None = None,
    marked: Marked = NOTHING,
    title: str | None = None,
    stated: str | None = None,
) -> Scene | None:
    """What is known of a page before its blocks are judged one by one; None where there is no prose at all."""
    prose = [block for block in outline.blocks if chrome.is_prose(block)]
    around = frozenset(headline.box.chain()) if headline is not None else frozenset()
    captions = regions.caption_boxes(outline, regions.total(prose))
    judge = chrome.Judge(regions.masses(prose), captions, around, marked.drop)
    free = [block for block in prose if not judge.is_out(block.box)]
    if regions.total(free) < 0.25 * regions.total(prose):
        judge = chrome.Judge(judge.masses, frozenset(), around, marked.drop, weak=False)
        free = [block for block in prose if not judge.is_out(block.box)]
    region = regions.find(free, headline)
    if region is None:
        return None
    start = headline.index if headline is not None else -1
    inside = [b for b in free if b.index > start and regions.is_inside(b.box, region)] or free
    main, outer = regions.main_containers(inside)
    within = [block.index for block in inside if block.box.is_in(main)] or [inside[0].index]
    return Scene(
        first=within[0],
        last=within[-1],
        judge=judge,
        prose=prose,
        region=region,
        main=main,
        outer=outer,
        headline=headline,
        title=title or (headline.text if headline is not None else None),
        stated=_heard(stated, inside),
        described=_described(structured),
    )


def stated_in(structured: Structured | None) -> str | None:
    """What a page's JSON-LD says its text is, or None."""
    if structured is None:
        return None
    found = [text for article in structured.articles for text in strings(article.get("articleBody"))]
    return max(found, key=len, default=None)


def _heard(stated: str | None, prose: Sequence[Block]) -> str:
    """The page's statement of its text, where it is no mere excerpt of what is seen; else nothing."""
    if not stated or len(stated) < 300:
        return ""
    plain = texts.plain(stated)
    covered = sum(len(block.text) for block in prose if block.text[4:44] in plain)
    return plain if covered >= 0.3 * sum(len(block.text) for block in prose) else ""


def _described(structured: Structured | None) -> frozenset[str]:
    if structured is None:
        return frozenset()
    found = [text for article in structured.articles for text in strings(article.get("description"))]
    for name in ("og:description", "description", "twitter:description"):
        found.extend(structured.metas.get(name, ()))
    return frozenset(texts.plain(text) for text in found)


def _paragraphs_of(stated: str) -> list[str]:
    return [texts.plain(line) for line in _BREAKS.split(stated)]


def kind(block: Block) -> ParagraphKind:
    """The kind of paragraph a block is."""
    if block.tag in chrome.SUBHEADS or block.tag == "h1":
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
            return ParagraphKind.TABLE_ROW if box.count < _LAID_OUT and _row_size(box) > 1 else ParagraphKind.TEXT
        box = box.parent
    return ParagraphKind.TEXT


def _row_size(cell: Box) -> int:
    """How many cells stand in a cell's row: one alone is a page laid out in tables, not a table."""
    row = cell.parent
    return len([node for node in row.node.iter() if node.tag in ("td", "th")]) if row is not None else 1


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
    last: str | None = None
    for paragraph in paragraphs:
        text = texts.fold_spaces(paragraph)
        if not text or text == last or (unwanted and texts.key(text) in unwanted):
            continue
        last = text
        if text is paragraph and isinstance(paragraph, Paragraph):
            cleaned.append(paragraph)
        else:
            cleaned.append(Paragraph(text, getattr(paragraph, "kind", ParagraphKind.TEXT)))
    return cleaned
