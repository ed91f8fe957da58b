"""One image's clean value: its real address and what is said of it, or nothing where it is a stand-in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsarchive.article import Image
from newsarchive.extraction import placeholders
from newsarchive.extraction import text as texts

LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-full-src", "data-image", "data-hi-res-src",
    "data-url", "data-echo", "data-actualsrc", "data-orig-file", "data-large-file", "data-img-src", "data-defer-src",
)  # fmt: skip
LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-flickity-lazyload-srcset")
_SETS = (*LAZY_SETS, "srcset")
_SOURCES = (*_SETS, "url", "contentUrl", *LAZY, "src")
_STAND_IN = re.compile(
    r"^(?:(?:default|no|empty|missing|generic|fallback)?[-_ ]?(?:placeholder|image|img|photo|foto|picture|thumb(?:nail)?)[-_ ]?"
    r"(?:default|placeholder|missing|not[-_ ]?(?:found|available)|unavailable|na)|"
    r"(?:no|default|missing|empty|placeholder|sans|sin|kein|keine|keinbild|without|dummy|fallback)[-_ ]?(?:image|images|img|photo|"
    r"foto|fotos|"
    r"picture|pic|bild|imagen|imagem|immagine|thumb|thumbnail|avatar|preview|cover|article|news|post)s?|"
    r"placeholder|place[-_]holder|default|blank|spacer|spaceball|pixel|transparent|clear|empty|null|undefined|none|shim|trans|"
    r"1x1|1px|dot|loading|loader|spinner|preloader|lazy|lazyload|grey|gray|white|noimage|nophoto|nopic|noimg|"
    r"logo|logos|favicon|sprite|sprites|icon|icons|avatar|gravatar|share|og|sharing)"
    r"(?:[-_. ](?:\d+|\d+x\d+|small|large|medium|big|lg|sm|md|xl|x2|2x|gif|white|black|dark|light|grey|gray|square|wide|og|fb|"
    r"facebook|twitter|share|social|bg|new|default|main|site|header|footer|img|image|news|article|desktop|mobile|[a-f0-9]{6,}))*$",
    re.IGNORECASE,
)
_LOGO = re.compile(
    r"(?:^|[-_./ ])(?:site[-_]?|social[-_]?|share[-_]?|default[-_]?|brand[-_]?|og[-_]?)?(?:logos?|branded|fallback)(?:$|[-_. \d])",
    re.IGNORECASE,
)
_TRACKER = re.compile(
    r"(?:^|[./-])(?:pixel|beacon|track(?:er|ing)?|analytics|doubleclick|scorecardresearch|facebook\.com/tr|quantserve|"
    r"imrworldwide|vgwort|ivwbox|counter|statcounter|amazon-adsystem|adserver|chartbeat|omtrdc|2o7|demdex|metrics|"
    r"googleadservices|google-analytics|googletagmanager|cleardot|zergnet|ioam)(?:[./?-]|$)",
    re.IGNORECASE,
)
# A word of every name in _TRACKER as it stands between marks, looked for first.
_TRACKER_WORDS = frozenset(
    "pixel beacon track tracker tracking analytics doubleclick scorecardresearch facebook quantserve imrworldwide vgwort ivwbox "
    "counter statcounter adsystem adserver chartbeat omtrdc 2o7 demdex metrics googleadservices googletagmanager cleardot zergnet "
    "ioam".split()
)
_SUFFIXES = re.compile(r"(?:\.(?:jpe?g|png|webp|avif|gif|jfif|heic|bmp|tiff?))+$")
_VARIANT = re.compile(
    r"=[\w-]+$|_(?<=\d{6}_)\d{2,4}$|\.(?<=\w\.)\d{1,2}$|(?<![a-z0-9])(?:[a-z]{0,2}\d{2,4}x\d{2,4}|\d{2,4}x|x\d{2,4}|\d{2,4}[wh]|[wh][_-]?\d{2,4}|[wh]\d+_[wh]\d+|[xy]\d{1,4}|"
    r"v?\d{1,2}[-_:x]\d{1,2}(?:[-_]\d{3,4})?|q_?\d{2,3}|[1-4]x|c_(?:limit|fill|fit|scale)|scaled|small|medium|large|x-large|"
    r"thumb(?:nail)?|full|orig(?:inal)?|default|crop|resize|fit-in|master|webp|jpe?g|png|format|auto)(?![a-z0-9])"
)
_INNER = re.compile(r"https?:/{1,2}[^?&]+")
_EDGES = re.compile(r"^[^a-z0-9]+(?=.*\w)|[^\w)]+$|_+$")
_INITIALS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)([wxh]))?\s*(?:,|$)")
_SIZE = re.compile(r"^\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*$")
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}\x00-\x1f\x7f]")
# An absolute URL with nothing in it that a parser would change, and its host, path and query.
_PLAIN = re.compile(
    r"https?://([A-Za-z0-9.-]+)(/[^?#\s;\"<>\\^`{|}\x00-\x1f\x7f]*)?(?:\?([^?#\s;\"<>\\^`{|}\x00-\x1f\x7f]+))?"
)
# An absolute URL that joining with any other one leaves as it is.
_WHOLE = re.compile(r"https?://[^/?#\s;]+(?:/[^?#\s;]*)?(?:\?[^?#\s;]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_URL, _MIN_NAME = 4000, 7


def clean(value: object, *, base_url: str | None = None) -> Image | None:
    """A real image, or None for "No Image" in any language, placeholders, spacers, trackers, logos and data: URIs.

    `value` is a URL or sentence (str), the attributes of an `<img>` or a schema.org ImageObject (mapping), or an
    Image; `base_url` makes relative URLs absolute. Of a lazy-loading stand-in the real source is taken, of a srcset the
    largest. What is clean passes unchanged.
    """
    if isinstance(value, Image):
        url = _usable(value.url, base_url) if not _is_denied(value.alt) else None
        said = replace(value, alt=_said(value.alt), caption=_said(value.caption), credit=_said(value.credit))
        return replace(said, url=url) if url else None
    if isinstance(value, str):
        url = _usable(value, base_url)
        return Image(url=url) if url else None
    if isinstance(value, Mapping):
        return _of_mapping(value, base_url)
    return None


@lru_cache(maxsize=4096)
def key(url: str) -> str:
    """What the size variants of one image have in common: its address without size, crop, format and query."""
    if plain := _PLAIN.fullmatch(url):
        _, path, query = plain.groups(default="")
    else:
        parts = urlsplit(url)
        path, query = parts.path, parts.query
    path = unquote(path)
    rest = path[1:] + "?" + unquote(unquote(query))
    if "http" in rest and (inner := _INNER.search(rest)):
        with suppress(ValueError):  # not an address after all
            path = unquote(urlsplit(inner.group(0)).path)
    path = path.rstrip("/").lower()
    path = _SUFFIXES.sub("", path) if "." in path[-6:] else path
    name = _bare(path.rsplit("/", 1)[-1])
    if len(name) >= _MIN_NAME:
        return name
    return _bare(path) or path


def _bare(text: str) -> str:
    """A path or file name without the tokens that tell size, crop and quality."""
    bare = _VARIANT.sub("", text)
    return bare if bare[:1] in _INITIALS and bare[-1:].isalnum() else _EDGES.sub("", bare)


def largest(srcset: str) -> str | None:
    """The address of the largest candidate of a srcset, by its width or density."""
    best: tuple[float, str] | None = None
    for match in _CANDIDATE.finditer(srcset[:20_000]):
        url, size, unit = match.groups()
        if url.startswith("data:"):
            continue
        weight = float(size) * (1000 if unit == "x" else 1) if size and size.count(".") < 2 and size != "." else 1.0
        if best is None or weight > best[0]:
            best = (weight, url)
    return best[1] if best else None


def _of_mapping(value: Mapping[Any, Any], base_url: str | None) -> Image | None:
    """An image from `<img>` attributes, an ImageObject, or an item's own dict."""
    if _tiny(value.get("width")) or _tiny(value.get("height")) or _is_denied(value.get("alt")):
        return None
    for source in _sources(value):
        url = _usable(source, base_url)
        if url:
            caption, credit = value.get("caption"), value.get("credit") or value.get("creditText")
            return Image(url=url, alt=_said(value.get("alt")), caption=_said(caption), credit=_said(credit))
    return None


def _sources(value: Mapping[Any, Any]) -> Iterator[str]:
    """Every address an image's attributes give, the best first."""
    for name in _SOURCES:
        if name in value and isinstance(got := value[name], str):
            source = largest(got) if name in _SETS else got
            if source:
                yield source


def _tiny(size: object) -> bool:
    """True for a side of at most two pixels."""
    if size is None:
        return False
    match = _SIZE.match(str(size))
    return match is not None and int(match.group(1)[:9]) <= 2


def _is_denied(alt: object) -> bool:
    """True where an image's own text says that there is none."""
    return isinstance(alt, str) and placeholders.says_no_image(alt)


def _said(value: object) -> str | None:
    """A text said of an image, or None where it says nothing."""
    if not isinstance(value, str):
        return None
    text = texts.plain(value)
    return text if text and not placeholders.says_nothing(text) else None


@lru_cache(maxsize=4096)
def _usable(address: str, base_url: str | None) -> str | None:
    """The absolute URL of a real image, or None."""
    address = address.strip().strip("\"'")
    if not address or len(address) > _MAX_URL or (not address.isascii() and _SURROGATE.search(address)):
        return None
    if plain := _PLAIN.fullmatch(address):  # as most are: what parsing them would tell stands there already
        host, path, query = plain.groups()
        if "." not in host and host.lower() != "localhost":
            return None
        return None if _stands_in(host, path or "", query) else address
    if not address.startswith("http") and placeholders.says_nothing(address):
        return None
    try:
        url = urljoin(base_url, address) if base_url and not _WHOLE.fullmatch(address) else address
        url = "https:" + url if url.startswith("//") else url
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or ("." not in host and host != "localhost"):
        return None
    url = _UNSAFE.sub(_quoted, url.split("#", 1)[0])
    return None if is_stand_in(url) else url


def _quoted(match: re.Match[str]) -> str:
    return quote(match.group(0))


def absolute(address: str, base_url: str) -> str | None:
    """An address made absolute, or None where it is no web address."""
    try:
        url = urljoin(base_url, address.strip())
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def is_stand_in(url: str) -> bool:
    """True when an address is that of a placeholder, a spacer, a logo, an icon or a tracker."""
    parts = urlsplit(url)
    return _stands_in(parts.netloc, parts.path, parts.query)


def _stands_in(place: str, path: str, query: str | None) -> bool:
    name = unquote(path).rstrip("/").rsplit("/", 1)[-1]
    stem, _, suffix = name.rpartition(".")
    if not stem:
        stem, suffix = name, ""
    if not name and not query:
        return True
    if suffix.lower() in ("svg", "ico", "js", "css", "html", "htm", "php3", "mp4", "m3u8", "mp3", "pdf"):
        return True
    return _STAND_IN.match(stem) is not None or _is_logo(stem) or _is_tracker(place + path)


def _is_logo(stem: str) -> bool:
    lower = stem.lower()
    return ("logo" in lower or "branded" in lower or "fallback" in lower) and bool(_LOGO.search(stem))


def _is_tracker(place: str) -> bool:
    words = place.lower().replace(".", "/").replace("-", "/").split("/")
    return not _TRACKER_WORDS.isdisjoint(words) and _TRACKER.search(place) is not None
