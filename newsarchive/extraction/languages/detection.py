"""Which language a text is written in, told by its script, its commonest words and its own letters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from string import ascii_lowercase

from newsarchive.extraction.languages import scripts as scripts_of
from newsarchive.extraction.languages import tables

_STARTS = [start for start, _ in scripts_of.SCRIPTS]
_WORD = re.compile(r"[^\W\d_]+(?:[’'‘][^\W\d_]+)?")
# The same pattern for a text whose letters are known to be few: a written-out class is several times faster.
_LETTERS_OF_WORDS = frozenset(
    char for code in (*range(0x80, 0x700), *range(0x1E00, 0x2000)) if _WORD.match(char := chr(code))
)
_WORD_ASCII = re.compile("[a-z]+(?:'[a-z]+)?")
_WORD_KNOWN = re.compile("[{0}]+(?:[’'‘][{0}]+)?".format(ascii_lowercase + "".join(sorted(_LETTERS_OF_WORDS))))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_ASCII_LETTERS = ascii_lowercase.encode()
_SAMPLE, _WORDS, _MIN_LETTERS, _MIN_WORDS, _FOREIGN = 1600, 220, 24, 60, 0.05


def _index(table: dict[str, str]) -> dict[str, tuple[tuple[str, ...], float]]:
    """Every word with the languages it is common in, and how much it tells: less the more languages share it."""
    found: dict[str, list[str]] = {}
    for language, words in table.items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(language)
    return {word: (tuple(languages), 1.0 / len(languages) ** 0.5) for word, languages in found.items()}


_TABLES = {
    "Latn": tables.LATIN,
    "Cyrl": tables.CYRILLIC,
    "Arab": tables.ARABIC,
    "Deva": tables.DEVANAGARI,
    "Hebr": tables.HEBREW,
}
_INDEX = {script: _index(table) for script, table in _TABLES.items()}
_LETTERS = {letter: languages.split() for letter, languages in tables.LETTERS.items()}


def detect(text: str) -> tuple[str | None, float]:
    """The language of a text and how sure that is, 0 to 1; None where the text is too short or tells nothing.

    At most a few thousand characters are looked at, from the beginning and the middle.
    """
    sample = _sample(text).lower()
    plain = sample.encode("ascii", "ignore")
    latin = len(plain) - len(plain.translate(None, _ASCII_LETTERS))
    letters = Counter(_BEYOND_ASCII.findall(sample) if len(plain) < len(sample) else ())
    scripts: dict[str, int] = {"Latn": latin} if latin else {}
    for letter, count in letters.items():
        script = scripts_of.SCRIPTS[bisect_right(_STARTS, ord(letter)) - 1][1]
        if script:
            scripts[script] = scripts.get(script, 0) + count
    total = sum(scripts.values())
    if not total:
        return None, 0.0
    if scripts.get("Kana", 0) + scripts.get("Hani", 0) > 0.3 * total:
        return _east_asian(letters, scripts)
    script = max(sorted(scripts), key=lambda name: scripts[name])
    if script in scripts_of.ALONE:
        return scripts_of.ALONE[script], min(1.0, scripts[script] / 20)
    if total < _MIN_LETTERS or script not in _INDEX:
        return None, 0.0
    return _by_words(sample, letters, script)


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    half, middle = _SAMPLE // 2, len(text) // 2
    return text[:half] + " " + text[middle : middle + half]


def _east_asian(letters: Counter[str], scripts: dict[str, int]) -> tuple[str | None, float]:
    kana, han, hangul = (scripts.get(name, 0) for name in ("Kana", "Hani", "Hang"))
    sure = min(1.0, (kana + han) / 15)
    if kana > 0.1 * (kana + han):
        return "ja", sure
    if hangul > han:
        return "ko", sure
    traditional = sum(letters[char] for char in scripts_of.TRADITIONAL - scripts_of.SIMPLIFIED)
    simplified = sum(letters[char] for char in scripts_of.SIMPLIFIED - scripts_of.TRADITIONAL)
    return ("zh-Hant" if traditional > 2 and traditional > 4 * simplified else "zh"), sure


def _by_words(sample: str, letters: Counter[str], script: str) -> tuple[str | None, float]:
    """The language whose common words and own letters the sample shows most; sure by the lead over the next."""
    words = _words(sample, letters)
    scores: defaultdict[str, float] = defaultdict(float)
    for languages, telling in filter(None, map(_INDEX[script].get, words)):
        for language in languages:
            scores[language] += telling
    for letter in letters.keys() & _LETTERS.keys():
        count, writers = letters[letter], _LETTERS[letter]
        for language in writers:
            if language in scores:
                scores[language] += min(count, 12) / len(writers)
    if not scores:
        return None, 0.0
    score = max(scores.values())
    best = min([language for language, value in scores.items() if value == score])
    second = max([value for language, value in scores.items() if not is_near(best, language)], default=0.0)
    density = score / max(len(words), 1)
    lead = 1.0 - second / score
    return best, min(1.0, 2.2 * lead) * min(1.0, density / 0.15) * min(1.0, len(words) / 20)


def _words(sample: str, letters: Counter[str]) -> list[str]:
    """The first words of a lower-case sample, whose characters beyond ASCII are `letters`."""
    if not letters:
        pattern = _WORD_ASCII
    elif all(char in _LETTERS_OF_WORDS or not char.isalnum() for char in letters):
        pattern = _WORD_KNOWN
    else:
        pattern = _WORD
    return pattern.findall(sample)[:_WORDS]


@lru_cache(maxsize=4096)
def is_near(one: str, other: str) -> bool:
    """True for languages too near each other for a text to decide against a declaration."""
    one, other = one.split("-")[0], other.split("-")[0]
    return one == other or any(one in group and other in group for group in tables.NEAR)


def is_foreign(text: str, language: str) -> bool:
    """True when a text of some length has next to none of the common words of a language we know well."""
    words = _WORD.findall(_sample(text).lower())[:_WORDS]
    script = next((name for name, table in _TABLES.items() if language in table), None)
    if script is None or len(words) < _MIN_WORDS:
        return False
    index = _INDEX[script]
    known = sum(1 for word in words if word in index and language in index[word][0])
    return known < _FOREIGN * len(words)
