"""The standfirst: the sentence or two that a page sets between headline and body, apart from both."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsarchive.article import Paragraph
from newsarchive.extraction import text as texts
from newsarchive.extraction.bodies import Body
from newsarchive.extraction.outline import Block, Box, Outline
from newsarchive.extraction.selectors import NOTHING, Marked
from newsarchive.extraction.structured import Structured, strings

_ENDS = re.compile(r"[.!?…。！？।؟»”\"'’)\]]\s*$")
_SENTENCE_INSIDE = re.compile(r"\w{3,}[.!?][\"”»]? +[\"“«]?[^\W\d_a-z]|[。！？।؟]")
_BEGINNING = 60
_BINDING = frozenset(
    "à de la le les du des un une et ou en au aux par pour sur dans que qui dont avec the of to a an and or in on at by for with "
    "from that which is are was der die das den dem ein eine und oder zu im am auf von mit für el los las del y o por para con il lo "
    "gli di da e per che het een van op og och att som är i w na z и в на с по не что".split()
)


@dataclass(frozen=True, slots=True)
class Standfirst:
    """A standfirst, whether it is cut mid-sentence, and the rule that gave it.

    `offered` is what the page says of itself in its place, as (rule, text), the most trusted first; `repeated` is an
    excerpt set in its place that the body says whole.
    """

    text: str | None
    truncated: bool = False
    rule: str = "none"
    block: Block | None = None
    offered: tuple[tuple[str, str], ...] = ()
    repeated: str | None = None


def is_truncated(text: str) -> bool:
    """True when a standfirst stops mid-sentence: at an ellipsis, at a word that needs another, after whole sentences.

    One sentence without a full stop is a style of many papers, not a cut.
    """
    text = text.rstrip()
    if text.endswith(("...", "…")):
        return True
    if _ENDS.search(text):
        return False
    last = text.rpartition(" ")[2].casefold()
    return last in _BINDING or text.endswith((",", ";", "-", "–", "(")) or bool(_SENTENCE_INSIDE.search(text))


def read(
    outline: Outline, structured: Structured, body: Body, headline: Block | None, marked: Marked = NOTHING
) -> Standfirst:
    """The standfirst of a page: a block between headline and body that is marked as one.

    One that the body says again, word for word and further, is no standfirst of its own: a sentence stands once.
    """
    offered = _claims(structured)
    if marked.standfirst:
        return Standfirst(marked.standfirst, is_truncated(marked.standfirst), "recipe", None, offered)
    if not body.blocks:
        return Standfirst(None)
    first = body.blocks[0]
    claims = {texts.key(claim) for _, claim in offered}
    start = headline.index + 1 if headline is not None and headline.index < first.index else max(0, first.index - 12)
    for block in outline.blocks[start : first.index + 1]:
        if block.link_density > 0.5 or block.weight < 25 or block.tag == "h1":
            continue
        if _is_marked(block) or (block.weight >= 40 and texts.key(block.text) in claims):
            text = texts.fold_spaces(block.text)
            if _is_excerpt(text, body):
                return Standfirst(None, repeated=text)
            return Standfirst(text, is_truncated(text), "block", block, offered)
    return _cut_off(first, body, offered)


def _is_excerpt(text: str, body: Body) -> bool:
    """True when one of the first paragraphs begins with the text and goes on."""
    own = texts.key(text)
    start = own[:20]
    for paragraph in body.paragraphs[:3]:
        if len(paragraph) > len(own) and texts.key(paragraph[:_BEGINNING]).startswith(start):
            key = texts.key(paragraph)
            if len(key) > len(own) and key.startswith(own):
                return True
    return False


def _cut_off(first: Block, body: Body, offered: tuple[tuple[str, str], ...]) -> Standfirst:
    """The first block of a body, where it stops at a word that needs another: a site cuts its standfirst, not its body."""
    text = texts.fold_spaces(first.text)
    whole = len(body.blocks) > 2 and bool(_ENDS.search(body.blocks[1].text)) and not body.blocks[1].text[:1].islower()
    if whole and first.weight >= 40 and text.rpartition(" ")[2].casefold() in _BINDING:
        return Standfirst(text, True, "cut off", first, offered)
    return Standfirst(None)


def without(paragraphs: list[Paragraph], standfirst: Standfirst) -> list[Paragraph]:
    """The body without the standfirst, where a page prints it again as the first paragraph."""
    said = standfirst.text or standfirst.repeated
    if said is None:
        return paragraphs
    own = texts.key(said)
    return [p for i, p in enumerate(paragraphs) if i > 2 or not _is_said(p, own)]


def _is_said(paragraph: str, own: str) -> bool:
    """True when a text is one of the key `own`; its beginning tells most others."""
    return own.startswith(texts.key(paragraph[:_BEGINNING])) and texts.key(paragraph) == own


def _claims(structured: Structured) -> tuple[tuple[str, str], ...]:
    claims = [("json-ld description", t) for one in structured.articles for t in strings(one.get("description"))]
    metas = ((name, structured.meta(name)) for name in ("og:description", "description"))
    claims += [(f"meta {name}", value) for name, value in metas if value]
    return tuple([(rule, texts.plain(claim)) for rule, claim in dict.fromkeys(claims)])


def _is_marked(block: Block) -> bool:
    box: Box | None = block.box
    for _ in range(3):
        if box is None:
            return False
        if box.said.standfirst:
            return True
        box = box.parent
    return False
