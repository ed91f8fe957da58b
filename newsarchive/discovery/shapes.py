"""Which URL is an article's: points for what its shape shows, each with its reason.

What the words of a path say is in `words`; what the shapes of a page's own headlines say is in `patterns`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from newsarchive.discovery import words
from newsarchive.urls import canonical

_DAY = re.compile(
    r"/(?:19|20)\d\d[/_-]?(?:0[1-9]|1[0-2]|[1-9](?=[/_-]))(?:[/_-]?(?:0[1-9]|[12]\d|3[01]|[1-9](?=[/_-])))(?!\d)"
)
_MONTH = re.compile(
    r"/(?:19|20)\d\d[/_-](?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b", re.IGNORECASE
)
_YEAR = re.compile(r"/(?:19|20)\d\d/")
_IDENTIFIER = re.compile(
    r"\d{5,}|(?<![\d])(?!(?:19|20)\d\d(?!\d))\d{4}(?!\d)|\b[0-9a-f]{12,}\b|(?<![a-z])[a-z]{1,5}\d{5,}", re.IGNORECASE
)
_CODE = re.compile(r"(?=[^/]*\d)(?=(?:[^/]*[a-zA-Z]){2})[a-zA-Z0-9]{6,40}")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_FILE = re.compile(r"\.(?:s?html?|php|aspx?|jsp|ece|story|shtm|do)$", re.IGNORECASE)
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|ico|css|js|json|xml|rss|atom|pdf|docx?|xlsx?|pptx?|zip|gz|rar|7z|mp[34]|m4[av]|"
    r"avi|mov|webm|ogg|wav|woff2?|ttf|apk|exe|dmg|ics|txt)$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:index|default|home)_?\d*(?:\.\w+)?", re.IGNORECASE)
_RECORDED = re.compile(r"[-_](?:video|podcast|audio|galerie|galeria|fotogaleria)(?:[-_]\d+)?$", re.IGNORECASE)
_ID_PARAMETERS = re.compile(
    r"(?:^|&)(?:p|id|aid|nid|art|article|article_?id|news_?id|story_?id|newsid|idnews|item_?id)=\d+", re.IGNORECASE
)

_CLEARLY = 5
_SLUG = 3
_LISTS = words.LISTING - words.ARCHIVE
_TAGS_AND_PEOPLE = words.LISTING - words.SECTION
_ADVERT_PARTS = frozenset(
    "advertorial advertorials sponsored sponsorowany sponsorowane sponsorlu gesponsord publicitario publicitaria patrocinado "
    "publireportage publirreportaje advertisement".split()
)


@dataclass(frozen=True, slots=True)
class Score:
    """Points for being an article, and the reason of each part ("date in path +4")."""

    points: int = 0
    why: tuple[str, ...] = ()

    def plus(self, points: int, reason: str) -> Score:
        """A new score with one more part."""
        return Score(self.points + points, (*self.why, f"{reason} {points:+d}"))


def is_file(url: str) -> bool:
    """True when the path ends as a picture, a document, a feed or another file that is no page."""
    return bool(_MEDIA.search(urlsplit(url).path))


def is_advert(url: str) -> bool:
    """True when the path says that what is there was paid for."""
    segments = _segments(unquote(urlsplit(url).path).lower())
    names = [_FILE.sub("", segment) for segment in segments]
    if any(name in words.ADVERT for name in names):
        return True
    return any(not _ADVERT_PARTS.isdisjoint(re.split(r"[-_]", name)) for name in names[:-1])


def is_service(url: str) -> bool:
    """True for a page every site has and no reader calls news (login, contact, terms, shop), unless it is shaped as news."""
    path = urlsplit(url).path.lower()
    if not _says(_segments(path), words.SERVICE):
        return False
    return _positive(unquote(path), _segments(path)).points < _CLEARLY


def is_section(url: str) -> bool:
    """True for a path that may be a part of the site: no list of a tag, an author or a page number."""
    segments = _segments(urlsplit(url).path.lower())[:-1]
    return not _says(segments, _TAGS_AND_PEOPLE)


def is_numbered(url: str) -> bool:
    """True when a day, or what looks like the number or code of one page, is in the path or the query."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if _DAY.search(path) or _ID_PARAMETERS.search(parts.query):
        return True
    return any(_IDENTIFIER.search(segment) or _CODE.fullmatch(segment) for segment in _segments(path))


def outline(url: str) -> str:
    """The shape of a URL, equal for pages of one kind: "w/9/9/9/s.html" for /news/2024/05/06/a-long-slug.html.

    Where a number tells pages apart, the last segment may be short or long.
    """
    parts = urlsplit(canonical(url))
    kinds = [_kind(segment) for segment in _segments(unquote(parts.path))]
    if kinds and kinds[-1].startswith("w") and any("9" in kind for kind in kinds[:-1]):
        kinds[-1] = "s" + kinds[-1][1:]
    query = "&".join(sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair))
    return "/".join(kinds) + (f"?{query}" if query else "")


def _kind(segment: str) -> str:
    ending = _FILE.search(segment)
    name = _FILE.sub("", segment)
    if name.isdigit():
        kind = "9"
    elif len(_WORDS.findall(name)) >= 3:
        kind = "s9" if _IDENTIFIER.search(name) else "s"
    elif _IDENTIFIER.search(name) or _CODE.fullmatch(name):
        kind = "c"
    else:
        kind = "w9" if any(character.isdigit() for character in name) else "w"
    return kind + (ending[0].lower() if ending else "")


def score(url: str) -> Score:
    """The points of a URL's shape alone: about 5 and more is an article, below 0 is not."""
    parts = urlsplit(canonical(url))
    path = unquote(parts.path)
    segments = _segments(path.lower())
    return _lessened(_positive(path, segments), parts, segments)


def _positive(path: str, segments: list[str]) -> Score:
    """What speaks for an article."""
    last = _FILE.sub("", segments[-1]) if segments else ""
    total = _dated(Score(), path, last)
    if _IDENTIFIER.search(last):
        total = total.plus(3, "number in the last segment")
    elif any(_IDENTIFIER.search(segment) for segment in segments[:-1]):
        total = total.plus(2, "number in the path")
    elif any(_CODE.fullmatch(segment) for segment in segments):
        total = total.plus(2, "code in the path")
    total = _worded(total, last)
    if segments and _FILE.search(segments[-1]):
        total = total.plus(1, "page file")
    if _says(segments[:-1], words.ARTICLE):
        total = total.plus(2, "article segment")
    return total


def _dated(total: Score, path: str, last: str) -> Score:
    if _DAY.search(path):
        return total.plus(4 if _WORDS.search(last) or _IDENTIFIER.search(last) else 1, "day in the path")
    if _MONTH.search(path):
        return total.plus(3 if _WORDS.search(last) else 0, "month in the path")
    return total.plus(2, "year in the path") if _YEAR.search(path) and last else total


def _worded(total: Score, last: str) -> Score:
    words = len(_WORDS.findall(last))
    if words >= 4:
        return total.plus(4, "slug of four words")
    if words == 3:
        return total.plus(2, "slug of three words")
    return total.plus(1, "slug of two words") if words == 2 and len(last) >= 8 else total


def _lessened(total: Score, parts: SplitResult, segments: list[str]) -> Score:
    """What speaks against it, and the query."""
    clear = total.points >= _CLEARLY
    if _ID_PARAMETERS.search(parts.query):
        total = total.plus(4, "article number in the query")
    if _says(segments, words.RECORDING) or _RECORDED.search(_FILE.sub("", segments[-1]) if segments else ""):
        total = total.plus(-20, "recording or pictures")
    if _says(segments, words.SERVICE):
        total = total.plus(-4 if clear else -8, "service page")
    if _says(segments, _LISTS) or _is_archive(segments):
        total = total.plus(-6, "list of a tag, author or page")
    if not clear and not parts.query and segments and _INDEX.fullmatch(segments[-1]):
        total = total.plus(-6, "index of a folder")
    if not segments and not parts.query:
        total = total.plus(-8, "front page")
    elif len(segments) == 1 and total.points <= 0:
        total = total.plus(-3, "one short segment")
    return total


def _is_archive(segments: list[str]) -> bool:
    """True for a list of what is old; a slug of three words in such a folder is an old article."""
    return _says(segments, words.ARCHIVE) and len(_WORDS.findall(_FILE.sub("", segments[-1]))) < _SLUG


def _says(segments: list[str], vocabulary: frozenset[str]) -> bool:
    return any(_FILE.sub("", segment) in vocabulary for segment in segments)


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]
