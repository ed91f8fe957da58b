"""The authors: names without byline words, roles and addresses."""

from __future__ import annotations

from typing import Any

from newsarchive.extraction import authors
from newsarchive.pipelines import fields
from newsarchive.pipelines.context import FieldPipeline


class Authors(FieldPipeline):
    """`authors`, `author` or `byline`: a string stays one (names joined by commas), a list stays a list."""

    def process_item(self, item: Any) -> Any:
        """The item with clean names."""
        return fields.change(item, fields.AUTHORS, _clean)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return ", ".join(authors.clean(value)) or None
    return authors.clean(value) if fields.many(value) else value
