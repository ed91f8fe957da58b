"""Articles for people (readable text) and for fixtures (stable JSON that reads well in a diff)."""

from __future__ import annotations

import json
import textwrap
from datetime import UTC, datetime
from typing import Any

from newsarchive.article import Article, Image, Paragraph, ParagraphKind, PublishedDate

WIDTH = 100
_ARCHIVE_ALONE = frozenset({"first_seen", "last_seen", "id", "version", "versions", "duplicate_of"})
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


def as_json(article: Article) -> dict[str, Any]:
    """The fields of an article that matter to a reader, in a fixed order; a paragraph that is no plain text names its kind."""
    return {
        "url": article.url,
        "site": article.site,
        "title": article.title,
        "standfirst": article.standfirst,
        "standfirst_truncated": article.standfirst_truncated,
        "body": [_paragraph(paragraph) for paragraph in article.body],
        "published": _date(article.published),
        "modified": _date(article.modified),
        "authors": article.authors,
        "agencies": article.agencies,
        "images": [_image(image) for image in article.images],
        "section": article.section,
        "tags": article.tags,
        "language": article.language,
        "publisher": article.publisher,
        "verdict": article.verdict.value,
        "is_free": article.is_free,
        "aliases": article.aliases,
    }


def as_record(article: Article) -> dict[str, Any]:
    """An article under the field names of an export, but for those that only an archive can say."""
    from newsarchive.archive import Stored
    from newsarchive.archive.rows import prepare
    from newsarchive.export.fields import chosen, record

    new = prepare(article, article.captured_at or _UNKNOWN)
    stored = Stored({**new.values, "url": new.url, "site": new.site}, article.aliases)
    found = record(stored, [column for column in chosen(None) if column.name not in _ARCHIVE_ALONE])
    return found if article.captured_at else found | {"captured_at": None}


def as_line(article: Article) -> str:
    """The same as one line of JSON."""
    from newsarchive.export.formats import dumped

    return dumped(as_record(article)).decode("utf-8")


def dumps(value: dict[str, Any]) -> str:
    """JSON for people: indented, in its own letters, ended by a newline."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _paragraph(paragraph: Paragraph) -> str | dict[str, str]:
    kind = getattr(paragraph, "kind", ParagraphKind.TEXT)
    return str(paragraph) if kind == ParagraphKind.TEXT else {kind.value: str(paragraph)}


def _date(stated: PublishedDate | None) -> dict[str, str] | None:
    if stated is None:
        return None
    return {
        "value": stated.isoformat(),
        "precision": stated.precision.value,
        "zone": stated.zone.value,
        "raw": stated.raw,
        "source": stated.source,
    }


def _image(image: Image) -> dict[str, str]:
    parts = {"url": image.url, "alt": image.alt, "caption": image.caption, "credit": image.credit}
    return {name: value for name, value in parts.items() if value}


def as_text(article: Article) -> str:
    """An article as a reader wants it: title, the facts in a line, standfirst, body, images."""
    facts = [article.site, date(article.published), article.section, article.language, article.verdict.value]
    lines = [article.title or "(no title)", " · ".join(fact for fact in facts if fact), article.url]
    if article.authors or article.agencies:
        lines.append("by " + ", ".join([*article.authors, *article.agencies]))
    if article.modified:
        lines.append(f"modified {date(article.modified)}")
    if article.standfirst:
        cut = " [cut off on the page]" if article.standfirst_truncated else ""
        lines += ["", _wrapped(article.standfirst + cut, "  ")]
    for paragraph in article.body:
        lines += ["", _wrapped(paragraph, _MARKS.get(getattr(paragraph, "kind", ParagraphKind.TEXT), ""))]
    for image in article.images:
        words = " · ".join(part for part in (image.caption or image.alt, image.credit) if part)
        lines += ["", f"[image] {image.url}", *([_wrapped(words, "  ")] if words else [])]
    return "\n".join(lines)


_MARKS = {
    ParagraphKind.SUBHEAD: "## ",
    ParagraphKind.QUOTE: "> ",
    ParagraphKind.LIST_ITEM: "- ",
    ParagraphKind.TABLE_ROW: "| ",
}


def date(stated: PublishedDate | None) -> str:
    """A date with its honesty: "2004 (year, from url)", or "undated"."""
    if stated is None:
        return "undated"
    zone = "" if stated.zone == "stated" else f", zone {stated.zone.value}"
    exact = stated.precision.value in ("minute", "second")
    return f"{stated.isoformat()} ({stated.precision.value}{zone if exact else ''}, from {stated.source})"


def _wrapped(text: str, mark: str) -> str:
    later = " " * len(mark) if mark.strip() != ">" else mark
    return textwrap.fill(text, WIDTH, initial_indent=mark, subsequent_indent=later, break_long_words=False)
