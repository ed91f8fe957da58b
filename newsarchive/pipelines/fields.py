"""The names that hand-written spiders give their fields, and how a field of any of the four item kinds is changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields as dataclass_fields
from typing import Any

from itemadapter import ItemAdapter

from newsarchive.article import Article

URL = ("url", "link", "canonical_url", "article_url")
TITLE = ("title", "headline")
BODY = ("body", "text", "content", "article_body", "articleBody")
PUBLISHED = ("date", "published", "date_published", "datePublished", "published_at", "publication_date", "pubdate")
MODIFIED = ("modified", "date_modified", "dateModified", "updated", "updated_at")
AUTHORS = ("authors", "author", "byline")
IMAGES = ("images", "image", "image_url", "image_urls", "thumbnail")
LANGUAGE = ("language", "lang", "inLanguage")
STANDFIRST = ("standfirst", "description", "summary", "lead", "chapo", "subtitle")
SECTION = ("section", "category")
TAGS = ("tags", "keywords")


_OF_ARTICLE = frozenset(field.name for field in dataclass_fields(Article))


def _held(item: Any, names: Sequence[str]) -> list[tuple[str, Any]]:
    """The fields of an item that bear one of these names and hold a value; an Article is asked without an adapter."""
    if type(item) is Article:
        given = [(name, getattr(item, name)) for name in names if name in _OF_ARTICLE]
        return [(name, value) for name, value in given if value is not None]
    return [(name, value) for _, name, value in present(item, names)]


def present(item: Any, names: Sequence[str]) -> Iterator[tuple[ItemAdapter, str, Any]]:
    """The fields of an item that bear one of these names and hold a value: the item's adapter, name, value."""
    adapter = ItemAdapter(item)
    for name in names:
        if name in adapter and (value := adapter[name]) is not None:
            yield adapter, name, value


def first(item: Any, names: Sequence[str]) -> Any:
    """The value of the first of these fields that holds one, or None."""
    return next((value for _, value in _held(item, names) if value not in ("", [], ())), None)


def change(item: Any, names: Sequence[str], new: Callable[[Any], Any]) -> Any:
    """The item, with `new` of the value in every field that bears one of these names; nothing else is touched."""
    for name, value in _held(item, names):
        changed = new(value)
        if changed is not value:
            item = put(item, name, changed)
    return item


def put(item: Any, name: str, value: Any) -> Any:
    """The item with a value in a field: itself, or a copy where its kind is frozen (dataclass, attrs)."""
    try:
        if type(item) is Article:
            setattr(item, name, value)
        else:
            ItemAdapter(item)[name] = value
    except AttributeError:  # what both kinds of FrozenInstanceError are
        item = copy.copy(item)
        object.__setattr__(item, name, value)
    return item


def url_of(item: Any) -> str | None:
    """Where an item was read, or None where it does not say."""
    if type(item) is not Article and not ItemAdapter.is_item(item):
        return None
    value = first(item, URL)
    return value.strip() or None if isinstance(value, str) else None


def many(value: Any) -> bool:
    """True for the shapes of several values."""
    return isinstance(value, (list, tuple))
