"""What stands round a story on a page with hardly any markup."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive import Article, extract

TITLE = "Le phare : une lampe neuve pour la jetée"
CUT = "La vieille lampe aura tenu soixante ans. Celle qui la remplace, arrivée mardi par la mer, est destinée à"
STORY = [
    "Le gardien a démonté lui-même la lentille, pièce par pièce, sous le regard des élèves de l'école du port.",
    '"Je ne voulais laisser cela à personne", dit-il en pliant son chiffon, avant de descendre les deux cents marches.',
    "La nouvelle lampe consomme dix fois moins et se verra de plus loin, promet l'ingénieur venu de la capitale.",
    "Reste la corne de brume, que les riverains voudraient faire taire et que les pêcheurs veulent garder.",
]
CHROME = ["Jeudi 25 Décembre 2025", "Menu", "Search", "S'abonner", "close"]
TRAIL = ["Lisez nos e-Papers", "Tous droits réservés © La Gazette 2025"]


def page(*, standfirst: str | None = None, between: str = "", tag: str = "p") -> bytes:
    def lines(texts: list[str]) -> str:
        return "".join(f"<{tag}>{text}</{tag}>" for text in texts)

    head = f"<p>{standfirst}</p>" if standfirst else ""
    story = "".join(f"<p>{text}</p>" for text in STORY)
    return f"<html><body>{lines(CHROME)}<h1>{TITLE}</h1>{head}{between}{story}{lines(TRAIL)}</body></html>".encode()


def read(html: bytes) -> Article:
    return extract(html, "https://gazette.example/2004/18.html", captured_at=datetime(2025, 12, 25, 9, tzinfo=UTC))


@pytest.mark.parametrize("tag", ["p", "div"])
def test_bare_lines_before_the_headline_and_after_the_story_are_no_body(tag: str) -> None:
    assert read(page(tag=tag)).body == STORY


def test_a_first_paragraph_that_stops_mid_sentence_is_a_standfirst_cut_by_the_site() -> None:
    article = read(page(standfirst=CUT))
    assert (article.standfirst, article.standfirst_truncated) == (CUT, True)
    assert article.body == STORY
    assert article.text == "\n".join([CUT, *STORY])


def test_a_whole_first_paragraph_is_body() -> None:
    whole = CUT + " éclairer aussi le chenal."
    article = read(page(standfirst=whole))
    assert article.standfirst is None
    assert article.body == [whole, *STORY]


@pytest.mark.parametrize("said", ["No Image", "Aucune image", "Kein Bild vorhanden", "لا توجد صورة"])
def test_what_stands_in_for_an_image_is_neither_image_nor_text_nor_author(said: str) -> None:
    article = read(page(standfirst=CUT, between=f'<img src="/no.png" alt="{said}"><p>{said}</p>'))
    assert (article.images, article.authors) == ([], [])
    assert article.body == STORY
