"""The kinds of items, made of the same fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import make_dataclass
from typing import Any

import attrs
from scrapy import Field, Item


def as_dict(fields: dict[str, Any]) -> Any:
    return dict(fields)


def as_dataclass(fields: dict[str, Any]) -> Any:
    return make_dataclass("Story", [(name, object) for name in fields])(**fields)


def as_attrs(fields: dict[str, Any]) -> Any:
    return attrs.make_class("Story", {name: attrs.field() for name in fields})(**fields)


def as_item(fields: dict[str, Any]) -> Any:
    kind = type("Story", (Item,), {name: Field() for name in fields})
    return kind(**fields)


def as_frozen_dataclass(fields: dict[str, Any]) -> Any:
    return make_dataclass("Story", [(name, object) for name in fields], frozen=True, slots=True)(**fields)


def as_frozen_attrs(fields: dict[str, Any]) -> Any:
    return attrs.make_class("Story", {name: attrs.field() for name in fields}, frozen=True, slots=True)(**fields)


KINDS: tuple[Callable[[dict[str, Any]], Any], ...] = (
    as_dict,
    as_dataclass,
    as_attrs,
    as_item,
    as_frozen_dataclass,
    as_frozen_attrs,
)
