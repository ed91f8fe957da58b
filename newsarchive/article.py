"""The currency of the project: what one news article is, in plain typed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self


class Verdict(StrEnum):
    """What a fetched page turned out to be."""

    ARTICLE = "article"
    TEASER = "teaser"
    LIVE_BLOG = "live_blog"
    MEDIA = "media"
    INDEX = "index"
    CONSENT_WALL = "consent_wall"
    BOT_CHALLENGE = "bot_challenge"
    ERROR_PAGE = "error_page"
    NOT_HTML = "not_html"
    EMPTY = "empty"

    @property
    def is_readable(self) -> bool:
        """True when the page holds an article's own words, whole or in part, and so belongs in the archive."""
        return self in (Verdict.ARTICLE, Verdict.TEASER, Verdict.LIVE_BLOG, Verdict.MEDIA)


class Precision(StrEnum):
    """The smallest unit of a date that was really stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Zone(StrEnum):
    """How the time zone of a date is known."""

    STATED = "stated"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class ParagraphKind(StrEnum):
    """What a paragraph of a body is."""

    TEXT = "text"
    SUBHEAD = "subhead"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


class Paragraph(str):
    """One paragraph of a body: a plain string that also knows its kind.

    It compares, hashes, joins and serialises as the string it is.
    """

    __slots__ = ("kind",)
    kind: ParagraphKind

    def __new__(cls, text: str, kind: ParagraphKind | str = ParagraphKind.TEXT) -> Self:
        """A paragraph of a kind; ValueError for a kind that is none."""
        self = super().__new__(cls, text)
        self.kind = kind if kind.__class__ is ParagraphKind else ParagraphKind(kind)
        return self

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.kind.value


_ISO_LENGTH = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10, Precision.MINUTE: 16, Precision.SECOND: 19}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDate:
    """A date with the honesty it deserves: what was stated, how precisely, where, and how sure we are.

    `value` is aware where `zone` is stated or assumed and naive where it is unknown; fields below `precision` are at
    their first value (a year is 1 January, 00:00). `raw` is the string as found, `source` where it was found
    ("json-ld", "meta", "time", "text", "url", "feed", "sitemap", ...), `rule` the exact place (the meta's name, the
    JSON-LD property); `confidence` runs from 0 to 1.
    """

    value: datetime
    precision: Precision
    raw: str
    source: str
    confidence: float
    zone: Zone = Zone.UNKNOWN
    rule: str | None = None
    ambiguous: bool = False

    @property
    def utc(self) -> datetime | None:
        """The instant in UTC, or None where the zone is unknown."""
        return self.value.astimezone(UTC) if self.value.tzinfo is not None else None

    def isoformat(self) -> str:
        """The date in ISO 8601, cut at its precision: "2004", "2004-05-06", "2004-05-06T10:20+01:00"."""
        stamp = self.value.replace(tzinfo=None, microsecond=0).isoformat()[: _ISO_LENGTH[self.precision]]
        if self.precision in (Precision.MINUTE, Precision.SECOND) and self.value.tzinfo is not None:
            offset = self.value.strftime("%z")
            stamp += f"{offset[:3]}:{offset[3:5]}"
        return stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class DateEvidence:
    """A date seen on a page that was not chosen, and what it was taken for.

    `role` is a short standard word: "published", "modified", "visit" (the day of the visit, as a masthead shows),
    "event", "copyright", "comment", "related", "url"; `why` says in a few words why it lost. `value` is ISO 8601 at
    its precision.
    """

    raw: str
    value: str
    source: str
    role: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A real image of an article (never a placeholder): absolute URL and what the page says of it."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(slots=True, kw_only=True)
class Article:
    """One news article as a page shows it; what the page does not say is None or empty, never a guess.

    `url` is the canonical URL and `aliases` every other URL that led to it. `body` is a list of paragraphs (strings
    that know their kind). `provenance` maps a field to `{"rule": …}`, the rule that gave it, with `"overruled"`, the
    values that other rules offered; `date_evidence` keeps the dates that were not chosen.
    """

    url: str
    site: str | None = None
    title: str | None = None
    standfirst: str | None = None
    standfirst_truncated: bool = False
    body: list[Paragraph] = field(default_factory=list)
    published: PublishedDate | None = None
    modified: PublishedDate | None = None
    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    language: str | None = None
    publisher: str | None = None
    verdict: Verdict = Verdict.ARTICLE
    is_free: bool | None = None
    amp_url: str | None = None
    next_page: str | None = None
    aliases: list[str] = field(default_factory=list)
    captured_at: datetime | None = None
    date_evidence: list[DateEvidence] = field(default_factory=list)
    provenance: dict[str, Any] = field(default_factory=dict)
    extractor: str | None = None

    @property
    def text(self) -> str:
        """Standfirst and body, each once, paragraphs joined by newlines."""
        parts = [self.standfirst] if self.standfirst and self.standfirst not in self.body else []
        return "\n".join([*parts, *self.body])
