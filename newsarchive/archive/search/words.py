"""The words of a text as search knows them: folded, then stemmed by language; pure functions.

Index and query pass through the same functions, so that what differs in case, accents, forms of letters, digits and
endings alone is found. Accents are folded before stemming: `ecole` finds `écoles` in every language alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Final

import Stemmer

from newsarchive.archive.letters import Letters

LONGEST_TEXT: Final = 1_000_000
"""Characters of a text that are indexed; what stands behind them is kept, but not found."""
LONGEST_WORD: Final = 64

STEMMERS: Final = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Language (the first part of its BCP 47 tag) to Snowball's algorithm; words of others are folded alone."""

_MARKS: Final = "".join(chr(code) for code in range(0x300, 0x2000) if unicodedata.category(chr(code))[0] == "M")
_WORD: Final = re.compile(rf"[^\W_][\w{_MARKS}\u0640\u200c\u200d]*")
_JOINED: Final = re.compile(rf"[\w{_MARKS}\u0640\u200c\u200d]")
_BEGINNING: Final = re.compile(r"[^\W_]")
_SPACES: Final = Letters(lambda letter: letter if letter in "'’" or (letter != "_" and _JOINED.match(letter)) else " ")
"""What is neither of a word nor an apostrophe becomes a space."""
_ELISION: Final = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)|['’]s$")
_LETTERS: Final = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك",
        "\u0640": None, "\u200c": None, "\u200d": None,
        "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "œ": "oe", "æ": "ae", "þ": "th", "ð": "d", "ё": "е",
    }
)  # fmt: skip
_ARTICLE: Final = re.compile(r"^(?:[وف]?(?:ال|لل|بال|كال))(?=\w{3})")
_VOWEL_SIGNS: Final = re.compile(r"[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_UNSPACED: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Scripts that write no spaces between words (Han, Kana, Thai, ...): each character is a word, a query is a phrase."""
_CHARACTERS: Final = re.compile(f"({_UNSPACED.pattern})")
_CACHED: Final = 200_000


def tokens(text: str | None, language: str | None) -> list[str]:
    """The words of a text, in its order, folded and stemmed; `language` is a BCP 47 tag."""
    return line(text, language).split()


def line(text: str | None, language: str | None) -> str:
    """The words of `tokens`, joined by spaces."""
    return " ".join(map(_known(primary(language)).__getitem__, _raw(text))) if text else ""


class Wanted:
    """The words of a query, and the beginnings of words, as they are looked for in texts of a language."""

    def __init__(self, language: str | None, whole: Collection[str], beginnings: Collection[str]) -> None:
        self._known, self._whole, self._beginnings = _known(primary(language)), frozenset(whole), tuple(beginnings)

    def among(self, written: Collection[str]) -> list[tuple[str, str]]:
        """Of words as they are written those that are wanted, each with what it is in the query."""
        held = map(self._known.__getitem__, map(str.casefold, written))
        return [
            (word, found)
            for word, tokens in zip(written, held, strict=True)
            if (tokens in self._whole or " " in tokens or tokens.startswith(self._beginnings))
            and (found := self._find(tokens.split())) is not None
        ]

    def _find(self, words: list[str]) -> str | None:
        for word in words:
            if word in self._whole:
                return word
            for beginning in self._beginnings:
                if word.startswith(beginning):
                    return beginning
        return None


def places(text: str, wanted: Wanted) -> list[tuple[int, int, str]]:
    """Where the words stand that are wanted (start, end), and what they are; for marking what was found."""
    text = text.replace("_", " ")
    found: list[tuple[int, int, str]] = []
    # Each word once: a text says the same ones over and over.
    for written, word in wanted.among(set(_WORD.findall(text))):
        found += [(at, at + len(written), word) for at in _whole(text, written)]
    return sorted(found)


def _whole(text: str, word: str) -> Iterator[int]:
    """Where a word stands that is not a part of another one."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and _JOINED.match(text, at - 1)) and not _JOINED.match(text, end):
            yield at
        at = text.find(word, end)


def primary(language: str | None) -> str | None:
    """The language a stemmer is known for, of a BCP 47 tag; None for others."""
    first = (language or "").partition("-")[0].lower()
    return first if first in STEMMERS else None


def folded(word: str) -> str:
    """A word without case, accents, vowel signs and other forms of the same letters and digits."""
    word = word.casefold()
    if word.isascii():
        return word
    word = _VOWEL_SIGNS.sub("", unicodedata.normalize("NFKC", word).casefold()).translate(_LETTERS)
    plain: list[str] = []
    for letter in unicodedata.normalize("NFKD", word):
        if "\u0300" <= letter <= "\u036f" and plain and plain[-1] < "\u0400":
            continue  # an accent on a Latin or Greek letter; in other scripts it makes another letter
        plain.append(str(unicodedata.decimal(letter, letter)))
    return unicodedata.normalize("NFC", "".join(plain)).translate(_LETTERS)


def _raw(text: str) -> list[str]:
    """The words as they are written, but for case; those with an apostrophe as one, and an apostrophe before them too."""
    return _SPACES.replaced(unicodedata.normalize("NFC", text[:LONGEST_TEXT]).casefold()).split()


class _Known(dict[str, str]):
    """Word to its tokens in one language, joined by spaces, worked out once: a news text says the same words over and over."""

    def __init__(self, stem: Callable[[str], str] | None) -> None:
        super().__init__()
        self._stem = stem

    def __missing__(self, word: str) -> str:
        if len(self) >= _CACHED:
            self.clear()
        if word.isascii() and word.isalnum():
            found = self._token(word)
        else:
            begins = _BEGINNING.search(word)
            found = self._tokens(word[begins.start() :]) if begins else ""
        self[word] = found
        return found

    def _tokens(self, word: str) -> str:
        return " ".join([self._token(part) for part in _parts(folded(_ELISION.sub("", word)))])

    def _token(self, part: str) -> str:
        part = part[:LONGEST_WORD]
        if "\u0600" <= part[0] <= "\u06ff":
            part = _ARTICLE.sub("", part, count=1)
        return (self._stem(part) if self._stem else part) or part


def _parts(word: str) -> list[str]:
    """What folding left of a word, without elided articles: one token, or one a character in scripts without spaces."""
    if word.isascii() and word.isalnum():
        return [word]
    found = _WORD.findall(word)  # folding may have made more than letters of it: ½, ⑴
    if _UNSPACED.search(word):
        return [part for piece in found for part in _CHARACTERS.split(piece) if part and part[0].isalnum()]
    return found


@cache
def _known(language: str | None) -> _Known:
    return _Known(Stemmer.Stemmer(STEMMERS[language], 0).stemWord if language else None)
