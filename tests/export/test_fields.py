from __future__ import annotations

from pathlib import Path

from newsarchive.export import FIELDS, markdown

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")


def test_the_page_lists_the_fields_of_the_code() -> None:
    assert markdown() in PAGE, "run: python docs/rewrite.py"


def test_every_field_has_a_name_of_its_own_and_a_meaning() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert all(field.doc and field.type for field in FIELDS)
