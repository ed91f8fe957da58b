"""The fields of an export: one list of names, kinds, meanings and where each comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter, itemgetter
from typing import Any, Final

from newsarchive.archive import Stored
from newsarchive.archive.rows import stated_date
from newsarchive.export.errors import ExportError

SCHEMA: Final = 1
"""The version of this list; it grows when a field changes its meaning or goes, not when one is added."""


class Kind(StrEnum):
    """What values a field has, as the documentation says it."""

    TEXT = "string"
    INSTANT = "instant"
    INTEGER = "number"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    TEXTS = "array of strings"
    OBJECTS = "array of objects"
    OBJECT = "object"


Part = tuple[str, ...]
"""The names of the texts in each object of a field of objects."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name and kind, what it means, and how it is read.

    `column` is the column of the versions table that it is, letter by letter; fields without one are made of more than
    one column, or of another table.
    """

    name: str
    kind: Kind
    doc: str
    read: Callable[[Stored], Any]
    null: bool = True
    standard: bool = True
    """Whether it is written when nobody chose fields."""
    column: str | None = None
    parts: Part = ()

    @property
    def type(self) -> str:
        """The type of its value in JSON."""
        plain = {Kind.INSTANT: "string", Kind.DECIMAL: "number"}.get(self.kind, str(self.kind))
        return f"{plain} or null" if self.null else plain


def _value(name: str) -> Callable[[Stored], Any]:
    read = itemgetter(name)
    return lambda stored: read(stored.values)


def _list(name: str) -> Callable[[Stored], list[Any]]:
    read = itemgetter(name)
    return lambda stored: read(stored.values) or []


def _column(
    name: str, kind: Kind, doc: str, *, column: str | None = None, null: bool = True, standard: bool = True
) -> Field:
    """A field that is a column of the versions."""
    column = column or name
    is_list = kind in (Kind.TEXTS, Kind.OBJECTS)
    read = _list(column) if is_list else _value(column)
    return Field(name, kind, doc, read, null=null and not is_list, standard=standard, column=column)


def _of_article(name: str, kind: Kind, doc: str, *, null: bool = False, standard: bool = True) -> Field:
    """A field that is a column of the articles."""
    return Field(name, kind, doc, _value(name), null=null, standard=standard)


def _date(which: str) -> Callable[[Stored], str | None]:
    def read(stored: Stored) -> str | None:
        stated = stated_date(stored.values, which)
        return stated.isoformat() if stated else None

    return read


_IMAGE: Final = ("url", "alt", "caption", "credit")
_ALIAS: Final = ("url", "kind", "first_seen")
_WITHDRAWAL: Final = ("gone_at", "back_at", "reason")
_EVIDENCE: Final = ("raw", "value", "source", "role", "why")


def _ordered(value: Any) -> Any:
    """A JSON value with the keys of its objects in order: PostgreSQL keeps them in another one than SQLite."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def _images(stored: Stored) -> list[dict[str, str | None]]:
    images = stored.values["images"] or []
    return [{name: image.get(name) for name in _IMAGE} for image in images]


def _kinds(stored: Stored) -> list[str]:
    kinds: list[str] | None = stored.values["body_kinds"]
    return kinds or ["text"] * (stored.values["body"].count("\n") + 1 if stored.values["body"] else 0)


_T, _I, _N, _D, _B, _L, _O = (
    Kind.TEXT,
    Kind.INSTANT,
    Kind.INTEGER,
    Kind.DECIMAL,
    Kind.BOOLEAN,
    Kind.TEXTS,
    Kind.OBJECTS,
)

FIELDS: Final[Sequence[Field]] = (
    _of_article("url", _T, "canonical URL"),
    _of_article("site", _T, "the site: its registrable domain"),
    _column("title", _T, "headline, without the site's name"),
    _column("standfirst", _T, "the lines that introduce the article"),
    _column("body", _T, "paragraphs, joined by newlines"),
    Field(
        "date_published",
        _T,
        "date of publication in ISO 8601, cut at its precision (`2004`, `2004-05-06`, `2004-05-06T10:20+01:00`); "
        "an offset is there only where the zone is known",
        _date("published"),
    ),
    _column(
        "date_published_precision",
        _T,
        "the smallest unit that was stated: `year`, `month`, `day`, `minute`, `second`",
        column="published_precision",
    ),
    Field(
        "date_modified", _T, "date of the last change, as the page states it; as `date_published`", _date("modified")
    ),
    _column("authors", _L, "names of the authors"),
    Field("images", _O, "`url`, `alt`, `caption`, `credit` of each image", _images, null=False, parts=_IMAGE),
    _column("section", _T, "section of the site"),
    _column("tags", _L, "keywords the page gives"),
    _column("language", _T, "language of the text, BCP 47"),
    _column("verdict", _T, "what the page is: `article`, `teaser`, `live_blog`, `media`", null=False),
    _of_article("first_seen", _I, "when the article was first seen, UTC"),
    _of_article("last_seen", _I, "when its current text was last seen, UTC"),
    Field(
        "content_digest",
        _T,
        "SHA-256 of the normalised title and text, in hexadecimal; equal digests are equal contents",
        attrgetter("content_digest"),
        null=False,
    ),
    _of_article("id", _N, "the article's number in this archive, for ever"),
    _column("version", _N, "number of the version given; the current one unless all are", column="number", null=False),
    _of_article("versions", _N, "how many versions the archive keeps"),
    Field("aliases", _L, "other URLs that lead to the article", lambda stored: list(stored.aliases), null=False),
    _of_article("duplicate_of", _T, "URL of the first article with the same text, for a copy", null=True),
    _column("standfirst_truncated", _B, "the page cuts the standfirst mid-sentence", null=False),
    _column(
        "date_published_zone",
        _T,
        "`stated` by the page, `assumed` from the site's settings, or `unknown`",
        column="published_zone",
    ),
    _column("date_published_source", _T, "where the date was read", column="published_source"),
    _column("date_published_confidence", _D, "how sure, from 0 to 1", column="published_confidence"),
    _column("date_published_raw", _T, "the date as the page has it", column="published_raw"),
    _column("date_modified_precision", _T, "as `date_published_precision`", column="modified_precision"),
    _column("agencies", _L, "news agencies credited"),
    _column("publisher", _T, "who publishes the site, as the page states it"),
    _column("is_free", _B, "whether all of it can be read without paying"),
    _column("captured_at", _I, "when the page of this version was fetched, UTC; null where unknown"),
    _column("extractor", _T, "which version of the rules read the page"),
    _column("capture_file", _T, "WARC file that holds the raw page", standard=False),
    _column("capture_offset", _N, "where its record begins", standard=False),
    _column("capture_length", _N, "bytes of its record", standard=False),
    _column("capture_digest", _T, "digest of its payload", standard=False),
    Field("paragraph_kinds", _L, "kind of each paragraph of `body`", _kinds, null=False, standard=False),
    Field(
        "date_evidence",
        _O,
        "dates seen on the page and not chosen, each with its role and why",
        lambda stored: _ordered(stored.values["date_evidence"] or []),
        null=False,
        standard=False,
        column="date_evidence",
        parts=_EVIDENCE,
    ),
    Field(
        "provenance",
        Kind.OBJECT,
        "by field, the rule that gave it and what it overruled",
        lambda stored: _ordered(stored.values["provenance"] or {}),
        null=False,
        standard=False,
        column="provenance",
    ),
    _column("date_published_at", _I, "first instant the date can mean, UTC", column="published_at", standard=False),
    _column("date_published_offset", _N, "seconds its zone is east of UTC", column="published_offset", standard=False),
    _column("date_published_rule", _T, "the exact place it was read", column="published_rule", standard=False),
    _column(
        "date_published_ambiguous", _B, "day and month could be swapped", column="published_ambiguous", standard=False
    ),
    _column("date_modified_at", _I, "as `date_published_at`", column="modified_at", standard=False),
    _column("date_modified_offset", _N, "as `date_published_offset`", column="modified_offset", standard=False),
    _column("date_modified_zone", _T, "as `date_published_zone`", column="modified_zone", standard=False),
    _column("date_modified_raw", _T, "as `date_published_raw`", column="modified_raw", standard=False),
    _column("date_modified_source", _T, "as `date_published_source`", column="modified_source", standard=False),
    _column("date_modified_rule", _T, "as `date_published_rule`", column="modified_rule", standard=False),
    _column("date_modified_confidence", _D, "how sure, from 0 to 1", column="modified_confidence", standard=False),
    _column(
        "date_modified_ambiguous", _B, "as `date_published_ambiguous`", column="modified_ambiguous", standard=False
    ),
    _column("amp_url", _T, "the AMP page it names", standard=False),
    _column("stored_at", _I, "when the version entered the archive, UTC", null=False, standard=False),
    _column(
        "version_last_seen", _I, "when it was last seen; null for the current one", column="ended_at", standard=False
    ),
    _column("change_kind", _T, "how it differs from the version before", standard=False),
    _column("cause", _T, "why it was made: the `site` changed, or our `rules` did", null=False, standard=False),
    _column("returns", _N, "how often the site went back to it after another version", null=False, standard=False),
    _of_article("current_version", _N, "number of the current version", standard=False),
    Field(
        "alias_details",
        _O,
        "every URL that leads to the article, the canonical one too: `url`, `kind`, `first_seen`",
        lambda stored: list(stored.leads),
        null=False,
        standard=False,
        parts=_ALIAS,
    ),
    Field(
        "withdrawals",
        _O,
        "each time the article was taken off the site: `gone_at`, `back_at` (null while it is gone), `reason`",
        lambda stored: list(stored.withdrawals),
        null=False,
        standard=False,
        parts=_WITHDRAWAL,
    ),
)

DETAILED: Final = frozenset({"alias_details", "withdrawals"})
"""The fields that are read from tables of their own, only when asked for."""
BY_NAME: Final[Mapping[str, Field]] = {field.name: field for field in FIELDS}
STANDARD: Final[Sequence[str]] = tuple(field.name for field in FIELDS if field.standard)


def chosen(names: Sequence[str] | None) -> list[Field]:
    """The fields of these names, in the order given; the standard ones without names."""
    unknown = [name for name in names or () if name not in BY_NAME]
    if unknown:
        raise ExportError(f"there is no field {unknown[0]!r}; there are: {', '.join(BY_NAME)}")
    return [BY_NAME[name] for name in (names or STANDARD)]


def record(stored: Stored, fields: Sequence[Field]) -> dict[str, Any]:
    """An article's values, one a field: those of JSON, but instants as aware datetimes."""
    return {field.name: field.read(stored) for field in fields}


def markdown() -> str:
    """The table of the fields for the documentation."""
    lines = ["| field | type | meaning |", "| --- | --- | --- |"]
    lines += [
        f"| `{field.name}` | {field.type} | {field.doc}{'' if field.standard else ' (only when asked for)'} |"
        for field in FIELDS
    ]
    return "\n".join(lines)
