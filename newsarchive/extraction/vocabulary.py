"""The words by which templates, in many languages, name what is the article and what is not.

Class names, ids and roles are written by people for people: `related-stories`, `bildunterschrift`, `compartir`. They
are compared as whole words, so that `shadow` is no `ad` and `navigate` no `nav`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Never the article: sharing, advertising, menus, captions, credits, comments, boxes of other stories.
_OUT = frozenset(
    "share sharing social sociable newsletter newsletters nl related relatedposts ad ads adslot outbrain taboola comment comments "
    "disqus cookie cookies consent gdpr breadcrumb breadcrumbs byline author authors bio caption captions credit credits "
    "copyright tag tags taglist toolbar signup login popup modal sidebar widget widgets readmore trending popular infobox "
    "footer nav navbar navigation menu banner rail skip timestamp dateline published pubdate meta metadata player gallery "
    "noprint donate donation tooltip overlay poll quiz rating pagination pager embed tweet factbox featured disclaimer "
    "feedback visuallyhidden anzeige werbung kommentare kommentar verwandt empfehlungen bildunterschrift bildnachweis bildtext "
    "infokasten autor autoren autorin publicite publicité commentaires legende légende auteur auteurs abonnement partage "
    "publicidad comentarios relacionadas relacionados autores compartir etiquetas pubblicita commenti didascalia autore "
    "condividi correlati publicidade legenda compartilhar reclame reacties gerelateerd bijschrift reklama komentarze "
    "powiazane annonse annonce reklame kommentarer bildetekst billedtekst bildtext reklam yorumlar ilgili komentari "
    "komentáře autoři".split()
)
_OUT_STEMS = (
    "recommend", "promo", "advert", "sponsor", "subscri", "photo", "newsletter", "breadcrumb", "imagecaption", "sharetool",
)  # fmt: skip
_OUT_PAIRS = frozenset(
    (
        ("read", "more"), ("read", "also"), ("most", "read"), ("more", "on"), ("more", "from"), ("more", "articles"),
        ("more", "stories"), ("more", "news"), ("sr", "only"), ("screen", "reader"), ("visually", "hidden"), ("print", "only"),
        ("prev", "next"), ("post", "nav"), ("post", "navigation"), ("instagram", "media"), ("fact", "box"), ("sign", "up"),
    )
)  # fmt: skip
# Never the article, even on a page that names its own body with one of the words above.
_STRONG = frozenset(
    "cookie cookies consent gdpr privacy newsletter newsletters breadcrumb breadcrumbs disqus comment comments modal popup footer "
    "navbar navigation nav related outbrain taboola caption captions share social".split()
)
# What readers and lawyers say: it may outweigh the article itself.
_TALK = frozenset("cookie cookies consent gdpr disqus comments commentlist respond".split())
# Roots of posts, which list every tag and category of the article among their classes.
_POST = frozenset("hentry".split())
_POST_PAIRS = frozenset((("type", "post"), ("status", "publish")))
_TEXT = frozenset(
    "articlebody articletext body content text story entry post paragraph copy main lead intro prose richtext rte wysiwyg".split()
)
_STANDFIRST = frozenset(
    "standfirst subtitle subheading subheadline deck dek chapo chapeau lead lede intro introduction summary excerpt abstract "
    "description vorspann sapo entradilla bajada copete sommario occhiello ingress manchet perex anleser anrisstext strapline "
    "articledescription synopsis subtitulo subtítulo sumario unterzeile untertitel anriss undertittel underrubrik".split()
)
_STANDFIRST_PAIRS = frozenset(
    (
        ("stand", "first"),
        ("sub", "title"),
        ("sub", "heading"),
        ("sub", "headline"),
        ("teaser", "text"),
        ("linea", "fina"),
    )
)
_SHOWN_LATER = (":block", ":flex", ":grid", ":inline")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of a box say it is; several may hold."""

    out: bool = False
    strong: bool = False
    talk: bool = False
    text: bool = False
    standfirst: bool = False


SILENT = Meaning()
_NO_PAIRS: frozenset[tuple[str, str]] = frozenset()

_WORDS = _OUT | _STRONG | _TALK | _POST | _TEXT | _STANDFIRST | {"hidden"}
_PAIRED = frozenset(first for first, _ in _OUT_PAIRS | _POST_PAIRS | _STANDFIRST_PAIRS)


@lru_cache(maxsize=4096)
def meaning(hints: str) -> Meaning:
    """What the words of a box's class, id, role and itemprop (see `Box.hints`) say it is."""
    words = hints.replace("-", " ").replace("_", " ").split()
    known = frozenset(words)
    pairs = frozenset(pairwise(words)) if not known.isdisjoint(_PAIRED) else _NO_PAIRS
    stem = _has_stem(known)
    if not (stem or pairs) and known.isdisjoint(_WORDS):
        return SILENT
    out = (
        stem
        or not known.isdisjoint(_OUT)
        or not pairs.isdisjoint(_OUT_PAIRS)
        or ("hidden" in known and "hidden" in hints.split() and not any(word in hints for word in _SHOWN_LATER))
    )
    if out and (not known.isdisjoint(_POST) or not pairs.isdisjoint(_POST_PAIRS)):
        return Meaning(text=True)
    return Meaning(
        out,
        not known.isdisjoint(_STRONG),
        not known.isdisjoint(_TALK),
        not known.isdisjoint(_TEXT),
        not known.isdisjoint(_STANDFIRST) or not pairs.isdisjoint(_STANDFIRST_PAIRS),
    )


def _has_stem(words: Iterable[str]) -> bool:
    for word in words:  # noqa: SIM110 - a generator costs as much as all the words together
        if word.startswith(_OUT_STEMS):
            return True
    return False
