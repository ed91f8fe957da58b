"""What the rules of verdicts ask of a page, each answer worked out once and only when asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from urllib.parse import unquote, urlsplit

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Block, Outline
from newsarchive.extraction.structured import Structured, types
from newsarchive.page import Page

_OF_ARTICLE = frozenset(
    "Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "LiveBlogPosting TechArticle ScholarlyArticle Report AdvertiserContentArticle SatiricalArticle Review ReviewNewsArticle".split()
)
_DATED = re.compile(r"/(?:19|20)\d\d/(?:[01]?\d|[a-z]{3})(?:/|$)|/(?:19|20)\d\d-?[01]\d-?[0-3]\d")
_NUMBERED = re.compile(r"\d{5,}|[a-z]\d+\.html?$")
_NUMBER_AND_WORDS = re.compile(r"/\d{4,}/[^/]*[^\W\d_]-[^\W\d_][^/]*/?$")

_SUMMARY, _ROW, _CARD = 700, 300, 100


def weight(text: str) -> int:
    """How much text a string is: bytes, so that a Chinese character counts for a few Latin ones."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def held(text: str, parts: Sequence[str]) -> list[str]:
    """The parts that a text holds."""
    return [part for part in parts if part in text]


class Evidence:
    """One page under judgement: its parts, and sums over them."""

    def __init__(
        self, page: Page, structured: Structured, outline: Outline, body: Sequence[str], title: str | None, url: str
    ) -> None:
        self.page, self.structured, self.outline = page, structured, outline
        self.body, self.title, self.url = body, title or "", url
        self.doubts: dict[str, str] = {}

    def doubt(self, verdict: Verdict, sign: str) -> None:
        """Note a sign of a verdict that is not given for it alone."""
        self.doubts[verdict.value] = sign

    @cached_property
    def path(self) -> str:
        """The path of the address, unquoted, lower case."""
        try:
            return unquote(urlsplit(self.url).path).lower()
        except ValueError:
            return ""

    @cached_property
    def is_article_address(self) -> bool:
        """True when an address reads like one article's: a date, a number, or the words of a headline."""
        tail = self.path.rstrip("/").rsplit("/", 1)[-1]
        return bool(
            _DATED.search(self.path)
            or tail.count("-") >= 3
            or tail.count("_") >= 3
            or _NUMBERED.search(tail)
            or _NUMBER_AND_WORDS.search(self.path)
        )

    @cached_property
    def body_weight(self) -> int:
        """The weight of the paragraphs found."""
        return weight("".join(self.body))

    @cached_property
    def text_weight(self) -> int:
        """The weight of all blocks of the page."""
        return self.outline.boxes[0].size if self.outline.boxes else 0

    @cached_property
    def headings(self) -> list[str]:
        """The page's title, its headline, and its first headings of the first two ranks, in lower case."""
        found = [self.structured.title or "", self.title, self.structured.meta("og:title") or ""]
        found += [block.text for block in self.outline.blocks[:60] if block.tag in ("h1", "h2")][:4]
        return [text[:200].lower() for text in dict.fromkeys(found) if text]

    @cached_property
    def under_heading(self) -> str:
        """The first heading that is no link and the line under it, or nothing."""
        blocks = self.outline.blocks
        at = next((block.index for block in blocks if block.tag in ("h1", "h2") and block.link_density < 0.5), None)
        return "" if at is None else " ".join([block.text[:300] for block in blocks[at : at + 2]])

    @cached_property
    def is_stated_article(self) -> bool:
        """True when structured data or metas say that the page is an article."""
        if any(kind in _OF_ARTICLE for thing in self.structured.articles[:3] for kind in types(thing)):
            return True
        kind = (self.structured.meta("og:type") or "").lower()
        return kind.endswith("article") or self.structured.meta("article:published_time") is not None

    @cached_property
    def is_headed(self) -> bool:
        """True when the page's first heading is a whole headline that its statements give it too."""
        stated = {text.casefold() for text in (self.structured.meta("og:title"), self.structured.title) if text}
        return weight(self.title) > 25 and self.title.casefold() in stated

    @cached_property
    def kinds(self) -> set[str]:
        """The schema.org types of everything the page states."""
        return {kind for thing in self.structured.things[:60] for kind in types(thing)}

    @cached_property
    def is_closed(self) -> bool:
        """True when structured data says that the article is not free."""
        for thing in self.structured.articles:
            value = str(thing.get("isAccessibleForFree", "")).strip().rsplit("/", 1)[-1].lower()
            if value in ("false", "0", "no"):
                return True
        tier = (self.structured.meta("article:content_tier", "og:article:content_tier", "content_tier") or "").lower()
        return tier in ("locked", "metered", "premium", "paid")

    def start(self, limit: int) -> str:
        """The first blocks of the page as one text of about `limit` characters, in lower case."""
        parts: list[str] = []
        size = 0
        for block in self.outline.blocks:
            parts.append(block.text[:600])
            size += len(parts[-1]) + 1
            if size > limit:
                break
        return "\n".join(parts).lower()

    @cached_property
    def linked_headings(self) -> int:
        """How many headings are links to other pages: the mark of a list of stories."""
        return self._listing[0]

    @property
    def own_text(self) -> int:
        """The weight of the prose that is more than the summaries between linked headings."""
        return self._listing[1]

    @cached_property
    def _listing(self) -> tuple[int, int]:
        headings = own = gap = 0
        for block in self.outline.blocks:
            if is_linked_heading(block):
                headings += 1 if block.link_chars < _ROW else block.link_chars // _CARD
                own += gap if gap > _SUMMARY else 0
                gap = 0
            elif len(block.text) > 40 and block.link_density < 0.5:
                gap += block.weight
        return headings, own + (gap if gap > _SUMMARY else 0)


def is_linked_heading(block: Block) -> bool:
    """True for a heading, or a list item or cell of a headline's length or with its summary, that leads elsewhere."""
    if block.link_chars < 6:
        return False
    size = block.weight
    if block.tag in ("h2", "h3", "h4", "h5"):
        return block.link_density > 0.8
    if block.link_chars >= _ROW and block.link_density > 0.9:
        return True  # a row of cards, each a link
    if block.tag in ("li", "td", "div", "dd") and block.link_chars >= 25 and size < 600 and block.link_density > 0.25:
        return True
    if block.tag == "p" and block.link_chars >= 15 and size < 260 and block.link_density > 0.45:
        return True  # a headline and its summary in one paragraph
    return 24 <= size < 300 and block.link_density > 0.9
