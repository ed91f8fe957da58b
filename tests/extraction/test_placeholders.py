"""What pages print where an image should stand."""

import pytest

from newsarchive.extraction import placeholders


@pytest.mark.parametrize("said", ["No Image", " no image available. ", "Sin imagen", "Нет фото", "画像なし"])
def test_it_is_told_in_many_languages(said: str) -> None:
    assert placeholders.says_no_image(said)


@pytest.mark.parametrize(
    "said", ["", "The image of the harbour", "No image could show what she saw that night", "null"]
)
def test_a_sentence_about_images_is_none(said: str) -> None:
    assert not placeholders.says_no_image(said)


def test_what_programs_print_for_nothing_says_nothing() -> None:
    assert placeholders.says_nothing(" NULL ")
    assert not placeholders.says_nothing("Nullarbor")
