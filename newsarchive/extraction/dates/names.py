"""Names of months, weekdays and elapsed times in many languages, as one table made ahead from CLDR data."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

TABLE: dict[str, Any] = json.loads(resources.files(__package__).joinpath("names.json").read_text(encoding="utf-8"))

_SAME_LETTER = str.maketrans({"ı": "i", "ك": "ک", "ي": "ی", "ى": "ی", "ە": "ه", "ۀ": "ه", "ة": "ه", "ـ": "", "ʼ": "'",
                              "’": "'", "׳": "'", "\u200c": "", "\u200e": "", "\u200f": "", "\xa0": " ", "ł": "l",
                              "đ": "d", "ø": "o"})  # fmt: skip
# Accents of Latin, Greek and Cyrillic, vowel signs of Arabic and Hebrew; the vowels of Indic scripts are letters.
_ASCII_WORD = re.compile("[a-z]{2,}")
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
HIJRI = (
    "محرم|صفر|ربيع الأول|ربيع الثاني|جمادى الأولى|جمادى الثانية|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة",
    "المحرم|صفر|ربيع أول|ربيع الآخر|جمادى الأول|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذي القعدة|ذي الحجة",
    "muharram|safar|rabi al-awwal|rabi al-thani|jumada al-ula|jumada al-akhirah|rajab|shaban|ramadan|shawwal|"
    "dhu al-qadah|dhu al-hijjah",
)
JALALI = (
    "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند",
    "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت",
    "farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand",
)
GREGORIAN, HIJRI_CALENDAR, JALALI_CALENDAR = "gregorian", "hijri", "jalali"


class Month(NamedTuple):
    """A month's number, its calendar, and whether the same word names another month in another language."""

    number: int
    calendar: str = GREGORIAN
    ambiguous: bool = False


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """A word as the tables know it: case, accents and the variants of one Arabic letter do not count."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_SAME_LETTER))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain)).translate(_SAME_LETTER)


def _gather(kind: str) -> dict[str, dict[int, frozenset[str]]]:
    """Folded name -> number -> the languages that mean it."""
    found: dict[str, dict[int, set[str]]] = {}
    for language, numbers in TABLE[kind].items():
        for number, names in numbers.items():
            for name in names.split("|"):
                if not name.startswith(("de ", "d’")):
                    found.setdefault(fold(name.rstrip(".")), {}).setdefault(int(number), set()).add(language)
    return {name: {n: frozenset(languages) for n, languages in numbers.items()} for name, numbers in found.items()}


_MONTHS = _gather("months")
_WEEKDAYS = _gather("weekdays")
_OTHER = {
    fold(name): Month(number, calendar)
    for calendar, rows in ((HIJRI_CALENDAR, HIJRI), (JALALI_CALENDAR, JALALI))
    for row in rows
    for number, name in enumerate(row.split("|"), 1)
}
_FIRSTS = {name.split(" ")[0] for name in (*_MONTHS, *_OTHER) if " " in name}
# First words of all months' names in ASCII: nearly every other word is told to be none by one look.
_ASCII_MONTHS = frozenset(name.split(" ")[0] for name in (*_MONTHS, *_OTHER) if name.isascii())
_WEEKDAY_FIRSTS = {name.split(" ")[0] for name in _WEEKDAYS if " " in name}


def _choose(numbers: dict[int, frozenset[str]], language: str | None) -> tuple[int, bool]:
    """The number a name stands for in a language, else in most languages; and whether that was a guess."""
    if len(numbers) == 1:
        return next(iter(numbers)), False
    own = [number for number, languages in numbers.items() if language in languages]
    if own:
        return own[0], False
    return max(numbers, key=lambda number: len(numbers[number])), True


def may_tell_month(text: str) -> bool:
    """False for a text in which surely no word begins a month's name."""
    if not text.isascii() or "'" in text:
        return True
    return not _ASCII_MONTHS.isdisjoint(_ASCII_WORD.findall(text.lower()))


@lru_cache(maxsize=8192)
def may_be_month(word: str) -> bool:
    """False for a word that surely begins no month's name."""
    key = _month_key(word)
    return key in _MONTHS or key in _OTHER or key in _FIRSTS


def _month_key(word: str) -> str:
    return fold(word).rstrip(".").removeprefix("d'")


@lru_cache(maxsize=4096)
def month(word: str, following: str | None = None, language: str | None = None) -> tuple[Month, bool] | None:
    """The month a word names (with the word after it, for names of two words), and whether that word was used."""
    key = _month_key(word)
    if following is not None and key in _FIRSTS:
        both = f"{key} {fold(following).rstrip('.')}"
        if both in _OTHER:
            return _OTHER[both], True
        if both in _MONTHS:
            return Month(_choose(_MONTHS[both], language)[0]), True
    if key in _MONTHS and not (language == "fa" and key in _OTHER):
        number, guessed = _choose(_MONTHS[key], language)
        return Month(number, ambiguous=guessed), False
    return (_OTHER[key], False) if key in _OTHER else None


@lru_cache(maxsize=4096)
def weekday(word: str, following: str | None = None, language: str | None = None) -> int | None:
    """The day of the week a word names, 0 Monday to 6 Sunday, or None."""
    key = fold(word).rstrip(".")
    if following is not None and key in _WEEKDAY_FIRSTS:
        numbers = _WEEKDAYS.get(f"{key} {fold(following).rstrip('.')}")
        if numbers:
            return _choose(numbers, language)[0]
    numbers = _WEEKDAYS.get(key)
    if numbers is None:
        return None
    number, guessed = _choose(numbers, language)
    return None if guessed else number
