"""Dates as people write them, found in running text: numeric, with month names, in CJK, in other calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from newsarchive.extraction.dates import calendars, clocks, names
from newsarchive.extraction.dates.stamps import Context, Stamp

_ZEROS = "٠۰०০੦૦௦౦೦൦๐໐၀០０"
ASCII_DIGITS = {ord(first) + n: str(n) for first in _ZEROS for n in range(10)}
# All digits as ranges for a set of characters, through which a search goes much faster than through \d.
DIGITS = "".join(f"{first}-{chr(ord(first) + 9)}" for first in "0" + _ZEROS)
YEAR_FIRST = re.compile(r"(?<![\d.,/-])([12]\d{3})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d%])(?![./-]\d)")
YEAR_LAST = re.compile(r"(?<![\d.,/:$€£-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d%€$])(?![./-]\d)")
CJK = re.compile(
    r"(令和|平成|昭和|大正|明治|民國|民国)?\s?(\d{1,4}|元)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日號号일])?"
)
_CJK_WEEKDAY = re.compile(
    r"\s?(?:[(（]\s?([月火水木金土日월화수목금토일])\s?[)）]|(?:星期|周|週)?([月火水木金土日월화수목금토일一二三四五六天])(?:曜日?|요일)?(?![\w]))"
)
CJK_DAY = re.compile(r"(?<![\d年년])(?<![年년]\s)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]")
VIETNAMESE = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,?\s*(?:năm\s+)?|\s*[/-]\s*)(\d{4})", re.IGNORECASE)
TOKEN = re.compile(
    r"[\u0e00-\u0eff]{1,4}\.[\u0e00-\u0eff]{1,3}\.?|\d+|[^\W\d_][^\s\d!-&(-/:-@\[-`{-~،。、·|–—“”«»…]*|[^\s\w]"
)
_DIGIT = re.compile(r"\d")
_MARKED = re.compile(r"\d\s?[./-]\s?\d")
_GLUED = re.compile(r"(0?[1-9]|[12]\d|3[01])((?:19|20)\d\d)")
_HAS_YEAR = re.compile(r"\d{4}|\d\d\b")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.'’-]*)[\s,،]{1,3}$")
FILLERS = frozenset(
    "de del d of the le du den der dem am on na г года году рік року р в о от di tahun gada ko an a aasta el m o'r "
    "พ.ศ ค.ศ st nd rd th er ª º o e i é ª. го ое ого ה ב של ל ที่ พ ศ ค z u v dne om af på the. ng ika godine god año ano år anno "
    "اے سال سنة عام لسنة لعام ء وٲل mh ban d' l' an der ος η το ของ ні й ro r dia tháng năm ngày د".split()
)
_STOPS = frozenset(".,-/'’`‐‑–؛،᾽\u2019·()")
_COMMON_ABBREVIATIONS = frozenset({"set", "out", "may", "mar", "mars", "sen", "de", "do", "led", "pro", "ara", "per"})


def find(text: str, context: Context) -> list[Stamp]:
    """Every date with a stated or derivable year in a text, in reading order, clocks and zones attached."""
    if _DIGIT.search(text) is None:
        return []
    if not text.isascii():
        text = text.translate(ASCII_DIGITS)
    found = [stamp for stamp in _all(text, context) if stamp.moment() is not None]
    found.sort(key=lambda stamp: (stamp.start, -stamp.end))
    kept: list[Stamp] = []
    for stamp in found:
        if not kept or stamp.start >= kept[-1].end:
            kept.append(stamp)
    return [_with_clock(text, stamp, context) for stamp in kept]


def spelled(text: str, stamp: Stamp) -> str:
    """A date as the text has it, with the weekday that stands before it."""
    before = _WORD_BEFORE.search(text, max(0, stamp.start - 24), stamp.start)
    named = stamp.weekday is not None and before is not None and names.weekday(before[1]) is not None
    return text[before.start() if before is not None and named else stamp.start : stamp.end]


def _all(text: str, context: Context) -> Iterator[Stamp]:
    if _MARKED.search(text):
        for found in YEAR_FIRST.finditer(text):
            stamp = _year_first(found)
            if stamp:
                yield stamp
        for found in YEAR_LAST.finditer(text):
            stamp = _year_last(found, text, context)
            if stamp:
                yield stamp
    if "年" in text or "년" in text:
        for found in CJK.finditer(text):
            yield _cjk(found)
    elif "月" in text or "월" in text:
        yield from _cjk_yearless(text, context)
    if "háng" in text:
        for found in VIETNAMESE.finditer(text):
            yield Stamp(int(found[3]), int(found[2]), int(found[1]), start=found.start(), end=found.end())
    yield from _named(text, context)


def _year_first(found: re.Match[str]) -> Stamp | None:
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    if not (month <= 12 and day <= 31):
        return None
    return _calendared(year, month, day, names.GREGORIAN, Stamp(year, month, day, start=found.start(), end=found.end()))


def _year_last(found: re.Match[str], text: str, context: Context) -> Stamp | None:
    first, second = int(found[1]), int(found[3])
    short = len(found[4]) == 2
    if short and found[2] == "." and len(found[3]) < 2:
        return None
    year = full_year(int(found[4]), context) if short else int(found[4])
    weekday = _weekday_beside(text, found.start(), found.end(), context)
    day_first, sure = order(first, second, year, found[2], weekday, context)
    day, month = (first, second) if day_first else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    stamp = Stamp(
        year,
        month,
        day,
        weekday=weekday,
        ambiguous=not sure,
        short_year=short,
        swappable=first != second and first <= 12 and second <= 12 and found[2] != ".",
        day_first=day_first,
        start=found.start(),
        end=found.end(),
    )
    return _calendared(year, month, day, names.GREGORIAN, stamp)


def order(first: int, second: int, year: int, mark: str, weekday: int | None, context: Context) -> tuple[bool, bool]:
    """Whether a numeric date has the day first, and whether that is sure.

    In order: a number over 12 decides; equal numbers do not matter; a named weekday fits one reading only; the page's
    other dates; the country; the language; dots are never used with the month first.
    """
    if first > 12 or second > 12 or first == second:
        return first > 12 or first == second, True
    if weekday is not None:
        fits = [_weekday(year, second, first) == weekday, _weekday(year, first, second) == weekday]
        if fits[0] != fits[1]:
            return fits[0], True
    if mark == ".":
        return True, True
    if context.day_first is not None:
        return context.day_first, True
    if context.country is not None:
        return context.country not in MONTH_FIRST, context.country not in UNDECIDED
    if context.language is not None:
        return context.language not in ("en", "fil"), context.language not in ("en", "fil")
    return True, False


MONTH_FIRST = frozenset({"US", "PH", "FM", "GU", "PR", "PW", "MH", "AS", "VI", "MP"})
UNDECIDED = frozenset({"CA", "PH", "KE", "GH", "PR"})


def full_year(short: int, context: Context) -> int:
    """The year of two digits: the latest that is not after now (by a year's grace), else the POSIX century."""
    if context.now is None:
        return short + (2000 if short < 69 else 1900)
    year = context.now.year // 100 * 100 + short
    return year if year <= context.now.year + 1 else year - 100


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def _weekday_beside(text: str, start: int, end: int, context: Context) -> int | None:
    """The weekday named right before or right after a date."""
    before = [token.group() for token in TOKEN.finditer(text[max(0, start - 24) : start])][-3:]
    after = [token.group() for token in TOKEN.finditer(text[end : end + 16])][:3]
    for words in (before[::-1], after):
        for i, word in enumerate(words):
            neighbour = i - 1 if words is not after else i + 1
            following = words[neighbour] if 0 <= neighbour < len(words) else None
            number = names.weekday(word, following, context.language)
            if number is not None:
                return number
    return None


def _cjk_yearless(text: str, context: Context) -> Iterator[Stamp]:
    """A CJK month and day without their year, with a known now."""
    if context.now is None:
        return
    for found in CJK_DAY.finditer(text):
        year = _latest_year(int(found[1]), int(found[2]), None, context.now.date())
        if year is not None:
            yield Stamp(year, int(found[1]), int(found[2]), yearless=True, start=found.start(), end=found.end())


def _cjk(found: re.Match[str]) -> Stamp:
    era, stated, month, day = found.groups()
    year = 1 if stated == "元" else int(stated)
    year += calendars.ERAS[era] if era else (2000 if year < 100 else 0)
    named = _CJK_WEEKDAY.match(found.string, found.end())
    weekday = "月火水木金土日월화수목금토일一二三四五六天".index(named[1] or named[2]) % 7 if named else None
    return Stamp(year, int(month), int(day) if day else None, weekday=weekday, start=found.start(), end=found.end())


def _calendared(year: int, month: int, day: int, calendar: str, stamp: Stamp) -> Stamp | None:
    """The same day in the Gregorian calendar."""
    if calendar == names.HIJRI_CALENDAR:
        found = calendars.hijri(year, month, day)
    elif calendar == names.JALALI_CALENDAR or 1200 <= year <= 1500:
        found = calendars.jalali(year, month, day)
    elif 2400 <= year <= 2700:
        return stamp._replace(year=year - calendars.BUDDHIST_OFFSET)
    else:
        return stamp if year >= 1500 else None
    return stamp._replace(year=found.year, month=found.month, day=found.day) if found else None


class _Tokens:
    """The tokens of a text, and the numbers near one of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items = list(TOKEN.finditer(text))
        self.words = [item.group() for item in self.items]

    def number(self, index: int, step: int, language: str | None) -> int | None:
        """The index of the next number in a direction, over at most four tokens that only join a date."""
        for _ in range(5):
            index += step
            if not 0 <= index < len(self.words):
                return None
            word = self.words[index]
            if word.isdecimal():
                return None if self.in_clock(index) else index
            joins = word in _STOPS or names.fold(word).rstrip(".'") in FILLERS
            if not joins and names.weekday(word, None, language) is None:
                return None
        return None

    def same_month(self, index: int, month: names.Month, language: str | None) -> int:
        """The index of the same month's other name after a stroke, as in "نيسان/أبريل", else the index given."""
        for step in (index + 2, index + 3):
            if step < len(self.words) and self.words[index + 1] in "/-(":
                other = names.month(self.words[step], None, language)
                if other and other[0].number == month.number:
                    return step
        return index

    def is_path(self, left: int | None, month: int) -> bool:
        """True for a file's path, as "2021/jan21"."""
        end = self.items[month].end()
        return left is not None and self.words[left + 1] == "/" and self.text[end : end + 1].isdecimal()

    def in_clock(self, index: int) -> bool:
        """True for a number of a time of day, as the 20 of "10:20"."""
        before = self.words[index - 1] if index else ""
        later = self.words[index + 1] if index + 1 < len(self.words) else ""
        return (before == ":" and index > 1 and self.words[index - 2].isdecimal()) or (
            later == ":" and index + 2 < len(self.words) and self.words[index + 2].isdecimal()
        )

    def is_year(self, index: int | None) -> bool:
        return index is not None and len(self.words[index]) == 4 and 1200 <= int(self.words[index]) <= 2700

    def is_day(self, index: int | None) -> bool:
        return index is not None and len(self.words[index]) <= 2 and 1 <= int(self.words[index]) <= 31

    def is_short_year(self, index: int | None) -> bool:
        """Two digits after an apostrophe or joined to the month, and no clock."""
        if index is None or len(self.words[index]) != 2:
            return False
        later = self.items[index + 1].group() if index + 1 < len(self.words) else ""
        return later not in (":", "h", "H", ".") or self.words[index - 1] in "'’"


def _named(text: str, context: Context) -> Iterator[Stamp]:
    """Dates around a month's name."""
    if not names.may_tell_month(text) or (context.now is None and not _HAS_YEAR.search(text)):
        return
    tokens = _Tokens(text)
    words, language = tokens.words, context.language
    for index, word in enumerate(words):
        if len(word) < 2 or not names.may_be_month(word) or not word[0].isalpha():
            continue
        month = names.month(word, words[index + 1] if index + 1 < len(words) else None, language)
        if month:
            stamp = _around(tokens, index, index + month[1], month[0], context)
            if stamp:
                yield stamp


def _around(tokens: _Tokens, first: int, last: int, month: names.Month, context: Context) -> Stamp | None:
    """The date round the month name that spans two token indexes."""
    language = context.language
    left = tokens.number(first, -1, language)
    last = tokens.same_month(last, month, language)
    right = tokens.number(last, 1, language)
    glued = _GLUED.fullmatch(tokens.words[last + 1]) if last + 1 < len(tokens.words) else None
    if glued:  # a calendar leaf, "Feb 18" over "2009", run together
        begin, end = tokens.items[first].start(), tokens.items[last + 1].end()
        return Stamp(int(glued[2]), month.number, int(glued[1]), ambiguous=month.ambiguous, start=begin, end=end)
    found = _year_and_day(tokens, left, right, last, language)
    if found is None:
        day = left if tokens.is_day(left) else right
        return _yearless(tokens, first, last, day, month, context) if tokens.is_day(day) else None
    year, day, short = found
    begin, end = _span(tokens, (year, day), first, last)
    number = int(tokens.words[year])
    stamp = Stamp(
        full_year(number, context) if short else number,
        month.number,
        int(tokens.words[day]) if day is not None else None,
        weekday=_weekday_beside(tokens.text, begin, end, context),
        ambiguous=month.ambiguous,
        short_year=short,
        start=begin,
        end=end,
    )
    if day is None and month.calendar == names.GREGORIAN:
        return _calendared(stamp.year, month.number, 1, month.calendar, stamp)
    return _calendared(stamp.year, month.number, stamp.day or 1, month.calendar, stamp)


def _year_and_day(
    tokens: _Tokens, left: int | None, right: int | None, last: int, language: str | None
) -> tuple[int, int | None, bool] | None:
    """The indexes of year and day round a month's name that ends at `last`, and whether the year has two digits."""
    beyond = tokens.number(right, 1, language) if right is not None else None
    if left is not None and tokens.is_year(left) and tokens.is_day(right) and not tokens.is_path(left, last):
        return left, right, False
    if right is not None and tokens.is_day(left) and tokens.is_year(right):
        return right, left, False
    if beyond is not None and tokens.is_day(right) and tokens.is_year(beyond):
        return beyond, right, False
    beside = last + 1 + (last + 1 < len(tokens.words) and tokens.words[last + 1] in _STOPS)
    if right is not None and right == beside and tokens.is_day(left) and tokens.is_short_year(right):
        return right, left, True
    if right is not None and tokens.is_year(right):
        return right, None, False
    before = tokens.number(left, -1, language) if left is not None and tokens.is_day(left) else None
    return (before, left, False) if before is not None and tokens.is_year(before) else None


def _span(tokens: _Tokens, span: tuple[int | None, int | None], first: int, last: int) -> tuple[int, int]:
    indexes = [index for index in (*span, first, last) if index is not None]
    return tokens.items[min(indexes)].start(), tokens.items[max(indexes)].end()


def _yearless(
    tokens: _Tokens, first: int, last: int, day: int | None, month: names.Month, context: Context
) -> Stamp | None:
    """A day and month alone: of the last year in which it is not after now; without a known now it is no date."""
    if (
        context.now is None
        or day is None
        or month.calendar != names.GREGORIAN
        or names.fold(tokens.words[first]) in _COMMON_ABBREVIATIONS
    ):
        return None
    begin, end = _span(tokens, (day, day), first, last)
    weekday = _weekday_beside(tokens.text, begin, end, context)
    number = int(tokens.words[day])
    year = _latest_year(month.number, number, weekday, context.now.date())
    if year is None:
        return None
    return Stamp(year, month.number, number, weekday=weekday, yearless=True, start=begin, end=end)


def _latest_year(month: int, day: int, weekday: int | None, today: date) -> int | None:
    """The last year in which a day of a month is not after tomorrow, and falls on the weekday where one is named."""
    for year in range(today.year + 1, today.year - 8, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= today + timedelta(days=1) and weekday in (None, candidate.weekday()):
            return year
    return None


def _with_clock(text: str, stamp: Stamp, context: Context) -> Stamp:
    """The date with the time of day that stands beside it."""
    if stamp.day is None:
        return stamp
    clock = clocks.after(text, stamp.end, context.country)
    if clock is None:
        clock = clocks.before(text, stamp.start, context.country)
    if clock is None:
        return stamp
    return stamp._replace(hour=clock.hour, minute=clock.minute, second=clock.second, zone=clock.zone,
                   start=min(stamp.start, clock.start), end=max(stamp.end, clock.end))  # fmt: skip
