"""Times told against now: "il y a 3 heures", "2 days ago", "hier à 10:20", in many languages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from newsarchive.extraction.dates.names import TABLE, fold
from newsarchive.extraction.dates.stamps import Context, Stamp

_NUMBER = re.compile(r"(?<![\d.,:/-])\d{1,3}(?![\d:/]|[.,]\d)")
_WORD = re.compile(r"[^\W\d_][^\s\d!-&(-/:-@\[-`{-~،。、·]*")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s?[:hH時点.]\s?(\d{2})(?!\d)")
_SPANS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1),
          "day": timedelta(days=1), "week": timedelta(weeks=1)}  # fmt: skip
_ONE = (
    "an hour ago|minute:60 a minute ago|minute:1 a day ago|day:1 one hour ago|minute:60 a week ago|week:1 "
    "il y a une heure|minute:60 vor einer stunde|minute:60 hace una hora|minute:60 un'ora fa|minute:60 "
    "há uma hora|minute:60 een uur geleden|minute:60 godzinę temu|minute:60 час назад|minute:60 годину тому|minute:60 "
    "قبل ساعة|minute:60 منذ ساعة|minute:60 قبل ساعتين|minute:120 منذ ساعتين|minute:120 منذ يومين|day:2 قبل يومين|day:2 "
    "just now|minute:0 à l'instant|minute:0 gerade eben|minute:0 hace un día|day:1 för en timme sedan|minute:60"
)
_DAYS_BACK = {
    0: "today|aujourd'hui|aujourd’hui|heute|hoy|oggi|hoje|vandaag|idag|i dag|tänään|dzisiaj|dziś|dnes|danes|danas|ma|astăzi|azi|"
    "bugün|сегодня|сьогодні|сёння|днес|данас|денес|σήμερα|اليوم|امروز|آج|היום|आज|আজ|இன்று|วันนี้|hôm nay|hari ini|今日|本日|今天|오늘|"
    "täna|šodien|šiandien|avui|hoxe|gaur|ngayon|leo|sot|i dag kl",
    1: "yesterday|hier|gestern|ayer|ieri|ontem|gisteren|igår|i går|eilen|wczoraj|včera|včeraj|jučer|juče|tegnap|dün|вчера|вчора|"
    "учора|вчера|јуче|вчера|χθες|χτες|أمس|البارحة|دیروز|کل|אתמול|कल|গতকাল|நேற்று|เมื่อวาน|เมื่อวานนี้|hôm qua|kemarin|semalam|"
    "昨日|昨天|어제|eile|vakar|ahir|onte|atzo|kahapon|jana|dje",
    2: "avant-hier|vorgestern|anteayer|eergisteren|przedwczoraj|позавчера|позавчора|anteontem|前天|一昨日|그저께",
}


def _patterns() -> dict[str, list[tuple[str, str, str, str]]]:
    """Word beside the number -> (text before, text after, unit, language); "ago" patterns of all languages."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for language, rows in TABLE["ago"].items():
        for row in rows:
            unit, pattern = row.split("\t")
            before, after = (" ".join(fold(part).split()) for part in pattern.split("{0}"))
            if max(len(before.encode()), len(after.encode())) < 3:
                continue
            key = after.split(" ")[0] or before.split(" ")[-1]
            found.setdefault(key, []).append((before, after, unit, language))
    for arabic, unit in (("ساعة|ساعات", "hour"), ("دقيقة|دقائق|دقايق", "minute"), ("يوم|أيام|يوما", "day")):
        for name in arabic.split("|"):
            found.setdefault(fold(name), []).append((fold("منذ"), fold(name), unit, "ar"))
    return {key: sorted(rows, key=lambda r: -len(r[0]) - len(r[1])) for key, rows in found.items()}


def _phrases() -> dict[str, tuple[str, int]]:
    found = {}
    for item in re.finditer(r"(.+?)\|(\w+):(\d+)(?:\s|$)", _ONE):
        found[fold(item[1].strip())] = (item[2], int(item[3]))
    return found


# Words of one language that mean something else in another, as "hier" (here) in German: they count in their own alone.
_ONLY_IN = {"hier": "fr", "eile": "et", "jana": "sw", "leo": "sw", "sot": "sq", "dje": "sq", "vakar": "lt lv", "azi": "ro",
            "ahir": "ca", "onte": "gl", "ieri": "it ro", "hoy": "es"}  # fmt: skip
_PATTERNS = _patterns()
_PHRASES = _phrases()
_BEGINNINGS, _ENDINGS = tuple(phrase + " " for phrase in _PHRASES), tuple(" " + phrase for phrase in _PHRASES)
_DAYS = {
    fold(word): back
    for back, words in _DAYS_BACK.items()
    for word in words.split("|")
    if len(word) > 2 or not word.isascii()
}
_DAYS_CJK = tuple(word for word in _DAYS if len(word) <= 4 and not word.isascii() and ord(word[0]) > 0x2E7F)
# A text without any of these words tells no time; writing without spaces is looked at in any case.
_HINTS = frozenset(key.split(" ")[0] for key in (*_PATTERNS, *_DAYS, *_PHRASES))
_UNSPACED = re.compile("[\u2e80-\uffff]")


def find(text: str, context: Context) -> Stamp | None:
    """The date a short text tells against now, or None; without a known "now" there is none."""
    now = context.now
    if now is None or len(text) > 120:
        return None
    folded = _folded(text)
    if not _hints_at(folded):
        return None
    return (
        _counted(folded, len(text), now, context.language)
        or _phrased(folded, len(text), now)
        or _named(folded, len(text), now, context.language)
    )


@lru_cache(maxsize=4096)
def may_tell(text: str) -> bool:
    """False for a text that surely tells no time against now."""
    return _hints_at(_folded(text))


def _folded(text: str) -> str:
    return " ".join([fold(word) for word in text.split()])


def _hints_at(folded: str) -> bool:
    if not _HINTS.isdisjoint(folded.split(" ")) or (not folded.isascii() and _UNSPACED.search(folded) is not None):
        return True
    return not _HINTS.isdisjoint([word.rstrip(".") for word in _WORD.findall(folded)])


def _counted(folded: str, length: int, now: datetime, language: str | None) -> Stamp | None:
    for number in _NUMBER.finditer(folded):
        left, right = folded[: number.start()].strip(), folded[number.end() :].strip()
        after, before = _WORD.match(right), left.split(" ")[-1] if left else ""
        keys = [after.group() if after else "", right.split(" ")[0], before]
        for key in keys:
            for head, tail, unit, of in _PATTERNS.get(key, ()):
                ends = left.endswith(head) and (
                    right == tail or (right.startswith(tail) and not right[len(tail)].isalpha())
                )
                if ends and (language in (None, of) or len(head) + len(tail) > 4):
                    return _back(now, unit, int(number.group()), length)
    return None


def _phrased(folded: str, length: int, now: datetime) -> Stamp | None:
    if folded not in _PHRASES and not folded.startswith(_BEGINNINGS) and not folded.endswith(_ENDINGS):
        return None  # as nearly every text: one look at all phrases
    for phrase, (unit, count) in _PHRASES.items():
        if folded == phrase or folded.startswith(phrase + " ") or folded.endswith(" " + phrase):
            return _back(now, unit, count, length)
    return None


def _named(folded: str, length: int, now: datetime, language: str | None) -> Stamp | None:
    """ "Yesterday", with the clock time after it where there is one."""
    words = [word.group().rstrip(".") for word in _WORD.finditer(folded)]
    pairs = [" ".join(pair) for pair in pairwise(words)]
    named = (name for name in (*pairs, *words) if name in _DAYS and _means_a_day(name, language))
    back = next((_DAYS[name] for name in named), None)
    if back is None:
        back = next((_DAYS[name] for name in _DAYS_CJK if name in folded), None)
    if back is None or len(words) > 6:
        return None
    day = now - timedelta(days=back)
    clock = _CLOCK.search(folded)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        return Stamp(day.year, day.month, day.day, int(clock[1]), int(clock[2]), relative=True, end=length)
    return Stamp(day.year, day.month, day.day, relative=True, end=length)


def _means_a_day(name: str, language: str | None) -> bool:
    return language is None or name not in _ONLY_IN or language in _ONLY_IN[name]


def _back(now: datetime, unit: str, count: int, length: int) -> Stamp:
    """Now less a count of units, at the precision that such a statement has."""
    if unit in _SPANS:
        then = now - _SPANS[unit] * count
        if unit in ("second", "minute", "hour"):
            fine = unit != "hour"
            day = Stamp(then.year, then.month, then.day, relative=True, end=length)
            return _timed(day, then) if fine else day
        return Stamp(then.year, then.month, then.day, relative=True, end=length)
    months = now.year * 12 + now.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if unit == "year":
        return Stamp(max(year, 1), relative=True, end=length)
    return Stamp(max(year, 1), month + 1, relative=True, end=length)


def _timed(day: Stamp, then: datetime) -> Stamp:
    return Stamp(day.year, day.month, day.day, then.hour, then.minute, zone=then.tzinfo, relative=True, end=day.end)
