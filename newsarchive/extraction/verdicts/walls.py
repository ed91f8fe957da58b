"""Pages that stand in an article's place: guards against robots, consent walls, error pages, paywalls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Block, Box
from newsarchive.extraction.verdicts import families, phrases
from newsarchive.extraction.verdicts.evidence import Evidence, held, weight
from newsarchive.extraction.wording import holds_any

_SMALL, _SHORT, _LONG, _NEAR, _BOXES = 1500, 700, 4500, 8, 400


def challenge(page: Evidence) -> str | None:
    """A guard's page: hardly any text, and a heading or a mark in the source that only guards write."""
    if page.body_weight > _SMALL or page.is_stated_article or page.text_weight > 2 * _SMALL:
        return None
    if phrases.CHALLENGE.in_any(page.headings):
        page.doubt(Verdict.BOT_CHALLENGE, "heading of a guard")
        if page.text_weight < _SMALL or _is_marked(page):
            return "heading of a guard"
    elif page.text_weight < _SHORT and _is_marked(page):
        return "mark of a guard"
    if page.text_weight > _SMALL or page.linked_headings > 2 or phrases.MISSING.in_any(page.headings):
        return None
    start = page.start(900)
    if phrases.CHALLENGE.search(start):
        return "words of a guard"
    if page.body_weight > _SHORT:
        return None
    if families.PASSAGE.search(start) and families.ROBOT.search(start):
        return "words of a guard"
    if page.text_weight < _SHORT and phrases.CAPTCHA.search(page.page.text[:200_000].lower()):
        return "a captcha and hardly any text"
    return None


def _is_marked(page: Evidence) -> bool:
    """True when a page's source holds a mark that only guards write."""
    return bool(phrases.CHALLENGE_MARKS.search(page.page.text[:200_000].lower()))


def missing(page: Evidence) -> str | None:
    """An error page served as any other: a heading says so, and no article follows."""
    if page.body_weight > 1.5 * _SMALL:
        return None
    says = next((text for text in page.headings if phrases.MISSING.search(text) and weight(text) < 160), None)
    if says is None and page.body_weight <= _SHORT and not page.is_stated_article:
        says = next((text for text in page.headings if weight(text) < 160 and _speaks_of_absence(text)), None)
        if says is not None:
            return "heading of an error"
    if says is None:
        if page.body_weight > _SHORT or page.is_stated_article:
            return None
        if any(phrases.MISSING_HINTS.search(box.hints) for box in page.outline.boxes[:_BOXES] if box.size > 20):
            return "box of an error"
        short = [block.text.lower() for block in page.outline.blocks if block.weight < 200 and block.link_density < 0.5]
        if page.linked_headings > 25 or page.text_weight >= 3 * _SMALL:
            return None
        few = page.text_weight < _SMALL
        if any(phrases.MISSING.search(text) or (few and _speaks_of_absence(text)) for text in short[:40]):
            return "words of an error"
        return None
    page.doubt(Verdict.ERROR_PAGE, "heading of an error")
    if page.body_weight > _SHORT and page.is_stated_article:
        return None
    said = phrases.MISSING.search(says)
    told = sum(1 for text in page.body if weight(text) > 80)
    if told >= 3 and said and len(said.group(0)) * 3 < len(says):
        return None  # a headline about errors over an article about them
    return "heading of an error"


def _speaks_of_absence(text: str) -> bool:
    """True when a text names a page, or a server, and says that it is gone or broken."""
    return bool((families.GONE.search(text) and families.THING.search(text)) or families.BROKEN.search(text))


def consent(page: Evidence) -> str | None:
    """A consent wall: most of what the page says is about consent, and it says little else."""
    stated = page.is_stated_article and page.body_weight > _SHORT and len(page.body) >= 4
    if stated or page.text_weight > 12 * _SMALL:
        return None
    if _is_plain(page.body):
        return None
    blocks = page.outline.blocks[:120]
    if _is_in_box_of_consent(page, blocks):
        return "box of a consent dialogue"
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


def _is_in_box_of_consent(page: Evidence, blocks: Sequence[Block]) -> bool:
    """True when most of what a page says stands in a box whose name is that of a consent dialogue, and asks for a choice."""
    if page.text_weight > 2 * _LONG or page.is_stated_article:
        return False
    known: dict[Box, bool] = {}
    feet: dict[Box, bool] = {}
    inside = outside = 0
    for block in blocks:
        if block.link_density > 0.8 or _is_in_footer(block.box, feet):
            continue
        if _is_named(block.box, known):
            inside += block.weight
        else:
            outside += block.weight
    words = held("\n".join([block.text[:800] for block in blocks]).lower(), phrases.CONSENT)
    return inside > 120 and inside > 2 * outside and len(words) > 1


def _is_named(box: Box | None, known: dict[Box, bool]) -> bool:
    if box is None or box.tag in ("body", "main", "article"):
        return False
    if box not in known:
        known[box] = bool(phrases.CONSENT_HINTS.search(box.hints)) or _is_named(box.parent, known)
    return known[box]


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
    closed = page.is_closed
    if closed:
        page.doubt(Verdict.TEASER, "stated as not free")
    if page.body_weight > _LONG:
        return None
    if closed and page.body_weight < _SMALL:
        return "stated as not free"
    blocks = _after_body(page)
    if page.body_weight > _SMALL and not closed and not _are_walled(blocks):
        return None
    lines = [block.text.lower() for block in blocks]
    said = lines + [text.lower() for text in page.body[-3:] if weight(text) < 300]
    if phrases.WALL.in_any(said):
        return "words of a paywall"
    if page.body_weight > _SMALL:
        return None
    last = [text.lower() for text in page.body[-1:] if weight(text) < 200]
    if _asks_to_subscribe([*last, *lines[:_NEAR]], walled=_are_walled(blocks[:_NEAR])):
        return "an offer after the first lines"
    return None


def _asks_to_subscribe(said: Sequence[str], *, walled: bool) -> bool:
    """True when a few lines on end speak of three of subscribing, an account, a price and the rest of the text.

    Of two where one line does, or where the lines stand in a box that a wall's class names.
    """
    of_lines = [_families(text) for text in said if weight(text) < 300 and not phrases.OTHER_OFFER.search(text)]
    for start, (here, _, _, onward) in enumerate(of_lines):
        subscribe, account, price, rest = (any(flags) for flags in zip(*of_lines[start : start + 4], strict=True))
        if (here and onward) or subscribe + account + price + rest >= 3:
            return True
        if walled and ((subscribe and (price or rest)) or (rest and account)):
            return True
    return False


def _families(text: str) -> tuple[bool, ...]:
    return tuple(
        words.search(text) is not None
        for words in (families.SUBSCRIBE, families.ACCOUNT, families.PRICE, families.REST)
    )


def _are_walled(blocks: Sequence[Block]) -> bool:
    """True when one of the blocks stands in a box whose class speaks of paying or registering."""
    seen: set[Box] = set()  # neighbours share most of the boxes around them
    for block in blocks:
        box: Box | None = block.box
        for _ in range(4):
            if box is None or box.tag in ("body", "main"):
                break
            if box not in seen:
                seen.add(box)
                if box.hints and _is_wall(box.hints):
                    return True
            box = box.parent
    return False


@lru_cache(maxsize=4096)
def _is_wall(hints: str) -> bool:
    return phrases.WALL_HINTS.search(hints) is not None


def _after_body(page: Evidence) -> list[Block]:
    """The short blocks that follow the last words of the body, and those of the boxes that walls use."""
    blocks = page.outline.blocks
    last = -1
    if page.body:
        ending = page.body[-1][-60:]
        for block in reversed(blocks):
            if block.text.endswith(ending):
                last = block.index
                break
    known: dict[Box, bool] = {}
    following = blocks[last + 1 : last + 25]
    return [block for block in following if block.weight < 500 and not _is_in_footer(block.box, known)]


def _is_in_footer(inner: Box, known: dict[Box, bool]) -> bool:
    """True for a box in a footer or menu of the page; `known` keeps what was found of other blocks' boxes."""
    if (found := known.get(inner)) is not None:
        return found
    box: Box | None = inner
    for _ in range(5):
        if box is None or box.tag in ("footer", "nav") or "footer" in box.hints:
            break
        box = box.parent
    else:
        box = None
    known[inner] = box is not None
    return box is not None
