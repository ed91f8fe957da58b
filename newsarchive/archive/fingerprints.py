"""Digests by which the archive knows a URL and a text again; pure functions."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

WORTH_COMPARING: Final = 200
"""Characters of normalised text below which two equal texts prove nothing ("Watch the video")."""


class _Folding(dict[int, int | None]):
    """For `str.translate`: punctuation and white space become a space, invisible characters nothing."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        folded: int | None = code
        if category == "Cf":
            folded = None
        elif category[0] in "PZ" or category == "Cc":
            folded = ord(" ")
        self[code] = folded
        return folded


_FOLDING: Final = _Folding()


def normalised(text: str | None) -> str:
    """The words of a text alone: NFKC, case folded, white space and punctuation folded to single spaces."""
    if not text:
        return ""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDING)
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def text_digest(words: str) -> bytes:
    """SHA-256 of a text already normalised."""
    return sha256(words.encode("utf-8", "replace")).digest()


def content_digest(title_words: str, words: str) -> bytes:
    """SHA-256 of a title and a text already normalised: what makes a version."""
    return sha256(f"{title_words}\n{words}".encode("utf-8", "replace")).digest()


def url_key(url: str) -> bytes:
    """Sixteen bytes that stand for a URL in keys; the first four are its host's, which keeps a site together on disk."""
    try:
        host = urlsplit(url).netloc
    except ValueError:
        host = ""
    return sha256(host.encode("utf-8", "replace")).digest()[:4] + sha256(url.encode("utf-8", "replace")).digest()[:12]
