"""Replace characters of a text, each by what a function says of it; several times as fast as `str.translate`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_ASCII: Final = bytes(range(128))
_KEPT: Final = bytes(range(128, 256))
_FEW: Final = 40
"""Different letters to be replaced in one text, above which one way through it is faster than one for each."""


class Letters(dict[str, str]):
    """Character to what stands in its place. It must say of an ASCII character a single ASCII one; it asks once for each."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes
        self._ascii = bytes(ord(becomes(chr(code))) for code in _ASCII) + _KEPT

    def __missing__(self, letter: str) -> str:
        self[letter] = found = self._becomes(letter)
        return found

    def replaced(self, text: str) -> str:
        """The text with every character replaced; none may become what is itself replaced by another."""
        encoded = text.encode("utf-8", "surrogatepass")
        text = encoded.translate(self._ascii).decode("utf-8", "surrogatepass")
        # What is not ASCII is little in most texts, or few different letters: one replacement for each of them.
        found = set(encoded.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
        changed = {letter: other for letter in found if (other := self[letter]) != letter}
        if len(changed) > _FEW:
            return text.translate({ord(letter): other for letter, other in changed.items()})
        for letter, other in changed.items():
            text = text.replace(letter, other)
        return text
