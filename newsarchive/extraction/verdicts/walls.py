"""Pages that stand in an article's place: guards against robots, consent walls, error pages, paywalls."""

from __future__ import annotations

from collections.abc import Sequence

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Block, Box
from newsarchive.extraction.verdicts import phrases
from newsarchive.extraction.verdicts.evidence import Evidence, held, holds_any, weight

_SMALL, _SHORT, _LONG = 1500, 700, 4500


def challenge(page: Evidence) -> str | None:
    """A guard's page: hardly any text, and a heading or a mark in the source that only guards write."""
    if page.body_weight > _SMALL or page.is_stated_article or page.text_weight > 2 * _SMALL:
        return None
    if any(phrases.CHALLENGE.search(text) for text in page.headings):
        page.doubt(Verdict.BOT_CHALLENGE, "heading of a guard")
        if page.text_weight < _SMALL or _is_marked(page):
            return "heading of a guard"
    elif page.text_weight < _SHORT and _is_marked(page):
        return "mark of a guard"
    if (
        page.text_weight > _SMALL
        or page.linked_headings > 2
        or any(phrases.MISSING.search(text) for text in page.headings)
    ):
        return None
    return "words of a guard" if phrases.CHALLENGE.search(page.start(900)) else None


def _is_marked(page: Evidence) -> bool:
    """True when a page's source holds a mark that only guards write."""
    source = page.page.text[:200_000]
    return holds_any(source.lower(), phrases.CHALLENGE_PARTS) and bool(phrases.CHALLENGE_MARKS.search(source))


def missing(page: Evidence) -> str | None:
    """An error page served as any other: a heading says so, and no article follows."""
    if page.body_weight > 1.5 * _SMALL:
        return None
    says = next((text for text in page.headings if phrases.MISSING.search(text) and weight(text) < 160), None)
    if says is None:
        if page.body_weight > _SHORT or page.is_stated_article:
            return None
        short = [block.text for block in page.outline.blocks if block.weight < 200 and block.link_density < 0.5]
        if not any(phrases.MISSING.search(text) for text in short[:40]) or page.linked_headings > 25:
            return None
        return "words of an error" if page.text_weight < 3 * _SMALL else None
    page.doubt(Verdict.ERROR_PAGE, "heading of an error")
    if page.body_weight > _SHORT and page.is_stated_article:
        return None
    said = phrases.MISSING.search(says)
    told = sum(1 for text in page.body if weight(text) > 80)
    if told >= 3 and said and len(said.group(0)) * 3 < len(says):
        return None  # a headline about errors over an article about them
    return "heading of an error"


def consent(page: Evidence) -> str | None:
    """A consent wall: most of what the page says is about consent, and it says little else."""
    stated = bool(page.structured.articles) and page.body_weight > _SHORT and len(page.body) >= 4
    if stated or page.text_weight > 12 * _SMALL:
        return None
    if _is_plain(page.body):
        return None
    blocks = page.outline.blocks[:120]
    words = held("\n".join([block.text[:800] for block in blocks]).lower(), phrases.CONSENT)
    about = rest = hits = 0
    for block in blocks if words else ():
        found = len(held(block.text[:800].lower(), words))
        size = block.weight
        hits += found
        if found >= (1 if size < 200 else 2):
            about += size
        elif block.link_density < 0.8:
            rest += size
    if hits >= 4:
        page.doubt(Verdict.CONSENT_WALL, "words of consent")
        if about > rest:
            return "words of consent"
    return None


def _is_plain(body: Sequence[str]) -> bool:
    """True when a body has more than a few lines that do not speak of consent."""
    heads: list[str] = []
    size = 0
    for text in body:
        heads.append(text[:400])
        size += weight(text)
        if size > _SHORT:
            break
    words = held("\n".join(heads).lower(), phrases.CONSENT)
    if not words:
        return size > _SHORT
    plain = 0
    for text in body:
        if not holds_any(text[:400].lower(), words if len(heads) == len(body) else phrases.CONSENT):
            plain += weight(text)
            if plain > _SHORT:
                return True
    return False


def paywall(page: Evidence) -> str | None:
    """The beginning of an article whose rest is for those who pay or register."""
    closed = _is_stated_closed(page)
    if closed:
        page.doubt(Verdict.TEASER, "stated as not free")
    if page.body_weight > _LONG:
        return None
    if closed and page.body_weight < _SMALL:
        return "stated as not free"
    blocks = _after_body(page)
    if page.body_weight > _SMALL and not closed and not _are_walled(blocks):
        return None
    said = [block.text for block in blocks] + [text for text in page.body[-3:] if weight(text) < 300]
    parts = held("\n".join(said).lower(), phrases.WALL_PARTS)
    if any(holds_any(text.lower(), parts) and phrases.WALL.search(text) for text in said):
        return "words of a paywall"
    return None


def _are_walled(blocks: Sequence[Block]) -> bool:
    """True when one of the blocks stands in a box whose class speaks of paying or registering."""
    known: dict[Box, bool] = {}
    for block in blocks:
        box: Box | None = block.box
        for _ in range(4):
            if box is None or box.tag in ("body", "main"):
                break
            if (walled := known.get(box)) is None:
                walled = known[box] = bool(box.hints and phrases.WALL_HINTS.search(box.hints))
            if walled:
                return True
            box = box.parent
    return False


def _is_stated_closed(page: Evidence) -> bool:
    """True when structured data says that the article is not free."""
    for thing in page.structured.articles:
        value = str(thing.get("isAccessibleForFree", "")).strip().rsplit("/", 1)[-1].lower()
        if value in ("false", "0", "no"):
            return True
    tier = (page.structured.meta("article:content_tier", "og:article:content_tier", "content_tier") or "").lower()
    return tier in ("locked", "metered", "premium", "paid")


def _after_body(page: Evidence) -> list[Block]:
    """The short blocks that follow the last words of the body, and those of the boxes that walls use."""
    blocks = page.outline.blocks
    last = -1
    if page.body:
        ending = page.body[-1][-60:]
        last = next((block.index for block in reversed(blocks) if block.text.endswith(ending)), -1)
    following = blocks[last + 1 : last + 25]
    return [block for block in following if block.weight < 500]
