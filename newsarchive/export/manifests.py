"""The manifest of an export: what was asked for, which files came of it, their counts and digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final, Self

import orjson

from newsarchive import __version__
from newsarchive.archive import Filters
from newsarchive.export.errors import ExportError
from newsarchive.export.fields import SCHEMA, Field
from newsarchive.export.files import replaced

NAME: Final = "manifest.json"
"""The manifest's name in a folder export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of an export; `last` is the place of its last row: article and version, behind site and year if any."""

    path: str
    rows: int
    bytes: int
    sha256: str
    last: tuple[str | int, ...] = ()


@dataclass(slots=True, kw_only=True)
class Manifest:
    """What an export is and what there is of it; `complete` once all of it is there."""

    format: str
    fields: list[str]
    filters: dict[str, Any]
    compress: str | None = None
    partitioned: bool = False
    since_last: str | None = None
    versions: list[int] | None = None
    """The ids of versions a "since last" export has in reach: after the first, up to the second."""
    complete: bool = False
    rows: int = 0
    files: list[Part] = field(default_factory=list)
    schema: int = SCHEMA
    newsarchive: str = __version__

    def is_for(self, other: Self) -> bool:
        """True where both were asked for alike."""
        asked = ("format", "fields", "filters", "compress", "partitioned", "since_last", "schema")
        return all(getattr(self, name) == getattr(other, name) for name in asked)

    def add(self, part: Part) -> None:
        """One more file that is whole."""
        self.files.append(part)
        self.rows += part.rows

    def save(self, path: Path) -> None:
        """Write it, whole or not at all, in place of the one before."""
        with replaced(path, force=True) as out:
            out.write(orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))

    @classmethod
    def load(cls, path: Path) -> Self:
        """The manifest of a file; raises ExportError where it is none."""
        try:
            held = orjson.loads(path.read_bytes())
            known = {each.name for each in fields(cls)}
            parts = [Part(**{**part, "last": tuple(part["last"])}) for part in held.pop("files")]
            return cls(**{name: value for name, value in held.items() if name in known}, files=parts)
        except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
            raise ExportError(f"{path} is not a manifest of an export") from error


def beside(path: Path) -> Path:
    """Where the manifest of a single file is."""
    return path.with_name(f"{path.name}.manifest.json")


def write_for_file(
    path: Path, format_: str, filters: Filters, columns: Sequence[Field], rows: int, size: int, sha256: str | None
) -> None:
    """Write the manifest of a single file beside it."""
    manifest = Manifest(format=format_, fields=[column.name for column in columns], filters=asked(filters))
    manifest.add(Part(path=path.name, rows=rows, bytes=size, sha256=sha256 or ""))
    manifest.complete = True
    manifest.save(beside(path))


def asked(filters: Filters) -> dict[str, Any]:
    """Filters as JSON has them; those that filter nothing are left out."""
    named: Mapping[str, Any] = asdict(filters)
    return {name: _plain(value) for name, value in named.items() if value not in (None, (), [], False)}


def mismatch(path: Path, part: Part) -> str | None:
    """What is wrong with a file by its manifest; None where nothing is."""
    if not path.is_file():
        return "is missing"
    if path.stat().st_size != part.bytes:
        return f"has {path.stat().st_size:,} bytes, not the {part.bytes:,} of its manifest"
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return None if digest == part.sha256 else "has another digest than its manifest says"


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
