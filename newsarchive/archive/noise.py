"""Lines of a text that say nothing of the article: counters, the day of the visit, links to others; pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SHORT: Final = 8
"""Words of a line that may be a counter or a date."""
_LINK: Final = 20
"""Words of a line that may be a link to another article."""
_COUNTED: Final = re.compile(
    r"\d[\d., \u00a0\u202f]*[km]?\s*(?:vues?|views?|visites?|fois|lectures?|lecteurs|reads?|readers|commentaires?|comments?|"
    r"réactions?|reactions?|partages?|shares?|shared|likes?|j'aime|abonnés|followers|votes?|avis|min(?:utes?)? (?:de lecture|read)|"
    r"aufrufe|kommentare?|mal gelesen|visitas?|lecturas?|comentarios?|visualizações|compartilhamentos|letture|commenti|"
    r"просмотр\w*|комментари\w*|wyświetle\w*|komentarz\w*|مشاهد\w*|قراء\w*|تعليق\w*|مشارك\w*|زيار\w*)"
    r"|(?:vues?|views?|lu|partages?|shares?|comments?|commentaires?|likes?|مشاهدات?|تعليقات?|القراءات|عدد الزوار)\s*[:(]?\s*\d",
    re.IGNORECASE,
)
_AGO: Final = re.compile(
    r"\bil y a \d|\b\d+ ?\w+ ago\b|\bvor \d|\bhace \d|\bhá \d|\b\w+ fa$|\bназад\b|\btemu\b|منذ |قبل \d"
    r"|(?:^|\W)[0-2]?\d ?[:h] ?[0-5]\d(?:\W|$)"
    r"|\b(?:19|20)\d\d\b|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"^\W*(?:(?:à )?lire (?:aussi|également|plus|la suite|encore)|voir aussi|sur le même (?:sujet|thème)|articles? (?:liés|similaires)|"
    r"read (?:also|more|next)|(?:see|also) (?:also|read)|related|more (?:on|from|stories)|you may also|most read|recommended|"
    r"lesen sie|mehr (?:zum thema|lesen)|auch interessant|lea también|te puede interesar|más (?:leídas|información)|leia (?:mais|também)|"
    r"leggi anche|czytaj (?:też|więcej)|читайте также|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|مواضيع ذات صلة|المزيد)",
    re.IGNORECASE,
)
_ENDS: Final = tuple(".!?…:;؟؛。！？।")
_CLOSING: Final = "»\"”’')]› "


def essence(lines: Sequence[str]) -> list[str]:
    """The lines of a text without those that change with every visit; a text of nothing else is left as it is."""
    kept = [line for line in lines if not (_counts(line) or _tells_the_day(line) or _leads_on(line))]
    end = len(kept)
    while end and _may_be_a_link(kept[end - 1]):
        end -= 1
    # One such line alone may be a signature or a last item; several behind the last sentence are a list of links.
    if 0 < end < len(kept) - 1:
        kept = kept[:end]
    return kept or list(lines)


def _counts(line: str) -> bool:
    return len(line.split()) <= _SHORT and not _is_sentence(line) and bool(_COUNTED.search(line))


def _tells_the_day(line: str) -> bool:
    words = line.split()
    return len(words) <= _SHORT and not _is_sentence(line) and bool(_AGO.search(line))


def _leads_on(line: str) -> bool:
    return len(line.split()) <= _LINK and bool(_MORE.search(line))


def _may_be_a_link(line: str) -> bool:
    return 3 <= len(line.split()) <= _LINK and not _is_sentence(line)


def _is_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING).endswith(_ENDS)
