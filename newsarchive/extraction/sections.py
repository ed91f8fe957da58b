"""What a page says of its place: section, tags, publisher, whether it is free, its AMP twin and its next page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from newsarchive.extraction import provenance
from newsarchive.extraction import text as texts
from newsarchive.extraction.outline import Block, Outline
from newsarchive.extraction.provenance import Offer
from newsarchive.extraction.structured import Structured, Thing, strings, types

_SECTION_METAS = (
    "article:section", "og:article:section", "cxenseparse:category", "parsely-section", "sailthru.section", "section",
    "dcsext.section", "prism.section", "category", "dc.subject",
)  # fmt: skip
_TAG_METAS = ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")
_PUBLISHER_METAS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
)
_HOME = re.compile(
    r"^(?:home(?:page)?|accueil|startseite|start|inicio|início|portada|hem|hjem|forside|etusivu|strona główna|domů|"
    r"главная|головна|anasayfa|ana sayfa|beranda|trang chủ|الرئيسية|الصفحة الرئيسية|خانه|דף הבית|होम|首页|首頁|ホーム|トップ|홈|"
    r"articles?|front page|news|zprávy|nachrichten|"
    r"actualités?|noticias|notícias|notizie|wiadomości|новости|haberler|新闻|ニュース|뉴스|\W+)$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^(?:next(?: page)?|nächste(?: seite)?|weiter|page suivante|suivante?|siguiente|página siguiente|próxima(?: página)?|"
    r"pagina successiva|successiva|volgende(?: pagina)?|nästa(?: sida)?|neste(?: side)?|næste(?: side)?|następna(?: strona)?|"
    r"další|далее|следующая(?: страница)?|наступна|sonraki(?: sayfa)?|selanjutnya|التالي|الصفحة التالية|下一页|下一頁|次へ|次のページ|다음)"
    r"\s*[›»>→]*$",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"next|weiter|nächste|suivant|siguiente|próxima|successiva|volgende|nästa|neste|næste|dal|след|наступ|sonraki|التالي|下一|次|다음",
    re.IGNORECASE,
)
# A part of every word of _PAGER, and the letters that a pattern without case takes for "i" and "s": looked for first.
_PAGER_PARTS = tuple(
    "next weite nächste suiv sigu próx success volgende nästa neste næste dal след наступ sonra التالي 下一 次 다음 ı ſ".split()
)
_COUNTED = re.compile(r"(?:\w{0,12}:? )?[\d\s›»>→…|.-]{1,40}")
_COUNTED_END = frozenset("0123456789›»>→…|.-")
_PAGE_NUMBER = re.compile(
    r"[?&](?:page|p|pg|seite|pagina|página|paged|pag|sida|side|strona|sayfa|artikelseite|page_id|pn)=(\d{1,3})(?=&|$)"
    r"|/(?:page|seite|p|pagina|pag|sida|strona|sayfa)[/-]?(\d{1,3})(?=/|\.html?$|$)"
    r"|[-_,](?:p|page|seite)?(\d{1,2})(?=\.html?$|\.php$|/?$)|/(\d{1,2})(?=/?$)",
    re.IGNORECASE,
)
_STEM = re.compile(r"[/?&]+$|\.html?$")
_COMMAS, _KEYWORDS = re.compile(r"[;,|]"), re.compile(r"\s*[,;|،、，]\s*")
_ENGINES = frozenset(("blogger", "wordpress", "wordpress.com", "medium", "admin"))
_CODE = re.compile(r"^\w+:|->|^(?:type|length|site|channel|format)-|^(?:article|story|post|news)$", re.IGNORECASE)
_LONGEST_CODE = len("article")  # the longest word of _CODE that stands alone
_FALSE, _TRUE = frozenset(("false", "0", "no")), frozenset(("true", "1", "yes"))
_LOCKED = frozenset(("locked", "metered", "premium", "paid", "subscriber", "subscribers"))
_MAX_TAGS, _MAX_LABEL, _PAGERS = 50, 80, 120
_MAX_VALUES, _MAX_KEYWORDS, _MOST_OFFERS = 200, 10_000, 6


@dataclass(slots=True)
class Sections:
    """The place of an article on its site; URLs are absolute, what is not stated is None or empty.

    `provenance` has the entry of each field that is stated.
    """

    section: str | None = None
    tags: list[str] = field(default_factory=list)
    publisher: str | None = None
    is_free: bool | None = None
    amp_url: str | None = None
    next_page: str | None = None
    provenance: dict[str, dict[str, Any] | None] = field(default_factory=dict)


def read(structured: Structured, outline: Outline, url: str) -> Sections:
    """Section, tags, publisher, free access, AMP URL and next page as one page states them."""
    of_section, of_publisher = _offers_of_section(structured), _offers_of_publisher(structured)
    of_tags = _offers_of_tags(structured, of_section[0][1] if of_section else None)
    of_access = _offers_of_access(structured)
    section, publisher, access = (next(iter(offers), None) for offers in (of_section, of_publisher, of_access))
    tags = of_tags[0] if of_tags else None
    amp, (following, rule) = _absolute(structured.amp, url), _next_page(structured, outline, url)
    return Sections(
        section=section[1] if section else None,
        tags=tags[1] if tags else [],
        publisher=publisher[1] if publisher else None,
        is_free=access[1] == "free" if access else None,
        amp_url=amp,
        next_page=following,
        provenance={
            "section": provenance.entry(*section, of_section) if section else None,
            "tags": provenance.entry(tags[0], None, [(name, "; ".join(v[:5])) for name, v in of_tags])
            if tags
            else None,
            "publisher": provenance.entry(*publisher, of_publisher) if publisher else None,
            "is_free": provenance.entry(*access, of_access) if access else None,
            "amp_url": provenance.entry("link amphtml") if amp else None,
            "next_page": provenance.entry(rule),
        },
    )


def _label(value: str) -> str | None:
    """A short name as a reader would see it, or None."""
    label = texts.plain(value).strip(" \t>»›/|")
    return label if 1 < len(label) <= _MAX_LABEL and "://" not in label else None


def _offers_of_section(structured: Structured) -> list[Offer]:
    stated = [("json-ld articleSection", v) for one in structured.articles for v in strings(one.get("articleSection"))]
    stated += [(f"meta {name}", value) for name in _SECTION_METAS[:4] for value in structured.metas.get(name, ())]
    stated += [("json-ld breadcrumb", value) for value in _crumbs(structured)]
    stated += [(f"meta {name}", value) for name in _SECTION_METAS[4:] for value in structured.metas.get(name, ())]
    offers: list[Offer] = []
    for rule, value in dict.fromkeys(stated):
        label = _label(_COMMAS.split(value, maxsplit=1)[0] if value.count(",") > 1 else value)
        if label and not _is_home(label) and not label.isdigit():
            offers.append((rule, label))
            if len(offers) > _MOST_OFFERS:
                break
    return offers


def _crumbs(structured: Structured) -> list[str]:
    """The names of a JSON-LD breadcrumb trail, without its home and without the page itself."""
    for thing in structured.things:
        if "BreadcrumbList" not in types(thing):
            continue
        items = thing.get("itemListElement")
        trail = (
            [name for item in items if isinstance(item, dict) for name in _crumb(item)]
            if isinstance(items, list)
            else []
        )
        trail = [name for name in trail if not _is_home(name.strip())]
        return trail[:-1] if len(trail) > 1 else [name for name in trail if len(name) <= 30]
    return []


@lru_cache(maxsize=1024)
def _is_home(label: str) -> bool:
    """True for what sites call their front page, and for what says no section at all."""
    return _HOME.match(label) is not None


def _crumb(item: Thing) -> list[str]:
    inner = item.get("item")
    return (strings(item.get("name")) or (strings(inner) if isinstance(inner, dict) else []))[:1]


def _offers_of_tags(structured: Structured, section: str | None) -> list[tuple[str, list[str]]]:
    """The tags of each source that names any, each once, without the section itself."""
    keywords = [value for thing in structured.articles for value in strings(thing.get("keywords"))]
    sources = [(f"meta {name}", structured.metas.get(name, [])) for name in _TAG_METAS]
    sources.insert(2, ("json-ld keywords", keywords))
    offers: list[tuple[str, list[str]]] = []
    seen: list[list[str]] = []
    for rule, values in sources:
        if values and values not in seen and (tags := _each_once(values, section)):
            seen.append(values)
            offers.append((rule, tags))
            if len(offers) > 1:
                break
    return offers


def _each_once(values: list[str], section: str | None) -> list[str]:
    tags: dict[str, str] = {}
    for value in values[:_MAX_VALUES]:
        for part in _KEYWORDS.split(value[:_MAX_KEYWORDS]):
            label = _label(part)
            if label and label != section and not _is_code(label):
                tags.setdefault(label.casefold(), label)
    return list(tags.values())[:_MAX_TAGS]


def _is_code(label: str) -> bool:
    """True for a label that content systems set for themselves."""
    return (":" in label or "-" in label or len(label) <= _LONGEST_CODE) and _CODE.search(label) is not None


def _offers_of_publisher(structured: Structured) -> list[Offer]:
    stated = [("json-ld publisher", value) for one in structured.articles for value in strings(one.get("publisher"))]
    stated += [(f"meta {name}", value) for name in _PUBLISHER_METAS for value in structured.metas.get(name, ())]
    offers: list[Offer] = []
    for rule, value in dict.fromkeys(stated):
        label = _label(value)
        if label and not label.startswith("@") and label.casefold() not in _ENGINES:
            offers.append((rule, label))
    return offers


def _offers_of_access(structured: Structured) -> list[Offer]:
    """What `isAccessibleForFree` says, of the article before its parts; then the content tier of Open Graph."""
    offers: list[Offer] = []
    for thing in structured.articles:
        free = _boolean(thing.get("isAccessibleForFree")) if "isAccessibleForFree" in thing else None
        if free is not None:
            offers.append(("json-ld isAccessibleForFree", "free" if free else "not free"))
            break
    tier = (structured.meta("article:content_tier", "og:article:content_tier", "content_tier") or "").strip().lower()
    if tier == "free" or tier in _LOCKED:
        offers.append(("meta content_tier", "free" if tier == "free" else "not free"))
    return offers


def _boolean(value: Any) -> bool | None:
    text = str(value).strip().rsplit("/", 1)[-1].lower()
    return True if text in _TRUE else False if text in _FALSE else None


def _absolute(href: str | None, url: str) -> str | None:
    """An absolute HTTP URL, or None where there is none or it is not one."""
    if not href:
        return None
    try:
        absolute = urldefrag(urljoin(url, href.strip())).url
        parts = urlsplit(absolute)
        absolute.encode("utf-8")
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.netloc else None


def _next_page(structured: Structured, outline: Outline, url: str) -> tuple[str | None, str | None]:
    """The next page of the same article, and the rule that gave it: a stated or shown link with this page's address and the next number."""
    stated = _absolute(structured.next, url)
    if stated and _continues(url, stated):
        return stated, "link next"
    for block in _pagers(outline):
        for node in block.box.node.css("a[href]"):
            text = texts.fold_spaces(node.text())
            if text.isdigit() or _NEXT.match(text):
                following = _absolute(node.attributes.get("href"), url)
                if following and _continues(url, following):
                    return following, "pager"
    return None, None


def _pagers(outline: Outline) -> list[Block]:
    """The short blocks near a page's end with a word for what comes next, or with linked numbers alone ("1 2 3")."""
    short = [block for block in outline.blocks[-_PAGERS:] if block.link_chars and len(block.text) < 40]
    shown = "\n".join([block.text for block in short]).lower()
    parts = [part for part in _PAGER_PARTS if part in shown]
    found: list[Block] = []
    for block in short:
        text = block.text
        last = text[-1]  # most are words, which end in no number and no arrow
        if (last in _COUNTED_END or last.isdecimal()) and _COUNTED.fullmatch(text):
            if not any(box.said.talk for box in block.box.chain()):
                found.append(block)
        elif parts and block.link_chars > 2:
            lower = text.lower()
            if any([part in lower for part in parts]) and _PAGER.search(text):  # noqa: C419 - quicker
                found.append(block)
    return found


def _continues(url: str, following: str) -> bool:
    """True when an address is this one with a page number, one higher than this page's own."""
    here, there = urldefrag(url).url, following
    if here == there or urlsplit(here).netloc != urlsplit(there).netloc:
        return False
    stem, number = _split(there)
    return (stem, number - 1) in (_split(here), (_STEM.sub("", here), 1))


def _split(url: str) -> tuple[str, int]:
    """An address without its page number, and that number (1 where it has none)."""
    match = _PAGE_NUMBER.search(url)
    if not match:
        return _STEM.sub("", url), 1
    number = next(group for group in match.groups() if group)
    return _STEM.sub("", url[: match.start()] + url[match.end() :]), int(number)
