"""What on a page is never the article: menus, share bars, related stories, captions, newsletter boxes, comments."""

from __future__ import annotations

import re
from collections.abc import Collection

from newsarchive.extraction.outline import Block, Box

SUBHEADS = frozenset("h2 h3 h4 h5 h6".split())
OUT_TAGS = frozenset(
    "nav aside footer form button figure figcaption dialog fieldset label legend menu select input address summary".split()
)
_OUT_HINTS = re.compile(
    r"(?:^|[\s_-])(?:"
    r"share|sharing|social|sociable|newsletters?|nl-|related|recommend\w*|promo\w*|advert\w*|ads?|adslot|sponsor\w*|outbrain|taboola|"
    r"comments?|disqus|cookies?|consent|gdpr|breadcrumbs?|byline|authors?|bio|captions?|credits?|copyright|"
    r"tags?|taglist|toolbar|subscri\w+|signup|sign-up|login|popup|modal|sidebar|widgets?|"
    r"readmore|read-more|read-also|most-read|trending|popular|more-(?:on|from|articles|stories|news)|infobox|"
    r"footer|nav|navbar|navigation|menu|banner|rail|skip|sr-only|screen-reader-text|visually-hidden|visuallyhidden|"
    r"timestamp|dateline|published|pubdate|meta|metadata|player|gallery|print-only|noprint|donate|donation|"
    r"tooltip|overlay|poll|quiz|rating|pagination|pager|prev-next|post-nav\w*|embed|twitter-tweet|tweet|instagram-media|"
    r"factbox|fact-box|jp-relatedposts|wp-caption-text|image-caption|photo\w*|media-caption|featured|disclaimer|feedback"
    r")(?:$|[\s_-])"
    r"|(?:^|\s)hidden(?=$|\s(?!\S*:(?:block|flex|grid)))"
    r"|newsletter|breadcrumb|comments-|sharetools|imagecaption|advertisement"
)
_STRONG_HINTS = re.compile(
    r"cookie|consent|gdpr|privacy|newsletter|breadcrumb|disqus|(?:^|[\s_-])(?:comments?|modal|popup|footer|navbar|navigation|nav|related|"
    r"outbrain|taboola|recommend\w*|captions?|share|social)(?:$|[\s_-])"
)
_POST_HINTS = re.compile(r"(?:^|\s)(?:hentry|type-post|status-publish)(?:$|\s)")
_TALK_HINTS = re.compile(
    r"cookie|consent|gdpr|disqus|(?:^|[\s_-])(?:comments|commentlist|comment-list|respond)(?:$|[\s_-])"
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


def weight(text: str) -> int:
    """How much text a string is: bytes, so that a Chinese character counts for about a word's worth of Latin ones."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def is_prose(block: Block) -> bool:
    """True when a block reads like sentences and not like a label or a list of links."""
    size = weight(block.text)
    density = block.link_density
    if size >= 80:
        return density < 0.5 or (density < 0.8 and (1 - density) * size >= 50 and block.tag == "p")
    return size >= 25 and density < 0.5 and bool(_SENTENCE_END.search(block.text))


def is_boilerplate(text: str) -> bool:
    """True when a paragraph says what sites say around their articles."""
    return bool(_BOILERPLATE.match(text))


class Judge:
    """Which boxes are never part of an article, each box asked once.

    A box that holds a large part of the page's prose is the article's own, whatever its class says.
    """

    def __init__(
        self,
        masses: dict[Box, int],
        out: Collection[Box],
        around: Collection[Box] = (),
        banned: Collection[Box] = (),
        *,
        weak: bool = True,
    ) -> None:
        self.masses, self.limit = masses, max(masses.values(), default=0) * 0.4
        self.known: dict[Box, bool] = {}
        self.out, self.around, self.banned, self.weak = out, around, banned, weak

    def is_out(self, box: Box | None) -> bool:
        """True when the box, or one around it, is chrome."""
        trail: list[Box] = []
        known = self.known
        while box is not None and box not in known:
            trail.append(box)
            box = box.parent
        out = known[box] if box is not None else False
        for item in reversed(trail):
            out = out or self._alone(item)
            known[item] = out
        return out

    def _alone(self, box: Box) -> bool:
        hints = box.hints
        mass = self.masses.get(box, 0)
        if box in self.banned:
            return True
        if hints and _TALK_HINTS.search(hints):
            return mass <= 1.8 * self.limit
        if hints and _POST_HINTS.search(hints):
            return False
        if box in self.around and mass > 0.25 * self.limit:
            return False
        pattern = _OUT_HINTS if self.weak else _STRONG_HINTS
        if box.tag in OUT_TAGS or box in self.out or box.hidden or (hints and pattern.search(hints)):
            return mass <= self.limit
        return False
