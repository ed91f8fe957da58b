"""What a byline says, cut down to names: the normaliser of the authors' field."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from newsarchive.extraction import placeholders
from newsarchive.extraction import text as texts
from newsarchive.extraction.authors import words

_I = re.IGNORECASE
_TAG = re.compile(r"<[^<>]{1,300}>")
_REACH = re.compile(r"\(?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\)?|(?:https?://|www\.)\S+|(?<!\w)@\w+", _I)
_PARENS = re.compile(r"[(\[{（【]([^()\[\]{}（）【】]{0,120})[)\]}）】]")
_LEAD = re.compile(r"^(?:" + words.alternatives(*words.BYLINE) + r")(?:\s*[:：]\s*|\s+|(?=[A-Z]\.))", _I)
_LEAD_GLUED = re.compile(r"^(?:By|BY|Von|VON|Par|PAR|Por|POR)(?=[A-ZÀ-Þ])(?!(?:[A-ZÀ-Þ]{2,}|[a-z])\b)")
_LEAD_MARKS = re.compile(r"^[\s\-–—:•·|*>,.+/&]+")
_LEAD_CJK = re.compile(r"^(?:文|作者|记者|記者|撰文|撰稿|取材|執筆|筆者|责编|責編|編集|来源)\s*[/／:：＝=・｜|]\s*")
_TAIL_CJK = re.compile(r"(?<=\S)\s*(?:记者|記者|기자|특파원|선임기자|인턴기자)$")
_MONTHISH = r"[^\W\d_]{3,12}\.?"
_DATES = re.compile(
    rf"(?:\b(?:{words.alternatives(*words.WEEKDAYS)})\.?,?\s+)?\b\d{{1,2}}(?:\.|er|st|nd|rd|th|º)?\s*(?:de\s+)?{_MONTHISH}(?:\s+de)?,?\s*(?:19|20)\d\d\b"
    rf"|\b{_MONTHISH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s*(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d[-/.年]\s?\d{1,2}(?:[-/.月]\s?\d{1,2}日?)?|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b"
    r"|\b\d{1,2}[:.h]\d\d(?::\d\d)?\b(?:\s*(?:[ap]\.?m\.?|uhr|h|est|edt|gmt|cet|cest|ist|et|pt))?"
    r"|\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\b",
    _I,
)
_DATE_LINK = re.compile(r"\s+(?:am|on|le|el|um|at|op|il|den|at|@|à|a las)\s*$", _I)
_SPLIT = re.compile(
    r"\s*(?:[;|•·●▪∙\n\t、،؛，；｜+»→]|,(?!\s*(?:Jr|Sr|II|III|IV)\b\.?))\s*|\s+(?:[-–—/]{1,3}|&)\s+|"
    r"\s+(?:and|und|et|with|mit|avec|sowie|og|och|и|та|as\s+told\s+to|ve|dan|și|és)\s+(?:by\s+|von\s+|par\s+)?",
    _I,
)
_WITH = re.compile(r"^(?:avec|with|mit|con|com|met|med|from|und|and|et)\s+", _I)
_PLACE_AND_AGENCY = re.compile(r"^[A-ZÀ-Þ][^\W\d_]{2,20}\s*\(([^()]{2,40})\)$")
_SLASH = re.compile(r"^(\w[\w.'’-]+(?:\s[\w.'’-]+){1,3})/(\w[\w.'’-]+(?:\s[\w.'’-]+){1,3})$")
_PAIR = re.compile(r"^(\w[\w.'’-]*(?:\s[\w.'’-]+){1,5})\s(?:y|e|i|en|a|ja|і|con)\s(\w[\w.'’-]*(?:\s[\w.'’-]+){1,5})$")
_ROLE = words.alternatives(*words.ROLES)
_ROLE_ALONE = re.compile(r"^(?:the\s+)?(?:(?:" + _ROLE + r")\b[\s,/-]*)+$", _I)
_ROLE_TAIL = re.compile(r"(?<=\w)[\s,]+(?:" + _ROLE + r")$", _I)
_ROLE_LEAD = re.compile(r"^(?:" + _ROLE + r")[\s:]+(?!and\b|und\b|et\b|y\b)(?=\S+\s\S)", _I)
_RANK = re.compile(r"(?<!\w)(?:" + words.alternatives(*words.RANKS) + r")(?!\w)", _I)
_DEGREE = re.compile(r"^(?:(?:" + words.alternatives(*words.DEGREES) + r")(?:[\s,]+|$))+$")
_DEGREE_TAIL = re.compile(r"(?<=\w\w\w)(?:,?\s+(?:" + words.alternatives(*words.DEGREES) + r"))+$")
_LINE = re.compile(r"^(?:" + words.alternatives(*words.LINES) + r")(?!\w)", _I)
_LINE_TAIL = re.compile(
    r"(?<=\w)\s+(?:stand|updated|published|posted|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|edit|symbolbild|"
    r"archivfoto|foto|photo)\b.*$",
    _I,
)
_PLACE_TAIL = re.compile(
    r"(?<=\w\w)\s+(?:in|aus|à|from|für|for)\s+(?:the\s+)?[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’.-]*){0,3}$"
)
_AGENCIES = frozenset(phrase.strip() for line in words.AGENCIES for phrase in line.split(","))
_LONG_AGENCIES = frozenset(name.casefold() for name in _AGENCIES if len(name) > 6)
_AGENCY_IN = re.compile(r"(?<![\w-])(" + words.alternatives(*words.AGENCIES) + r")(?![\w-])")
_HOUSE = re.compile(r"(?<![^\W\d_])(?:" + words.alternatives(*words.HOUSE) + r")(?![^\W\d_])", _I)
_NOBODY = frozenset(
    phrase.strip(" :")
    for line in (*words.NOBODY, *words.BYLINE)
    for phrase in line.split(",")
    if not _HOUSE.search(phrase)
) | frozenset("january february march april may june july august september october november december dec sept".split())
_TWICE = re.compile(r"^(.{3,80}?)[\s,]+\1$")
_COUNT = re.compile(r"^\+?\d+\s+\D|^\d+$")
_WHOLE = re.compile(
    r"^(?:\S+|(?:le|la|les|the|el|der|die|das|il|lo)\s+\S+|staff)\s+(?:et|mit|avec|with|con|and|und|y)\s+(.+)$", _I
)
_CODE = re.compile(r"[{}=<>\\$#^~]|\((?<=\w\()|::|function|undefined")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[.!?](?<!\b\w[.!?])(?<!\b(?:Dr|Mr|Jr|Sr|St)[.!?])(?<!Mrs[.!?])(?<!Prof[.!?])\s+\w")
_STRIP = " \t\r\n\u00a0\u200b\u200e\u200f.,:;|/\\-–—•·*+&\"“”„«»'‘’()[]{}<>=~_!?#…"
_MAX_NAME, _MAX_WORDS, _MAX_TEXT, _MAX_NAMES = 60, 7, 400, 30


def clean(value: object) -> list[str]:
    """The names in a byline, a JSON-LD author in any shape, or a list of either: each once, in order.

    Byline words, roles, degrees, dates, e-mail addresses, handles, places and placeholders ("admin") are left out;
    agencies and house credits ("Redaktion") stay, as a reader sees them. What is clean passes unchanged.
    """
    found: dict[str, str] = {}
    for text in _texts(value):
        for name in _settled(text):
            found.setdefault(name.casefold(), name)
    return list(found.values())[:_MAX_NAMES]


def without_dates(text: str) -> str:
    """A line with its dates and times cut out, a bar in their place."""
    return _DATES.sub(" | ", text)


def is_agency(name: str) -> bool:
    """True when a whole name is that of a news agency or wire."""
    return name in _AGENCIES or name.casefold() in _LONG_AGENCIES


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
        return [texts.fold_spaces(value[:_MAX_TEXT])]
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


@lru_cache(maxsize=2048)
def _settled(text: str) -> tuple[str, ...]:
    """Names read again and again until reading changes nothing, so that cleaning is idempotent."""
    names = _names(text)
    if names == [text]:
        return (text,)
    for _ in range(6):
        again = [name for part in names for name in _names(part)]
        if again == names:
            return tuple(names)
        names = again
    return ()


def _without(pattern: re.Pattern[str], text: str) -> str:
    """A text without what a pattern finds at its beginning (which `sub` would look for everywhere)."""
    match = pattern.match(text)
    return text[match.end() :] if match else text


def _names(text: str) -> list[str]:
    text = html.unescape(text) if "&" in text else text
    text = _TAG.sub(" | ", text) if "<" in text else text
    if "@" in text or "www." in text or "://" in text:
        text = _REACH.sub(" | ", text)
    if _DIGIT.search(text):
        text = _DATES.sub(" | ", text)
    if (place := _PLACE_AND_AGENCY.match(text)) and is_agency(place.group(1)) and not is_house(text.split("(")[0]):
        text = place.group(1)
    text = _lead(_PARENS.sub(_parenthesis, text))
    text = _TWICE.sub(r"\1", text) if len(text) > 6 else text
    names: list[str] = []
    for part in [text] if _is_joint_credit(text) else _SPLIT.split(text):
        pair = _PAIR.match(part) or _SLASH.match(part)
        person, _, agency = part.rpartition("/")
        for piece in (
            (person, agency)
            if " " in person.strip() and ":" not in person and is_agency(agency.strip())
            else pair.groups()
            if pair
            else (part,)
        ):
            name = _name(piece)
            if name and name not in names and not (names and _describes(name)):
                names.append(name)
    return names


def _is_joint_credit(text: str) -> bool:
    """True for a house and an agency in one credit ("FR mit dpa", "Le Figaro et AFP", "Staff and wire reports")."""
    match = _WHOLE.match(text)
    if not match or is_agency(text.split(" ", 1)[0]):
        return False
    return is_agency(match.group(1)) or (text[:5].lower() == "staff" and bool(_HOUSE.search(match.group(1))))


def _describes(part: str) -> bool:
    """True when a part that follows a name says what the person is."""
    return bool(_RANK.search(part) or _DEGREE.match(part)) or (
        part[:1].islower() and " " in part and not is_agency(part)
    )


def _parenthesis(match: re.Match[str]) -> str:
    """An agency or a byline in parentheses is a credit; anything else there is a place, a handle or a role."""
    inner = _WITH.sub("", match.group(1).strip())
    return f" | {inner} | " if is_agency(inner) or _LEAD_CJK.match(inner) else " "


def _lead(text: str) -> str:
    """The text without the byline words and punctuation it begins with."""
    text = " ".join(text.split())
    while True:
        shorter = _without(_LEAD, _without(_LEAD_MARKS, text))
        shorter = _without(_LEAD_GLUED, shorter)
        shorter = shorter if shorter.isascii() else _without(_LEAD_CJK, shorter)
        if shorter == text:
            return text
        text = shorter


@lru_cache(maxsize=2048)
def _name(part: str) -> str | None:
    """One name, or None where a part is a role, a date, a sentence or a placeholder."""
    part = _lead(part)
    part = _DATE_LINK.sub("", part) if " " in part else part
    part = _bare(part)
    part = part if part.isascii() else _TAIL_CJK.sub("", part)
    if is_agency(part):
        return part
    if _COUNT.match(part) or _LINE.match(part) or _CODE.search(part) or _SENTENCE.search(part):
        return None
    part = _DEGREE_TAIL.sub("", _PLACE_TAIL.sub("", _LINE_TAIL.sub("", part)))
    if not _ROLE_ALONE.match(part):
        shorter = _ROLE_LEAD.sub("", _ROLE_TAIL.sub("", part))
        part = shorter if " " in shorter.strip(_STRIP) else part
    part = _bare(part)
    if not part or len(part) > _MAX_NAME or len(part.split()) > _MAX_WORDS or not _LETTER.search(part):
        return None
    if (
        part.casefold() in _NOBODY
        or placeholders.says_no_image(part)
        or _ROLE_ALONE.match(part)
        or sum(map(str.isdigit, part)) > 4
    ):
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
