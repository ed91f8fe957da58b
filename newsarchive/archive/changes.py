"""How a page differs from the version that is kept: the class of the change; pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from newsarchive.archive import diffs
from newsarchive.archive.diffs import Piece
from newsarchive.archive.fingerprints import normalised
from newsarchive.archive.noise import essence

Kind = Literal["typo", "correction", "substantive", "headline", "extended"]
Less = Literal["notice", "teaser"]

_TYPOS: Final = 0.02
"""The part of the words that spelling may change."""
_CORRECTED: Final = 0.1
"""The part of the words a correction may change; more is another text."""
_LOST: Final = 0.02
"""The part of the words an extended text may have lost."""
_ADDED: Final = 10
"""Words that must be added to extend a text."""
_NOTICE: Final = 80
"""Words of a notice that stands in the place of an article, at most."""
_CORRECTION: Final = re.compile(
    r"\b(?:corrections?|corrected|correcting|clarification|erratum|errata|rectificati(?:f|on|vo)|corrigé|corrigendum|mise au point|"
    r"korrektur|berichtigung|richtigstellung|corrección|rectificación|fe de errores|correção|correzione|rettifica|errata corrige|"
    r"sprostowanie|исправлен\w*|поправка|уточнение|تصحيح|تصويب|استدراك)\b"
)
_WITHDRAWN: Final = re.compile(
    r"\b(?:article|story|page|content|post|report|texte|contenu|publication|artikel|beitrag|inhalt|artículo|noticia|contenido|"
    r"artigo|conteúdo|articolo|contenuto|artykuł|статья|материал|новость|المقال|الخبر|المحتوى|الصفحة)\b.{0,60}?"
    r"\b(?:retirée?|supprimée?|dépubliée?|removed|withdrawn|deleted|retracted|unpublished|taken down|no longer available|"
    r"n est plus (?:disponible|en ligne)|zurückgezogen|gelöscht|entfernt|nicht mehr verfügbar|retirad[oa]|eliminad[oa]|"
    r"ya no está disponible|removid[oa]|não está mais disponível|rimoss[oa]|ritirat[oa]|usunięt\w+|удал[её]н\w*|снят\w* с публикации|"
    r"حذف|سحب|لم يعد متاحا|غير متاح)\b|\b(?:حذف|سحب|إزالة) (?:هذا |هذه )?(?:المقال|الخبر|المحتوى|الصفحة)\b"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version says: its title, and standfirst and body as lines."""

    title: str | None
    lines: Sequence[str]


def wording(title: str | None, text: str) -> Wording:
    """A version's title and text (lines joined by newlines)."""
    return Wording(title, text.split("\n") if text else [])


def less(old: Wording, new: Wording) -> Less | None:
    """Why a page says less than the version that is kept, and must not replace it; None where it does not.

    "notice": a few words say that the article was taken down. "teaser": the beginning of the text, not half of it.
    """
    before, after = _words(old.lines), _words(new.lines)
    if (
        len(after) <= _NOTICE
        and 2 * len(after) < len(before)
        and _WITHDRAWN.search(" ".join(_words([new.title or ""]) + after))
    ):
        return "notice"
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    # A few words may follow the cut: "read on as a subscriber".
    if 2 * len(after) < len(before) and shared >= 10 and len(after) - shared <= max(8, len(after) // 10):
        return "teaser"
    return None


def kind(old: Wording, new: Wording) -> Kind | None:
    """The class of a change; None where nothing but noise changed (counters, the day of the visit, related links).

    typo: a few words spelled otherwise. correction: little changed, or a notice says that something was corrected.
    headline: the title alone. extended: the old text and more. substantive: all else.
    """
    title = diffs.pieces([_words([old.title or ""])], [_words([new.title or ""])])
    text = diffs.pieces(*(_lines(essence(one.lines)) for one in (old, new)))
    changed = [piece for piece in text if not piece.same]
    headed = [piece for piece in title if not piece.same]
    if not changed and not headed:
        return None
    size = sum(len(piece.old) for piece in text)
    if _is_spelling([*headed, *changed], size):
        return "typo"
    if not changed:
        return "headline"
    removed, added = sum(len(piece.old) for piece in changed), sum(len(piece.new) for piece in changed)
    kept = size - removed
    if _notes_correction(changed) and 2 * kept >= size:
        return "correction"
    if removed <= max(2, _LOST * size) and added >= max(_ADDED, removed):
        return "extended"
    if max(removed, added) <= max(3, _CORRECTED * size):
        return "correction"
    return "substantive"


def _words(lines: Sequence[str]) -> list[str]:
    return normalised("\n".join(lines)).split()


def _lines(lines: Sequence[str]) -> list[list[str]]:
    return [words for line in lines if (words := normalised(line).split())]


def _notes_correction(changed: Sequence[Piece]) -> bool:
    """Whether words that were added speak of a correction."""
    return any(
        _CORRECTION.search(" ".join(piece.new)) and not _CORRECTION.search(" ".join(piece.old)) for piece in changed
    )


def _is_spelling(changed: Sequence[Piece], size: int) -> bool:
    """Whether all that changed are a few words and each is still the same word, with another spelling."""
    words = sum(max(len(piece.old), len(piece.new)) for piece in changed)
    return words <= max(3, _TYPOS * size) and all(_respelled(piece) for piece in changed)


def _respelled(piece: Piece) -> bool:
    if not piece.old or not piece.new or any(letter.isdigit() for word in piece.old + piece.new for letter in word):
        return False  # a number is never mere spelling
    old, new = "".join(piece.old), "".join(piece.new)
    if old == new:
        return True
    if len(piece.old) != len(piece.new) or len(old) > 200:
        return False
    return all(_alike(one, other) for one, other in zip(piece.old, piece.new, strict=True))


def _alike(one: str, other: str) -> bool:
    """Whether two words differ by a letter or two: not in short words, where one letter makes another word."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    matched = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - matched <= (1 if len(one) < 8 else 2)
