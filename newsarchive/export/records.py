"""Records of an export as articles of an archive again, letter by letter; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final

from newsarchive.archive.restoring import Gone, Kept, Lead, completed
from newsarchive.article import ParagraphKind, Precision, Verdict, Zone
from newsarchive.export.fields import FIELDS, Field, Kind

NEEDED: Final = frozenset(field.name for field in FIELDS) - {"date_published", "date_modified", "aliases"}
"""The fields a record must have to be put back."""

_COLUMNS: Final = [field for field in FIELDS if field.column is not None]
_RENAMED: Final = {"ended_at": "last_seen"}
_TYPES: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.TEXT: (str,),
    Kind.INTEGER: (int,),
    Kind.DECIMAL: (int, float),
    Kind.BOOLEAN: (bool,),
    Kind.TEXTS: (list,),
    Kind.OBJECTS: (list,),
    Kind.OBJECT: (dict,),
}


_CALLED: Final = {int: "number", str: "string", list: "array", dict: "object"}


class DamagedError(ValueError):
    """A record cannot be put back; the message says why in a few standard words."""


def articles(records: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, Kept | DamagedError]]:
    """The articles of numbered records, each with the place of its first one; those at fault as the error they are.

    The versions of an article follow one another, as every export of ours has them.
    """
    for _, group in groupby(records, key=_whose):
        its = list(group)
        try:
            yield its[0][0], _article([record for _, record in its])
        except DamagedError as error:
            yield its[0][0], error


def _whose(placed: tuple[str, dict[str, Any]]) -> object:
    """What the records of one article have in common; a record that has no number stands by itself."""
    place, record = placed
    number = record.get("id")
    return number if type(number) is int else place


def _article(records: list[dict[str, Any]]) -> Kept:
    for record in records:
        if "" in record:
            raise DamagedError(record[""])
        missing = sorted(NEEDED - record.keys())
        if missing:
            raise DamagedError(f"no field {missing[0]} (export with --full)")
    first = records[0]
    kept = Kept(
        id=_typed(first["id"], int, "id"),
        url=_typed(first["url"], str, "url"),
        site=_typed(first["site"], str, "site"),
        first_seen=instant(first["first_seen"], "first_seen"),
        last_seen=instant(first["last_seen"], "last_seen"),
        current_version=_typed(first["current_version"], int, "current_version"),
        duplicate_of=_typed(first["duplicate_of"], str, "duplicate_of") if first["duplicate_of"] is not None else None,
        leads=[_lead(lead) for lead in _typed(first["alias_details"], list, "alias_details")],
        withdrawals=[_gone(gone) for gone in _typed(first["withdrawals"], list, "withdrawals")],
    )
    kept.versions = [_version(record) for record in records]
    numbers = [version["number"] for version in kept.versions]
    if numbers != list(range(1, first["versions"] + 1)):
        raise DamagedError("versions are missing (export with --full)")
    if not 1 <= kept.current_version <= len(numbers) or not any(lead.url == kept.url for lead in kept.leads):
        raise DamagedError("its parts contradict each other")
    return kept


def _lead(value: Any) -> Lead:
    _typed(value, dict, "alias_details")
    kind = value.get("kind")
    if kind not in ("canonical", "stated", "text"):
        raise DamagedError("alias_details: unknown kind")
    return Lead(
        url=_typed(value.get("url"), str, "alias_details"),
        kind=kind,
        first_seen=instant(value.get("first_seen"), "alias_details"),
    )


def _gone(value: Any) -> Gone:
    _typed(value, dict, "withdrawals")
    back, reason = value.get("back_at"), value.get("reason")
    return Gone(
        gone_at=instant(value.get("gone_at"), "withdrawals"),
        back_at=None if back is None else instant(back, "withdrawals"),
        reason=None if reason is None else _typed(reason, str, "withdrawals"),
    )


def _version(record: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        _RENAMED.get(str(field.column), str(field.column)): _value(record[field.name], field) for field in _COLUMNS
    }
    values["images"] = [_without_nulls(image) for image in _typed(record["images"], list, "images")] or None
    values["date_evidence"] = [_without_nulls(seen) for seen in values["date_evidence"] or []] or None
    kinds = _typed(record["paragraph_kinds"], list, "paragraph_kinds")
    body = values["body"]
    if len(kinds) != (body.count("\n") + 1 if body else 0) or not all(_is_one(kind, ParagraphKind) for kind in kinds):
        raise DamagedError("paragraph_kinds: not those of the body")
    values["body_kinds"] = kinds if any(kind != "text" for kind in kinds) else None
    for which in ("published", "modified"):
        _check_date(values, which)
    if not _is_one(values["verdict"], Verdict) or values["cause"] not in ("site", "rules"):
        raise DamagedError("unknown verdict or cause")
    made = completed(values)
    if made["content_digest"].hex() != record["content_digest"]:
        raise DamagedError("its digest is not that of its title and text")
    return made


def _check_date(values: Mapping[str, Any], which: str) -> None:
    at, precision, zone = (values[f"{which}_{part}"] for part in ("at", "precision", "zone"))
    if at is None and precision is None:
        return
    if at is None or not _is_one(precision, Precision) or not _is_one(zone, Zone):
        raise DamagedError(f"date_{which}: not whole")


def _value(value: Any, field: Field) -> Any:
    if value is None:
        if not field.null:
            raise DamagedError(f"{field.name}: no value")
        return None
    if field.kind == Kind.INSTANT:
        return instant(value, field.name)
    if not isinstance(value, _TYPES[field.kind]) or (isinstance(value, bool) and field.kind != Kind.BOOLEAN):
        raise DamagedError(f"{field.name}: should be {field.type}")
    return value if value or field.kind not in (Kind.TEXTS, Kind.OBJECTS, Kind.OBJECT) else None


def instant(value: Any, name: str) -> datetime:
    """An aware instant, from a datetime or RFC 3339."""
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        if read.tzinfo is None:
            raise DamagedError(f"{name}: an instant without zone")
        return read.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise DamagedError(f"{name}: not an instant") from error


def _typed(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise DamagedError(f"{name}: should be {_CALLED[kind]}")
    return value


def _is_one(value: Any, kind: type[ParagraphKind] | type[Precision] | type[Zone] | type[Verdict]) -> bool:
    return value in {str(member) for member in kind} if isinstance(value, str) else False


def _without_nulls(value: Any) -> dict[str, Any]:
    return {name: item for name, item in _typed(value, dict, "images").items() if item is not None}
