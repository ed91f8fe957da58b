"""The fields of an export: one list of names, meanings and where each comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from newsarchive.archive import Stored
from newsarchive.archive.rows import stated_date
from newsarchive.export.errors import ExportError


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, the type of its value in JSON, what it means, and how it is read."""

    name: str
    type: str
    doc: str
    read: Callable[[Stored], Any]
    standard: bool = True
    """Whether it is written when nobody chose fields."""


def _column(name: str) -> Callable[[Stored], Any]:
    return lambda stored: stored.values[name]


def _list(name: str) -> Callable[[Stored], list[Any]]:
    return lambda stored: stored.values[name] or []


def _instant(name: str) -> Callable[[Stored], str | None]:
    def read(stored: Stored) -> str | None:
        value: datetime | None = stored.values[name]
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    return read


def _date(which: str) -> Callable[[Stored], str | None]:
    def read(stored: Stored) -> str | None:
        stated = stated_date(stored.values, which)
        return stated.isoformat() if stated else None

    return read


def _images(stored: Stored) -> list[dict[str, str | None]]:
    images = stored.values["images"] or []
    return [{name: image.get(name) for name in ("url", "alt", "caption", "credit")} for image in images]


def _kinds(stored: Stored) -> list[str]:
    kinds: list[str] | None = stored.values["body_kinds"]
    return kinds or ["text"] * (stored.values["body"].count("\n") + 1 if stored.values["body"] else 0)


_TEXT, _LIST = "string or null", "array of strings"

FIELDS: Final[Sequence[Field]] = (
    Field("url", "string", "canonical URL", _column("url")),
    Field("site", "string", "the site: its registrable domain", _column("site")),
    Field("title", _TEXT, "headline, without the site's name", _column("title")),
    Field("standfirst", _TEXT, "the lines that introduce the article", _column("standfirst")),
    Field("body", _TEXT, "paragraphs, joined by newlines", _column("body")),
    Field(
        "date_published",
        _TEXT,
        "date of publication in ISO 8601, cut at its precision (`2004`, `2004-05-06`, `2004-05-06T10:20+01:00`); "
        "an offset is there only where the zone is known",
        _date("published"),
    ),
    Field(
        "date_published_precision",
        _TEXT,
        "the smallest unit that was stated: `year`, `month`, `day`, `minute`, `second`",
        _column("published_precision"),
    ),
    Field(
        "date_modified", _TEXT, "date of the last change, as the page states it; as `date_published`", _date("modified")
    ),
    Field("authors", _LIST, "names of the authors", _list("authors")),
    Field("images", "array of objects", "`url`, `alt`, `caption`, `credit` of each image", _images),
    Field("section", _TEXT, "section of the site", _column("section")),
    Field("tags", _LIST, "keywords the page gives", _list("tags")),
    Field("language", _TEXT, "language of the text, BCP 47", _column("language")),
    Field("verdict", "string", "what the page is: `article`, `teaser`, `live_blog`, `media`", _column("verdict")),
    Field("first_seen", "string", "when the article was first seen, UTC", _instant("first_seen")),
    Field("last_seen", "string", "when this text of it was last seen, UTC", _instant("last_seen")),
    Field(
        "content_digest",
        "string",
        "SHA-256 of the normalised title and text, in hexadecimal; equal digests are equal contents",
        lambda stored: stored.content_digest,
    ),
    Field("id", "number", "the article's number in this archive, for ever", _column("id")),
    Field("version", "number", "number of the version given, the current one", _column("number")),
    Field("versions", "number", "how many versions the archive keeps", _column("versions")),
    Field("aliases", _LIST, "other URLs that lead to the article", lambda stored: list(stored.aliases)),
    Field("duplicate_of", _TEXT, "URL of the first article with the same text, for a copy", _column("duplicate_of")),
    Field(
        "standfirst_truncated", "boolean", "the page cuts the standfirst mid-sentence", _column("standfirst_truncated")
    ),
    Field(
        "date_published_zone",
        _TEXT,
        "`stated` by the page, `assumed` from the site's settings, or `unknown`",
        _column("published_zone"),
    ),
    Field("date_published_source", _TEXT, "where the date was read", _column("published_source")),
    Field("date_published_confidence", "number or null", "how sure, from 0 to 1", _column("published_confidence")),
    Field("date_published_raw", _TEXT, "the date as the page has it", _column("published_raw")),
    Field("date_modified_precision", _TEXT, "as `date_published_precision`", _column("modified_precision")),
    Field("agencies", _LIST, "news agencies credited", _list("agencies")),
    Field("publisher", _TEXT, "who publishes the site, as the page states it", _column("publisher")),
    Field("is_free", "boolean or null", "whether all of it can be read without paying", _column("is_free")),
    Field(
        "captured_at",
        _TEXT,
        "when the page of this version was fetched, UTC; null where unknown",
        _instant("captured_at"),
    ),
    Field("extractor", _TEXT, "which version of the rules read the page", _column("extractor")),
    Field("capture_file", _TEXT, "WARC file that holds the raw page", _column("capture_file"), standard=False),
    Field("capture_offset", "number or null", "where its record begins", _column("capture_offset"), standard=False),
    Field("capture_length", "number or null", "bytes of its record", _column("capture_length"), standard=False),
    Field("capture_digest", _TEXT, "digest of its payload", _column("capture_digest"), standard=False),
    Field("paragraph_kinds", _LIST, "kind of each paragraph of `body`", _kinds, standard=False),
    Field(
        "date_evidence",
        "array of objects",
        "dates seen on the page and not chosen, each with its role and why",
        _list("date_evidence"),
        standard=False,
    ),
    Field(
        "provenance",
        "object",
        "by field, the rule that gave it and what it overruled",
        lambda stored: stored.values["provenance"] or {},
        standard=False,
    ),
)

_BY_NAME: Final[Mapping[str, Field]] = {field.name: field for field in FIELDS}
STANDARD: Final[Sequence[str]] = tuple(field.name for field in FIELDS if field.standard)


def chosen(names: Sequence[str] | None) -> list[Field]:
    """The fields of these names, in the order given; the standard ones without names."""
    unknown = [name for name in names or () if name not in _BY_NAME]
    if unknown:
        raise ExportError(f"there is no field {unknown[0]!r}; there are: {', '.join(_BY_NAME)}")
    return [_BY_NAME[name] for name in (names or STANDARD)]


def record(stored: Stored, fields: Sequence[Field]) -> dict[str, Any]:
    """An article as the plain values of JSON, one a field."""
    return {field.name: field.read(stored) for field in fields}


def markdown() -> str:
    """The table of the fields for the documentation."""
    lines = ["| field | type | meaning |", "| --- | --- | --- |"]
    lines += [
        f"| `{field.name}` | {field.type} | {field.doc}{'' if field.standard else ' (only when asked for)'} |"
        for field in FIELDS
    ]
    return "\n".join(lines)
