"""What on a page is never the article: menus, share bars, related stories, captions, newsletter boxes, comments."""

from __future__ import annotations

import re
from collections.abc import Collection

from newsarchive.extraction.outline import Block, Box

SUBHEADS = frozenset("h2 h3 h4 h5 h6".split())
OUT_TAGS = frozenset(
    "nav aside footer form button figure figcaption dialog fieldset label legend menu select input address summary".split()
)
_ENDS, _CLOSERS = frozenset(".!?…。！？।؟։"), frozenset("\"'”’»)]")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟։][\"'”’»)\]]*$")
_BOILERPLATE = re.compile(
    r"^(?:advert(?:isement|ising)?|anzeige|publicité|publicidad|reklama|read (?:more|also|next)\b|also read\b|lire aussi\b|à lire aussi\b|"
    r"lesen sie (?:auch|mehr)\b|mehr zum thema|lee también|leia (?:também|mais)|leggi anche|related\b|see also\b|"
    r"photo(?:s| credit)?\s*:|foto\s*:|image\s*:|credit\s*:|source\s*:|getty images|©|\(c\)|copyright\b|"
    r"sign up\b|subscribe\b|follow us\b|share this\b|click here\b|story continues|continue reading|"
    r"all rights reserved)",
    re.IGNORECASE,
)


# What stands over, or begins, an invitation to read something else, to subscribe, to comment, to share.
_INVITATIONS = (
    r"related|read (?:more|also|next|the)|more (?:from|on|about|stories|news|in)|you (?:may|might)|also (?:read|see)|"
    r"recommended|trending|most (?:read|popular|viewed)|popular|latest|top stories|comments?\b|leave a|share this|about the author|"
    r"newsletter|sign up|subscribe|tags?\b|topics\b|see also|further reading|follow us|don.t miss|"
    r"watch:|listen:|editor.s (?:picks|note)|"
    r"mehr (?:zum|aus|von|über|dazu)|lesen sie|auch interessant|das könnte|ähnliche|weitere|verwandte|kommentare?\b|meistgelesen|"
    r"themen\b|schlagw|über den autor|empfehl|newsletter|hinweis|anzeige|lire aussi|à lire aussi|sur le même|à découvrir|à voir|voir aussi|"
    r"articles? (?:similaires|liés|recommandés)|commentaires?\b|les plus lus|abonne|inscri|te puede|le puede|lee también|lea también|"
    r"más (?:noticias|información|en|sobre)|noticias relacionadas|relacionad|comentarios?\b|lo más (?:leído|visto)|etiquetas|suscr|"
    r"leia (?:mais|também)|veja (?:mais|também)|saiba mais|mais lidas|comentários?\b|assine|leggi anche|potrebbe|articoli correlati|"
    r"commenti\b|più letti|iscriviti|lees (?:ook|meer)|gerelateerd|meer over|reacties|les (?:også|mer)|läs (?:också|mer|även)|"
    r"læs (?:også|mere)|relatert|kommentarer|lue (?:myös|lisää)|czytaj|zobacz|powiązane|polecane|najnowsze|komentarz|przeczytaj|"
    r"čtěte|související|přečtěte|olvass|kapcsolódó|citește|citeşte|читайте|по теме|комментар|похожие|другие новости|читать|"
    r"اقرأ|إقرأ|مواضيع ذات|تعليقات|شاهد|קראו|עוד ב|תגובות|相关|相關|"
    r"推荐|推薦|评论|延伸閱讀|更多|関連|おすすめ|あわせて|人気|ランキング|新着|"
    r"관련|추천|댓글|인기|यह भी|संबंधित|ये भी|ilgili|yorumlar|bunlar da|baca juga|terkait|xem thêm|đọc thêm|tin liên quan"
)
_INVITATION = re.compile(rf"\W{{0,3}}(?:{_INVITATIONS})", re.IGNORECASE)


def _by_beginning(pattern: str) -> dict[str, re.Pattern[str]]:
    """The Latin alternatives by their first two letters: few texts begin as one does, and then few alternatives are tried."""
    found: dict[str, list[str]] = {}
    for alternative in re.findall(r"(?:\([^()]*\)|[^|()])+", pattern):
        if re.match(r"[a-z]{2}", alternative):
            found.setdefault(alternative[:2], []).append(alternative)
    return {beginning: re.compile("|".join(some), re.IGNORECASE) for beginning, some in found.items()}


_BY_BEGINNING = _by_beginning(_INVITATIONS)
_MARK_WORDS = frozenset(
    "foto photo image credit quelle source getty reuters afp dpa ap copyright updated update stand email e-mail twitter facebook "
    "newsletter cookie cookies abo foto: photo: image: credit: quelle: source: stand: updated: credits: bild: bild".split()
)
# Numbers, handles, bars, rights, addresses. Begins with a class, so that what is none is passed over at the speed of a scan.
_SIGNS = re.compile(r"[\d@|©w:](?:(?<=\d)\d*|(?<=[@|©])|(?<=w)ww\.|(?<=:)//)")
HARD_TAGS = frozenset("nav form button select input fieldset label legend menu dialog".split())


def is_invitation(text: str) -> bool:
    """True when a text begins as invitations to read, subscribe, comment or share do."""
    head = text[:2]
    if head.isalnum() and head.isascii():
        some = _BY_BEGINNING.get(head.lower())
        return some is not None and some.match(text) is not None
    return _INVITATION.match(text) is not None


def count_marks(text: str) -> int:
    """How many numbers, addresses, handles and credits stand in the first 200 characters of a text."""
    head = text[:200].lower()
    words = head.split()
    found = len(_SIGNS.findall(head))
    return found if _MARK_WORDS.isdisjoint(words) else found + len(_MARK_WORDS.intersection(words))


def ends_sentence(text: str) -> bool:
    """True when a text ends as a sentence does, in any script."""
    last = text[-1:]
    return last in _ENDS or (last in _CLOSERS and bool(_SENTENCE_END.search(text, max(0, len(text) - 6))))


def weight(text: str) -> int:
    """How much text a string is: bytes, so that a Chinese character counts for about a word's worth of Latin ones."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def is_prose(block: Block) -> bool:
    """True when a block reads like sentences and not like a label or a list of links."""
    size = block.weight
    density = block.link_density
    if size >= 80:
        return density < 0.5 or (density < 0.8 and (1 - density) * size >= 50 and block.tag == "p")
    if size < 25 or density >= 0.5:
        return False
    last = block.text[-1]
    return last in _ENDS or (last in _CLOSERS and bool(_SENTENCE_END.search(block.text)))


def is_boilerplate(text: str) -> bool:
    """True when a paragraph says what sites say around their articles."""
    return bool(_BOILERPLATE.match(text))


class Judge:
    """Which boxes are never part of an article, each box asked once.

    A box that holds a large part of the page's prose is the article's own, whatever its class says.
    """

    def __init__(
        self,
        masses: dict[Box, int],
        out: Collection[Box],
        around: Collection[Box] = (),
        banned: Collection[Box] = (),
        *,
        weak: bool = True,
    ) -> None:
        self.masses, self.limit = masses, max(masses.values(), default=0) * 0.4
        self.known: dict[Box, bool] = {}
        self.out, self.around, self.banned, self.weak = out, around, banned, weak

    def is_out(self, box: Box | None) -> bool:
        """True when the box, or one around it, is chrome."""
        trail: list[Box] = []
        known = self.known
        while box is not None and box not in known:
            trail.append(box)
            box = box.parent
        out = known[box] if box is not None else False
        for item in reversed(trail):
            out = out or self._alone(item)
            known[item] = out
        return out

    def _alone(self, box: Box) -> bool:
        mass = self.masses.get(box, 0)
        if box in self.banned:
            return True
        said = box.said
        if said.talk:
            return mass <= 1.8 * self.limit
        if box in self.around and mass > 0.25 * self.limit:
            return False
        if box.tag in OUT_TAGS or box in self.out or box.hidden or (said.out if self.weak else said.strong):
            return mass <= self.limit
        return False
