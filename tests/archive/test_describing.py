from __future__ import annotations

from pathlib import Path

from newsarchive.archive import describing
from newsarchive.archive.models import Base

PAGE = (Path(__file__).parents[2] / "docs" / "archive.md").read_text("utf-8")


def test_the_page_shows_the_schema_of_the_models() -> None:
    assert describing.markdown() in PAGE, "run: python docs/rewrite.py"


def test_every_table_and_column_is_there_and_every_table_explained() -> None:
    made = describing.markdown()
    for table in Base.metadata.sorted_tables:
        assert f"### {table.name}\n\n" in made
        for column in table.columns:
            assert f"| `{column.name}` |" in made


def test_the_picture_draws_every_key() -> None:
    picture = describing.markdown().partition("###")[0]
    assert "articles ||--o{ versions : article_id" in picture
    assert "articles o|--o{ articles : duplicate_of_id" in picture
