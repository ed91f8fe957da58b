"""Which URL is an article's: points for what its shape shows, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

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
_WORDS = re.compile(r"[^\W\d_]{2,}")
_FILE = re.compile(r"\.(?:s?html?|php|aspx?|jsp|ece|story|shtm|do)$", re.IGNORECASE)
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|ico|css|js|json|xml|rss|atom|pdf|docx?|xlsx?|pptx?|zip|gz|rar|7z|mp[34]|m4[av]|"
    r"avi|mov|webm|ogg|wav|woff2?|ttf|apk|exe|dmg|ics|txt)$",
    re.IGNORECASE,
)
_ARTICLE = frozenset(
    "article articles art story stories noticia noticias nota notas artikel articolo articoli artigo haber news-story "
    "node post posts makale statya read detail details".split()
)
_LISTING = frozenset(
    "tag tags topic topics theme themes category categories categorie categorias categoria rubrique rubriques author "
    "authors auteur auteurs autor autoren page pages search recherche suche buscar section sections keyword keywords "
    "archive archives archivo series dossier dossiers people profile profil user users label".split()
)
_SERVICE = frozenset(
    "login logout signin sign-in signup register registration inscription connexion subscribe subscription "
    "subscriptions abo abonnement abonnements abonnez-vous account compte mon-compte my-account cart panier shop boutique "
    "store contact contacts contactez-nous about about-us a-propos qui-sommes-nous impressum imprint privacy "
    "privacy-policy datenschutz confidentialite terms terms-of-use terms-and-conditions cgu cgv mentions-legales legal "
    "cookies cookie-policy help aide faq hilfe newsletter newsletters e-paper epaper epapers careers advertise "
    "advertising publicite werbung sitemap plan-du-site rss feed feeds share print imprimer mailto comments wp-login.php "
    "wp-admin wp-content wp-json cgi-bin cdn-cgi api widget widgets classifieds annonces donate accessibility "
    "unsubscribe search recherche suche buscar".split()
)
_ID_PARAMETERS = re.compile(
    r"(?:^|&)(?:p|id|aid|nid|art|article|article_?id|news_?id|story_?id|newsid|idnews|item_?id)=\d+", re.IGNORECASE
)

_CLEARLY = 5


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


def is_service(url: str) -> bool:
    """True for a page every site has and no reader calls news (login, contact, terms, shop), unless it is shaped as news."""
    path = urlsplit(url).path.lower()
    if not any(segment in _SERVICE for segment in _segments(path)):
        return False
    return _positive(unquote(path), _segments(path)).points < _CLEARLY


def is_listing(url: str) -> bool:
    """True for a path that names a list: a tag, a category, an author, a page number."""
    return any(segment in _LISTING for segment in _segments(urlsplit(url).path.lower())[:-1])


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
    total = _worded(total, last)
    if segments and _FILE.search(segments[-1]):
        total = total.plus(1, "page file")
    if any(segment in _ARTICLE for segment in segments[:-1]):
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
    if not clear and any(segment in _SERVICE for segment in segments):
        total = total.plus(-8, "service page")
    if any(segment in _LISTING for segment in segments):
        total = total.plus(-6, "list of a tag, author or page")
    if not segments and not parts.query:
        total = total.plus(-8, "front page")
    elif len(segments) == 1 and total.points <= 0:
        total = total.plus(-3, "one short segment")
    return total


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]
