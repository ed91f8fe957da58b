"""The dates: what was stated, as ISO 8601 at its precision; what is no date, or the day of the visit, is None."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from itemadapter import ItemAdapter

from newsarchive.article import Article, PublishedDate
from newsarchive.extraction import dates
from newsarchive.extraction.dates import addresses, parsing
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
        for _, name, value in list(fields.present(item, (*fields.PUBLISHED, *fields.MODIFIED))):
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
                item = fields.put(_keep(item, name + RAW, value), name, stated)
        return item


def _keep(item: Any, name: str, value: str) -> Any:
    """The item with a raw string, where it can take it and has none yet."""
    adapter = ItemAdapter(item)
    takes = isinstance(item, dict) or name in adapter.field_names()
    if takes and (name not in adapter or adapter[name] is None) and value.strip():
        return fields.put(item, name, value)
    return item


def parsed(item: Any, names: tuple[str, ...], **context: Any) -> PublishedDate | None:
    """The first of these fields that holds a date, its raw string as it was on the page; None without one."""
    for adapter, name, value in fields.present(item, names):
        if not isinstance(value, (str, date, PublishedDate)):
            continue
        found = dates.clean(value, **context)
        if found is not None:
            raw = adapter.get(name + RAW)
            return replace(found, raw=raw[:200]) if isinstance(raw, str) else found
    return None


def of_url(url: str, **context: Any) -> PublishedDate | None:
    """The date in an article's address, at its precision: what is left where the item states none."""
    found = addresses.read(url)
    if found is None:
        return None
    stamp, raw = found
    return parsing.settle(stamp, parsing.contextual(**context), raw=raw, source="url", rule="path", confidence=0.5)
