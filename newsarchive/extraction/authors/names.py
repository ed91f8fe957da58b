"""What a byline says, cut down to names: the normaliser of the authors' field."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from newsarchive.extraction.authors import words

_I = re.IGNORECASE
_TAG = re.compile(r"<[^<>]{1,300}>")
_REACH = re.compile(r"\(?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\)?|(?:https?://|www\.)\S+|(?<!\w)@\w+", _I)
_PARENS = re.compile(r"[(\[{（【<]([^()\[\]{}（）【】<>]{0,120})[)\]}）】>]")
_LEAD = re.compile(
    r"^(?:[\s\-–—:•·|*>,.+/]+|(?:" + words.alternatives(*words.BYLINE) + r")(?:\s*[:：]|(?=\s)|(?=[A-Z]\.)))\s*", _I
)
_LEAD_CJK = re.compile(r"^(?:文|作者|记者|記者|撰文|撰稿|取材|執筆|筆者)\s*[/／:：＝=・｜|]\s*")
_TAIL_CJK = re.compile(r"(?<=\S)\s*(?:记者|記者|기자|특파원|선임기자|인턴기자)$")
_SPLIT = re.compile(
    r"\s*(?:[;|•·●▪\n\t、،؛，；｜&+]|,(?!\s*(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\b\.?))\s*|\s+[-–—/]{1,2}\s+|"
    r"\s+(?:and|und|et|with|mit|avec|con|sowie|og|och|и|та|und\s+von|as\s+told\s+to|ve|dan|și|és)\s+(?:by\s+)?",
    _I,
)
_SPLIT_SHORT = re.compile(r"(?<=\w\s\w)(?<!^)\s+(?:y|e|i|en|a|ja|і)\s+(?=\w+\s+\w)")
_PAIR = re.compile(r"^(\w[\w.'’-]*(?:\s[\w.'’-]+){1,3})\s(?:y|e|i|en|a|ja|і)\s(\w[\w.'’-]*(?:\s[\w.'’-]+){1,3})$")
_ROLE = words.alternatives(*words.ROLES)
_ROLE_ALONE = re.compile(r"^(?:(?:" + _ROLE + r")\b[\s,/-]*)+$", _I)
_ROLE_TAIL = re.compile(r"(?<=\w)[\s,]+(?:" + _ROLE + r")$", _I)
_ROLE_LEAD = re.compile(r"^(?:" + _ROLE + r")[\s:]+(?=\S+\s\S)", _I)
_PLACE_TAIL = re.compile(
    r"(?<=\w\w)\s+(?:in|aus|à|from|at|für|for)\s+(?:the\s+)?[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’.-]*){0,3}$"
)
_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\d{1,2}[:.]\d\d|\d{1,2}[./-]\d{1,2}[./-]|\b\d+\s*(?:min|hours?|days?|std|stunden|ago)\b|年|月\d|"
    r"\b(?:updated|published|posted|last\s+modified|aktualisiert|veröffentlicht|publié|mis\s+à\s+jour|actualizado|stand:|"
    r"minutes?|read|lesezeit)\b",
    _I,
)
_AGENCY = re.compile(r"^(?:" + words.alternatives(*words.AGENCIES) + r")$", _I)
_AGENCY_IN = re.compile(r"(?<![\w-])(" + words.alternatives(*words.AGENCIES) + r")(?![\w-])")
_NOBODY = frozenset(phrase.strip() for line in words.NOBODY for phrase in line.split(","))
_HOUSE = re.compile(r"(?<!\w)(?:" + words.alternatives(*words.HOUSE) + r")(?!\w)", _I)
_LETTER = re.compile(r"[^\W\d_]")
_STRIP = " \t\r\n\u00a0\u200b\u200e\u200f.,:;|/\\-–—•·*+&\"“”„«»'‘’()[]{}<>=~_!?#…"
_MAX_NAME, _MAX_WORDS, _MAX_TEXT, _MAX_NAMES = 60, 7, 500, 30


def clean(value: object) -> list[str]:
    """The names in a byline, a JSON-LD author in any shape, or a list of either: each once, in order.

    Byline words, roles, dates, e-mail addresses, handles, places and placeholders ("admin") are left out; agencies and
    house credits ("Redaktion") stay, as a reader sees them. What is clean passes unchanged.
    """
    names: list[str] = []
    for text in _texts(value):
        for name in _settled(text):
            if name.casefold() not in {known.casefold() for known in names}:
                names.append(name)
    return names[:_MAX_NAMES]


def is_agency(name: str) -> bool:
    """True when a whole name is that of a news agency or wire."""
    return _AGENCY.match(name) is not None


def agencies(names: Iterable[str]) -> list[str]:
    """The agencies that the names are, or name ("FR mit dpa"), each once, in order."""
    found: list[str] = []
    for name in names:
        hits = [name] if is_agency(name) else [m.group(1) for m in _AGENCY_IN.finditer(name)]
        found.extend(hit for hit in hits if hit not in found)
    return found


def is_house(name: str) -> bool:
    """True when a name is an organisation, a desk or an agency rather than a person, as far as its words tell."""
    return is_agency(name) or _HOUSE.search(name) is not None


def _texts(value: object, depth: int = 0) -> list[str]:
    """The strings that name authors in a value of any shape."""
    if isinstance(value, str):
        return [value[:_MAX_TEXT]]
    if depth > 5:
        return []
    if isinstance(value, Mapping):
        if name := value.get("name"):
            return _texts(name, depth + 1)
        parts = [value.get("givenName"), value.get("familyName")]
        if any(isinstance(part, str) for part in parts):
            return [" ".join(part for part in parts if isinstance(part, str))]
        return _texts(value.get("@value") or value.get("author"), depth + 1)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [text for item in value for text in _texts(item, depth + 1)]
    return []


def _settled(text: str) -> list[str]:
    """Names read again and again until reading changes nothing, so that cleaning is idempotent."""
    names = _names(text)
    for _ in range(6):
        again = [name for part in names for name in _names(part)]
        if again == names:
            return names
        names = again
    return []


def _names(text: str) -> list[str]:
    text = html.unescape(text) if "&" in text else text
    text = _TAG.sub(" , ", text) if "<" in text else text
    if "@" in text or "www." in text or "://" in text:
        text = _REACH.sub(" , ", text)
    text = _PARENS.sub(_parenthesis, text)
    names: list[str] = []
    for part in _SPLIT.split(_lead(text)):
        pair = _PAIR.match(part)
        for piece in pair.groups() if pair else (part,):
            name = _name(piece)
            if name and name not in names:
                names.append(name)
    return names


def _parenthesis(match: re.Match[str]) -> str:
    """An agency in parentheses is a credit; anything else there is a place, a handle or a role."""
    return f" , {match.group(1)} , " if is_agency(match.group(1).strip()) else " "


def _lead(text: str) -> str:
    """The text without the byline words and punctuation it begins with."""
    text = " ".join(text.split())
    while True:
        shorter = _LEAD_CJK.sub("", _LEAD.sub("", text, count=1), count=1)
        if shorter == text:
            return text
        text = shorter


def _name(part: str) -> str | None:
    """One name, or None where a part is a role, a date, a sentence or a placeholder."""
    part = _lead(part)
    if _DATE.search(part):
        return None
    part = _TAIL_CJK.sub("", _bare(part))
    if is_agency(part):
        return part
    part = _PLACE_TAIL.sub("", part)
    if not _ROLE_ALONE.match(part):
        part = _ROLE_LEAD.sub("", _ROLE_TAIL.sub("", part))
    part = _bare(part)
    if not part or len(part) > _MAX_NAME or len(part.split()) > _MAX_WORDS or not _LETTER.search(part):
        return None
    if part.casefold() in _NOBODY or _ROLE_ALONE.match(part) or sum(c.isdigit() for c in part) > 4:
        return None
    return part


def _bare(part: str) -> str:
    """A part without the punctuation round it; the full stop of an abbreviation stays."""
    stripped = part.strip(_STRIP)
    end = part.find(stripped) + len(stripped) if stripped else 0
    last = stripped.rsplit(" ", 1)[-1]
    if stripped and part[end : end + 1] == "." and (len(last) <= 2 or "." in last):
        stripped += "."
    return stripped
