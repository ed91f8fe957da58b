"""The words by which templates, in many languages, name what is the article and what is not.

Class names, ids and roles are written by people for people: `related-stories`, `bildunterschrift`, `compartir`. They
are compared as whole words, so that `shadow` is no `ad` and `navigate` no `nav`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
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
STEMS = (
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

_PAIRED = frozenset(first for first, _ in _OUT_PAIRS | _POST_PAIRS | _STANDFIRST_PAIRS)
# What one word says, as bits; a page's words are few, and most of them are of no meaning.
_IS_OUT, _IS_STRONG, _IS_TALK, _IS_TEXT, _IS_STANDFIRST, _IS_POST, _IS_HIDDEN, _IS_PAIRED = (
    1 << bit for bit in range(8)
)
_SETS = (
    (_IS_OUT, _OUT), (_IS_STRONG, _STRONG), (_IS_TALK, _TALK), (_IS_TEXT, _TEXT), (_IS_STANDFIRST, _STANDFIRST),
    (_IS_POST, _POST), (_IS_HIDDEN, frozenset(("hidden",))), (_IS_PAIRED, _PAIRED),
)  # fmt: skip
_MOST_WORDS = 50_000
_MOST_BOXES = 16_384
_CAMEL = re.compile(r"[A-Z](?<=[a-z0-9][A-Z])(?=[a-z])")


WORDS = tuple(sorted(frozenset[str]().union(*(words for _, words in _SETS))))
_KNOWN = {word: sum(bit for bit, words in _SETS if word in words) for word in WORDS}


class _Bits(dict[str, int]):
    """The bits of words, each worked out once; forgotten when there are very many."""

    def __missing__(self, word: str) -> int:
        bits = _KNOWN.get(word, 0)
        if word.startswith(STEMS):
            bits |= _IS_OUT
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = bits
        return bits


class _Said(dict[str, Meaning]):
    """What the words of boxes say as the page writes them, each run of words worked out once; forgotten as `_Bits` are."""

    def __missing__(self, words: str) -> Meaning:
        said = meaning(apart(words))
        if len(self) >= _MOST_BOXES:
            self.clear()
        self[words] = said
        return said


_BITS = _Bits()
# A box is asked through this at the price of one look into a dictionary.
SAID = _Said({"": SILENT})


def apart(words: str) -> str:
    """Words of attributes in lower case, those of camelCase names set apart by hyphens."""
    lower = words.lower()
    return lower if lower == words else _CAMEL.sub(r"-\g<0>", words).lower()


def may_speak(words: str) -> bool:
    """Whether a box's words, as the page writes them, may say something: false for most, and then they need not be read."""
    return not words.isascii() or any(_BITS[word] for word in _words(apart(words)))


def _words(hints: str) -> list[str]:
    return hints.replace("-", " ").replace("_", " ").split()


def meaning(hints: str) -> Meaning:
    """What the words of a box's class, id, role and itemprop (see `Box.hints`) say it is."""
    bits = 0
    known = _BITS
    words = _words(hints)
    for word in words:
        bits |= known[word]
    return _meaning(hints, words, bits) if bits else SILENT


def _meaning(hints: str, words: list[str], bits: int) -> Meaning:
    out = bool(bits & _IS_OUT)
    posts = standfirsts = False
    if bits & _IS_PAIRED:
        pairs = frozenset(pairwise(words))
        out = out or not pairs.isdisjoint(_OUT_PAIRS)
        posts, standfirsts = not pairs.isdisjoint(_POST_PAIRS), not pairs.isdisjoint(_STANDFIRST_PAIRS)
    if bits & _IS_HIDDEN and not out:
        out = "hidden" in hints.split() and not any(word in hints for word in _SHOWN_LATER)
    if out and (posts or bits & _IS_POST):
        return _one(False, False, False, True, False)
    return _one(
        out,
        bool(bits & _IS_STRONG),
        bool(bits & _IS_TALK),
        bool(bits & _IS_TEXT),
        standfirsts or bool(bits & _IS_STANDFIRST),
    )


@cache
def _one(out: bool, strong: bool, talk: bool, text: bool, standfirst: bool) -> Meaning:
    """Meanings are few: each is made once."""
    found = Meaning(out, strong, talk, text, standfirst)
    return SILENT if found == SILENT else found
