"""Text as it is kept: white space folded, invisible characters out, entities resolved; never a word changed.

Every function is pure and idempotent. All white space, the non-breaking spaces of French and other typographies too,
becomes one ordinary space, so a space before ":;!?»" stays a space and two copies of a text compare equal.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

# Invisible on every reader's screen and often put in by editors and copy-protection: soft hyphen, zero-width space,
# word joiner, byte-order mark, bidi embeddings; lone surrogates, NULs and other controls cannot be stored or encoded.
# The zero-width joiners stay: Persian, Hindi and emoji are written with them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_KEPT = re.compile(r"[^\W_]+")
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_TAG = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]*)>", re.DOTALL)


def fold_spaces(text: str) -> str:
    """The text with every run of white space as one space, none at the ends, and invisible characters taken out."""
    if not text.isprintable():  # as everything invisible is not, nor any white space but the space
        text = _INVISIBLE.sub("", text)
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def unescape(text: str) -> str:
    """The text with character references resolved, doubly escaped ones too."""
    for _ in range(3):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def plain(markup: str) -> str:
    """A statement of a page (a meta's content, a JSON-LD string) as plain folded text: tags out, entities resolved."""
    text = unescape(markup)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return fold_spaces(text)


def key(text: str) -> str:
    """What two texts have in common when they differ only in case, spacing and punctuation."""
    if text.isascii():
        return text.encode().lower().translate(None, _ASCII_MARKS).decode()
    return _key(text) if len(text) < 1000 else "".join(_KEPT.findall(text.casefold()))


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    """Titles and the like are asked for by every field."""
    return "".join(_KEPT.findall(text.casefold()))
