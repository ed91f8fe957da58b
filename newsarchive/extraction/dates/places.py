"""Where on the page a date stands: near the headline or far, in the article's boxes or in those of other things."""

from __future__ import annotations

import re
from functools import lru_cache

from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.outline import Block, Box, Outline
from newsarchive.extraction.wording import Wording

_WORD = re.compile(r"\w+")
_HEADINGS = {"h1": 0.3, "h2": 0.1, "h3": 0.05}
BEFORE = 3  # blocks before a headline and its byline (a kicker, a category) that one box with them may hold less than
ABOVE = 24  # how far over a headline the byline of the article may stand
PROSE = 140  # characters from which a block without many links is taken for a paragraph

_EDGE = r"(?:^|[\s_-])"
_COMMENTS = Wording(
    _EDGE
    + r"(?:comments?|commentlist|comment-\w+|kommentare?|commentaires?|comentarios?|disqus|respond|reply|replies|leser\w*|forum-?post)"
    r"(?:$|[\s_-])|comments?-?(?:list|area|section|body|item|meta|date|content)|leserbrief|user-?comment"
)
_OTHERS = Wording(
    r"relat|side-?bar|recommend|most-?(?:read|popular|viewed|recent)|latest|trending|popular|teaser|promo|similar|"
    r"newsticker|carousel|slider|upsell|see-?also|read-?(?:more|also|next)|lees-?ook|mehr-?zum|weitere|a-?lire|lire-?aussi|"
    r"complementary|archive-?list|up-?next|onward|further|zergnet|taboola|outbrain|next-?post|prev-?post|other-?(?:news|articles)|"
    + _EDGE + r"(?:aside|rail|widgets?|nav|navbar|menu|breadcrumbs?|cookies?|newsletters?|weather|calendar|more)(?:$|[\s_-])"
)  # fmt: skip
_MASTHEAD = Wording(
    r"(?:^|\s)(?:mast|site|top|page|main|global)[_-]?(?:head|header|bar|nav)(?:$|[\s_-])|(?:^|\s)(?:header|top|today)(?:$|\s)|"
    r"masthead|current-?date|todays?-?date"
)
_FOOTER = Wording(_EDGE + r"footer(?:$|[\s_-])")
_BYLINE = Wording(
    r"date|time|publi|byline|\bmeta|author|posted|info|stamp|dateline|entry-|article-?(?:head|top|detail)|datum|fecha|post-?(?:head|detail)|"
    r"submitted|created|credits|kicker|signature"
)


class Places:
    """The headline and the prose of a page, and what the boxes of a block say against its dates."""

    def __init__(self, outline: Outline, title: str | None) -> None:
        self.blocks, self.title = outline.blocks, title or ""
        self.head = _headline(outline, title)
        prose = [block for block in outline.blocks if len(block.text) >= PROSE and block.link_density < 0.3]
        anchors = [block for block in (self.head, _middle(prose)) if block is not None]
        self.first_prose = _first_after(prose, self.head)
        self.last_prose = prose[-1].index if prose else None
        # A box that holds the headline or the middle of the prose is the article's, whatever its class says.
        self.own: set[Box] = {box for block in anchors for box in block.box.chain()}
        self._known: dict[Box, str | None] = {}

    def surroundings(self) -> list[Block]:
        """The blocks round the headline and at both edges of the prose, in reading order; all where there is neither."""
        edges = [(self.head.index - ABOVE, self.head.index + 13)] if self.head is not None else []
        if self.first_prose is not None:
            edges.append((self.first_prose - 3, self.first_prose + 4))
        if self.last_prose is not None:
            edges.append((self.last_prose - 1, self.last_prose + 6))
        if not edges:
            return self.blocks
        indexes = {index for begin, end in edges for index in range(max(0, begin), min(end, len(self.blocks)))}
        return [self.blocks[index] for index in sorted(indexes)]

    def near(self, block: Block) -> int | None:
        """How many blocks a block comes after the headline (negative: before it); None without a headline."""
        return block.index - self.head.index if self.head is not None else None

    def is_close(self, block: Block) -> bool:
        """True right round the headline, or where it is told again: a box of any name is likely the byline's there."""
        if (
            self.head is not None
            and len(self.head.text) > 20
            and block is not self.head
            and self.head.text in block.text
        ):
            return True
        near = self.near(block)
        if near is None or not -3 <= near <= 6 or block.box.tag in ("nav", "footer"):
            return False
        return self.last_prose is None or block.index <= self.last_prose

    def in_title(self, block: Block, raw: str) -> bool:
        """True for a date that is a part of the headline's own words."""
        return block is self.head and (raw in self.title or block.text.endswith(self.title))

    def shows(self, text: str) -> bool:
        """True where a text stands close to the headline."""
        if self.head is None:
            return False
        folded = " ".join(text.split())
        return any(folded in block.text for block in self.blocks[max(0, self.head.index - 7) : self.head.index + 13])

    def in_masthead(self, block: Block) -> bool:
        """True in the boxes over the article that name the site: its header, its top bar, its menus."""
        near = self.near(block)
        if near is not None and near > 0:
            return False
        box: Box | None = block.box
        while box is not None and box not in self.own:
            if box.tag in ("header", "nav") or (box.hints and _is_masthead(box.hints)):
                return True
            box = box.parent
        return False

    def is_beside(self, block: Block) -> bool:
        """True in the small box that a long headline shares with its byline and little else, right round it.

        A box of the whole page has menus and mastheads before the headline, and is none.
        """
        head, near = self.head, self.near(block)
        if head is None or near is None or near == 0 or not -2 <= near <= 3 or len(head.text) <= 20:
            return False
        above = set(head.box.chain())
        common = next((box for box in block.box.chain() if box in above), None)
        if common is None or common.tag in ("body", "html") or self.in_masthead(block) or self.in_masthead(head):
            return False
        start = min(block.index, head.index) - BEFORE
        return start < 0 or common not in self.blocks[start].box.chain()

    def is_dateline(self, block: Block) -> bool:
        """True for the first paragraphs of the prose, which may begin with place and date."""
        return self.first_prose is not None and 0 <= block.index - self.first_prose <= 3

    def distance(self, block: Block) -> float:
        """What the way from the headline or the edges of the prose costs: nothing close by, more beyond."""
        near = self.near(block)
        if self.is_close(block):
            return 0.8 if self.against(block) else 0.0
        before = block.index - self.first_prose if self.first_prose is not None else None
        if near is not None and -7 <= near <= 12:
            return 0.5
        if before is not None and -3 <= before <= 1:
            return 0.5 if near is not None else 0.2
        if near is None:
            return 1.2
        after = block.index - self.last_prose if self.last_prose is not None else None
        if after is not None and 0 < after <= 5:
            return 1.0
        return 1.2 + min(abs(near), 100) / 50

    def against(self, block: Block) -> str | None:
        """What the boxes around a block are, where they are not the article's: "comment" or "related"; else None."""
        chain: list[Box] = []
        box: Box | None = block.box
        found: str | None = None
        while box is not None:
            if box in self.own:
                break
            if box in self._known:
                found = self._known[box]
                break
            chain.append(box)
            found = _kind(box)
            if found:
                break
            box = box.parent
        self._known.update(dict.fromkeys(chain, found))
        return found


def _kind(box: Box) -> str | None:
    """What a box is by its name or its tag, where it is not an article's."""
    named = _kind_of(box.hints) if box.hints else None
    if named is not None:
        return named
    if box.tag == "footer":
        return roles.FOOTER
    return roles.RELATED if box.tag in ("aside", "nav") else None


@lru_cache(maxsize=4096)
def _kind_of(hints: str) -> str | None:
    if _FOOTER.search(hints):
        return roles.FOOTER
    if _COMMENTS.search(hints):
        return roles.COMMENT
    return roles.RELATED if _OTHERS.search(hints) else None


@lru_cache(maxsize=4096)
def _is_byline(hints: str) -> bool:
    return _BYLINE.search(hints) is not None


@lru_cache(maxsize=4096)
def _is_masthead(hints: str) -> bool:
    return _MASTHEAD.search(hints) is not None


def byline_words(block: Block) -> bool:
    """True where the boxes close to a block are named as bylines and dates are."""
    box: Box | None = block.box
    for _ in range(3):
        if box is None:
            return False
        if box.hints and _is_byline(box.hints):
            return True
        box = box.parent
    return False


def is_caption(block: Block) -> bool:
    """True for the words under a picture."""
    box: Box | None = block.box
    for _ in range(3):
        if box is None:
            return False
        if box.tag in ("figure", "figcaption") or "caption" in box.hints:
            return True
        box = box.parent
    return False


def _middle(prose: list[Block]) -> Block | None:
    """The block in which half of all prose is reached."""
    half = sum(len(block.text) for block in prose) / 2
    for block in prose:
        half -= len(block.text)
        if half <= 0:
            return block
    return None


def _first_after(prose: list[Block], head: Block | None) -> int | None:
    start = head.index if head is not None else -1
    return next((block.index for block in prose if block.index > start), None)


def _headline(outline: Outline, title: str | None) -> Block | None:
    """The block most like the page's title among its headings, else the first h1, else a block the title holds."""
    title = title or ""
    wanted = set(_WORD.findall(title.casefold()))
    longest = len(title) if wanted else 0
    best: tuple[float, Block] | None = None
    first: Block | None = None
    for block in [one for one in outline.blocks if one.tag in _HEADINGS or 20 < len(one.text) <= longest]:
        bonus = _HEADINGS.get(block.tag)
        if bonus is None and block.text not in title:
            continue
        if block.tag == "h1" and first is None:
            first = block
        if not wanted or len(block.text) > 300:
            continue
        folded = block.text.casefold()
        # No more of the wanted words can be shared than stand anywhere in the heading, so this is the most it can score.
        most = sum([word in folded for word in wanted]) / len(wanted) + (bonus or 0.0)
        if best is not None and most <= best[0]:
            continue
        words = set(_WORD.findall(folded))
        shared = len(words & wanted)
        score = shared / max(len(words | wanted), 1) + (bonus or 0.0)
        if shared * 2 >= len(words) and (best is None or score > best[0]):
            best = (score, block)
        if score > _HEADINGS["h1"] + 0.8:
            break
    return best[1] if best else first
