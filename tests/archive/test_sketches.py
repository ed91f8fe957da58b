from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.archive import sketches
from newsarchive.archive.fingerprints import normalised
from tests.archive.samples import LONG

OTHER = (
    "La grève des bus entre dans sa deuxième semaine et la direction refuse de recevoir les chauffeurs avant vendredi ; "
    "les usagers, eux, marchent ou prennent le vélo, et les taxis de la gare n'ont jamais autant travaillé."
)
CHINESE = "港口经过三个星期的施工后于星期一上午重新开放第一批渔船在黎明前出海渔民们说他们损失了一个月的收入"
THAI = "ท่าเรือของเมืองเปิดอีกครั้งในเช้าวันจันทร์หลังจากการก่อสร้างเป็นเวลาสามสัปดาห์และเรือประมงลำแรกสามารถออกทะเลได้"


def overlap(one: str, other: str) -> float:
    return sketches.overlap(sketches.shingles(normalised(one)), sketches.shingles(normalised(other)))


def test_the_sketch_of_a_text_is_the_same_for_ever() -> None:
    found = sketches.hashes(sketches.sketch(sketches.shingles(normalised(LONG))))
    assert found[:3] == [876051947544, 9175832379822, 11015551104090], (
        "a change of the algorithm needs a new VERSION and a migration that empties `shingles`"
    )
    assert len(found) == sketches.SIZE
    assert found == sorted(set(found))
    assert max(found) < 2**sketches.BITS


def test_the_overlap_of_two_texts_is_the_part_of_the_shorter_one_both_share() -> None:
    assert overlap(LONG, LONG) == 1
    assert overlap(LONG, LONG.upper().replace(",", " –")) == 1
    assert overlap(LONG, f"{LONG} {OTHER}") == 1
    assert overlap(LONG, OTHER) == 0
    assert overlap(LONG, "") == overlap("", "") == 0
    assert 0.4 < overlap(LONG, f"{LONG[:150]} {OTHER}") < 0.6


@pytest.mark.parametrize("text", [CHINESE, THAI, CHINESE + "，" + CHINESE[:20]])
def test_a_script_without_spaces_is_compared_by_its_letters(text: str) -> None:
    assert overlap(text, text[len(text) // 2 :]) > 0.9
    assert overlap(text, text[::-1]) == 0
    assert overlap(text, text[:20] + "船" + text[21:]) > 0.7


@pytest.mark.parametrize("text", ["", "mot", "deux mots", "\x00", "\ud800", "\ud800 \udfff x y", "😀" * 50])
def test_a_text_of_almost_nothing_has_a_sketch_of_almost_nothing(text: str) -> None:
    assert len(sketches.shingles(normalised(text))) <= 2
    assert sketches.hashes(sketches.sketch(sketches.shingles(normalised(text)))) is not None


@pytest.mark.parametrize(
    "text", ["mot " * 2_500_000, "x" * 10_000_000, "港口" * 3_000_000, " ".join(map(str, range(1_500_000)))]
)
def test_a_text_of_ten_megabytes_takes_no_longer_than_its_first_part(text: str) -> None:
    words = text.strip()
    began = process_time()
    sketches.sketch(sketches.shingles(words))
    assert process_time() - began < 0.5


@given(st.text(max_size=300), st.text(max_size=300))
def test_overlap_is_a_share_and_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert 0 <= overlap(one, other) == overlap(other, one) <= 1
