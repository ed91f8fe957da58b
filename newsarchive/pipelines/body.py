"""The body: paragraphs without white space, empty ones and what the site repeats on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsarchive.extraction import bodies
from newsarchive.pipelines import fields
from newsarchive.pipelines.context import FieldPipeline


class Body(FieldPipeline):
    """`body`, `text` or `content`: a string stays one (a paragraph a line), a list stays a list."""

    def process_item(self, item: Any) -> Any:
        """The item with a clean body."""
        boilerplate = self.recipe().boilerplate
        return fields.change(item, fields.BODY, lambda value: _clean(value, boilerplate))


def _clean(value: Any, boilerplate: Sequence[str]) -> Any:
    if isinstance(value, str):
        return "\n".join(bodies.clean(value.splitlines(), boilerplate=boilerplate)) or None
    if fields.many(value):
        return bodies.clean((part for part in value if isinstance(part, str)), boilerplate=boilerplate)
    return value
