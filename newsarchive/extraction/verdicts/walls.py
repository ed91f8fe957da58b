"""Pages that stand in an article's place: guards against robots, consent walls, error pages, paywalls."""

from __future__ import annotations

from newsarchive.extraction.outline import Block, Box
from newsarchive.extraction.verdicts import phrases
from newsarchive.extraction.verdicts.evidence import Evidence, weight

_SMALL, _SHORT, _LONG = 1500, 700, 4500


def challenge(page: Evidence) -> str | None:
    """A guard's page: hardly any text, and a heading or a mark in the source that only guards write."""
    if page.body_weight > _SMALL or page.is_stated_article or page.text_weight > 2 * _SMALL:
        return None
    heading = any(phrases.CHALLENGE.search(text) for text in page.headings)
    mark = phrases.CHALLENGE_MARKS.search(page.page.text[:200_000])
    if heading and (mark or page.text_weight < _SMALL):
        return "heading of a guard"
    if mark and page.text_weight < _SHORT:
        return "mark of a guard"
    if (
        page.text_weight > _SMALL
        or page.linked_headings > 2
        or any(phrases.MISSING.search(text) for text in page.headings)
    ):
        return None
    return "words of a guard" if phrases.CHALLENGE.search(page.start(900)) else None


def missing(page: Evidence) -> str | None:
    """An error page served as any other: a heading says so, and no article follows."""
    if page.body_weight > 1.5 * _SMALL:
        return None
    says = next((text for text in page.headings if phrases.MISSING.search(text) and weight(text) < 160), None)
    if says is None:
        if page.body_weight > _SHORT or page.is_stated_article:
            return None
        short = [block.text for block in page.outline.blocks if weight(block.text) < 200 and block.link_density < 0.5]
        if not any(phrases.MISSING.search(text) for text in short[:40]) or page.linked_headings > 25:
            return None
        return "words of an error" if page.text_weight < 3 * _SMALL else None
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
    plain = 0
    for text in page.body:
        plain += 0 if _consent_words(text[:400]) else weight(text)
        if plain > _SHORT:
            return None
    about = rest = hits = 0
    for block in page.outline.blocks[:120]:
        found = _consent_words(block.text[:800])
        size = weight(block.text)
        hits += found
        if found >= (1 if size < 200 else 2):
            about += size
        elif block.link_density < 0.8:
            rest += size
    if hits >= 4 and about > rest:
        return "words of consent"
    return None


def _consent_words(text: str) -> int:
    text = text.lower()
    return sum(1 for word in phrases.CONSENT if word in text)


def paywall(page: Evidence) -> str | None:
    """The beginning of an article whose rest is for those who pay or register."""
    if page.body_weight > _LONG:
        return None
    closed = _is_stated_closed(page)
    if closed and page.body_weight < _SMALL:
        return "stated as not free"
    blocks = _after_body(page)
    if page.body_weight > _SMALL and not closed and not any(_is_walled(block) for block in blocks):
        return None
    said = [block.text for block in blocks] + [text for text in page.body[-3:] if weight(text) < 300]
    for text in said:
        lower = text.lower()
        if any(part in lower for part in phrases.WALL_PARTS) and phrases.WALL.search(text):
            return "words of a paywall"
    return None


def _is_walled(block: Block) -> bool:
    """True when a block stands in a box whose class speaks of paying or registering."""
    box: Box | None = block.box
    for _ in range(4):
        if box is None or box.tag in ("body", "main"):
            return False
        if box.hints and phrases.WALL_HINTS.search(box.hints):
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
    return [block for block in following if weight(block.text) < 500]
