"""Pages that stand in an article's place: guards against robots, consent walls, error pages, paywalls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Block, Box
from newsarchive.extraction.verdicts import families, phrases, signs
from newsarchive.extraction.verdicts.evidence import Evidence, held, weight
from newsarchive.extraction.verdicts.tongues import fold
from newsarchive.extraction.wording import holds_any

_SMALL, _SHORT, _TINY, _LONG, _NEAR, _BOXES = 1500, 700, 200, 4500, 8, 400
_BUTTON, _WORDS, _SENTENCE, _RIGHT_AFTER, _LONGEST_BUTTON = 60, 4, 16, 5, 34


def challenge(page: Evidence) -> str | None:
    """A guard's page: hardly any text, and a heading or a mark in the source that only guards write."""
    if page.body_weight > _SMALL or page.is_stated_article or page.text_weight > 2 * _SMALL:
        return None
    if phrases.CHALLENGE.in_any(page.headings):
        page.doubt(Verdict.BOT_CHALLENGE, "heading of a guard")
        if page.text_weight < _SMALL or _is_marked(page):
            return "heading of a guard"
    if page.text_weight > _SMALL or _is_named_error(page):
        return None
    if page.text_weight < _SHORT and _is_marked(page):
        return "mark of a guard"
    if page.linked_headings <= 2 and phrases.CHALLENGE.search(page.start(900)):
        return "words of a guard"
    return None


def unworded_challenge(page: Evidence) -> str | None:
    """A guard's page of no known wording: told by what its few words speak of, or by what its source does without any."""
    if page.body_weight > _SHORT or page.text_weight > _SMALL or page.is_stated_article or page.linked_headings > 2:
        return None
    if _is_named_error(page):
        return None
    start = page.start(900)
    text = fold(start)
    if families.PASSAGE.is_in(text) and families.ROBOT.is_in(text):
        return "words of a guard"
    if any(_is_denial(heading) for heading in page.headings):
        return "access denied"
    if page.text_weight >= _SHORT:
        return None
    if signs.GUARD_FOOT.search(start):
        return "the visitor's address or a number to quote"
    source = page.page.text[:200_000].lower()
    if phrases.CAPTCHA.search(source):
        return "a captcha and hardly any text"
    if page.text_weight < _TINY and signs.AGAIN.search(source):
        if signs.COOKIE_SET in source:
            return "a script that sets a cookie and comes again"
        if families.PASSAGE.is_in(text):
            return "words of passage and a script that comes again"
    return None


def _is_denial(heading: str) -> bool:
    """True when a short heading says that access is refused."""
    if weight(heading) > 120:
        return False
    text = fold(heading)
    return families.ACCESS.is_in(text) and families.DENIED.is_in(text)


def _is_named_error(page: Evidence) -> bool:
    """True when a heading says that a page is missing, or a server broken."""
    return phrases.MISSING.in_any(page.headings) or signs.SERVER_ERROR.in_any(page.headings)


def _is_marked(page: Evidence) -> bool:
    """True when a page's source holds a mark that only guards write."""
    return signs.GUARD.is_near(page.page.text[:200_000].lower())


def missing(page: Evidence) -> str | None:
    """An error page served as any other: a heading or its markup says so, and no article follows."""
    if page.body_weight > 1.5 * _SMALL:
        return None
    says = next((text for text in page.headings if phrases.MISSING.search(text) and weight(text) < 160), None)
    if says is None:
        return None if page.body_weight > _SHORT or page.is_stated_article else _unnamed_error(page)
    page.doubt(Verdict.ERROR_PAGE, "heading of an error")
    if page.body_weight > _SHORT and page.is_stated_article:
        return None
    said = phrases.MISSING.search(says)
    told = sum(1 for text in page.body if weight(text) > 80)
    if told >= 3 and said and len(said.group(0)) * 3 < len(says):
        return None  # a headline about errors over an article about them
    return "heading of an error"


def _unnamed_error(page: Evidence) -> str | None:
    """An error page of no known wording: told by two families of words in a short line, or by its markup."""
    short = [text for text in page.headings if weight(text) < 160]
    if any(signs.SERVER_ERROR.search(text) or _speaks_of_absence(text) for text in short):
        return "heading of an error"
    if any(signs.ERROR_BOX.search(box.hints) for box in page.outline.boxes[:_BOXES] if box.size > 20 and box.hints):
        return "box of an error"
    if signs.ERROR_PATH.search(page.path):
        return "address of an error"
    if page.linked_headings > 25 or page.text_weight >= 3 * _SMALL:
        return None
    source = page.page.text[:200_000].lower()
    if signs.ERROR_STATE.is_near(source):
        return "state of an error"
    lines = [block.text.lower() for block in page.outline.blocks if block.weight < 300 and block.link_density < 0.5]
    few = page.text_weight < 1.5 * _SMALL
    if any(phrases.MISSING.search(text) or (few and _speaks_of_absence(text)) for text in lines[:40]):
        return "words of an error"
    if few and _speaks_of_absence(page.under_heading):
        return "a heading and a line of an error"
    return None


def _speaks_of_absence(text: str) -> bool:
    """True when a text names a page, or a server, and says that it is gone or broken."""
    text = fold(text)
    if families.BROKEN.is_in(text):
        return True
    return (families.GONE.is_in(text) or families.PAUSED.is_in(text)) and families.THING.is_in(text)


def consent(page: Evidence) -> str | None:
    """A consent wall: most of what the page says is about consent, and it says little else."""
    if page.text_weight > 12 * _SMALL:
        return None
    if page.is_stated_article and (
        page.body_weight > 2 * _SMALL or sum(1 for text in page.body if len(text) > 80) >= 3
    ):
        return None
    if _is_plain(page.body):
        return None
    blocks = page.outline.blocks[:120]
    if _is_in_box_of_consent(page, blocks):
        return "box of a consent dialogue"
    own = [block for block in blocks if block.link_density < 0.8 or block.weight < _BUTTON]
    words = _of_consent("\n".join([block.text[:800] for block in own]).lower())
    if len(words) < _WORDS:
        return None
    if page.is_stated_article and not (
        holds_any("\n".join(words), phrases.CONSENT_PARTNERS) and _offers_choice(own, words)
    ):
        return None
    about = rest = hits = 0
    for block in own:
        found = len(held(block.text[:800].lower(), words))
        size = block.weight
        hits += found
        if found >= (1 if size < 200 or len(block.text) < 120 else 2):
            about += size
        elif block.link_density < 0.8:
            rest += size
    if hits >= _WORDS:
        page.doubt(Verdict.CONSENT_WALL, "words of consent")
        if about > rest:
            return "words of consent"
    return None


def _offers_choice(blocks: Sequence[Block], words: Sequence[str]) -> bool:
    """True when two buttons or more speak of consent."""
    return sum(1 for block in blocks if block.tag == "button" and holds_any(block.text.lower(), words)) > 1


def _of_consent(text: str) -> list[str]:
    """The words of consent in a text, each in its longest form; none where its object is never named."""
    foreign = phrases.NOT_LATIN.search(text) is not None
    if not holds_any(text, phrases.CONSENT_OBJECTS if foreign else phrases.CONSENT_OBJECTS_LATIN):
        return []
    words = held(text, phrases.CONSENT if foreign else phrases.CONSENT_LATIN)
    return [word for word in words if not any(word in other for other in words if other != word)]


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
    words = _of_consent("\n".join([block.text[:800] for block in blocks]).lower())
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
    words = _of_consent("\n".join(heads).lower())
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
    if not page.body and not page.is_stated_article:
        return None
    blocks = _after_body(page)
    if page.body_weight > _SMALL and not closed and not _are_walled(blocks):
        return None
    lines = [block.text.lower() for block in blocks]
    said = lines + [text.lower() for text in page.body[-3:] if weight(text) < 300]
    if phrases.WALL.in_any(said):
        return "words of a paywall"
    if page.body_weight > _SMALL:
        return None
    if _is_wall_box(blocks[:_NEAR]):
        return "box of a paywall"
    last = [text.lower() for text in page.body[-1:] if weight(text) < 200]
    if _asks_to_subscribe([*last, *lines[:_NEAR]], walled=_are_walled(blocks[:_NEAR])):
        return "an offer after the first lines"
    if page.body_weight < _SHORT and _is_offer(blocks[:_RIGHT_AFTER]):
        return "an offer right after the first lines"
    return None


def _is_offer(blocks: Sequence[Block]) -> bool:
    """True when the few blocks right after a text speak of two of subscribing, an account, a price and the rest of it.

    One of them in a sentence that is no link; or when a line says that the text is for subscribers alone.
    """
    told: set[int] = set()
    spoken = False
    for block in blocks:
        text = block.text.lower()
        if block.link_density > 0.8 and (block.tag in ("li", "h2", "h3", "h4") or len(text) > _LONGEST_BUTTON):
            break  # other stories begin
        if phrases.OTHER_OFFER.search(text):
            continue
        found = _families(text)
        if found[0] and families.ONLY.is_in(fold(text)):
            return True
        told.update(number for number, flag in enumerate(found) if flag)
        spoken = spoken or (block.link_density < 0.5 and len(text) >= _SENTENCE and any(found))
    return spoken and len(told) >= 2


def _is_wall_box(blocks: Sequence[Block]) -> bool:
    """True when one of a few blocks stands in a small box named as paywalls are, and is no offer of another kind."""
    for block in blocks:
        if block.weight < 12 or phrases.OTHER_OFFER.search(block.text.lower()):
            continue
        box: Box | None = block.box
        for _ in range(4):
            if box is None or box.tag in ("body", "main", "article") or box.size > _SMALL or box.hidden:
                break
            if box.hints and signs.WALL_BOX.search(box.hints):
                return True
            box = box.parent
    return False


def _asks_to_subscribe(said: Sequence[str], *, walled: bool) -> bool:
    """True when a few lines on end speak of three of subscribing, an account, a price and the rest of the text.

    Of two where one line does, or where the lines stand in a box that a wall's class names.
    """
    of_lines = [_families(text) for text in said if weight(text) < 400 and not phrases.OTHER_OFFER.search(text)]
    for start, (here, known, _, onward) in enumerate(of_lines):
        subscribe, account, price, rest = (any(flags) for flags in zip(*of_lines[start : start + 4], strict=True))
        if (onward and (here or known)) or subscribe + account + price + rest >= 3:
            return True
        if start == 0 and rest and subscribe:
            return True
        if walled and ((subscribe and (price or rest)) or (account and (price or rest))):
            return True
    return False


def _families(text: str) -> tuple[bool, ...]:
    text = fold(text)
    return tuple([words.is_in(text) for words in (families.SUBSCRIBE, families.ACCOUNT, families.PRICE, families.REST)])


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
    else:
        last = _end_of_lead(blocks)
    known: dict[Box, bool] = {}
    following = blocks[last + 1 : last + 25]
    return [block for block in following if block.weight < 500 and not _is_in_footer(block.box, known)]


def _end_of_lead(blocks: Sequence[Block]) -> int:
    """The place of the first line of running text under the first heading: all that some teasers have."""
    heading = next((block.index for block in blocks if block.tag == "h1"), None)
    if heading is None:
        return len(blocks)
    under = blocks[heading + 1 : heading + _NEAR]
    return next((block.index for block in under if block.weight > 80 and block.link_density < 0.5), len(blocks))


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
