"""How each field of an article came about: the rule that gave it, and what that rule overruled.

An entry is small and plain JSON: `{"rule": "h1", "overruled": {"og:title": "Another headline"}}`. Overruled is what the
page offered by other rules and says something else; without any, `rule` stands alone. Dates that were not chosen are
the article's `date_evidence`, with their reasons, and are not told again here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newsarchive.extraction import text as texts
from newsarchive.extraction.outline import Block
from newsarchive.extraction.structured import Structured, strings

Offer = tuple[str, str]
"""A rule, and the value it would have given."""

MOST, LONGEST = 4, 120
"""The most values kept as overruled for one field, and the most characters of one."""


def entry(rule: str | None, chosen: str | None = None, offered: Iterable[Offer] = ()) -> dict[str, Any] | None:
    """The entry of one field, or None where no rule gave it; `offered` is in order of trust, `chosen` may be among it.

    At most `MOST` values are kept, each once and cut to `LONGEST` characters, and of one rule the first alone.
    """
    if not rule or rule == "none":
        return None
    if not offered:
        return {"rule": rule}
    overruled: dict[str, str] = {}
    keys: set[str] = set()
    seen = {chosen}
    for name, value in offered:
        if value in seen or name == rule or name in overruled:
            continue
        seen.add(value)
        if not keys:
            keys.add(texts.key(chosen or ""))
        key = texts.key(value)
        if not key or key in keys:
            continue
        keys.add(key)
        overruled[name] = _short(value)
        if len(overruled) >= MOST:
            break
    return {"rule": rule, "overruled": overruled} if overruled else {"rule": rule}


def _short(value: str) -> str:
    value = texts.fold_spaces(value[: 4 * LONGEST])
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1].rstrip()}…"


def address(url: str, structured: Structured, own: str) -> dict[str, Any] | None:
    """How the canonical URL came about; `own` is the address the page was fetched from."""
    declared = structured.canonical
    if declared and declared == url:
        return entry("link canonical", url, [("address", own)])
    return entry("address", url, [("link canonical", declared)] if declared else ())


def body(rule: str, blocks: Iterable[Block], structured: Structured) -> dict[str, Any] | None:
    """How the body came about: a text that JSON-LD states and that is much longer or shorter than the page's is told."""
    stated = max((len(text) for one in structured.articles for text in _bodies(one.get("articleBody"))), default=0)
    if not stated:
        return entry(rule)
    shown = sum([len(block.text) for block in blocks])
    if rule == "json-ld articleBody":
        return entry(rule, None, [("blocks", f"{shown} characters")])
    if 0.8 * stated <= shown <= 1.25 * stated:
        return entry(rule)
    return entry(rule, None, [("json-ld articleBody", f"{stated} characters")])


def _bodies(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else strings(value)


def language(chosen: str | None, declared: Iterable[Offer]) -> dict[str, Any] | None:
    """How the language came about: the first declaration that agrees, else the text itself."""
    if chosen is None:
        return None
    offered = list(declared)
    return entry(next((rule for rule, tag in offered if tag == chosen), "text"), chosen, offered)
