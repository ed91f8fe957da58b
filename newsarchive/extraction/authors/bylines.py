"""The byline a reader sees: marked elements, lines that begin with "By", names beside a date, a name alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.extraction import nodes
from newsarchive.extraction import text as texts
from newsarchive.extraction.authors import names
from newsarchive.extraction.outline import Block, Box, Outline

# Parts of the words of classes; "utor" finds autor and contributor.
_PARTS = ("uthor", "yline", "utor", "uteur", "AUTHOR", "ignature")
_CREDITS = frozenset(("author", "creator"))
# What every element that is marked holds in one of these attributes: looked for first.
_MARKING, _HELD = ("class", "rel", "itemprop"), ("uthor", "yline", "utor", "uteur", "ignature", "creator")
# Asked of lower case; each alternative begins with its own letters, since such a pattern is searched for much faster.
_OUTSIDE = re.compile(
    r"comment|related|recommend|teaser|sidebar|widget|popular|promo|trending|most-|carousel|footer|newsletter|reply|disqus|menu|"
    r"card(?<![^\s_]card)s?(?![^\s_-])|list-item|latest|more-|caption|credit|snippet|slider|search|share|social|figure|photo|image|"
    r"gallery|nav(?<![^\s_-]nav)",
)
_FAR_OUTSIDE = re.compile(
    r"comment|related|recommend|sidebar|popular|trending|caption|figure|reply|disqus|menu|share|social|nav(?<![^\s_-]nav)"
)
_INNER = re.compile(r"name|fn\b|link|url", re.I)
_NOT_NAMED = re.compile(
    r"bio|desc|about|avatar|image|img|photo|pic|social|share|date|time|count|comment|related|role|title|job", re.I
)
_MARK = re.compile(r"author|byline|autor|auteur|meta|info|writer|date|time|post|signature|credit|source|publi", re.I)
_BY = re.compile(
    r"^(?:(?:an?\s+(?:article|column|interview|analysis|opinion)\s+)?by|(?:written|story|text|words|reported|reporting|posted|published|"
    r"compiled|contributed|submitted|authored)\s+by|authors?|text|words|"
    r"von|(?:verfasst|geschrieben|eingestellt|gespeichert|gepostet|erstellt|veröffentlicht|publiziert|beitrag|artikel|text|interview|"
    r"bericht|kommentar|analyse|aufgezeichnet|es schreibt)\s*von|eine?\s+(?:gast)?\w+\s+von|autor(?:in|en|:in|\*in|/in|in/autor)?|"
    r"par|(?:écrit|publié|rédigé|posté|proposé|mis en ligne)\s+par|propos recueillis par|auteure?s?|"
    r"por|(?:escrito|publicado|redactado|postado)\s+por|autora?|autore[s]?|escribe|di|a cura di|scritto da|door|geschreven door|"
    r"av|af|skrevet av|skriven av|skrevet af|kirjoittanut|przez|autorka|napisał|napisała|de către|piše|"
    r"автор|авторы|текст|подготовил|подготовила|yazan|haber|oleh|penulis|laporan|theo|tác giả|deur|"
    r"بقلم|كتب|كتبت|إعداد|نویسنده|מאת|लेखक)(?:\s*[:：]\s*|\s+)(?=\S)"
    r"|^(?:By|Von)(?=[A-Z][a-z])|^[(（]?(?:文|记者|記者|作者|责编|編集)\s*[/／:：]",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^(?:posted by|written by|story by|eingestellt von|geschrieben von|gespeichert von|erstellt von|verfasst von|publicado por|"
    r"escrito por|publié par|écrit par|rédigé par|autor(?:in|en|in/autor)?\s*:|authors?\s*:|auteure?s?\s*:|autora?\s*:|text\s*:|"
    r"texte?\s*:|autore\s*:|автор\s*:|yazan\s*:|penulis\s*:|[(（]?(?:责编|作者|记者|編集)\s*[:：])",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"^(?:by|von|par|por|di|door|av|af|reporting by|autor(?:in|en)?|auteur)\s+\S", re.IGNORECASE)
# How every phrase of _WROTE and _CLOSING begins, folded: three letters, or one of a script that has thousands.
_HEADS = frozenset(
    head.replace("i", letter)
    for head in (
        *"pos wri sto ein ges ers ver pub esc écr réd aut tex авт yaz pen von par por doo rep".split(),
        *"（责编 （作者 （记者 （編集 (责编 (作者 (记者 (編集".split(),
        *(f"{word} " for word in "by di av af".split()),
    )
    for letter in ("i", "ı", "i\u0307")  # a pattern without case takes the last two for the first
)
_SIGNS = frozenset("责作记編")
_BY_INSIDE = re.compile(
    r"(?:^|[\s|·•/—–-])(?:by|von|par|por|door|av|af|di|oleh|przez|от)\s*:?\s+(?P<names>[^\W\d_].{1,80})$",
    re.I,
)
_POSTED = re.compile(
    r"^(?:posted|published|publiziert|veröffentlicht|erstellt|eingestellt|geschrieben|gespeichert|publié|publicado|postado|written|"
    r"submitted|gepostet|pubblicato|geplaatst|inlagd|skrevet|\d)",
    re.I,
)
_DAY = re.compile(r"(?:19|20)\d\d|\d{1,2}[.:/]\d\d|\b\d+\s+(?:hours?|min|days?|std)", re.I)
_TAIL = re.compile(
    r"\s+(?:am|on|le|el|um|in|at|under|unter|gespeichert|—|–|\||•|·|kategorie\w*|tagged|filed|leave a comment|published|"
    r"veröffentlicht)\b.*$|\s*[|•·@»].*$|,?\s+\d.*$",
    re.I,
)
PERSON = re.compile(
    r"^(?:(?:Dr|Prof|Mag|Ing|Dipl|Mr|Mrs|Ms)\.?\s)*(?:[^\W\d_a-zß-öø-ÿ][\w'’.-]*)(?:\s(?:de|del|della|der|den|di|da|dos|do|du|la|le|van|von|"
    r"zu|bin|ben|al|el|y|ter|af|[^\W\d_a-zß-öø-ÿ][\w'’.-]*)){1,4}$"
)
_BAR = re.compile(r"[|•·—]|\s[-–]\s")
_LABELLED = re.compile(
    r"(?:^|\s)(?:autor(?:in|en)?|authors?|auteure?|autore|author|автор|written by)\s*:\s*"
    r"(?P<names>\S[^:]{2,60}?)(?=\s+\w+:|$)",
    re.IGNORECASE,
)
_BARS = re.compile(r"[|•·●—»]+")
_RANKS = frozenset(("h1", "h2", "h3"))
_ROOMS = frozenset(("main", "article", "body"))
_OUT_OF_TEXT = frozenset(("aside", "nav", "footer", "figure", "figcaption"))
_OUT_TAGS = frozenset(("aside", "nav", "figure", "figcaption", "h1", "blockquote"))
_NEAR_ABOVE, _NEAR_BELOW, _LINE = 6, 14, 170
_MAX_LOOKED, _MAX_MARKED, _MAX_SIZE = 400, 120, 1_000_000


def marked(tree: LexborHTMLParser) -> Iterator[list[str]]:
    """Names in elements whose class, rel or itemprop says author, in page order, with their neighbours in one byline."""
    root, size = tree.root, 0
    holding = nodes.holding(root, _MARKING, _HELD, _MAX_LOOKED) if root is not None else ()
    for node in islice((node for node in holding if is_marked(node)), _MAX_MARKED):
        if size > _MAX_SIZE:
            return
        attributes = node.attributes
        if _is_about(attributes.get("class") or "") or (attributes.get("content") and node.tag == "meta"):
            continue
        text = " ".join(node.text(separator=" ").split())
        size += len(text)
        found = _in(node, text)
        if found and _is_list_of_names(found) and (not _is_outside(node) or _beside_headline(node)):
            yield found


def is_marked(node: LexborNode) -> bool:
    """True for an element whose class, rel or itemprop says author."""
    attributes = node.attributes
    if _says_author(attributes.get("class") or ""):
        return True
    relations, properties = attributes.get("rel"), attributes.get("itemprop")
    return bool(relations and "author" in relations.lower().split()) or bool(
        properties and not _CREDITS.isdisjoint(properties.split())
    )


@lru_cache(maxsize=2048)
def _says_author(words: str) -> bool:
    return any(part in words for part in _PARTS)


@lru_cache(maxsize=2048)
def _is_about(words: str) -> bool:
    """True for a class that marks something else about an author than the name."""
    return _NOT_NAMED.search(words) is not None and not _INNER.search(words)


def _is_list_of_names(found: list[str]) -> bool:
    """False for a long list that is more likely one of topics."""
    return len(found) <= 3 or (len(found) <= 12 and 2 * sum(bool(PERSON.match(name)) for name in found) > len(found))


def _in(node: LexborNode, text: str) -> list[str]:
    """The names an element shows: its links one by one where it has several, else its lines."""
    if not 1 < len(text) < 200:
        return []
    for selector in ('a, [class*="name" i], [itemprop~="name"]',):
        parts = [
            " ".join(part.text(separator=" ").split()) for part in node.css(selector) if part.mem_id != node.mem_id
        ]
        parts = [part for part in parts if 1 < len(part) < 80]
        if parts:
            inner = names.clean(parts)
            if inner and not any(_BY.match(name) for name in inner):
                rest = names.clean(text)
                return inner if len(inner) >= len(rest) or not set(inner) < set(rest) else rest
    lines = [" ".join(line.split()) for line in node.text(separator="\n").split("\n")]
    lines = [line for line in lines if line]
    if len(lines) > 1 and not any(len(line.split()) == 1 and line[:1].isupper() for line in lines[:2]):
        return names.clean(" ".join(lines) if len(lines) < 2 else lines)
    return names.clean(text)


def _is_outside(node: LexborNode) -> bool:
    """True when an element stands in a comment, a teaser, a side column or a footer."""
    steps = 0
    box: LexborNode | None = node
    while box is not None and steps < 12:
        tag, parent = box.tag, box.parent
        if tag == "footer" and parent is not None and parent.tag == "article":
            return False
        if steps and tag in _OUT_OF_TEXT:
            return True
        if tag in _ROOMS:
            return False
        attributes = box.attributes
        words, name = attributes.get("class"), attributes.get("id")
        if (words or name) and _speaks_of_outside(f"{words or ''} {name or ''}".lower()):
            return True
        box, steps = parent, steps + 1
    return False


def _beside_headline(node: LexborNode) -> bool:
    """True when an element shares a near box with the page's h1."""
    box, steps = node.parent, 0
    while box is not None and steps < 4 and box.tag not in ("body", "main"):
        if box.tag in ("aside", "nav", "footer"):
            return False
        if box.css_first("h1") is not None:
            return True
        box, steps = box.parent, steps + 1
    return False


def lines(outline: Outline, title: str | None) -> Iterator[tuple[str, list[str]]]:
    """Names in the lines round the headline, then in the lines that close the text."""
    near = _near(outline.blocks, title)
    for block in near:
        if found := _by_line(block.text):
            yield "line by", found
    for block in near:
        if found := _by_date(block):
            yield "line date", found
    for block in outline.blocks:
        text = block.text
        if (text[:3].casefold() not in _HEADS and text[0] not in _SIGNS) or len(text) > 120:
            continue
        if _WROTE.match(text) and not _is_outside_box(block, _speaks_of_far_outside, 4):
            if found := _by_line(text):
                yield "closing line", found
        elif _CLOSING.match(text) and len(text) <= 60 and not _is_outside_box(block, _speaks_of_outside, 4):
            found = _by_line(text)
            if found and all(PERSON.match(name) for name in found):
                yield "closing line", found


def _near(blocks: list[Block], title: str | None) -> list[Block]:
    """The short lines round the headline, those below it first."""
    start = _headline(blocks, title)
    if start is None:
        order = range(min(len(blocks), 40))
        return [blocks[i] for i in order if len(blocks[i].text) <= _LINE]
    below = range(start + 1, min(len(blocks), start + 1 + _NEAR_BELOW))
    above = range(start - 1, max(-1, start - 1 - _NEAR_ABOVE), -1)
    near = [blocks[i] for i in (*below, *above) if len(blocks[i].text) <= _LINE]
    return [block for block in near if not _is_outside_box(block, _speaks_of_far_outside, 3)]


def _headline(blocks: list[Block], title: str | None) -> int | None:
    """The index of the headline: the first heading whose words stand in the page's title, else the first h1."""
    words_of_title = texts.key(title or "")
    first: int | None = None
    for block in blocks:
        if block.tag in _RANKS:
            if len(block.text) > 12 and words_of_title and texts.key(block.text) in words_of_title:
                return block.index
            if block.tag == "h1" and first is None:
                first = block.index
    return first


def _by_line(text: str) -> list[str]:
    """The names of a line such as "By Jane Doe", "Von A und B am 2. Mai" or "posted on 3 May by Jane"."""
    dated = bool(_DAY.search(text))
    bare = names.without_dates(text) if dated else text
    for part in _BARS.split(bare):
        own = part.strip()
        if match := _BY.match(own):
            rest = own[match.end() :]
            return _plausible(names.clean(_TAIL.sub("", rest) or rest))
    if (":" in bare) and (match := _LABELLED.search(bare)):
        return _plausible(names.clean(_TAIL.sub("", match.group("names")) or match.group("names")))
    if dated or _POSTED.match(text):
        match = _BY_INSIDE.search(bare.rstrip(" |"))
        if match:
            rest = match.group("names")
            return _plausible(names.clean(_TAIL.sub("", rest) or rest))
    return []


def _by_date(block: Block) -> list[str]:
    """The name that stands beside a date in one short line of meta information."""
    text = block.text
    if len(text) > 80 or not _DAY.search(text):
        return []
    hints = block.box.hints + (block.box.parent.hints if block.box.parent else "")
    if not (_MARK.search(hints) or _BAR.search(text)):
        return []
    found = names.clean(text)
    return found if len(found) == 1 and PERSON.match(found[0]) else []


def _plausible(found: list[str]) -> list[str]:
    """The names, unless the line turned out to be a sentence."""
    for name in found:
        if len(name.split()) > 2 and not (PERSON.match(name) or names.is_house(name)):
            return []
    return found


def _is_outside_box(block: Block, speaks_of_outside: Callable[[str], bool], depth: int) -> bool:
    """True when a block stands in a box that is no part of the article's own head or text."""
    box: Box | None = block.box
    for _ in range(depth):
        if box is None or box.tag in _ROOMS:
            return False
        if box.tag in _OUT_TAGS or ((hints := box.hints) and speaks_of_outside(hints)):
            return True
        box = box.parent
    return False


@lru_cache(maxsize=4096)
def _speaks_of_far_outside(hints: str) -> bool:
    return _FAR_OUTSIDE.search(hints) is not None


@lru_cache(maxsize=4096)
def _speaks_of_outside(hints: str) -> bool:
    return _OUTSIDE.search(hints) is not None


def alone(outline: Outline) -> list[str]:
    """The names of a paragraph that is nothing but names, right above the first or below the last prose of the text."""
    prose = [
        block for block in outline.blocks if block.tag == "p" and len(block.text) > 140 and block.link_density < 0.3
    ]
    if not prose:
        return []
    for first, step in ((prose[0], -1), (prose[-1], 1)):
        index = first.index + step
        if not 0 <= index < len(outline.blocks):
            continue
        block = outline.blocks[index]
        if block.tag == "p" and block.box.parent is first.box.parent and len(block.text) <= 60 and not block.link_chars:
            found = names.clean(block.text)
            if (
                found
                and "_" not in block.text
                and all(PERSON.match(name) for name in found)
                and sum(map(len, found)) > len(block.text) - 8
            ):
                return found
    return []
