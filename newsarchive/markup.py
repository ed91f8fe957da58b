"""Bounds what a page's markup may cost before it is parsed: depth, open formatting, attributes, size.

An HTML5 parser is quadratic in how deeply elements nest, in how many formatting elements stay open and in how many
attributes one tag has; a page of a megabyte can cost minutes. Browsers stop at a depth of 512; so does this. Ordinary
pages pass unchanged, for the price of counting their `<`.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType

from newsarchive import compiled

MAX_CHARS = 6_000_000
MAX_DEPTH = 512
MAX_FORMATTING = 64
MAX_ATTRIBUTES = 1000
_FEW_TAGS = 6000  # so few cannot cost more than half a second, however they nest
_LONG_TAG = 25_000
_MANY_ENDS = 20_000
_SMALL = 120_000  # so few characters cannot hold enough attributes to cost more than a quarter of a second

_TOKEN = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/>]{0,40}))")
_RAW = frozenset("script style textarea title xmp iframe noembed noframes plaintext".split())
_END_OF = {name: re.compile(f"</{name}" if name != "plaintext" else "(?!)", re.IGNORECASE) for name in _RAW}
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr path use image".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# A second of these closes the first: left open, they do not nest.
_SELF_CLOSING = frozenset("p li dd dt tr td th tbody thead tfoot caption colgroup rp rt".split())


def is_plain(body: bytes) -> bool:
    """True for bytes that are sound UTF-8 (nothing for `charsets.read` to mend) and within all bounds; false where that is unsure.

    It is unsure wherever the module in C was not built.
    """
    scan = _scan()
    return scan is not None and bool(
        scan.is_plain(body, MAX_CHARS, _FEW_TAGS, _MANY_ENDS, _LONG_TAG - 1, MAX_DEPTH, MAX_FORMATTING)
    )


@cache
def _scan() -> ModuleType | None:
    return compiled.module("_scan")


def bounded(text: str) -> str:
    """The page, cut at six million characters, without the tags that nest too deeply and without absurd attributes.

    Where nothing is out of bounds it is the text itself; a tag is left out, never the text it holds.
    """
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS]
    tags = text.count("<")
    if _has_long_tag(text) or (len(text) > _SMALL and text.count(">") > tags + _MANY_ENDS):
        text = _without_attributes(text)
    return text if tags <= _FEW_TAGS else _flattened(text)


def _has_long_tag(text: str) -> bool:
    """True where a tag is longer than any page needs; looked for at intervals, which misses none twice as long."""
    for start in range(0, len(text) - _LONG_TAG, _LONG_TAG):
        if text.find(">", start, start + _LONG_TAG) < 0:
            opened = text.rfind("<", 0, start + 1)
            if opened >= 0 and text[opened + 1 : opened + 2].isalpha() and text.find(">", opened, start) < 0:
                return True
    return False


def _without_attributes(text: str) -> str:
    """The page with every tag of more than a thousand attributes reduced to its name."""
    parts: list[str] = []
    done = 0
    for match in re.finditer(r"<[a-zA-Z][^\s/<>]*", text):
        if match.start() < done:
            continue
        follows = text.find("<", match.end())
        end = len(text) if follows < 0 else follows
        if end - match.end() < 2 * MAX_ATTRIBUTES or match.group()[1:].lower() in _RAW:
            continue
        close = text.find(">", match.end(), end)
        attributes = text[match.end() : close if close >= 0 else end]
        if len(attributes.split(None, MAX_ATTRIBUTES)) <= MAX_ATTRIBUTES:
            quoted = text[match.end() : end]
            if quoted.count("=") <= MAX_ATTRIBUTES or close < 0:
                continue
            close = text.rfind(">", match.end(), end)
        parts += (text[done : match.end()], ">")
        done = close + 1 if close >= 0 else end
    return "".join([*parts, text[done:]]) if parts else text


def _flattened(text: str) -> str:
    """The page without start tags deeper than `MAX_DEPTH`, their end tags, and formatting beyond `MAX_FORMATTING`."""
    parts: list[str] = []
    open_tags: dict[str, int] = {}
    dropped: dict[str, int] = {}
    done = depth = formatting = position = 0
    search = _TOKEN.search
    while (match := search(text, position)) is not None:
        position = match.end()
        if match.group(1):
            position = _after_comment(text, position)
            continue
        name = match.group(3).lower()
        if name in _VOID or name in _SELF_CLOSING:
            continue
        drop = False
        if match.group(2):
            if dropped.get(name):
                dropped[name] -= 1
                drop = True
            elif open_tags.get(name):
                open_tags[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
        elif name in _RAW:
            position = _after_raw(text, position, name)
            continue
        elif depth >= MAX_DEPTH or (name in _FORMATTING and formatting >= MAX_FORMATTING):
            dropped[name] = dropped.get(name, 0) + 1
            drop = True
        else:
            open_tags[name] = open_tags.get(name, 0) + 1
            depth += 1
            formatting += name in _FORMATTING
        if drop:
            parts.append(text[done : match.start()])
            position = text.find(">", position) + 1
            done = position = position or len(text)
    return "".join([*parts, text[done:]]) if parts else text


def _after_comment(text: str, position: int) -> int:
    end = text.find("-->", position)
    return end + 3 if end >= 0 else len(text)


def _after_raw(text: str, position: int, name: str) -> int:
    """Where the text of an element that holds no markup ends."""
    end = _END_OF[name].search(text, position)
    return end.start() if end else len(text)
