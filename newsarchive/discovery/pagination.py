"""The page of a list that comes after this one, and the pages of an archive by date.

A list says what follows it in one of four ways, the surest first: `rel=next`, an endpoint that its "load more" button
declares, a link to itself with the next number, a link that says "older" in the language of the site.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.discovery import backfill, words
from newsarchive.discovery.link import Link, LinkKind
from newsarchive.urls import is_web, key, site

MAX_ANCHORS = 3_000
_ATTRIBUTES = (
    "data-next-url", "data-next-page-url", "data-nexturl", "data-next-href", "data-next", "data-next-page",
    "data-load-more-url", "data-loadmore-url", "data-load-more", "data-more-url", "data-infinite-url", "data-infinite-scroll-url",
    "data-ajax-url", "data-pagination-url", "data-href-next",
)  # fmt: skip
_DECLARED = ",".join(f"[{name}]" for name in _ATTRIBUTES)
_PATH_LIKE = re.compile(r"^(?:https?://|/|\?|\./)\S+$")
_WORD = (
    "page|paged|pg|p|pageno|pagenum|page_no|seite|pagina|página|sayfa|strona|stranka|sida|side|sivu|oldal|trang|hal|halaman|"
    "pag|stran|str|puslapis|lehekylg|pagenumber|currentpage|pageidx|paginanummer"
)
_QUERY_PAGE = re.compile(rf"^(?:{_WORD}|[a-z_]{{1,20}}page)$", re.IGNORECASE)
_PATH_PAGE = re.compile(
    rf"(?P<before>.*?)(?:/(?:{_WORD})[-/_]?(?P<worded>\d{{1,5}})|[-_/](?:{_WORD})(?P<glued>\d{{1,5}})|/(?P<bare>\d{{1,3}})"
    r"|[-_,](?P<tail>\d{1,3}))(?P<ending>/?|\.\w{2,5})$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"/?$|\.\w{2,5}$")
_MAX_LABEL = 30
_OLDER = re.compile(
    r"^\W*(?:next(?: page| posts)?|older(?: posts| entries| stories| articles)?|more (?:stories|news|articles)|load more|show more|"
    r"(?:page )?suivante?|(?:articles )?plus anciens|voir plus|afficher plus|weiter|nächste(?: seite)?|ältere(?: beiträge| artikel)?|"
    r"mehr (?:laden|anzeigen)|siguiente|(?:más )?antigu[ao]s|anteriores|cargar más|ver más|próxima|seguinte|mais antigas|"
    r"(?:veja|carregar|ver) mais|successiv[ao]|avanti|meno recenti|carica altri|volgende|ouder(?:e berichten)?|meer laden|"
    r"nästa|äldre|visa fler|neste|eldre|næste|ældre|seuraava|vanhemmat|następna(?: strona)?|starsze|další|starší|ďalšie|"
    r"következő|korábbi(?: cikkek)?|régebbi|următoarea|mai vechi|sonraki|daha eski|daha fazla|επόμενη|παλαιότερα|следующая|"
    r"далее|ещё|показать ещё|раньше|наступна|далі|следваща|следећа|sljedeća|selanjutnya|berikutnya|trang sau|xem thêm|"
    r"التالي|الصفحة التالية|المزيد|الأقدم|بعدی|صفحه بعد|הבא|ישן יותר|अगला|"
    r"下一页|下一頁|下页|次へ|次のページ|もっと見る|다음|더보기|ถัดไป)\W*$",
    re.IGNORECASE,
)
_DATE_PARTS = re.compile(r"\d{1,8}(?:[-_.]\d{1,2}){0,2}|[a-z]{3,9}", re.IGNORECASE)


def next_page(tree: LexborHTMLParser, url: str, base: str | None = None) -> str | None:
    """The URL of the list page after this one, on the same site; None where the page names none.

    `base` is what links are resolved against (default: `url`).
    """
    base = base or url
    told = (found(tree, base) for found in (_related, _declared, _stated))
    seen = (found(tree, url, base) for found in (_numbered, _older))
    for following in chain(told, seen):
        if following and key(following) != key(url) and site(following) == site(url):
            return following
    return None


def page_number(url: str) -> int | None:
    """The number of a list page that its URL carries ("?page=3", "/page/3/", "/seite-3", "/news/3"); None for none."""
    split = _split(url)
    return split[1] if split else None


def is_archive(url: str) -> bool:
    """True for a page that lists what was published on a day, in a month or in a year: "/archive/2004/12/", "/2004/12/"."""
    found = backfill.of_address(url, is_listing=True)
    if found is None:
        return False
    parts = urlsplit(url)
    segments = [re.sub(r"\.\w{2,5}$", "", segment) for segment in unquote(parts.path).lower().split("/") if segment]
    rest = [segment for segment in segments if not _DATE_PARTS.fullmatch(segment)]
    names = [segment for segment in segments if segment in words.LISTING]
    dated = any(re.search(r"\d{4}", segment) for segment in segments)
    return not [segment for segment in rest if segment not in words.LISTING] and (bool(names) or dated)


def archive(link: Link) -> Link | None:
    """A link to an archive page as one that is dated by its address and read as a section; None for any other link."""
    return Link(url=link.url, kind=LinkKind.SECTION, title=link.title) if is_archive(link.url) else None


def _related(tree: LexborHTMLParser, base: str) -> str | None:
    for node in tree.css("link[rel][href],a[rel][href]"):
        if "next" in (node.attributes.get("rel") or "").lower().split() and (found := _target(node, "href", base)):
            return found
    return None


def _declared(tree: LexborHTMLParser, base: str) -> str | None:
    """The endpoint of infinite scrolling, in an attribute of the list or of its button."""
    for node in tree.css(_DECLARED):
        for name in _ATTRIBUTES:
            if _PATH_LIKE.match(node.attributes.get(name) or "") and (found := _target(node, name, base)):
                return found
    for node in tree.css("[hx-get][hx-trigger]"):
        if "revealed" in (node.attributes.get("hx-trigger") or "") and (found := _target(node, "hx-get", base)):
            return found
    return None


def _stated(tree: LexborHTMLParser, base: str) -> str | None:
    """The next page that a list states in its JSON-LD."""
    for node in tree.css('script[type="application/ld+json"]')[:20]:
        text = node.text()
        if '"next' not in text or len(text) > 500_000:
            continue
        try:
            stated = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for one in stated if isinstance(stated, list) else [stated]:
            for name in ("nextPage", "next", "nextPageUrl") if isinstance(one, dict) else ():
                address = (
                    one[name].get("@id") or one[name].get("url") if isinstance(one.get(name), dict) else one.get(name)
                )
                if isinstance(address, str) and (found := _joined(address, base)):
                    return found
    return None


def _numbered(tree: LexborHTMLParser, url: str, base: str) -> str | None:
    """A link to this list with the next number."""
    here, number = _split(url) or (_whole(url), 1)
    for node in tree.css("a[href]")[:MAX_ANCHORS]:
        target = _target(node, "href", base)
        if target is None or len(node.text()) > _MAX_LABEL:
            continue
        there = _split(target)
        if there and there[1] == number + 1 and there[0] == here:
            return target
    return None


def _older(tree: LexborHTMLParser, url: str, base: str) -> str | None:
    """A link that says "older" or "next", to a page of this list."""
    here = (_split(url) or (_whole(url), 1))[0]
    for node in tree.css("a[href]")[:MAX_ANCHORS]:
        text = " ".join(node.text().split())
        if not 0 < len(text) <= _MAX_LABEL or not _OLDER.match(text):
            continue
        target = _target(node, "href", base)
        if target and (_split(target) or (None,))[0] == here:
            return target
        if target and urlsplit(target).path == urlsplit(url).path and urlsplit(target).query:
            return target  # an offset, a cursor, a date before which
    return None


def _split(url: str) -> tuple[str, int] | None:
    """A URL without its page number, in a form that all pages of a list share, and the number."""
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if _QUERY_PAGE.match(name) and value.isdigit() and len(value) <= 5:
            rest = [f"{other}={known}" for other, known in parse_qsl(parts.query) if other != name]
            return "&".join([_name(parts.netloc, parts.path), *rest]), int(value)
    match = _PATH_PAGE.match(parts.path)
    if match is None:
        return None
    number = int(match["worded"] or match["glued"] or match["bare"] or match["tail"])
    rest = [f"{name}={value}" for name, value in parse_qsl(parts.query)]
    return "&".join([_name(parts.netloc, match["before"]), *rest]), number


def _whole(url: str) -> str:
    """The form of a first page, which carries no number."""
    parts = urlsplit(url)
    rest = [f"{name}={value}" for name, value in parse_qsl(parts.query)]
    return "&".join([_name(parts.netloc, parts.path), *rest])


def _name(host: str, path: str) -> str:
    return host.removeprefix("www.") + _ENDING.sub("", path)


def _target(node: LexborNode, attribute: str, base: str) -> str | None:
    return _joined(node.attributes.get(attribute) or "", base)


def _joined(address: str, base: str) -> str | None:
    try:
        joined = urldefrag(urljoin(base, address.strip())).url
    except ValueError:
        return None
    return joined if address.strip() and is_web(joined) else None
