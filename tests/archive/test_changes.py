from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.archive import changes, diffs, noise
from newsarchive.archive.changes import Wording, wording

TITLE = "Le port rouvre lundi"
BODY = [
    "Le port de la ville a rouvert lundi matin après trois semaines de travaux, et les premiers bateaux ont pu sortir.",
    "Les marins disent avoir perdu 12 jours de revenus ; la région promet une aide avant la fin de l'hiver.",
    "Le maire viendra jeudi inaugurer le nouveau quai, dont le chantier a duré deux ans et coûté cher.",
    "Les riverains demandent depuis longtemps que les camions passent par la route du nord.",
]


def kind(new: list[str], title: str = TITLE, old: list[str] = BODY) -> str | None:
    return changes.kind(Wording(TITLE, old), Wording(title, new))


def with_line(number: int, old: str, new: str) -> list[str]:
    assert old in BODY[number]
    return [line.replace(old, new) if place == number else line for place, line in enumerate(BODY)]


@pytest.mark.parametrize(
    ("new", "title", "expected"),
    [
        (BODY, TITLE, None),
        (BODY, "Les bateaux sortent de nouveau", "headline"),
        (BODY, "Le prot rouvre lundi", "typo"),
        (with_line(0, "semaines", "semaine"), TITLE, "typo"),
        (with_line(3, "longtemps", "long temps"), TITLE, "typo"),
        (with_line(3, "demandent", "demandaient"), TITLE, "typo"),
        (with_line(1, "12 jours", "14 jours"), TITLE, "correction"),
        (with_line(2, "Le maire", "La préfète"), TITLE, "correction"),
        (with_line(2, "jeudi", "vendredi"), "Le port rouvre enfin", "correction"),
        ([*BODY, "Correction : une première version de ce texte disait que le quai était neuf, il est rénové."], TITLE, "correction"),
        ([*BODY, "La capitainerie annonce une affluence record pour la saison, avec quarante navires attendus."], TITLE, "extended"),
        ([BODY[0], "Un deuxième bassin sera ouvert au printemps, selon la direction du port.", *BODY[1:]], "Autre titre", "extended"),
        ([BODY[0], "Tout autre chose est arrivé depuis : la tempête a emporté la digue et fermé le port."], TITLE, "substantive"),
        (BODY[:2], TITLE, "substantive"),
        (["Un texte sans rien de commun avec le premier, ni les mots ni le sujet, écrit un autre jour."], TITLE, "substantive"),
    ],
)  # fmt: skip
def test_a_change_is_classed(new: list[str], title: str, expected: str | None) -> None:
    assert kind(new, title) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["1 234 vues"], ["1 310 vues"]),
        (["Lu 45 fois"], ["Lu 46 fois"]),
        (["12 commentaires"], []),
        (["3 min read"], ["4 min read"]),
        (["مشاهدات: 120"], ["مشاهدات: 155"]),
        (["Jeudi 25 décembre 2025"], ["Vendredi 26 décembre 2025"]),
        (["il y a 3 heures"], ["il y a 5 heures"]),
        (["Updated 2 hours ago"], ["Updated 3 hours ago"]),
        (["Lire aussi : La grève des bus continue"], ["Lire aussi : Le marché de Noël ouvre"]),
        (["La grève des bus continue", "Le marché de Noël ouvre"], ["Le stade sera prêt", "Un hiver très doux", "Le pont fermé"]),
    ],
)  # fmt: skip
def test_what_changes_with_every_visit_is_no_change(old: list[str], new: list[str]) -> None:
    assert kind(BODY + new, old=BODY + old) is None
    assert kind([*BODY, "Une phrase de plus, que le journal a écrite.", *new], old=BODY + old) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Le bilan est de 12 morts.", "Le bilan est de 14 morts."),
        ("Score final : 2-1", "Score final : 2-2"),
        ("Le procès s'ouvrira en 2026 devant la cour.", "Le procès s'ouvrira en 2027 devant la cour."),
    ],
)
def test_a_number_of_the_article_is_no_noise(old: str, new: str) -> None:
    assert kind([*BODY, new], old=[*BODY, old]) == "correction"


def test_a_text_of_noise_alone_is_compared_as_it_is() -> None:
    assert noise.essence(["1 234 vues"]) == ["1 234 vues"]
    assert noise.essence([]) == []
    assert kind(["1 235 vues"], old=["1 234 vues"]) is not None


@pytest.mark.parametrize(
    "notice",
    [
        "Cet article a été retiré par la rédaction.",
        "This story has been removed at the request of its author.",
        "Dieser Artikel wurde gelöscht.",
        "Este artículo ya no está disponible.",
        "تم حذف الخبر: لم يعد متاحا",
    ],
)
def test_a_notice_in_the_place_of_an_article_is_less(notice: str) -> None:
    old = Wording(TITLE, BODY)
    assert changes.less(old, Wording(TITLE, [notice])) == "notice"
    assert changes.less(old, Wording(TITLE, [*BODY, notice])) is None


def test_the_beginning_alone_is_a_teaser_and_a_shorter_article_is_not() -> None:
    old = Wording(TITLE, BODY)
    assert changes.less(old, Wording(TITLE, [BODY[0]])) == "teaser"
    assert changes.less(old, Wording(TITLE, [BODY[0] + " Pour lire la suite, abonnez-vous."])) == "teaser"
    assert changes.less(old, Wording(TITLE, BODY[:3])) is None
    assert changes.less(old, Wording(TITLE, ["Un tout autre texte, plus court."])) is None


@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=6), max_size=6),
    st.lists(st.lists(st.sampled_from("abcd"), max_size=6), max_size=6),
)
def test_the_pieces_of_a_difference_make_both_texts(old: list[list[str]], new: list[list[str]]) -> None:
    found = diffs.pieces(old, new)
    assert [word for piece in found for word in piece.old] == [word for line in old for word in line]
    assert [word for piece in found for word in piece.new] == [word for line in new for word in line]
    assert all(one.same != other.same for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mot " * 500_000, "mot " * 400_000 + "autre " * 100_000),
        (" ".join(map(str, range(300_000))), " ".join(map(str, range(300_000, 0, -1)))),
        ("a b " * 2000, "b a " * 2000),
        ("\n".join(map(str, range(20_000))), "\n".join(map(str, range(20_000, 0, -1)))),
        ("x" * 800_000, "y" * 800_000),
    ],
)
def test_texts_of_megabytes_are_classed_in_bounded_time(old: str, new: str) -> None:
    began = process_time()
    assert changes.kind(wording(None, old), wording(None, new)) is not None
    changes.less(wording(None, old), wording(None, new))
    assert process_time() - began < 8


def test_hostile_texts_are_classed_too() -> None:
    assert kind(["\x00\ud800"], title="\udfff") == "substantive"
    assert kind([]) == "substantive"
    assert changes.kind(wording(None, ""), wording(None, "")) is None
