"""The dates: what was stated, as ISO 8601 at its precision; what is no date, or the day of the visit, is None."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from itemadapter import ItemAdapter

from newsarchive.article import Article
from newsarchive.extraction import dates
from newsarchive.pipelines import fields
from newsarchive.pipelines.context import FieldPipeline

RAW = "_raw"


class Dates(FieldPipeline):
    """`date`, `published`, `date_published`, `modified`, …: a string becomes ISO 8601 or None; date objects stay.

    What was written stays beside it as `<field>_raw`, where the item can take it (a dict, or a declared field).
    """

    def process_item(self, item: Any) -> Any:
        """The item with honest dates."""
        if isinstance(item, Article):
            return item  # its dates were judged with the whole page at hand
        recipe = self.recipe()
        language = recipe.language or fields.first(item, fields.LANGUAGE)
        now = fields.first(item, ("captured_at",))
        for adapter, name, value in list(fields.present(item, (*fields.PUBLISHED, *fields.MODIFIED))):
            if not isinstance(value, str):
                continue
            found = dates.clean(
                value,
                # An item is made while its page is fresh; a spider that reads old pages gives `captured_at`.
                now=now if isinstance(now, datetime) and now.tzinfo else datetime.now(UTC),
                language=language if isinstance(language, str) else None,
                country=recipe.country,
                timezone=recipe.timezone,
            )
            stated = found.isoformat() if found else None
            if stated != value:
                _keep(adapter, name + RAW, value)
                adapter[name] = stated
        return item


def _keep(adapter: ItemAdapter, name: str, value: str) -> None:
    """Keep a raw string in an item that can take it and has none yet."""
    takes = isinstance(adapter.item, dict) or name in adapter.field_names()
    if takes and (name not in adapter or adapter[name] is None) and value.strip():
        adapter[name] = value


def parsed(item: Any, names: tuple[str, ...], **context: Any) -> Any:
    """The `PublishedDate` of the first of these fields, its raw string as it was on the page; None without one."""
    for adapter, name, value in fields.present(item, names):
        if isinstance(value, (str, date)) or hasattr(value, "precision"):
            found = dates.clean(value, **context)
            raw = adapter.get(name + RAW) if name + RAW in adapter else None
            if found is not None:
                return _with_raw(found, raw)
    return None


def _with_raw(found: Any, raw: Any) -> Any:
    from dataclasses import replace

    return replace(found, raw=raw[:200]) if isinstance(raw, str) else found
