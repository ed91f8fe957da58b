"""The title: entities resolved, white space folded, the site's name off its ends."""

from __future__ import annotations

from typing import Any

from newsarchive.extraction import titles
from newsarchive.pipelines import fields
from newsarchive.pipelines.context import FieldPipeline


class Title(FieldPipeline):
    """`title` or `headline`, a string: cleaned, or None where nothing is left."""

    def process_item(self, item: Any) -> Any:
        """The item with a clean title."""
        site = fields.first(item, ("publisher", "site_name"))
        name = site if isinstance(site, str) else None
        return fields.change(item, fields.TITLE, lambda value: _clean(value, name))


def _clean(value: Any, site_name: str | None) -> Any:
    return titles.clean(value, site_name=site_name) if isinstance(value, str) else value
