"""Digests by which the archive knows a URL and a text again; pure functions."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from newsarchive.archive.letters import Letters

WORTH_COMPARING: Final = 200
"""Characters of normalised text below which two equal texts prove nothing ("Watch the video")."""


def _folded(letter: str) -> str:
    """Punctuation and white space become a space, invisible characters nothing."""
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    return " " if category[0] in "PZ" or category == "Cc" else letter


_FOLDING: Final = Letters(_folded)


def normalised(text: str | None) -> str:
    """The words of a text alone: NFKC, case folded, white space and punctuation folded to single spaces."""
    if not text:
        return ""
    folded = _FOLDING.replaced(unicodedata.normalize("NFKC", text).casefold())
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
